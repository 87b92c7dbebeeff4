"""An objection is noted as one step, found again on leads that were won, and taken back without a trace."""

from __future__ import annotations

from leaddesk.db import schema
from leaddesk.db.reads.objections import Noted, noted_when_won
from leaddesk.errors import NotFound, Refused
from leaddesk.operations import calls
from leaddesk.operations.leads import delete_leads
from leaddesk.operations.objections import raise_objection
from leaddesk.operations.pipeline import move_lead
from tests.operations.trial import Trial


def noted(trial: Trial, key: str = "price") -> tuple[Noted, ...]:
    with trial.store.reader() as reader:
        return noted_when_won(reader, key)


def test_it_is_in_the_story_at_its_call(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(raise_objection, lead_id, "price", " paid back in a year\0 ", call_id)
    (row,) = trial.rows(schema.objection)
    assert (row["key"], row["note"], row["call_id"], row["at"]) == ("price", "paid back in a year", call_id, trial.now)
    (entry,) = (one for one in trial.lead(lead_id).timeline if one.kind == "objection")
    assert entry.details["key"] == "price"
    assert entry.details["call"] == call_id
    step = trial.store.last_undoable()
    assert step is not None
    assert step.details["lead"] == "Anna Kowalska"


def test_only_what_the_playbook_knows_and_of_this_lead(trial: Trial) -> None:
    lead_id, other = trial.add(), trial.add(name="Bo")
    call_id = trial.do(calls.start_call, other)
    trial.refused(NotFound, "objection", raise_objection, lead_id, "weather")
    trial.refused(NotFound, "no_lead", raise_objection, "nobody", "price")
    trial.refused(NotFound, "no_call", raise_objection, lead_id, "price", "", "no such call")
    trial.refused(Refused, "other_call", raise_objection, lead_id, "price", "", call_id)


def test_what_was_noted_counts_once_the_lead_is_won(trial: Trial) -> None:
    won, lost, silent = trial.add(company="Baltic"), trial.add(name="Bo"), trial.add(name="Eve")
    trial.do(raise_objection, won, "price", "paid back in a year")
    trial.do(raise_objection, won, "no_time", "two minutes were enough")
    trial.do(raise_objection, lost, "price", "nothing helped")
    trial.do(raise_objection, silent, "price")
    assert noted(trial) == ()
    trial.do(move_lead, won, "won", override="test")
    trial.do(move_lead, silent, "won", override="test")
    trial.do(move_lead, lost, "lost", reason="price")
    assert [(one.lead, one.company, one.note) for one in noted(trial)] == [
        ("Anna Kowalska", "Baltic", "paid back in a year")
    ]
    trial.do(delete_leads, [won])
    assert noted(trial) == ()
    assert len(trial.rows(schema.objection)) == 2
