"""The middle of the room during a call: criteria, one question large, its answers on digits, the note, the footer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.state import Said
from leaddesk.ui.asking.asked import AskedQuestion
from leaddesk.ui.call import telling
from leaddesk.ui.call.asked_now import asked_now, heard_now
from leaddesk.ui.call.note_line import NoteLine
from leaddesk.ui.call.said_by import SaidBy
from leaddesk.ui.call.script_choice import ScriptName
from leaddesk.ui.call.session import Session
from leaddesk.ui.call.tabs import Footer, ScriptTabs
from leaddesk.ui.commands import Commands
from leaddesk.ui.kit.panels import Panel, row
from leaddesk.ui.text import Text


class QuestionPanel(Panel):
    """One question at a time. `focus_changed()` whenever keys go elsewhere than before."""

    focus_changed = Signal()

    def __init__(self, session: Session, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, spacing=0)
        self.session = session
        self.tabs = ScriptTabs(self)
        self.place = Text(kind="small", parent=self)
        self.advice = Text(kind="small", tone="accent", wrap=True, parent=self)
        self.script = ScriptName(session, commands, self)
        self.asked = AskedQuestion(self)
        self.wording, self.choices, self.entry = self.asked.wording, self.asked.choices, self.asked.entry
        self.own_wording, self.hint, self.earlier = self.asked.own_wording, self.asked.hint, self.asked.earlier
        self.said_by = SaidBy(session, self)
        self.note_line = NoteLine(session, self)
        self.note, self.offers = self.note_line.field, self.note_line.offers
        self.footer = Footer(self)
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        self.place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        asked = QWidget(self)
        stack = QVBoxLayout(asked)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        where = row(self.place, self.advice, self.script, spacing=4)
        where.setStretch(1, 1)
        stack.addLayout(where)
        stack.addSpacing(6)
        stack.addWidget(self.asked)
        stack.addSpacing(8)
        stack.addWidget(self.said_by)
        stack.addWidget(self.note_line)
        stack.addStretch(1)
        self._page = QScrollArea(self)
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setWidget(asked)
        self.inside.addWidget(self.tabs)
        self.inside.addSpacing(14)
        self.inside.addWidget(self._page, 1)
        self.inside.addSpacing(8)
        self.inside.addWidget(self.footer)

    def _listen(self) -> None:
        self.tabs.chosen.connect(self._enter_group)
        self.asked.said.connect(self._said)
        self.asked.taken_back.connect(self.session.talk.withdraw)
        self.asked.typing.connect(self.session.talk.typed.typed)
        self.asked.entered.connect(self._go_on)
        self.asked.letter.connect(self._letter)
        self.note_line.entered.connect(self._go_on_from_note)
        self.note_line.escaped.connect(self.focus_question)
        self.note_line.answered.connect(self.asked.drop_toggled)
        for part in (self.asked, self.note_line):
            part.focused.connect(self._focus_moved)
        self.session.talk.leaving.connect(self.confirm)
        self.session.moved.connect(self._moved)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        """The language on display."""
        return self.session.desk.language

    def show_all(self) -> None:
        """Show the question asked, as everything stands now."""
        session = self.session
        lead, question, asking = session.lead, session.question, asked_now(session)
        if lead is None or question is None or asking is None:
            return
        language, book = self.language, session.playbook
        self.tabs.show_script(book, lead.assessment, session.talk.script, question.key, language)
        advice = telling.next_up(book, lead, question, language)
        self.place.setText(
            telling.place(book, lead, session.talk.script, question, language) + (" ·" if advice else "")
        )
        self.advice.setText(advice)
        self.asked.ask(asking)
        self.script.show_script()
        self.said_by.show_speaker()
        self.note_line.show_note()
        self.show_answer()

    def show_answer(self) -> None:
        """Show what was said to the question asked, saved or on its way, and where keys go."""
        if self.session.question is not None:
            self.asked.show_heard(heard_now(self.session))
            self.show_footer()

    def _focus_moved(self, here: bool) -> None:
        self.show_footer()
        if here and self.note.hasFocus():
            self._page.ensureWidgetVisible(self.note, 0, 0)
        elif here and self.choices.hasFocus():
            self._page.ensureVisible(0, 0)

    def show_footer(self) -> None:
        """Say where keys go and whether everything is saved."""
        session, language = self.session, self.language
        question = session.question
        if question is None:
            return
        target = "elsewhere"
        hints: tuple[tuple[str, str], ...] = (("Tab", "to_question"),)
        if self.choices.hasFocus():
            typed = (("Tab", "exactly"),) if len(self.asked.stops()) > 1 else (("Tab", "note_short"),)
            target, hints = "question", (*typed, ("Enter", "next"), ("Ctrl+↑↓", "move"), ("Ctrl+J", "any_question"))
        elif self.entry.line.hasFocus():
            target, hints = question.kind.value, (("Enter", "answer"), ("Tab", "note_short"), ("Esc", "answers"))
        elif self.note.hasFocus():
            taken = (("Ctrl+1…3", "take_offer"),) if self.offers.offers else ()
            hints = (*taken, ("Tab", "answers"), ("Enter", "next"), ("Ctrl+↑↓", "move"), ("Ctrl+J", "any_question"))
            target = "note"
        self.footer.target.setText(words.say(language, "call", f"keys_{target}"))
        self.footer.show_hints(tuple((keys, words.say(language, "call", f"does_{does}")) for keys, does in hints))
        self.footer.say_saved(*telling.saved_now(session, toggling=self.asked.toggling))
        self.focus_changed.emit()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def confirm(self) -> bool:
        """Save what is toggled or typed; whether there was anything."""
        return self.asked.confirm()

    def _said(self, question: str, said: object) -> None:
        if isinstance(said, Said):
            self.session.talk.answer(said, question)

    def _go_on(self) -> None:
        """Enter: ask what is advised next."""
        self.session.talk.go_next()

    def _go_on_from_note(self) -> None:
        self.confirm()
        self.session.talk.go_next()
        self.focus_question()

    def _letter(self, letter: str) -> None:
        self.session.talk.enter_letter(letter)
        self.focus_question()

    def _enter_group(self, group: str) -> None:
        self.session.talk.enter_group(group)
        self.focus_question()

    def _moved(self) -> None:
        self._page.ensureVisible(0, 0)

    def focus_question(self) -> None:
        """Let digits answer."""
        self.asked.focus_question()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round question, exact entry, note; Shift+Tab from the question leaves towards the other columns."""
        stops = (*self.asked.stops(), self.note)
        here = next((index for index, stop in enumerate(stops) if stop.hasFocus()), None)
        if here is None or (here == 0 and not following):
            return super().focusNextPrevChild(following)
        stops[(here + (1 if following else -1)) % len(stops)].setFocus()
        return True
