"""Where a person types: what is typed is told soon after, Enter goes on, and undo goes to the draft."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

#: Milliseconds after the last key until what was typed is in the draft.
TELL_AFTER = 150

_MOST_LINES = 8


def _is_undo(event: QEvent) -> bool:
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(one) for one in keys)


def _is_undo_key(event: QEvent) -> bool:
    """Whether the field must let this key go by: undo is the draft's."""
    return event.type() == QEvent.Type.ShortcutOverride and _is_undo(event)


class _Telling(QObject):
    """Tells what a field holds soon after a key, once; `read()` gives what it holds."""

    def __init__(self, field: QWidget, read: Callable[[], str], tell: Callable[[str], object]) -> None:
        super().__init__(field)
        self._read, self._tell, self._told = read, tell, ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TELL_AFTER)
        self._wait.timeout.connect(self.now)

    @property
    def typing(self) -> bool:
        """Whether a person is in the middle of it."""
        return self._wait.isActive()

    def known(self, text: str) -> None:
        """The draft says this already."""
        self._told = text

    def soon(self) -> None:
        """A key was pressed."""
        if self._read() != self._told and not self._wait.isActive():
            self._wait.start()

    def now(self) -> None:
        """Tell what was typed, if it was not told yet."""
        self._wait.stop()
        if self._read() != self._told:
            self._told = self._read()
            self._tell(self._told)


class Pen(QPlainTextEdit):
    """Text of any length, as high as its lines. `written(str)` soon after a person typed, at once when the focus goes.

    Tab goes on; Enter too, and Shift+Enter makes a line.
    """

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setProperty("kind", "pen")
        self._telling = _Telling(self, self.toPlainText, self.written.emit)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def show_value(self, text: str) -> None:
        """Show another text, unless a person is in the middle of typing one."""
        if self._telling.typing:
            return
        self._telling.known(text)
        if self.toPlainText() != text:
            place = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
            self._grow()

    def tell(self) -> None:
        """Tell what was typed, if it was not told yet."""
        self._telling.now()

    def _changed(self) -> None:
        self._grow()
        self._telling.soon()

    def _grow(self) -> None:
        lines = max(1, round(self.document().size().height()))  # of plain text Qt counts lines
        height = min(lines, _MOST_LINES) * self.fontMetrics().lineSpacing() + 16
        many = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(many)
        if self.height() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of lines."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """Some words wide."""
        return QSize(120, self.height())

    def event(self, event: QEvent) -> bool:
        """Undo is the draft's."""
        if _is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.tell()
            self.focusNextChild()
        elif _is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is told."""
        self.tell()
        super().focusOutEvent(event)
        self.left.emit()


class Line(QLineEdit):
    """One line. `written(str)` as for `Pen`."""

    written = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = _Telling(self, self.text, self.written.emit)
        self.textEdited.connect(lambda _: self._telling.soon())

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.text()

    def show_value(self, text: str) -> None:
        """Show another text, unless a person is in the middle of typing one."""
        if self._telling.typing:
            return
        self._telling.known(text)
        if self.text() != text:
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def tell(self) -> None:
        """Tell what was typed, if it was not told yet."""
        self._telling.now()

    def event(self, event: QEvent) -> bool:
        """Undo is the draft's."""
        if _is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tell()
            self.focusNextChild()
        elif _is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is told."""
        self.tell()
        super().focusOutEvent(event)
        self.left.emit()
