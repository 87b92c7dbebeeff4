"""Moves a lead the way a person means it: asks what the stage wants, shows the gate, saves everything as one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.errors import Refused
from leaddesk.operations.pipeline import move_lead, move_with_answers
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.draft import Draft
from leaddesk.operations.places import Beside
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import shield
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.gate.reason_panel import ReasonPanel


class Mover(QObject):
    """One for a room. `began(lead id, stage)` when a move is asked for, `ended(lead id, moved)` when it is settled."""

    began = Signal(str, str)
    ended = Signal(str, bool)

    def __init__(self, desk: Desk, commands: Commands, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._commands, self._over = desk, commands, over
        self.panel: GatePanel | ReasonPanel | None = None

    def move(self, lead_id: str, to: str) -> None:
        """Move a lead; ask first for the reason or day the stage wants."""
        if self.panel is not None or to not in self._desk.playbook.stage:
            return
        lead = self._desk.get(leads.lead, lead_id, self._desk.now())
        if lead.stage == to:
            return
        self.began.emit(lead_id, to)
        stage = self._desk.playbook.stage[to]
        if stage.needs_reason is None and not stage.needs_date:
            self._try(lead, to, None, None)
            return
        panel = ReasonPanel(self._desk, shield.name(lead.title), stage, self._over)
        panel.given.connect(lambda reason, until: self._try(lead, to, reason, until))
        self._show(panel, lead_id)

    def _show(self, panel: GatePanel | ReasonPanel, lead_id: str) -> None:
        self.panel = panel

        def closed(accepted: bool) -> None:
            self.panel = None
            if not accepted:
                self.ended.emit(lead_id, False)

        panel.closed.connect(closed)
        panel.open()

    def _try(self, lead: Lead, to: str, reason: str | None, until: date | None) -> None:
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
            then=self._settled(lead.id),
            refused=refused,
            failed=lambda error: self._fail(lead.id, error),
        )

    def _ask_gate(self, lead_id: str, to: str, reason: str | None, until: date | None) -> None:
        lead = self._desk.get(leads.lead, lead_id, self._desk.now())
        panel = GatePanel(self._desk, lead, to, self._over)

        def save(draft: Draft, override: str | None = None) -> None:
            self._desk.do(
                move_with_answers,
                lead_id,
                to,
                answers=draft.kept_answers,
                signoffs=dict(draft.signoffs),
                override=override,
                reason=reason,
                until=until,
                then=self._settled(lead_id),
                refused=lambda why: self._refused_again(lead_id, to, why, reason, until),
                failed=lambda error: self._fail(lead_id, error),
            )

        panel.saved.connect(save)
        panel.overridden.connect(save)
        panel.call_wanted.connect(lambda first: self._call(lead_id, first))
        self._show(panel, lead_id)

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
