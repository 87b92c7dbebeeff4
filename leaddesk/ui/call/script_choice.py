"""Which script asks: shown before the call with the reason it is offered, chosen by digit at any time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from leaddesk import words
from leaddesk.qualify.scripts import open_questions
from leaddesk.ui import commands as table
from leaddesk.ui import theme
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.call.over import Over
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands
from leaddesk.ui.kit.marks import KeyCap, native_keys
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import row
from leaddesk.ui.offer_words import offer_words
from leaddesk.ui.text import ElidedText, Text, menu_words, set_tooltip

_MOST = 9
# In a window narrower than this only names are shown.
_ROOMY = 600
_KEYS = table.COMMAND["call.script"].keys[0]


class ScriptChoice(Overlay):
    """All scripts on digits, with what each is for. `chosen(key)`."""

    chosen = Signal(str)
    only_asks = True

    def __init__(self, over: QWidget, session: Session) -> None:
        super().__init__(over, width=600)
        language, book, lead = session.desk.language, session.playbook, session.lead
        title = table.label("call.script", language).rstrip("…")
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", parent=self))
        self._keys = [script.key for script in book.scripts[:_MOST]]
        self.scripts = Choices(self, compact=True)
        self.scripts.setAccessibleName(title)
        rows = []
        for digit, script in enumerate(book.scripts[:_MOST], start=1):
            about = words.pick(script.about, language) if over.window().width() >= _ROOMY else ""
            tail = words.say(language, "call", "script_minutes", n=script.minutes)
            if lead is not None:
                still = len(open_questions(book, lead.assessment, script))
                tail = words.say(language, "call", "script_tail", minutes=script.minutes, n=still)
                if script.key == lead.assessment.offered.script:
                    why = offer_words(book, lead.assessment.offered, language)
                    offered = words.say(language, "call", "script_offered", why=why)
                    about = "\n".join(part for part in (about, offered) if part)
            rows.append(Row(digit, words.pick(script.name, language), tail, about))
        self.scripts.offer(rows)
        here = session.talk.script.key
        self.scripts.choose(frozenset({self._keys.index(here) + 1}) if here in self._keys else frozenset())
        self.scripts.picked.connect(self._take)
        self.inside.addWidget(self.scripts)
        self.inside.addWidget(Text(words.say(language, "call", "script_hint"), "small", wrap=True, parent=self))
        self.offer(words.say(language, "gate_panel", "cancel"))

    def _take(self, digit: int) -> None:
        if 0 < digit <= len(self._keys):
            self.leave(accepted=True)
            self.chosen.emit(self._keys[digit - 1])


class ScriptLine(QWidget):
    """Before the call: Script: MEDDIC · offered since … · its key. A click chooses another."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = QPushButton(self)
        theme.look(self.name, "kind", "link")
        self.name.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.clicked.connect(lambda: commands.trigger("call.script"))
        self.why = ElidedText(kind="small", parent=self)
        line = row(self.name, self.why, KeyCap(_KEYS, self), spacing=8)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_script(self) -> None:
        """Show which script it will be and why; nothing where there is only one."""
        session = self._session
        lead, language, book = session.lead, session.desk.language, session.playbook
        self.setVisible(lead is not None and len(book.scripts) > 1)
        if lead is None:
            return
        script, offered = session.talk.script, lead.assessment.offered
        name = words.pick(script.name, language)
        self.name.setText(menu_words(words.say(language, "call", "script_is", script=name)))
        why = offer_words(book, offered, language)
        if script.key == offered.script:
            self.why.setText(words.say(language, "call", "script_offered", why=why))
        else:
            other = words.pick(book.script[offered.script].name, language)
            self.why.setText(words.say(language, "call", "script_other", script=other, why=why))


class ScriptName(QPushButton):
    """During the call: the script's name; a click chooses another."""

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        theme.look(self, "kind", "link")
        theme.look(self, "quiet", "true")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda: commands.trigger("call.script"))

    def show_script(self) -> None:
        """Show it; nothing where there is only one."""
        session, language = self._session, self._session.desk.language
        self.setText(menu_words(words.pick(session.talk.script.name, language)))
        self.setVisible(len(session.playbook.scripts) > 1)
        set_tooltip(self, f"{table.label('call.script', language)}   {native_keys(_KEYS)}")


class ScriptChoosing(QObject):
    """Carries out `call.script`."""

    def __init__(self, session: Session, commands: Commands, over: Over) -> None:
        super().__init__(session)
        self._session, self._over = session, over
        commands.handle("call.script", self.choose, when=lambda: session.lead is not None)

    def choose(self) -> None:
        """Ask by another script."""
        if self._session.lead is not None:
            panel = ScriptChoice(self._over.ground(), self._session)
            panel.chosen.connect(self._session.talk.choose_script)
            self._over.lay(panel, panel.scripts)
