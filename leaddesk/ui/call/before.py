"""The middle of the room before a call: start it, log that nobody answered, or pass on; and what will be asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Disposition
from leaddesk.ui import wording
from leaddesk.ui.asking.choices import Choices, Row
from leaddesk.ui.call import telling
from leaddesk.ui.call.number import numbers
from leaddesk.ui.call.script_choice import ScriptLine
from leaddesk.ui.call.session import Session
from leaddesk.ui.call.tabs import Footer, ScriptTabs
from leaddesk.ui.commands import Commands
from leaddesk.ui.kit.panels import CommandButton, Panel, SectionHeader, row
from leaddesk.ui.text import Text, breakable

_SKIP = "s"


class BeforePanel(Panel):
    """`start()`, `skip()`; digits log an attempt that reached nobody."""

    start = Signal()
    skip = Signal()

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, spacing=0)
        self.session = session
        self.tabs = ScriptTabs(self)
        self.why = Text(kind="small", tone="accent", wrap=True, parent=self)
        self.title = Text(kind="question", wrap=True, parent=self)
        self.number = Text(kind="question", wrap=True, selectable=True, parent=self)
        self.trouble = Text(tone="late", wrap=True, parent=self)
        self.button = CommandButton(keys="Enter", kind="primary", parent=self)
        self.pass_on = CommandButton(keys=_SKIP.upper(), parent=self)
        self.unreached = SectionHeader(parent=self)
        self.unreached.setWordWrap(True)
        self.choices = Choices(self)
        self.script = ScriptLine(session, commands, self)
        self.first = Text(kind="mute", wrap=True, parent=self)
        self.footer = Footer(self)
        self._outcomes: tuple[Disposition, ...] = ()
        self._arrange()
        self.button.clicked.connect(self.start)
        self.pass_on.clicked.connect(self.skip)
        self.choices.confirmed.connect(self.start)
        self.choices.picked.connect(self._log)
        self.choices.letter.connect(self._letter)
        self.choices.focused.connect(lambda _: self._show_footer())

    def _arrange(self) -> None:
        self.inside.addWidget(self.tabs)
        self.inside.addSpacing(18)
        self.inside.addWidget(self.why)
        self.inside.addSpacing(4)
        for widget in (self.title, self.number):
            self.inside.addWidget(widget)
        self.inside.addSpacing(4)
        self.inside.addWidget(self.trouble)
        self.inside.addSpacing(12)
        buttons = row(self.button, self.pass_on, spacing=8)
        buttons.addStretch(1)
        self.inside.addLayout(buttons)
        self.inside.addSpacing(22)
        self.inside.addWidget(self.unreached)
        self.inside.addSpacing(8)
        self.inside.addWidget(self.choices)
        self.inside.addSpacing(18)
        self.inside.addWidget(self.script)
        self.inside.addSpacing(4)
        self.inside.addWidget(self.first)
        self.inside.addStretch(1)
        self.inside.addWidget(self.footer)

    def show_all(self) -> None:
        """Show the lead before its call."""
        session = self.session
        lead, language, book = session.lead, session.desk.language, session.playbook
        if lead is None:
            return
        self.tabs.show_script(book, lead.assessment, session.talk.script, None, language)
        known = numbers(lead)
        self.why.setText(words.say(language, "call", "before_chosen" if session.by_hand else "before_title"))
        self.title.setText(words.say(language, "call", "call_whom", lead=breakable(lead.title)))
        self.number.setText(known[0] if known else words.say(language, "call", "no_number"))
        trouble = ""
        if lead.do_not_call:
            trouble = words.say(language, "call", "do_not_call", lead=lead.title)
        elif session.trouble is not None:
            trouble = wording.sentence(session.trouble, language, book)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.button.say(words.say(language, "call", "start"))
        self.button.setEnabled(session.may_call())
        self.pass_on.say(words.say(language, "call", "skip"))
        self.unreached.setText(words.say(language, "call", "nobody_answered"))
        self._outcomes = tuple(d for d in book.dispositions if not d.reached)[:9] if session.may_call() else ()
        self.unreached.setVisible(bool(self._outcomes))
        self.choices.offer([self._row(digit, each) for digit, each in enumerate(self._outcomes, start=1)])
        self.choices.setAccessibleName(self.unreached.text())
        self.script.show_script()
        self.first.setText(self._first_words(lead))
        self.first.setVisible(bool(self.first.text()))
        self._show_footer()

    def _first_words(self, lead: Lead) -> str:
        """With which question the call begins, and why with that one."""
        session, language = self.session, self.session.desk.language
        if session.question is None:
            return ""
        asked, advice = words.pick(session.question.wording, language), lead.assessment.advice
        if advice is None or advice.question != session.question.key:
            return words.say(language, "call", "first_asked", question=asked)
        reason = telling.why(session.playbook, advice, language)
        if not reason:
            return words.say(language, "call", "first_asked", question=asked)
        return words.say(language, "call", "first_question", question=asked, why=reason)

    def _row(self, digit: int, outcome: Disposition) -> Row:
        language = self.session.desk.language
        days = outcome.next_days
        again = words.say(language, "call", "again_in", n=days) if days is not None else ""
        return Row(digit, words.pick(outcome.label, language), again)

    def _show_footer(self) -> None:
        language = self.session.desk.language
        target = "before" if self.choices.hasFocus() else "elsewhere"
        self.footer.target.setText(words.say(language, "call", f"keys_{target}"))
        start = (("Enter", "start"),) if self.session.may_call() else ()
        hints = (*start, (_SKIP.upper(), "skip"), ("Ctrl+Shift+C", "copy"))
        self.footer.show_hints(tuple((keys, words.say(language, "call", f"does_{does}")) for keys, does in hints))
        self.footer.say_saved(*telling.save_words(self.session.desk, language, busy=self.session.busy, unsaved=False))

    def _log(self, digit: int) -> None:
        if 0 < digit <= len(self._outcomes):
            self.session.log_attempt(self._outcomes[digit - 1].key)

    def _letter(self, letter: str) -> None:
        if letter.casefold() == _SKIP:
            self.skip.emit()

    def focus_question(self) -> None:
        """Let Enter start and digits log."""
        self.choices.setFocus()
