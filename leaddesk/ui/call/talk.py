"""What is asked and what was said: the question of the moment, the way to the next, answers on their way to disk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from leaddesk import words
from leaddesk.db.reads import talk as talk_reads
from leaddesk.db.records import Lead
from leaddesk.operations import calls as call_verbs
from leaddesk.operations import talk as talk_verbs
from leaddesk.qualify import scripts
from leaddesk.qualify.playbook import Question, Script, ScriptGroup
from leaddesk.qualify.state import Assessment, Given, QuestionState, Said
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.call import script
from leaddesk.ui.call.answering import AnswerKeeper, Told
from leaddesk.ui.call.foresight import foreseen
from leaddesk.ui.call.listener import Listener
from leaddesk.ui.call.notes import NoteKeeper
from leaddesk.ui.call.speakers import Speakers
from leaddesk.ui.call.typing import TypedKeeper

if TYPE_CHECKING:
    from leaddesk.ui.call.session import Session


class Talk(QObject):
    """The talk with the lead of a session.

    `leaving()`: another question will be asked: what is toggled or typed is to be told. `moved()`: it is asked now.
    `turned()`: another language, or another person speaks. `saving_changed` (trouble or None): an answer or a note is
    being saved, was saved, or was not.
    """

    leaving = Signal()
    moved = Signal()
    turned = Signal()
    saving_changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._desk = session.desk
        self.question_key: str | None = None
        self.chosen_script: str | None = None  # before the call; on it the call has it
        self.speakers = Speakers(session)
        self.notes = NoteKeeper(session.desk, self)
        self.notes.state_changed.connect(lambda: self.saving_changed.emit(session.trouble))
        self.answers = AnswerKeeper(session.desk, self)
        self.answers.state_changed.connect(self.saving_changed)
        self.typed = TypedKeeper(session.desk, self)
        self.typed.state_changed.connect(lambda: self.saving_changed.emit(session.trouble))
        self._listener = Listener(self)
        self._asked_in = read_settings().asked_in

    # ── with whom ────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_with(self, question: str | None) -> None:
        """Another lead is shown: its own person speaks, and this question comes first; None: the one advised."""
        self.speakers.now = ""
        self.notes.close()
        self.typed.close()
        self.question_key, self.chosen_script = question, None

    @property
    def script(self) -> Script:
        """What is asked, in which order; of the lead shown."""
        lead = self._session.lead
        book = self._session.playbook
        return scripts.script_of(book, lead.assessment) if lead is not None else book.scripts[0]

    def choose_script(self, key: str) -> None:
        """Ask by another script: before the call at its first question, on it from here on; what was said stands."""
        call = self._session.call
        if call is None:
            self.chosen_script, self.question_key = key, None
            self._session.reread()
        else:
            self._desk.do(call_verbs.choose_script, call.id, key, then=lambda _: self._enter_script())

    def _enter_script(self) -> None:
        """Ask on at what the script is about."""
        lead = self._session.lead
        if lead is None or self.question_key in self.script.questions:
            return
        found = scripts.first(self._session.playbook, lead.assessment, self.script)
        if found is not None:
            self.leaving.emit()
            self.go(found)

    def look_again(self) -> None:
        """The lead was read again: what is asked must still be there to be asked."""
        lead = self._session.lead
        if lead is None:
            self.question_key = None
            return
        self.speakers.look_again()
        if self.question_key is None and lead.open_call is not None and lead.open_call.question:
            self.question_key = lead.open_call.question
        here = self.question_key or ""
        state = self.foreseen(lead).questions.get(here)
        # What is being typed at a question that is hidden now must not go on at another one.
        typed = here in self._session.playbook.question and bool(self.notes.text(here))
        if (state is None or not state.visible) and not typed:
            self.question_key = scripts.first(self._session.playbook, lead.assessment, self.script)

    def open_keepers(self) -> None:
        """Keep notes and answers of the call that goes on; without one, let its notes go."""
        call = self._session.call
        if call is None:
            self.notes.close()
            self.typed.close()
        else:
            self.answers.open(call.id)
            self.typed.open(call.id)
            self.notes.open(call.id, self._desk.get(talk_reads.written, call.id))
            self._listener.prepare(self._session.playbook)

    # ── which question ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def question(self) -> Question | None:
        """The question being asked."""
        return self._session.playbook.question.get(self.question_key) if self.question_key else None

    @property
    def state(self) -> QuestionState | None:
        """How the question being asked stands, as the database has it."""
        return self._state(self.question_key or "")

    def _state(self, question: str) -> QuestionState | None:
        lead = self._session.lead
        return lead.assessment.questions.get(question) if lead is not None else None

    @property
    def asked_in(self) -> str:
        """The language questions are asked in; hints, answers and everything else are in the window's."""
        return self._asked_in or self._desk.language

    def ask_in_other(self) -> None:
        """Ask in the next language there is, and remember it; the window's own language stays."""
        spoken = words.LANGUAGES
        other = spoken[(spoken.index(self.asked_in) + 1) % len(spoken)]
        self._asked_in = other if other != self._desk.language else ""
        change_settings(asked_in=self._asked_in)
        self.turned.emit()

    def next_speaker(self) -> None:
        """Take the next answers as another person's words."""
        self.speakers.take_next()
        self.turned.emit()

    def go(self, key: str) -> None:
        """Ask this question; a call remembers where it stands."""
        session = self._session
        if session.lead is None or key == self.question_key or key not in session.playbook.question:
            return
        self.leaving.emit()
        self.notes.flush()
        self.question_key = key
        self.remember_place()
        self.moved.emit()

    def remember_place(self) -> None:
        """Let the call be taken up at this question, should the program end."""
        call, place = self._session.call, self.question_key
        if call is not None and place is not None:
            self._desk.do(call_verbs.place_call, call.id, place, failed=lambda _: None, refused=lambda _: None)

    def go_next(self) -> None:
        """Ask what is advised; where that is asked already or nothing is, the next in the script."""
        lead = self._session.lead
        if lead is None or self.question_key is None:
            return
        self.leaving.emit()
        advice = self.foreseen(lead).advice
        if advice is not None and advice.question != self.question_key:
            self.go(advice.question)
        else:
            self.step(1)

    def step(self, by: int) -> None:
        """Ask the question so many places on in the script."""
        lead = self._session.lead
        if lead is not None and self.question_key is not None:
            self.leaving.emit()
            book, found = self._session.playbook, self.foreseen(lead)
            self.go(scripts.neighbour(book, found, self.script, self.question_key, by))

    def foreseen(self, lead: Lead) -> Assessment:
        """How the lead will stand with what is on its way to disk: the next key is pressed before it is there."""
        session, call = self._session, self._session.call
        told = self.answers.of_call(call.id) if call is not None else {}
        return foreseen(session.playbook, lead, told, self._desk.now(), session.today())

    def enter_group(self, key: str) -> None:
        """Ask a group's first open question; again: its next."""
        self._enter(group for group in self.script.groups if group.key == key)

    def enter_letter(self, letter: str) -> None:
        """The same by a letter, which groups may share; of no group, but of a criterion: that one's questions."""
        groups = scripts.groups_of_letter(self.script, letter)
        if not groups:
            groups = script.criteria_of_letter(self._session.playbook, letter)
        self._enter(groups)

    def _enter(self, groups: Iterable[ScriptGroup]) -> None:
        lead, wanted = self._session.lead, tuple(groups)
        if lead is not None and wanted:
            self.leaving.emit()
            key = scripts.entered(self._session.playbook, self.foreseen(lead), wanted, self.question_key)
            if key is not None:
                self.go(key)

    # ── what was said ────────────────────────────────────────────────────────────────────────────────────────────

    def standing_answer(self, question: str) -> Given | None:
        """What was last said to a question: the knowledge that stands, else what was heard."""
        state = self._state(question)
        return state.given if state is not None else None

    def saving(self, question: str) -> Said | None:
        """The answer to a question that is painted but not yet on disk."""
        told = self._pending(question)
        return told.said if told is not None else None

    def _pending(self, question: str) -> Told | None:
        call = self._session.call
        return self.answers.told(call.id, question) if call is not None else None

    def is_unsaved(self, question: str) -> bool:
        """Whether the answer to a question could not be saved."""
        call = self._session.call
        return call is not None and self.answers.is_unsaved(call.id, question)

    def said_by_speaker(self, question: str) -> Said | None:
        """What the one who speaks said to a question last, where no other person has spoken since."""
        pending, given, state = self._pending(question), self.standing_answer(question), self._state(question)
        if pending is not None:
            return pending.said if pending.by == self.speakers.now else None
        if given is None or given.by != self.speakers.now or (state is not None and state.expired):
            return None
        return given.said

    def answer(self, said: Said, question: str | None = None, by: str | None = None) -> None:
        """What was said to a question (the one asked): painted at once, then saved, then everything is read again.

        `by`: whose words they are, the present speaker's where none is named.
        """
        key, session = question or self.question_key, self._session
        if key is not None and session.call is not None and session.asking:
            self.notes.flush()
            self.answers.answer(session.call.id, key, said, self.speakers.now if by is None else by)
            self.typed.let_go(key)

    def withdraw(self, question: str | None = None) -> None:
        """Take the answer to a question back, also one that is still on its way to disk."""
        key, session = question or self.question_key, self._session
        if session.call is None or key is None or not session.asking:
            return
        if self.standing_answer(key) is None and self._pending(key) is None:
            return
        if self.answers.let_go_unsaved(session.call.id, key):
            self.saving_changed.emit(None)
            self.remember_place()  # shows whether the database can be written by now
            return

        def done(_result: object) -> None:
            self.saving_changed.emit(session.trouble)

        self._desk.do(talk_verbs.take_back_answer, session.call.id, key, then=done)

    # ── saving ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def unsaved(self) -> bool:
        """Whether something could not be saved."""
        return self.answers.unsaved or self.notes.unsaved

    @property
    def busy(self) -> bool:
        """Whether something is on its way to disk."""
        return self.answers.waiting or self.notes.waiting or self.typed.waiting

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        self.answers.retry()
        self.notes.retry()

    def note_what_is_left(self) -> None:
        """The call ends: what was typed as an answer and is none stays as a note of its question."""
        for question, text in self.typed.left():
            self.notes.typed(question, "\n".join(filter(None, (self.notes.text(question), text))))
            self.typed.let_go(question)

    def secure(self) -> None:
        """Write what is only typed, and keep in a file what the database may not take before the program ends."""
        self.notes.secure()
        self.answers.secure()
        self.typed.secure()
