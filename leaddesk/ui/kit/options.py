"""A row that is chosen by its key, by Enter or by mouse: an answer of the script, a choice of the welcome."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.text import Text


class OptionRow(QFrame):
    """A key cap, words, a second line beneath and a remark at the right. Emits `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, key: str, text: str = "", parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.key = key
        self.setProperty("kind", "option")
        self.setProperty("compact", compact)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._cap = KeyCap(key, square=True)
        if not key:
            self._cap.hide()
        self._text = Text(kind="answer", wrap=True)
        self._beneath = Text(kind="small", wrap=True)
        self._remark = Text(kind="small")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._text)
        words.addWidget(self._beneath)
        row = QHBoxLayout(self)
        row.setContentsMargins(*((2, 2, 2, 2) if compact else (14, 9, 14, 9)))
        row.setSpacing(8 if compact else 12)
        row.addWidget(self._cap)
        row.addLayout(words, 1)
        row.addWidget(self._remark)
        self.say(text)

    def say(self, text: str, beneath: str = "", remark: str = "") -> None:
        """Show these words."""
        self._text.setText(text)
        self._beneath.setText(beneath)
        self._beneath.setVisible(bool(beneath))
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.setAccessibleName(f"{self.key} {text}".strip())
        self.setAccessibleDescription(" ".join(part for part in (beneath, remark) if part))

    @property
    def text(self) -> str:
        """The words of the row."""
        return self._text.text()

    @property
    def on(self) -> bool:
        """Whether it is marked as chosen."""
        return bool(self.property("on"))

    def set_on(self, on: bool) -> None:
        """Mark it as chosen, or not."""
        if on != self.on:
            theme.look(self, "on", on)
            theme.look(self._text, "on", on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space choose."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.key)
        else:
            super().keyPressEvent(event)
