"""Moves a lead the way a person means it: asks what the stage wants, shows the gate, saves everything as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.errors import Cancelled, NotFound, Refused
from leaddesk.operations.places import Beside
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import shield
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk

if TYPE_CHECKING:  # what moves leads, and its panels, are imported when wanted: the board need not wait for them
    from leaddesk.operations.moves import Readiness
    from leaddesk.ui.gate.draft import Draft
    from leaddesk.ui.gate.gate_panel import GatePanel
    from leaddesk.ui.gate.reason_panel import ReasonPanel
    from leaddesk.ui.gate.several_panel import SeveralPanel

#: Of many leads so many are told of one by one: more are not on screen.
_TOLD = 200


@dataclass(frozen=True, slots=True)
class Several:
    """A move of several leads that was asked for, with what was answered on the way."""

    lead_ids: tuple[str, ...]
    stage: Stage
    beside: Beside | None = None
    give_to: str | None = None
    reason: str | None = None
    until: date | None = None


class Mover(QObject):
    """One for a room. `began(lead id, stage)` when a move is asked for, `ended(lead id, moved)` when it is settled."""

    began = Signal(str, str)
    #: A Job that moves so many leads.
    started = Signal(object, int)
    ended = Signal(str, bool)

    def __init__(self, desk: Desk, commands: Commands, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._commands, self._over = desk, commands, over
        self.panel: GatePanel | ReasonPanel | SeveralPanel | None = None
        self._beside: Beside | None = None
        self._give_to: str | None = None

    def move(self, lead_id: str, to: str, beside: Beside | None = None, give_to: str | None = None) -> None:
        """Move a lead, in own order to between two others, and perhaps to another owner.

        Ask first for the reason or day the stage wants.
        """
        if self.panel is not None or to not in self._desk.playbook.stage:
            return
        self._beside, self._give_to = beside, give_to
        lead = self._read(lead_id)
        if lead is None or lead.stage == to:
            return
        self.began.emit(lead_id, to)
        stage = self._desk.playbook.stage[to]
        if stage.needs_reason is None and not stage.needs_date:
            self._try(lead, to, None, None)
            return
        panel = self._reason_panel(shield.name(lead.title), stage)
        panel.given.connect(lambda reason, until: self._try(lead, to, reason, until))
        panel.about = lead_id
        self._show(panel, lead_id)

    def move_several(
        self, lead_ids: Sequence[str], to: str, beside: Beside | None = None, give_to: str | None = None
    ) -> None:
        """Move leads in one step; asks once for a reason or day, and once where a gate holds some of them."""
        if self.panel is not None or to not in self._desk.playbook.stage or not lead_ids:
            return
        if len(lead_ids) == 1:
            self.move(lead_ids[0], to, beside, give_to)
            return
        several = Several(tuple(lead_ids), self._desk.playbook.stage[to], beside, give_to)
        for lead_id in several.lead_ids[:_TOLD]:
            self.began.emit(lead_id, to)
        stage = several.stage
        if stage.needs_reason is None and not stage.needs_date:
            self._check(several)
            return
        who = words.say(self._desk.language, "gate_panel", "several", n=len(lead_ids))
        panel = self._reason_panel(who, stage)
        panel.given.connect(lambda reason, until: self._check(replace(several, reason=reason, until=until)))
        self._show(panel, *several.lead_ids)

    def _check(self, several: Several) -> None:
        from leaddesk.operations.moves import readiness

        def checked(found: Readiness) -> None:
            if not found.held:
                self._move(several)
                return
            from leaddesk.ui.gate.several_panel import SeveralPanel

            panel = SeveralPanel(self._desk, found, several.stage, self._over)
            panel.ready_wanted.connect(lambda: self._move(several, only_ready=True))
            panel.overridden.connect(lambda why: self._move(several, override=why))
            self._show(panel, *several.lead_ids)

        self._desk.read(
            readiness,
            several.lead_ids,
            several.stage.key,
            self._desk.now(),
            then=checked,
            failed=lambda error: self._end(several.lead_ids, error),
        )

    def _move(self, several: Several, override: str | None = None, *, only_ready: bool = False) -> None:
        from leaddesk.operations.moves import move_leads

        job = self._desk.start(
            move_leads,
            several.lead_ids,
            several.stage.key,
            override=override,
            reason=several.reason,
            until=several.until,
            beside=several.beside,
            give_to=several.give_to,
            only_ready=only_ready,
            then=lambda _moved: self._end(several.lead_ids),
            refused=lambda why: self._end(several.lead_ids, why),
            failed=lambda error: self._end(several.lead_ids, error),
        )

        self.started.emit(job, len(several.lead_ids))

    def _end(self, lead_ids: Sequence[str], error: Exception | None = None) -> None:
        for lead_id in lead_ids[:_TOLD]:
            self.ended.emit(lead_id, error is None)
        if isinstance(error, Refused):
            self._desk.refused.emit(error)
        elif error is not None and not isinstance(error, Cancelled):
            self._desk.failed.emit(error)

    def _reason_panel(self, who: str, stage: Stage) -> ReasonPanel:
        from leaddesk.ui.gate.reason_panel import ReasonPanel

        return ReasonPanel(self._desk, who, stage, self._over)

    def _show(self, panel: GatePanel | ReasonPanel | SeveralPanel, *lead_ids: str) -> None:
        self.panel = panel

        def closed(accepted: bool) -> None:
            self.panel = None
            for lead_id in lead_ids[:_TOLD] if not accepted else ():
                self.ended.emit(lead_id, False)

        panel.closed.connect(closed)
        panel.open()

    def _try(self, lead: Lead, to: str, reason: str | None, until: date | None) -> None:
        from leaddesk.operations.pipeline import move_lead

        def refused(why: Refused) -> None:
            if why.code == "gate":
                self._ask_gate(lead.id, to, reason, until)
            else:
                self._fail(lead.id, why)

        self._desk.do(
            move_lead,
            lead.id,
            to,
            reason=reason,
            until=until,
            beside=self._beside,
            give_to=self._give_to,
            then=self._settled(lead.id),
            refused=refused,
            failed=lambda error: self._fail(lead.id, error),
        )

    def _ask_gate(self, lead_id: str, to: str, reason: str | None, until: date | None) -> None:
        lead = self._read(lead_id)
        if lead is None:
            return
        from leaddesk.operations.pipeline import move_with_answers
        from leaddesk.ui.gate.gate_panel import GatePanel

        panel = GatePanel(self._desk, lead, to, self._over)

        def save(draft: Draft, override: str | None = None) -> None:
            self._desk.do(
                move_with_answers,
                lead_id,
                to,
                answers=draft.kept_answers,
                signoffs=dict(draft.signoffs),
                facts=dict(draft.facts),
                override=override,
                reason=reason,
                until=until,
                beside=self._beside,
                give_to=self._give_to,
                then=self._settled(lead_id),
                refused=lambda why: self._refused_again(lead_id, to, why, reason, until),
                failed=lambda error: self._fail(lead_id, error),
            )

        panel.saved.connect(save)
        panel.overridden.connect(save)
        panel.call_wanted.connect(lambda first: self._call(lead_id, first))
        self._show(panel, lead_id)

    def _read(self, lead_id: str) -> Lead | None:
        """The lead; where another window deleted it, that is said."""
        try:
            return self._desk.get(leads.lead, lead_id, self._desk.now())
        except NotFound as gone:
            self._fail(lead_id, gone)
            return None

    def _call(self, lead_id: str, question: str) -> None:
        self._commands.trigger("call.start", lead=lead_id, question=question or None)

    def _refused_again(self, lead_id: str, to: str, why: Refused, reason: str | None, until: date | None) -> None:
        """The lead changed while the gate was on screen."""
        if why.code == "gate":
            self._ask_gate(lead_id, to, reason, until)
        else:
            self._fail(lead_id, why)

    def _settled(self, lead_id: str) -> Callable[[object], None]:
        return lambda _result: self.ended.emit(lead_id, True)

    def _fail(self, lead_id: str, error: Exception) -> None:
        self.ended.emit(lead_id, False)
        if isinstance(error, Refused):
            self._desk.refused.emit(error)
        else:
            self._desk.failed.emit(error)
