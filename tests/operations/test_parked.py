"""A parked lead comes back by itself on its day, to the stage it left; nothing else does."""

from __future__ import annotations

from datetime import timedelta

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.operations.parked import bring_back_parked, due_from_parking
from leaddesk.operations.pipeline import move_lead
from tests.operations.trial import Trial


def test_a_parked_lead_comes_back_on_its_day(trial: Trial) -> None:
    until = local_day(trial.now) + timedelta(days=7)
    lead_id, later, lost = trial.add(), trial.add(), trial.add()
    trial.do(move_lead, lead_id, "mql", override="known well")
    trial.do(move_lead, lead_id, "parked", reason="next_budget", until=until)
    trial.do(move_lead, later, "parked", reason="next_budget", until=until + timedelta(days=1))
    trial.do(move_lead, lost, "lost", reason="price")
    assert due_from_parking(trial.store, until - timedelta(days=1)) == []
    trial.wait(7)
    assert due_from_parking(trial.store, until) == [lead_id]
    assert trial.do(bring_back_parked) == [lead_id]
    lead = trial.lead(lead_id)
    assert (lead.stage, lead.parked_until, lead.reason) == ("mql", None, "")
    assert (trial.lead(later).stage, trial.lead(lost).stage) == ("parked", "lost")
    change = trial.rows(schema.stage_change)[-1]
    assert (change["from_stage"], change["to_stage"], change["by"]) == ("parked", "mql", None)
    assert due_from_parking(trial.store, until) == []
