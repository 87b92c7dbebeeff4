"""The draft as its file: for what has no field in the room, such as stages, gates, events and the profile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from leaddesk.errors import LeadDeskError
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, column
from leaddesk.ui.scripts.checking import from_text
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.fields import Trouble
from leaddesk.ui.scripts.head import trouble_words
from leaddesk.ui.text import Text

_WIDE = 1000
_TALL = 460
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextPanel(Overlay):
    """Ctrl+Enter takes over what is TOML; what is not stays open, and says why. Escape leaves the draft as it was."""

    def __init__(
        self, over: QWidget, desk: Desk, draft: Draft, then: Callable[[Draft], object], line: int = 0, hint: str = ""
    ) -> None:
        super().__init__(over, _WIDE)
        self._desk, self._then = desk, then
        language = desk.language
        self.setAccessibleName(says(language, "text_title"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setPlainText(draft.text)
        self.text.setAccessibleName(says(language, "text_title"))
        self.trouble = Trouble(self)
        self.trouble.say([hint] if hint else [])
        self.take = CommandButton(says(language, "take_over"), "Ctrl+Enter", "primary", parent=self)
        self.take.clicked.connect(self.accept)
        leave = CommandButton(says(language, "cancel"), "Esc", "quiet", parent=self)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.trouble, 1)
        foot.addWidget(leave)
        foot.addWidget(self.take)
        self.inside.addWidget(Text(says(language, "text_title"), "title"))
        self.inside.addWidget(Text(says(language, "text_hint"), "small", wrap=True))
        # The style sheet sets the least height of text fields, so that of a frame around it counts.
        frame = QWidget()
        frame.setMinimumHeight(_TALL)
        frame.setLayout(column(self.text))
        self.inside.addWidget(frame, 1)
        self.inside.addLayout(foot)
        self._line = line

    def begin(self) -> None:
        """Show it, with the cursor on the line."""
        self.open(self.text)
        self.go_to(self._line)

    def go_to(self, line: int) -> None:
        """Put the cursor on a line, counted from 0, in the middle of what is seen."""
        cursor = QTextCursor(self.text.document().findBlockByLineNumber(line))
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def accept(self) -> None:
        """Take it over, where it is TOML."""
        text = self.text.toPlainText()
        self._desk.read(from_text, text, then=self._arrived, failed=self._refused, slot="scripts.text")

    def _arrived(self, draft: Draft) -> None:
        self.leave(accepted=True)
        self._then(draft)

    def _refused(self, error: LeadDeskError) -> None:
        self.trouble.say([trouble_words(error, self._desk.language)])
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes over."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)
