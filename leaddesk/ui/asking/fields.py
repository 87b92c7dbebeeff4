"""Text fields that know when an input method is composing, and that let the keys of the call through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Line(QLineEdit):
    """One line. `entered()` for Enter outside a composition, `escaped()` for Escape, `focused(bool)`."""

    entered = Signal()
    escaped = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    def event(self, event: QEvent) -> bool:
        """While a word is being composed no key is anybody's shortcut."""
        if self._composing and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Heed the composition."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape; the rest is typing."""
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() in _ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that keys come here."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that keys go elsewhere."""
        super().focusOutEvent(event)
        self._composing = False
        self.focused.emit(False)


class NoteField(QPlainTextEdit):
    """The note. `typed(str)` after each change by a person, with what is being composed; `entered()` for Enter.

    Shift+Enter makes a new line, since Enter goes on to the next question. `offered(int)` for Ctrl+1 and on, up to
    `offers`: how many offers there are to take; with fewer, those keys are everybody's.
    """

    typed = Signal(str)
    offered = Signal(int)
    entered = Signal()
    escaped = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.offers = 0
        self._composing = False
        self._showing = False
        self.textChanged.connect(self._changed)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    def event(self, event: QEvent) -> bool:
        """Keep the keys of offers from being taken as the way to a room, and every key while a word is composed."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._composing or self._offer_of(event))
        ):
            event.accept()
            return True
        return super().event(event)

    def _offer_of(self, event: QKeyEvent) -> int:
        """The offer a key takes, counted from 1; 0 where it takes none."""
        number = event.key() - Qt.Key.Key_0
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.ControlModifier:
            return 0
        return number if 0 < number <= self.offers else 0

    def show_text(self, text: str) -> None:
        """Show what is noted; the cursor stays where it is while the text is the same."""
        if text == self.toPlainText():
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        self.moveCursor(self.textCursor().MoveOperation.End)

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit(self.toPlainText())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Heed the composition."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offers, Enter and Escape; the rest is typing."""
        if self._composing:
            super().keyPressEvent(event)
        elif offer := self._offer_of(event):
            self.offered.emit(offer)
        elif event.key() in _ENTER and not event.modifiers() & _SHIFT:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that keys come here."""
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that keys go elsewhere."""
        super().focusOutEvent(event)
        self._composing = False
        self.focused.emit(False)
