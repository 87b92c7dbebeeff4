"""Small marks as widgets: letter strip, score bar, part bar, badge, standing icon, key cap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from leaddesk.qualify.terms import Standing, Tenths
from leaddesk.ui import theme
from leaddesk.ui.kit import painting
from leaddesk.ui.text import Text


class LetterStrip(QWidget):
    """The criteria of a lead. `spoken` is what a screen reader says (card_words.strip_spoken)."""

    def __init__(self, parent: QWidget | None = None, gap: float = painting.LETTER_GAP) -> None:
        super().__init__(parent)
        self._letters: tuple[painting.Letter, ...] = ()
        self._gap = gap
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_letters(self, letters: Sequence[painting.Letter], spoken: str = "") -> None:
        """Show these."""
        self._letters = tuple(letters)
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Just the letters."""
        return QSize(round(painting.strip_width(len(self._letters), self._gap)), round(painting.LETTER_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        del event
        painting.draw_strip(QPainter(self), 0, 0, self._letters, self._gap)


class ScoreBar(QWidget):
    """Solid up to the score, light up to what may still come; `whole` is the end of the bar."""

    def __init__(self, parent: QWidget | None = None, height: int = 4) -> None:
        super().__init__(parent)
        self._values: tuple[Tenths, Tenths, Tenths] = (0, 0, painting.WHOLE_SCORE)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(self, score: Tenths, up_to: Tenths, whole: Tenths = painting.WHOLE_SCORE) -> None:
        """Show these."""
        self._values = (score, up_to, whole)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painting.draw_score(QPainter(self), QRectF(self.rect()), *self._values)


class Badge(QWidget):
    """A person's letters in a circle."""

    def __init__(self, letters: str = "", parent: QWidget | None = None, size: int = 20) -> None:
        super().__init__(parent)
        self._letters = letters
        self.setFixedSize(size, size)

    def show_letters(self, letters: str) -> None:
        """Show these."""
        self._letters = letters
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        if self._letters:
            painting.draw_badge(QPainter(self), QRectF(self.rect()), self._letters)


class Icon(QLabel):
    """A shipped icon in the colour of a role; follows the theme."""

    def __init__(self, name: str = "", role: str = "mute", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._paint()

    def show_icon(self, name: str, role: str = "mute") -> None:
        """Show another one."""
        self._name, self._role = name, role
        self._paint()

    def show_standing(self, standing: Standing) -> None:
        """Show how something stands."""
        self.show_icon(*painting.STANDING_ICON[standing])

    def changeEvent(self, event: QEvent) -> None:
        """Take the colour of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        if self._name:
            self.setPixmap(theme.pixmap(self._name, self._role, self._size))


class KeyCap(Text):
    """A key as it is named on this system: Ctrl+K; `square` for the digit of an answer."""

    def __init__(self, keys: str = "", parent: QWidget | None = None, *, square: bool = False) -> None:
        super().__init__(kind="cap" if square else "key", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if square:
            self.setFixedSize(22, 22)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """Show these."""
        self.setText(native_keys(keys))


_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def native_keys(keys: str) -> str:
    """A shortcut in the words of this system; arrows as signs, and what confirms as Enter, not Return."""
    named = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    before, plus, last = named.rpartition("+")
    sign = _ARROWS.get(keys.rpartition("+")[2])
    if sign is not None and (plus or "+" not in keys):
        return f"{before}{plus}{sign}"
    return f"{before}{plus}{last.replace('Return', 'Enter')}"
