"""The line in which a person says why a card moves although its gate says no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.ui.text import menu_words


class WhyAnyway(QWidget):
    """Hidden until it is asked for. `given(str)`: the reason; never an empty one."""

    given = Signal(str)

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(words.say(language, "gate_panel", "why_anyway"))
        self.reason.setAccessibleName(words.say(language, "gate_panel", "why_anyway"))
        self.confirm = QPushButton(menu_words(words.say(language, "gate_panel", "move_anyway")))
        self.confirm.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._give)
        self.confirm.clicked.connect(self._give)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 8, 0, 0)
        line.addWidget(self.reason, 1)
        line.addWidget(self.confirm)
        self.hide()

    def ask(self) -> None:
        """Show the line with the cursor in it."""
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line is for the line alone: the panel around it has an Enter of its own."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.given.emit(reason)
