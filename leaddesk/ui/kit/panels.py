"""Grounds and frames: card panel, section header, line, empty state, progress with cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from leaddesk.ui.kit.marks import Icon, KeyCap
from leaddesk.ui.text import Text, menu_words

if TYPE_CHECKING:
    from leaddesk.db.records import Progress

#: Lines of an empty room are no wider than this.
_READABLE = 460

L = TypeVar("L", bound=QBoxLayout)


class Panel(QFrame):
    """A card on the ground, with a title if given. Add to `panel.inside` (a vertical layout)."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, margin: int = 16, spacing: int = 6) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(margin, margin, margin, margin)
        self.inside.setSpacing(spacing)
        self.header = SectionHeader(title, self)  # a widget shown before it has a parent is a window of its own
        self.header.setVisible(bool(title))
        self.inside.addWidget(self.header)

    def set_title(self, title: str) -> None:
        """Another title."""
        self.header.setText(title)
        self.header.setVisible(bool(title))


class SectionHeader(Text):
    """The small title of a section."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "section", parent=parent)


class Line(QFrame):
    """A thin line between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")
        self.setFixedHeight(1)


class EmptyState(QWidget):
    """What an empty room says: an icon, a sentence, what to do about it. Buttons come with `offer`."""

    def __init__(self, icon: str = "", title: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon(icon, "faint", 40, self)
        self._icon.setVisible(bool(icon))
        self._title = Text(title, "title", wrap=True)
        self._text = Text(text, "mute", wrap=True)
        for line in (self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for line in (self._title, self._text):
            column.addWidget(line)
        column.addSpacing(6)
        column.addLayout(self._buttons)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, text: str = "") -> None:
        """Show these words."""
        self._title.setText(title)
        self._text.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that can be read with ease, in any width."""
        super().resizeEvent(event)
        side = max(16, (self.width() - _READABLE) // 2)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, 12, side, 12)

    def offer(self, button: QPushButton) -> QPushButton:
        """Add a button."""
        self._buttons.addWidget(button)
        return button


class ProgressPanel(QFrame):
    """How far a job is, with a button that stops it (`stopped`)."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._text = Text(kind="name")
        self._count = Text(kind="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = QPushButton()
        self._stop.clicked.connect(self.stopped)
        words = QHBoxLayout()
        words.addWidget(self._text, 1)
        words.addWidget(self._count)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addLayout(words)
        column.addLayout(row)

    def say(self, text: str, stop: str) -> None:
        """The sentence above the bar and the words of the button."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._stop.setText(menu_words(stop))

    def show_progress(self, progress: Progress) -> None:
        """How far it is; a total that is not known yet lets the bar run."""
        total = progress.total or 0
        self._bar.setRange(0, total)
        self._bar.setValue(min(progress.done, total))
        self._count.setText(f"{progress.done:,} / {total:,}" if total else f"{progress.done:,}")


class CommandButton(QPushButton):
    """A button that teaches its key: an icon if named, words, a key cap at the right."""

    def __init__(
        self, text: str = "", keys: str = "", kind: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if kind:
            self.setProperty("kind", kind)
        self._icon = Icon(icon, "on-accent" if kind == "primary" else "mute", 16, self)
        self._icon.setVisible(bool(icon))
        self._words = Text(kind="button", parent=self)
        self._cap = KeyCap(keys, self)
        self._cap.setVisible(bool(keys))
        inside = self._inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 0, 12, 0)
        inside.setSpacing(7)
        for widget in (self._icon, self._words, self._cap):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(widget)
        inside.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.say(text)

    def say(self, text: str, keys: str | None = None) -> None:
        """Show these words, and perhaps other keys."""
        if keys is not None:
            self._cap.show_keys(keys)
            self._cap.setVisible(bool(keys))
        self._words.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def spread(self) -> None:
        """Words at the left end, key cap at the right one, as in a search field."""
        self._inside.setAlignment(Qt.AlignmentFlag(0))
        self._inside.setStretchFactor(self._words, 1)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        return QSize(self._inside.sizeHint().width() + 2, 28 if self.property("kind") == "chip" else 32)

    def minimumSizeHint(self) -> QSize:
        """The same: its words are never cut."""
        return self.sizeHint()


def row(*widgets: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch of that weight."""
    return _filled(QHBoxLayout(), widgets, spacing)


def column(*widgets: QWidget | int, spacing: int = 6) -> QVBoxLayout:
    """Widgets beneath each other; a number is a stretch of that weight."""
    return _filled(QVBoxLayout(), widgets, spacing)


def _filled(layout: L, widgets: tuple[QWidget | int, ...], spacing: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if isinstance(widget, int):
            layout.addStretch(widget)
        else:
            layout.addWidget(widget)
    return layout
