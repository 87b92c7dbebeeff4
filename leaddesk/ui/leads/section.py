"""A part of the lead sheet: a small title and lines below it, some of which take the keyboard and can be acted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.kit.panels import SectionHeader
from leaddesk.ui.text import Text, give_way, menu_words, on_one_baseline, set_tooltip
from leaddesk.ui.theme import look

#: Frame and padding of a row; everything that is no row stands so far from the edge, so that words are aligned.
ASIDE = 6


class Row(QFrame):
    """A line that takes the keyboard. Enter, F2 or a double click changes it, Delete removes it, arrows go on.

    `key` stays the same when the section is filled anew, so that the keyboard stays on it. `begun()`, `removed()`,
    `menu_wanted(place)`, `stepped(towards)`.
    """

    begun = Signal()
    removed = Signal()
    menu_wanted = Signal(QPoint)
    stepped = Signal(int)

    def __init__(self, key: str, spoken: str) -> None:
        super().__init__()
        self.key = key
        self._pointed: list[QWidget] = []
        look(self, "kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(spoken)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(ASIDE - 1, 2, ASIDE - 1, 2)
        self.line.setSpacing(8)

    def show_when_pointed(self, widget: QWidget) -> None:
        """Show a widget of the line only while the line has the keyboard, or the mouse over it."""
        widget.hide()
        self._pointed.append(widget)

    def _show_pointed(self) -> None:
        for widget in self._pointed:
            widget.setVisible(self.hasFocus() or self.underMouse())

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse came."""
        super().enterEvent(event)
        self._show_pointed()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse went."""
        super().leaveEvent(event)
        self._show_pointed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard came."""
        super().focusInEvent(event)
        self._show_pointed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went."""
        super().focusOutEvent(event)
        self._show_pointed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the line itself; what is typed within it stays there."""
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self.hasFocus() or plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.begun.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click changes it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.begun.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the line."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.globalPos() if mouse else self.mapToGlobal(self.rect().bottomLeft()))


R = TypeVar("R", bound=Row)


class Section(QWidget):
    """Title and lines. `clear` before lines are added anew; `foot` stays.

    Of its rows one takes Tab, arrows go on to the others. `stood_on(row)`: the keyboard came to a row by its arrows.
    """

    stood_on = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._pool: list[Row] = []  # rows that are used again for the next lead, which is cheaper than new ones
        self._held: tuple[str, int] | None = None  # the row the keyboard was on while lines are added anew
        self.header = SectionHeader()
        self.header.setContentsMargins(ASIDE, 0, ASIDE, 0)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(4)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(ASIDE, 0, ASIDE, 0)
        self.foot.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addLayout(self.lines)
        column.addLayout(self.foot)

    def say(self, title: str) -> None:
        """Another title."""
        self.header.setText(title)
        self.setAccessibleName(title)

    def clear(self) -> None:
        """Take all lines away; `settle` after others were added gives a row the keyboard back."""
        held = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        if held is not None:
            self._held = (self.rows[held].key, held)
        self.rows.clear()
        empty(self.lines)

    def fill(self, keys: Sequence[str], make: Callable[[], R]) -> list[R]:
        """So many rows, those of before as far as there are; the keyboard stays on its key, else on its place."""
        held = next((row for row in self.rows if row.hasFocus()), None)
        key, place = (held.key, self.rows.index(held)) if held is not None else ("", 0)
        self.rows = list(self._pool)
        while len(self._pool) < len(keys):
            self._pool.append(self.add_row(make()))
        self.rows = self._pool[: len(keys)]
        for row, name in zip(self.rows, keys, strict=True):
            row.key = name
            row.show()
        if held is not None and self.rows:
            same = next((row for row in self.rows if row.key == key), self.rows[min(place, len(keys) - 1)])
            if same is not held:
                self.stand_on(same)
        elif self.rows and all(row.focusPolicy() != Qt.FocusPolicy.StrongFocus for row in self.rows):
            self.rows[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for row in self._pool[len(keys) :]:
            row.hide()
        return cast("list[R]", self.rows)

    def blank(self) -> None:
        """Show no lines, until it is filled again."""
        if self._pool:
            self.rows = []
            for row in self._pool:
                row.hide()
        else:
            self.clear()

    def add_row(self, row: R) -> R:
        """A line that takes the keyboard; its words stand under those of other lines, its frame around them."""
        self.lines.setSpacing(0)
        row.stepped.connect(lambda towards, row=row: self._step(row, towards))
        if not self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows.append(row)
        items = (row.line.itemAt(place) for place in range(row.line.count()))
        tops = (item for item in items if item is not None and item.alignment() & Qt.AlignmentFlag.AlignTop)
        on_one_baseline(*(label for label in (item.widget() for item in tops) if isinstance(label, QLabel)))
        self.lines.addWidget(row)
        row.show()  # at once: what is not shown cannot be given the keyboard
        return row

    def settle(self) -> None:
        """The keyboard is on the row it was on, else on the one that took its place."""
        held, self._held = self._held, None
        if held is None or not self.rows:
            return
        same = next((row for row in self.rows if row.key == held[0]), None)
        self.stand_on(same or self.rows[min(held[1], len(self.rows) - 1)])

    def hold(self, row: Row) -> None:
        """This row gets the keyboard when the section is filled anew."""
        self._held = (row.key, self.rows.index(row) if row in self.rows else 0)

    def stand_on(self, row: Row) -> None:
        """Give a row the keyboard; Tab comes back to it."""
        for one in self.rows:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is row else Qt.FocusPolicy.ClickFocus)
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stood_on.emit(row)

    def _step(self, row: Row, towards: int) -> None:
        place = self.rows.index(row) + towards
        if 0 <= place < len(self.rows):
            self.stand_on(self.rows[place])

    def add(self, *widgets: QWidget | int, level: bool = False) -> QHBoxLayout:
        """A line of widgets; a number is a stretch. `level`: on one height, else all begin at the top."""
        where = Qt.AlignmentFlag.AlignVCenter if level else Qt.AlignmentFlag.AlignTop
        line = QHBoxLayout()
        line.setContentsMargins(ASIDE, 0, ASIDE, 0)
        line.setSpacing(8)
        for widget in widgets:
            if isinstance(widget, int):
                line.addStretch(widget)
            else:
                line.addWidget(widget, 0, where)
        self.lines.addLayout(line)
        if not level:
            on_one_baseline(*(widget for widget in widgets if isinstance(widget, QLabel)))
        for widget in widgets:
            if isinstance(widget, QWidget):
                widget.show()  # at once: what is not shown cannot be given the keyboard
        return line


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, lines within lines too."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def grow(line: QBoxLayout, widget: QWidget) -> None:
    """Let one widget of a line take the room that is left, and never more."""
    give_way(widget)
    line.setStretchFactor(widget, 1)


def fixed(text: str, width: int, kind: str = "", *, right: bool = False) -> Text:
    """Words in a column of fixed width."""
    label = Text(text, kind, wrap=True)
    label.setFixedWidth(width)
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label


def small_button(icon: str, name: str, act: Callable[[], object]) -> QToolButton:
    """A button of one icon that says its name to those who cannot see it, and to a resting pointer."""
    button = QToolButton()
    button.setIcon(theme.icon(icon, size=16))
    button.setAccessibleName(name)
    set_tooltip(button, name)
    button.clicked.connect(lambda _on: act())
    button.setFixedSize(24, 24)
    return button


def link_button(text: str, act: Callable[[], object]) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(menu_words(text))
    look(button, "kind", "link")
    button.clicked.connect(lambda _on: act())
    return button
