"""Fields of a draft: what is typed is told soon after, undo goes to the draft, and what is wrong stands beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from leaddesk.ui import theme
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.marks import Icon
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.text import Text, give_way, menu_words

#: Milliseconds after the last key until what was typed is in the draft.
TELL_AFTER = 150

_MOST_LINES = 8


def _is_undo(event: QEvent) -> bool:
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(one) for one in keys)


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
        self._told = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TELL_AFTER)
        self._wait.timeout.connect(self.tell)
        self.textChanged.connect(self._changed)
        self._grow()

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def show_value(self, text: str) -> None:
        """Show another text, unless a person is in the middle of typing one."""
        if self._wait.isActive():
            return
        self._told = text
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
        self._wait.stop()
        if self.value != self._told:
            self._told = self.value
            self.written.emit(self._told)

    def _changed(self) -> None:
        self._grow()
        if self.value != self._told:
            self._wait.start()

    def _grow(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            layout = block.layout()
            lines += max(1, layout.lineCount() if layout is not None else 1)
            block = block.next()
        height = min(max(lines, 1), _MOST_LINES) * self.fontMetrics().lineSpacing() + 16
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
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
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
        self._told = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TELL_AFTER)
        self._wait.timeout.connect(self.tell)
        self.textEdited.connect(lambda _: self._wait.start())

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.text()

    def show_value(self, text: str) -> None:
        """Show another text, unless a person is in the middle of typing one."""
        if self._wait.isActive():
            return
        self._told = text
        if self.text() != text:
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))

    def tell(self) -> None:
        """Tell what was typed, if it was not told yet."""
        self._wait.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.written.emit(self._told)

    def event(self, event: QEvent) -> bool:
        """Undo is the draft's."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
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


class Trouble(QWidget):
    """What is wrong with a field, as sentences with a mark beside them: colour never says it alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Icon("warning", "not-met", 14, self)
        self.words = Text(kind="small", tone="late", wrap=True, parent=self)
        give_way(self.words)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 2)
        line.setSpacing(6)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        self.hide()

    def say(self, sentences: Sequence[str]) -> None:
        """Show these; none: nothing is wrong."""
        self.words.setText("\n".join(dict.fromkeys(sentences)))
        self.setVisible(bool(sentences))


class FieldBox(QWidget):
    """A field under its caption, with what is wrong with it beneath. `path`: where it lies, as problems name it."""

    def __init__(
        self, path: str, caption: str, field: QWidget, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.field = field
        self._word = caption
        self._suffix = suffix
        self.caption = Text(kind="section", parent=self)
        self.caption.setVisible(bool(caption) and not isinstance(field, QCheckBox))
        self.trouble = Trouble(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.caption, field, self.trouble):
            column.addWidget(widget)

    def retranslate(self, language: str, told: str = "") -> None:
        """Say it in a language; `told`: what a screen reader says before the caption."""
        caption = says(language, self._word) if self._word else ""
        self.caption.setText(caption)
        if isinstance(self.field, QCheckBox):
            self.field.setText(menu_words(caption))
        name = " ".join(part for part in (told, caption, self._suffix) if part)
        self.field.setAccessibleName(name)

    def mark(self, sentences: Sequence[str], *, beside: bool = True) -> None:
        """Show what is wrong with it; none: nothing is. `beside`: here, else somebody else says it."""
        theme.look(self.field, "wrong", bool(sentences))
        self.trouble.say(sentences if beside else ())
        self.field.setAccessibleDescription(" ".join(sentences))


class Tick(QCheckBox):
    """Yes or no; `picked(bool)` only when a person chose."""

    picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self.picked)

    def show_value(self, on: bool) -> None:
        """Show it."""
        self.setChecked(on)


def narrow_choice() -> Choice:
    """A choice that does not make its row wider than there is room."""
    choice = Choice()
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(6)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return choice


def number_of(text: str) -> object:
    """A number as it is typed; the text itself where it is none, so that the check can name it; None for nothing."""
    bare = text.strip().replace("−", "-").replace(",", ".")
    if not bare:
        return None
    try:
        number = float(bare)
    except ValueError:
        return text.strip()
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def shown_number(value: object) -> str:
    """A number as it is typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
