"""Whose words an answer is: the person on the line, or somebody else who takes part; shown where there is a choice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.ui import commands as table
from leaddesk.ui.call.session import Session
from leaddesk.ui.kit.marks import KeyCap
from leaddesk.ui.kit.panels import row
from leaddesk.ui.text import Text


class SaidBy(QWidget):
    """Who is taken to say the next answer. A click, like its key, takes the next person."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = Text(kind="small", parent=self)
        line = row(self.name, KeyCap(table.COMMAND["call.speaker"].keys[0], self), spacing=8)
        line.setContentsMargins(0, 0, 0, 6)
        line.addStretch(1)
        self.setLayout(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_speaker(self) -> None:
        """Show whose words the next answer will be; nothing while nobody else is known."""
        session = self._session
        language = session.desk.language
        name = session.talk.speakers.name_of(session.talk.speakers.now)
        self.name.setText(words.say(language, "call", "answers_of", who=name))
        self.name.set_tone("accent" if session.talk.speakers.now else "")
        self.setVisible(len(session.talk.speakers.names()) > 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the next person."""
        if self.rect().contains(event.position().toPoint()):
            self._session.talk.next_speaker()
