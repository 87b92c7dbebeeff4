"""A widget whose digits, letters and arrows mean something, and that is deaf while an input method composes."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class KeyPad(QWidget):
    """`digit(int)`, `letter(str)`, `arrow(+1 down, -1 up)`, `entered()`, `spaced()`, `erased()`, `focused(bool)`."""

    digit = Signal(int)
    letter = Signal(str)
    arrow = Signal(int)
    entered = Signal()
    spaced = Signal()
    erased = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Without an input method letters and digits arrive as keys; one that composes all the same is heeded.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._composing = False

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what was pressed; what means nothing here goes on to the room."""
        if self._composing or not _is_bare(event) or not self._take_key(event):
            event.ignore()

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.arrow.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in _ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Space:
            self.spaced.emit()
        elif key in _ERASE:
            self.erased.emit()
        else:
            return self._take_text(event.text())
        return True

    def _take_text(self, text: str) -> bool:
        """Tell a digit or a letter, full-width ones and those of any script too; whether it was either."""
        if len(text) != 1:
            return False
        digit = unicodedata.digit(text, None)
        if digit is not None:
            self.digit.emit(digit)
        elif text.isalpha():
            self.letter.emit(unicodedata.normalize("NFKC", text))
        return digit is not None or text.isalpha()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """While a word is being composed no key acts; a composed letter counts like a typed one."""
        self._composing = bool(event.preeditString())
        if event.commitString() and not self._composing:
            self._take_text(event.commitString())
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that keys come here."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that keys go elsewhere; a half-composed word is gone with the focus."""
        super().focusOutEvent(event)
        self._composing = False
        self.focused.emit(False)

    def event(self, event: QEvent) -> bool:
        """Keep digits and letters from being taken as somebody's shortcut, and every key while a word is composed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._composing or (_is_bare(event) and (event.text().isalnum() or event.key() in _ERASE)))
        ):
            event.accept()
            return True
        return super().event(event)


def _is_bare(event: QKeyEvent) -> bool:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier in _BARE
