"""Who is called and how far it is: one lead after another, before the call, on it, ending it; nothing is drawn."""

from __future__ import annotations

import enum
from datetime import date

from PySide6.QtCore import QObject, Signal

from leaddesk.db.reads import calls as call_reads
from leaddesk.db.reads import leads as lead_reads
from leaddesk.db.records import Call, Lead
from leaddesk.errors import LeadDeskError, NotFound
from leaddesk.operations import calls as call_verbs
from leaddesk.operations import talk as talk_verbs
from leaddesk.qualify import scripts
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.ui import shield
from leaddesk.ui.call.ending_choice import Ending
from leaddesk.ui.call.notes import NoteKeeper
from leaddesk.ui.call.talk import Talk
from leaddesk.ui.desk import Desk


class Phase(enum.Enum):
    """Where the loop stands."""

    EMPTY = "empty"
    BEFORE = "before"
    ON_CALL = "on_call"
    ENDING = "ending"


class Session(QObject):
    """One lead after another: before the call, on it, ending it. What is asked meanwhile is the business of `talk`.

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
        self.trouble: LeadDeskError | None = None
        self.starting = False
        self.by_hand = False  # whether a person chose this lead, rather than being told that it is worth a call
        self.talk = Talk(self)
        self.talk.moved.connect(self.moved)
        self.talk.turned.connect(self.updated)
        self.talk.saving_changed.connect(self._saving)
        self._passed_over: list[str] = []
        self._left: tuple[str, str] | None = None  # the lead shown before this one, and the call it was left by

    # ── what is on screen ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.desk.playbook

    @property
    def question_key(self) -> str | None:
        """The key of the question being asked."""
        return self.talk.question_key

    @property
    def question(self) -> Question | None:
        """The question being asked."""
        return self.talk.question

    @property
    def notes(self) -> NoteKeeper:
        """What is typed beside the questions."""
        return self.talk.notes

    @property
    def on_call(self) -> bool:
        """Whether a call is going on."""
        return self.call is not None

    @property
    def asking(self) -> bool:
        """Whether a call is going on and questions are asked."""
        return self.phase is Phase.ON_CALL

    @property
    def unsaved(self) -> bool:
        """Whether something could not be saved."""
        return self.talk.unsaved

    @property
    def busy(self) -> bool:
        """Whether something is on its way to disk."""
        return self.talk.busy

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

    def come_back(self, leads: frozenset[str]) -> bool:
        """Show the lead shown before again if its call is among what was just taken back; whether it was."""
        if self._left is None or self.on_call or self._left[0] not in leads:
            return False
        if self.resume():
            return True
        lead_id, call_id = self._left
        lead = self.read(lead_id)
        if lead is None or any(call.id == call_id for call in lead.calls):
            return False
        self._left = None
        self._passed_over = [each for each in self._passed_over if each != lead_id]
        self._show(lead_id)
        return True

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
            lead = self._read(self.lead.id, self.talk.chosen_script)
        except NotFound:
            self._clear()
            return
        before = self.call.id if self.call is not None else None
        self._put(lead)
        if before != (self.call.id if self.call is not None else None):
            self.phase = Phase.ON_CALL if self.call is not None else Phase.BEFORE
            self.talk.open_keepers()
            self.shown.emit()
        elif self.call is not None and not self.notes.waiting and not self.notes.unsaved:
            self.talk.open_keepers()  # an undo, or another window, may have changed them
        self.updated.emit()

    def _show(self, lead_id: str, question: str | None = None) -> None:
        self.notes.flush()
        self.trouble = None
        self.talk.begin_with(question)
        self._put(self._read(lead_id))
        self.phase = Phase.ON_CALL if self.call is not None else Phase.BEFORE
        self.talk.open_keepers()
        self.shown.emit()

    def _clear(self) -> None:
        self.notes.flush()
        self.lead = self.call = None
        shield.speak_with("")
        self.talk.look_again()
        self.phase = Phase.EMPTY
        self.shown.emit()

    def read(self, lead_id: str) -> Lead | None:
        """Any lead, the one shown or another; None where it is gone."""
        try:
            return self._read(lead_id)
        except NotFound:
            return None

    def _read(self, lead_id: str, script: str | None = None) -> Lead:
        return self.desk.get(lead_reads.lead, lead_id, self.desk.now(), script)

    def _put(self, lead: Lead) -> None:
        self.lead = lead
        self.call = lead.open_call
        shield.speak_with(lead.id if self.call is not None else "", lead.title)
        self.talk.look_again()

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
            self.talk.chosen_script,
            then=self._started,
            refused=self._not_started,
            failed=self._not_started,
        )

    def _started(self, _call_id: str) -> None:
        self.starting = False
        self.trouble = None
        self.reread()
        if self.lead is None:
            return
        if self.question_key != scripts.first(self.playbook, self.lead.assessment, self.talk.script):
            self.talk.remember_place()

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
        lead_id, title = self.lead.id, self.lead.title
        self._passed_over.append(lead_id)
        self.desk.do(
            call_verbs.log_call,
            lead_id,
            outcome,
            then=lambda call_id: self._attempted(lead_id, call_id, title),
            refused=self._not_started,
            failed=self._not_started,
        )

    def _attempted(self, lead_id: str, call_id: str, title: str) -> None:
        self.starting = False
        self._left = lead_id, call_id
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
        self.talk.note_what_is_left()
        self.notes.flush()
        self.talk.retry()
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
        if self.call is not None:
            self._left = self.call.lead_id, self.call.id
        self.call = None
        self.notes.close()
        self.finished.emit(title)
        self.take_next()

    def _not_ended(self, trouble: LeadDeskError) -> None:
        self.starting = False
        self.trouble = trouble
        self._passed_over.pop()
        self.shown.emit()

    def _saving(self, trouble: object) -> None:
        self.trouble = trouble if isinstance(trouble, LeadDeskError) else None
        self.saving_changed.emit()

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def seconds(self) -> int:
        """How long the call has been going on; never negative, whatever the clock was set to."""
        return max(0, self.desk.now() - self.call.started_at) // 1000 if self.call is not None else 0

    def today(self) -> date:
        """The day on this machine."""
        return self.desk.today()
