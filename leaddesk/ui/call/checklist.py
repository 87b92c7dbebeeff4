"""All visible questions on one page, the marked one answered in place: for buyers who tell a lot at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import Said
from leaddesk.ui.answer_words import said_words
from leaddesk.ui.asking import options
from leaddesk.ui.asking.entry import Entry
from leaddesk.ui.asking.keypad import KeyPad
from leaddesk.ui.asking.options import Does, Option
from leaddesk.ui.call import script, telling
from leaddesk.ui.call.asked_now import asked_now, heard_now
from leaddesk.ui.call.note_line import NoteLine
from leaddesk.ui.call.said_by import SaidBy
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.call.tabs import Footer, ScriptTabs
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.text import Text

# Pixels of the note: two lines.
_NOTE = 48


class Checklist(Panel):
    """The marked question is the session's own, so that a crash takes it up there. `opened(str)`: show it large.

    `compact`: the rows alone, in short words, for whoever shows tabs, note and footer beside them; what must be typed
    is asked large there.
    """

    opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent=parent, margin=0 if compact else 16, spacing=0)
        self.session = session
        self._compact = compact
        self.tabs = ScriptTabs(self)
        self.advice = Text(kind="small", tone="accent", wrap=True, parent=self)
        self.keys = KeyPad(self)
        self._stack = QVBoxLayout(self.keys)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(2)
        self._page = QScrollArea(self)
        self._page.setWidgetResizable(True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page.setWidget(self.keys)
        self.said_by = SaidBy(session, self)
        self.entry = Entry(self)
        self.note_line = NoteLine(session, self, height=_NOTE)
        self.footer = Footer(self)
        self.rows: dict[str, OptionRow] = {}
        self._script = ""
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._look_at_marked)
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        self.inside.addWidget(self.tabs)
        if not self._compact:
            self.inside.addSpacing(12)
        self.inside.addWidget(self.advice)
        self.inside.addSpacing(0 if self._compact else 6)
        self.inside.addWidget(self._page, 1)
        self.inside.addSpacing(0 if self._compact else 8)
        self.entry.setContentsMargins(0, 0, 0, 6)
        for widget in (self.said_by, self.entry, self.note_line):
            self.inside.addWidget(widget)
        if not self._compact:
            self.inside.addSpacing(8)
        self.inside.addWidget(self.footer)
        for beside in (self.tabs, self.note_line, self.footer):
            beside.setVisible(not self._compact)

    def _listen(self) -> None:
        self.keys.digit.connect(self.pick)
        self.keys.letter.connect(self._letter)
        self.keys.arrow.connect(self.session.talk.step)
        self.keys.entered.connect(self.session.talk.go_next)
        self.keys.erased.connect(self.session.talk.withdraw)
        self.note_line.entered.connect(self._go_on)
        self.entry.said.connect(self._typed)
        self.entry.entered.connect(self._go_on)
        self.entry.typing.connect(self._typing)
        self.entry.escaped.connect(self.focus_question)
        self.note_line.escaped.connect(self.focus_question)
        self.session.talk.leaving.connect(self.confirm)
        for part in (self.keys, self.entry, self.note_line):
            part.focused.connect(lambda _: self.show_answer())
            part.focused.connect(lambda _: self._look.start())
        self.tabs.chosen.connect(self.session.talk.enter_group)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def show_all(self) -> None:
        """Show every question as it stands, and mark the one asked."""
        session = self.session
        lead, question = session.lead, session.question
        if lead is None or question is None:
            return
        language, book = session.desk.language, session.playbook
        self.tabs.show_script(book, lead.assessment, session.talk.script, question.key, language)
        advice = lead.assessment.advice
        if advice is not None:
            title, why = words.pick(book.question[advice.question].title, language), telling.why(book, advice, language)
            self.advice.setText(telling.ask_next(f"{title}: {why}" if why else title, language))
        self.advice.setVisible(advice is not None)
        self.said_by.show_speaker()
        self.note_line.show_note()
        asked = script.listed(book, lead.assessment, session.talk.script, question)
        if [each.key for each in asked] != list(self.rows) or self._script != session.talk.script.key:
            self._script = session.talk.script.key
            self._remake(asked)
        for each in asked:
            self._show_row(each, marked=each.key == question.key)
        self.keys.setAccessibleName(words.pick(question.wording, session.talk.asked_in))
        self._look.start()
        self.show_answer()

    def _look_at_marked(self) -> None:
        """Bring the marked question into view, once rows and lines have their room."""
        row = self.rows.get(self.session.question_key or "")
        if row is not None and self.isVisible():
            self._page.ensureWidgetVisible(row, 0, 60)

    def _remake(self, asked: tuple[Question, ...]) -> None:
        while (item := self._stack.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        language = self.session.desk.language
        for question in asked:
            letter = script.letter(self.session.playbook, self.session.talk.script, question, language)
            row = OptionRow(letter, "", self.keys, compact=True)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.chosen.connect(lambda _key, wanted=question.key: self._click(wanted))
            self._stack.addWidget(row)
            self.rows[question.key] = row
        self._stack.addStretch(1)

    def _show_row(self, question: Question, *, marked: bool) -> None:
        session, language = self.session, self.session.desk.language
        lead = session.lead
        state = lead.assessment.questions[question.key] if lead is not None else None
        pending = session.talk.saving(question.key)
        said = pending or (state.given.said if state is not None and state.given and not state.expired else None)
        if said is not None:
            remark = said_words(question, said, language, short=True)
        elif state is not None and state.from_fact:
            remark = words.say(language, "standings", "from_fact")
        else:
            remark = words.say(language, "standings", state.standing.value) if state is not None else ""
        if pending is not None:
            mark = words.say(language, "call", "not_saved" if session.talk.is_unsaved(question.key) else "saving")
            remark = f"{remark} · {mark}"
        beneath = ""
        if marked:
            beneath = "   ".join(f"{option.digit} {option.label}" for option in self._options(question))
        wording = question.short if self._compact and question.short else question.wording
        asked = words.pick(wording, session.talk.asked_in)
        if marked and session.talk.asked_in != language:
            beneath = f"{words.pick(question.wording, language)}\n{beneath}"
        self.rows[question.key].say(asked, beneath, remark)
        self.rows[question.key].set_on(marked)

    def _options(self, question: Question) -> tuple[Option, ...]:
        lead = self.session.lead
        people = options.names(str(lead.facts.get("name") or ""), lead.stakeholders) if lead is not None else ()
        return options.options(self.session.playbook, question, people, self.session.desk.language, short=True)

    def show_answer(self) -> None:
        """Show the marked question's answer, saved or on its way, and where keys go."""
        session, language, question = self.session, self.session.desk.language, self.session.question
        if question is not None and question.key in self.rows:
            self._show_row(question, marked=True)
        typed = self._show_entry()
        target = "checklist" if self.keys.hasFocus() else "elsewhere"
        exactly = "exactly" if typed else "note_short"
        hints: tuple[tuple[str, str], ...] = (("↑↓", "move"), ("Tab", exactly), ("Enter", "next"))
        if question is not None and self.entry.line.hasFocus():
            target, hints = question.kind.value, (("Enter", "answer"), ("Tab", "note_short"), ("Esc", "answers"))
        if self.note_line.field.hasFocus():
            target = "note_of"
            taken = (("Ctrl+1…3", "take_offer"),) if self.note_line.offers.offers else ()
            hints = (*taken, ("Tab", "answers"), ("Ctrl+↑↓", "move"), ("Enter", "next"))
        title = words.pick(question.title, language) if question is not None else ""
        self.footer.target.setText(words.say(language, "call", f"keys_{target}", question=title))
        hints = (*hints, ("F6", "one_question"))
        self.footer.show_hints(tuple((keys, words.say(language, "call", f"does_{does}")) for keys, does in hints))
        self.footer.say_saved(*telling.saved_now(session))

    def _show_entry(self) -> bool:
        """Let what must be typed be typed beneath the rows; whether the marked question is of that kind."""
        asking = None if self._compact else asked_now(self.session, short=True)
        typed = asking is not None and asking.question.kind in options.TYPED
        if asking is not None and typed:
            heard = heard_now(self.session)
            about = (asking.currency, asking.today, asking.now, asking.language)
            self.entry.offer(asking.question, heard.said, *about, heard.typed or "")
        self.entry.setVisible(typed)
        return typed

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def pick(self, digit: int) -> None:
        """Answer the marked question; what must be typed is shown large."""
        question = self.session.question
        if question is None or self.session.phase is not Phase.ON_CALL:
            return
        option = next((each for each in self._options(question) if each.digit == digit), None)
        if option is None:
            return
        if option.does is Does.TYPE and self._compact:
            self.opened.emit(question.key)
        elif option.does is Does.TYPE:
            self.entry.line.setFocus()
            self.entry.line.selectAll()
        elif option.does is Does.TOGGLE:
            self._toggle(question, option.key)
        else:
            self.entry.take_off()
            self.session.talk.answer(option.said)

    def _typed(self, said: object) -> None:
        """Enter in the line: answer the marked question, and mark what is advised next."""
        if isinstance(said, Said):
            self.session.talk.answer(said)
            self._go_on()

    def _typing(self, text: str) -> None:
        if self.session.question_key is not None:
            self.session.talk.typed.typed(self.session.question_key, text)

    def confirm(self) -> None:
        """Answer by what is typed, where it can be understood: another question is marked, or the call ends."""
        question = self.entry.question
        said = self.entry.take() if question is not None and not self.entry.isHidden() else None
        if question is not None and said is not None:
            self.session.talk.answer(said, question.key)

    def _toggle(self, question: Question, key: str) -> None:
        said = self.session.talk.said_by_speaker(question.key)
        wanted = {*(said.keys if said is not None else ())} ^ {key}
        if wanted:
            self.session.talk.answer(Said(keys=tuple(each.key for each in question.answers if each.key in wanted)))
        else:
            self.session.talk.withdraw()

    def _letter(self, letter: str) -> None:
        self.session.talk.enter_letter(letter)

    def _click(self, question: str) -> None:
        self.session.talk.go(question)
        self.focus_question()

    def _go_on(self) -> None:
        """Enter in the note: mark what is advised next."""
        self.session.talk.go_next()
        self.focus_question()

    def focus_question(self) -> None:
        """Let digits answer the marked question."""
        self.keys.setFocus()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round the questions, what is typed for the marked one, and its note."""
        stops: list[QWidget] = [self.keys, self.note_line.field]
        if not self.entry.isHidden():
            stops.insert(1, self.entry.line)
        here = next((place for place, stop in enumerate(stops) if stop.hasFocus()), None)
        if self._compact or here is None or (here == 0 and not following):
            return super().focusNextPrevChild(following)
        stops[(here + (1 if following else -1)) % len(stops)].setFocus()
        return True
