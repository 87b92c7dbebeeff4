"""The call's place in the top bar: the other shape, and the clock that leads back to the call."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leaddesk import words
from leaddesk.ui import commands as table
from leaddesk.ui import theme
from leaddesk.ui.call import telling
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import CommandButton, row
from leaddesk.ui.text import Text, menu_words

_TOLD_FOR = 3000


class ClockButton(QPushButton):
    """● 07:42 On call · 18 min left. A click leads back to the call."""

    def __init__(self, desk: Desk, commands: Commands, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session
        theme.look(self, "kind", "danger")
        self.hide()
        self.clicked.connect(lambda: commands.trigger("go.call"))

    def show_clock(self) -> None:
        """How long the call has been going on."""
        session, language = self._session, self._desk.language
        self.setVisible(session.on_call)
        if not session.on_call:
            return
        seconds = session.seconds()
        on_call, left = words.say(language, "call", "on_call"), telling.pace(session.talk.script, seconds, language)
        shown = f"●  {telling.clock(seconds)}   {on_call} · {left}"
        self.setText(menu_words(shown))
        title = session.lead.title if session.lead is not None else ""
        self.setAccessibleName(words.say(language, "call", "back_to_call", lead=title))
        self.setAccessibleDescription(shown)


class CallBar(QWidget):
    """What the room puts into the top bar."""

    def __init__(self, desk: Desk, commands: Commands, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._told = Text(kind="small", parent=self)
        self.shape = CommandButton(keys="F6", parent=self)
        self.shape.clicked.connect(lambda: commands.trigger("call.checklist"))
        self.compact = CommandButton(keys="F7", parent=self)
        self.compact.clicked.connect(lambda: commands.trigger("call.compact"))
        self.next = CommandButton(keys="F9", kind="primary", icon="phone", parent=self)
        self.next.clicked.connect(lambda: commands.trigger("call.next"))
        self.setLayout(row(self._told, self.shape, self.compact, self.next, spacing=10))
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_TOLD_FOR)
        self._quiet.timeout.connect(self._told.hide)
        self._told.hide()
        self.checklist = False
        self.retranslate()

    def show_state(self) -> None:
        """Show what fits the phase."""
        session = self._session
        for button in (self.shape, self.compact):
            button.setVisible(session.asking)
        self.next.setVisible(not session.on_call)
        self.updateGeometry()

    def tell(self, text: str) -> None:
        """Say something for a moment."""
        self._told.setText(text)
        self._told.show()
        self._quiet.start()

    def show_shape(self, *, checklist: bool) -> None:
        """Name the shape that the button leads to."""
        self.checklist = checklist
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        language = self._desk.language
        self.shape.say(words.say(language, "call", "one_question" if self.checklist else "checklist"))
        self.compact.say(words.say(language, "call", "compact"))
        self.next.say(table.label("call.next", language))
        self.show_state()
