"""What goes on in the call room without anything being drawn: which lead, which question, what is being saved."""

from __future__ import annotations

import enum
from datetime import date

from PySide6.QtCore import QObject, Signal

from leaddesk import words
from leaddesk.db.reads import calls as call_reads
from leaddesk.db.reads import leads as lead_reads
from leaddesk.db.reads import talk as talk_reads
from leaddesk.db.records import Call, Lead
from leaddesk.errors import LeadDeskError, NotFound
from leaddesk.operations import calls as call_verbs
from leaddesk.operations import leads as lead_verbs
from leaddesk.operations import talk as talk_verbs
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Given, QuestionState, Said
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.call import script
from leaddesk.ui.call.answering import AnswerKeeper, Told
from leaddesk.ui.call.ending_choice import Ending
from leaddesk.ui.call.notes import NoteKeeper
from leaddesk.ui.call.person_form import Person, person_of
from leaddesk.ui.desk import Desk


class Phase(enum.Enum):
    """Where the loop stands."""

    EMPTY = "empty"
    BEFORE = "before"
    ON_CALL = "on_call"
    ENDING = "ending"


class Session(QObject):
    """One lead after another: before the call, on it, ending it.

    `shown()` when another lead or phase is shown, `updated()` when the lead's data were read again, `moved()` when
    another question is asked, `saving_changed()` when an answer is being saved, was saved or was not,
    `finished(str)` with the title of the lead whose call ended.
    """

    shown = Signal()
    updated = Signal()
    moved = Signal()
    saving_changed = Signal()
    finished = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.phase = Phase.EMPTY
        self.lead: Lead | None = None
        self.call: Call | None = None
        self.question_key: str | None = None
        self.trouble: LeadDeskError | None = None
        self.starting = False
        self.by_hand = False  # whether a person chose this lead, rather than being told that it is worth a call
        self.notes = NoteKeeper(desk, self)
        self.notes.state_changed.connect(self.saving_changed)
        self.speaker = ""
        self.answers = AnswerKeeper(desk, self)
        self.answers.state_changed.connect(self._answers_changed)
        self._passed_over: list[str] = []
        self._asked_in = read_settings().asked_in

    # ── what is on screen ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.desk.playbook

    @property
    def question(self) -> Question | None:
        """The question being asked."""
        return self.playbook.question.get(self.question_key) if self.question_key else None

    @property
    def question_state(self) -> QuestionState | None:
        """How the question being asked stands, as the database has it."""
        if self.lead is None or self.question_key is None:
            return None
        return self.lead.assessment.questions.get(self.question_key)

    @property
    def asked_in(self) -> str:
        """The language questions are asked in; hints, answers and everything else are in the window's."""
        return self._asked_in or self.desk.language

    def ask_in_other(self) -> None:
        """Ask in the next language there is, and remember it; the window's own language stays."""
        spoken = words.LANGUAGES
        other = spoken[(spoken.index(self.asked_in) + 1) % len(spoken)]
        self._asked_in = other if other != self.desk.language else ""
        change_settings(asked_in=self._asked_in)
        self.updated.emit()

    # ── who speaks ───────────────────────────────────────────────────────────────────────────────────────────────

    def name_of(self, speaker: str) -> str:
        """What a speaker is called; empty means the lead's own person."""
        return speaker or (self.lead.title if self.lead is not None else "")

    def speakers(self) -> tuple[str, ...]:
        """Whose words an answer may be: the lead's own person (empty), then everybody who takes part."""
        if self.lead is None:
            return ("",)
        own = str(self.lead.facts.get("name") or "")
        others = dict.fromkeys(person.name for person in self.lead.stakeholders if person.name != own)
        return ("", *others)

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be written about: the lead's own person too, who may not be among the deciders yet."""
        if self.lead is None:
            return ()
        known = tuple(person_of(each) for each in self.lead.stakeholders)
        own = str(self.lead.facts.get("name") or "")
        if not own or own in {each.name for each in known}:
            return known
        return (Person(own, str(self.lead.facts.get("title") or "")), *known)

    def next_speaker(self) -> None:
        """Take the next answers as another person's words."""
        known = self.speakers()
        here = known.index(self.speaker) if self.speaker in known else 0
        self.speaker = known[(here + 1) % len(known)]
        self.updated.emit()

    @property
    def on_call(self) -> bool:
        """Whether a call is going on."""
        return self.call is not None

    def saving(self, question: str) -> Said | None:
        """The answer to a question that is painted but not yet on disk."""
        told = self._pending(question)
        return told.said if told is not None else None

    def _pending(self, question: str) -> Told | None:
        return self.answers.told(self.call.id, question) if self.call is not None else None

    def said_by_speaker(self, question: str) -> Said | None:
        """What the one who speaks said to a question last, where no other person has spoken since."""
        pending, given = self._pending(question), self.standing_answer(question)
        if pending is not None:
            return pending.said if pending.by == self.speaker else None
        state = self.lead.assessment.questions.get(question) if self.lead is not None else None
        if given is None or given.by != self.speaker or (state is not None and state.expired):
            return None
        return given.said

    def is_unsaved(self, question: str) -> bool:
        """Whether the answer to a question could not be saved."""
        return self.call is not None and self.answers.is_unsaved(self.call.id, question)

    @property
    def unsaved(self) -> bool:
        """Whether something could not be saved."""
        return self.answers.unsaved or self.notes.unsaved

    @property
    def busy(self) -> bool:
        """Whether something is on its way to disk."""
        return self.answers.waiting or self.notes.waiting

    def standing_answer(self, question: str) -> Given | None:
        """What was last said to a question: the knowledge that stands, else what was heard."""
        state = self.lead.assessment.questions.get(question) if self.lead is not None else None
        return state.given if state is not None else None

    # ── which lead ───────────────────────────────────────────────────────────────────────────────────────────────

    def resume(self) -> bool:
        """Take up the call that is open in the database, at the question it stood at; False where there is none."""
        call = self.desk.get(call_reads.open_call)
        if call is None:
            return False
        self._show(call.lead_id)
        return self.on_call

    def take_next(self, *, skip: bool = False) -> None:
        """Show who is worth a call now; `skip`: somebody else than the one shown. A call going on comes first."""
        if self.on_call or self.resume():
            self.shown.emit()
            return
        if skip and self.lead is not None:
            self._passed_over.append(self.lead.id)
        card = self.desk.get(lead_reads.next_lead, self.desk.now(), tuple(self._passed_over))
        if card is None and self._passed_over:
            # Everybody was passed over: begin again rather than say that nobody is left.
            self._passed_over.clear()
            card = self.desk.get(lead_reads.next_lead, self.desk.now(), ())
        if card is None:
            self._clear()
        else:
            self.by_hand = False
            self._show(card.id)

    def take(self, lead_id: str, question: str | None = None) -> None:
        """Show a certain lead before its call, to begin with a question; while another call goes on, that one stays."""
        if not self.on_call and not self.resume():
            self.by_hand = True
            self._show(lead_id, question)

    def reread(self) -> None:
        """Read the lead again: something changed."""
        if self.lead is None:
            return
        try:
            lead = self._read(self.lead.id)
        except NotFound:
            self._clear()
            return
        before = self.call.id if self.call is not None else None
        self._put(lead)
        if before != (self.call.id if self.call is not None else None):
            self.phase = Phase.ON_CALL if self.call is not None else Phase.BEFORE
            self._open_notes()
            self.shown.emit()
        elif self.call is not None and not self.notes.waiting and not self.notes.unsaved:
            self._open_notes()  # an undo, or another window, may have changed them
        self.updated.emit()

    def _show(self, lead_id: str, question: str | None = None) -> None:
        self.notes.flush()
        self.trouble = None
        self.speaker = ""
        self.question_key = question
        self._put(self._read(lead_id))
        self.phase = Phase.ON_CALL if self.call is not None else Phase.BEFORE
        self._open_notes()
        self.shown.emit()

    def _clear(self) -> None:
        self.notes.flush()
        self.lead = self.call = self.question_key = None
        self.phase = Phase.EMPTY
        self.shown.emit()

    def read(self, lead_id: str) -> Lead | None:
        """Any lead, the one shown or another; None where it is gone."""
        try:
            return self._read(lead_id)
        except NotFound:
            return None

    def _read(self, lead_id: str) -> Lead:
        return self.desk.get(lead_reads.lead, lead_id, self.desk.now())

    def _put(self, lead: Lead) -> None:
        self.lead = lead
        self.call = lead.open_call
        if self.speaker not in self.speakers():
            self.speaker = ""
        if self.question_key is None and lead.open_call is not None and lead.open_call.question:
            self.question_key = lead.open_call.question
        state = lead.assessment.questions.get(self.question_key or "")
        if state is None or not state.visible:
            self.question_key = script.first(self.playbook, lead.assessment)

    def _open_notes(self) -> None:
        if self.call is None:
            self.notes.close()
        else:
            self.answers.open(self.call.id)
            self.notes.open(self.call.id, self.desk.get(talk_reads.written, self.call.id))

    # ── the call ─────────────────────────────────────────────────────────────────────────────────────────────────

    def may_call(self) -> bool:
        """Whether the lead may be called at all."""
        return self.lead is not None and not self.lead.do_not_call

    def start(self) -> None:
        """Start the call with the lead shown."""
        if self.lead is None or self.phase is not Phase.BEFORE or self.starting:
            return
        self.starting = True
        self.desk.do(
            call_verbs.start_call,
            self.lead.id,
            self.question_key,
            then=self._started,
            refused=self._not_started,
            failed=self._not_started,
        )

    def _started(self, _call_id: str) -> None:
        self.starting = False
        self.trouble = None
        self.reread()
        if self.lead is not None and self.question_key != script.first(self.playbook, self.lead.assessment):
            self._remember_place()

    def _not_started(self, trouble: LeadDeskError) -> None:
        self.starting = False
        self.trouble = trouble
        if trouble.code == "call_open":
            self.resume()
        self.shown.emit()

    def log_attempt(self, outcome: str) -> None:
        """Nobody was reached: log the attempt, plan the next by the outcome's days, and take the next lead."""
        if self.lead is None or self.phase is not Phase.BEFORE or self.starting:
            return
        self.starting = True
        title = self.lead.title
        self._passed_over.append(self.lead.id)
        self.desk.do(
            call_verbs.log_call,
            self.lead.id,
            outcome,
            then=lambda _: self._attempted(title),
            refused=self._not_started,
            failed=self._not_started,
        )

    def _attempted(self, title: str) -> None:
        self.starting = False
        self.finished.emit(title)
        self.take_next()

    def begin_ending(self) -> None:
        """Ask how the call ended."""
        if self.phase is Phase.ON_CALL:
            self.notes.flush()
            self.phase = Phase.ENDING
            self.shown.emit()

    def back_to_call(self) -> None:
        """Not ended after all."""
        if self.phase is Phase.ENDING:
            self.trouble = None
            self.phase = Phase.ON_CALL
            self.shown.emit()

    def end(self, ending: Ending) -> None:
        """End the call as one step with its next step and stage; then offer the next lead."""
        if self.call is None or self.lead is None or self.starting:
            return
        self.notes.flush()
        self.retry()
        self.starting = True
        title = self.lead.title
        self._passed_over.append(self.lead.id)
        self.desk.do(
            talk_verbs.finish_call,
            self.call.id,
            ending.outcome,
            next_text=ending.text or None,
            next_on=ending.day,
            next_time=ending.time,
            to=ending.stage,
            reason=ending.reason,
            until=ending.until,
            own_step=False,  # it was suggested already; where it is gone, a person wants none
            then=lambda _: self._ended(title),
            refused=self._not_ended,
            failed=self._not_ended,
        )

    def _ended(self, title: str) -> None:
        self.starting = False
        self.trouble = None
        self.call = None
        self.notes.close()
        self.finished.emit(title)
        self.take_next()

    def _not_ended(self, trouble: LeadDeskError) -> None:
        self.starting = False
        self.trouble = trouble
        self._passed_over.pop()
        self.shown.emit()

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def go(self, key: str) -> None:
        """Ask this question; a call remembers where it stands."""
        if self.lead is None or key == self.question_key or key not in self.playbook.question:
            return
        self.notes.flush()
        self.question_key = key
        self._remember_place()
        self.moved.emit()

    def _remember_place(self) -> None:
        if self.call is not None and self.question_key is not None:
            call, place = self.call.id, self.question_key
            self.desk.do(call_verbs.place_call, call, place, failed=lambda _: None, refused=lambda _: None)

    def go_next(self) -> None:
        """Ask what is advised; where that is asked already or nothing is, the next in the script."""
        if self.lead is None or self.question_key is None:
            return
        advice = self.lead.assessment.advice
        answered = self._pending(self.question_key) is not None
        if advice is not None and advice.question != self.question_key:
            self.go(advice.question)
        elif not answered or advice is None:
            self.step(1)

    def step(self, by: int) -> None:
        """Ask the question so many places on in the script."""
        if self.lead is not None and self.question_key is not None:
            self.go(script.neighbour(self.playbook, self.lead.assessment, self.question_key, by))

    def enter_criterion(self, criterion: str) -> None:
        """Ask a criterion's first open question; again: its next."""
        if self.lead is not None:
            key = script.entered(self.playbook, self.lead.assessment, criterion, self.question_key)
            if key is not None:
                self.go(key)

    def answer(self, said: Said, question: str | None = None, by: str | None = None) -> None:
        """What was said to a question (the one asked): painted at once, then saved, then everything is read again.

        `by`: whose words they are, the present speaker's where none is named.
        """
        key = question or self.question_key
        if self.lead is None or key is None or self.phase is not Phase.ON_CALL or self.call is None:
            return
        self.notes.flush()
        self.answers.answer(self.call.id, key, said, self.speaker if by is None else by)

    def withdraw(self, question: str | None = None) -> None:
        """Take the answer to a question back."""
        key = question or self.question_key
        if self.call is None or key is None or self.standing_answer(key) is None or self.phase is not Phase.ON_CALL:
            return
        self.desk.do(talk_verbs.take_back_answer, self.call.id, key, then=lambda _: self.saving_changed.emit())

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        self.answers.retry()
        self.notes.retry()

    def keep_person(self, person: Person) -> None:
        """Somebody takes part in the decision, or something else is known of one who does."""
        if self.lead is None:
            return
        about = (person.name, person.title, person.role, person.attitude, person.note)
        if person.id:
            self.desk.do(lead_verbs.change_stakeholder, person.id, *about)
        else:
            self.desk.do(lead_verbs.add_stakeholder, self.lead.id, *about)

    def _answers_changed(self, trouble: LeadDeskError | None) -> None:
        self.trouble = trouble
        self.saving_changed.emit()

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def seconds(self) -> int:
        """How long the call has been going on; never negative, whatever the clock was set to."""
        return max(0, self.desk.now() - self.call.started_at) // 1000 if self.call is not None else 0

    def today(self) -> date:
        """The day on this machine."""
        return self.desk.today()
