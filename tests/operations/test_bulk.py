"""Many leads changed or deleted at once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import Any, TypeVar

import pytest

from leaddesk.db import schema
from leaddesk.db.records import Changes, Progress
from leaddesk.errors import BadValue, LeadDeskError, NotFound, Refused
from leaddesk.operations import leads
from leaddesk.operations.bulk import Changed, Edit, change_leads, delete_many
from leaddesk.operations.fields import add_field
from leaddesk.qualify.terms import Money
from tests.builders import add_many
from tests.operations.trial import Trial

T = TypeVar("T")


def run(trial: Trial, job: Callable[..., Generator[Progress, None, T]], *args: Any) -> tuple[T, list[Progress]]:
    """Runs a job to its end; its step must be undone and done again without a trace."""
    trial.wait(1 / 24 / 60)
    before, told = trial.dump(), []
    result: tuple[T, Changes]
    steps = trial.store.job(job, *args, now=trial.now)
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            result = end.value
            break
    after = trial.dump()
    assert trial.store.undo(now=trial.now) is not None
    assert trial.dump() == before
    assert trial.store.redo(now=trial.now) is not None
    assert trial.dump() == after
    return result[0], told


def refused(trial: Trial, kind: type[LeadDeskError], code: str, job: Callable[..., Any], *args: Any) -> None:
    """A job says no and leaves everything as it was."""
    before = trial.dump()
    with pytest.raises(kind, match=code):
        for _ in trial.store.job(job, *args, now=trial.now):
            pass
    assert trial.dump() == before


@pytest.fixture
def three(trial: Trial) -> list[str]:
    """Three leads; the second has a company, a tag and a value of its own already."""
    return [
        trial.add(name="Anna"),
        trial.do(leads.add_lead, {"name": "Bo", "company": "Acme", "tags": "old, vip", "owner": "Eve"}, {"Hat": "1"}),
        trial.add(name="Cy", company="Acme"),
    ]


def test_facts_own_fields_and_tags_of_many(trial: Trial, three: list[str]) -> None:
    trial.do(add_field, "Hat", "number")
    edit = Edit(
        {"source": "Fair", "value": "100 EUR", "owner": "Dan", "industry": "Logistics", "expected_on": "2031-01-02"},
        {"hat": "1,200", "Note": "x"},
        tags_on=("vip", " new  one "),
        tags_off=("old",),
    )
    result, told = run(trial, change_leads, [1, 2, 3], edit)
    assert result == Changed(3, 0, ())
    assert told[0].total == 3
    for lead_id in three:
        lead = trial.lead(lead_id)
        assert lead.facts["source"] == "Fair"
        assert lead.facts["value"] == Money(10_000, "EUR")
        assert lead.facts["owner"] == "Dan"
        assert lead.facts["industry"] == "Logistics"
        assert lead.facts["expected_on"] == date(2031, 1, 2)
        assert lead.custom == {"Hat": "1200", "Note": "x"}
        assert set(lead.tags) == {"vip", "new one"}
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.name, step.details["n"]) == ("change_leads", 3)
    assert {row["from_owner"] for row in trial.rows(schema.owner_change)} >= {None, "Eve"}


def test_values_are_taken_away(trial: Trial, three: list[str]) -> None:
    run(trial, change_leads, [1, 2], Edit({"owner": None, "company": ""}, {"Hat": ""}))
    bo = trial.lead(three[1])
    assert "owner" not in bo.facts
    assert "company" not in bo.facts
    assert bo.custom == {}
    assert trial.lead(three[2]).facts["company"] == "Acme"


def test_those_a_gate_holds_stay_and_are_told(trial: Trial, three: list[str]) -> None:
    trial.do(leads.set_facts, three[1], {"industry": "Logistics", "size": "300", "title": "CEO"})
    for kind in ("price_request", "pricing_page"):
        trial.do(leads.add_event, three[1], kind)
    result, _ = run(trial, change_leads, [1, 2, 3], Edit(stage="mql"))
    moved = {lead_id for lead_id in three if trial.lead(lead_id).stage == "mql"}
    assert moved
    assert result.leads == 3
    assert result.stayed == 3 - len(moved)
    assert {one.lead_id for one in result.held} == set(three) - moved
    assert all(not one.check.open for one in result.held)


def test_a_stage_that_wants_a_reason_is_given_one_for_all(trial: Trial, three: list[str]) -> None:
    refused(trial, Refused, "needs_reason", change_leads, [1, 2], Edit(stage="lost"))
    run(trial, change_leads, [1, 2], Edit(stage="lost", reason="price"))
    assert [trial.lead(lead_id).stage for lead_id in three] == ["lost", "lost", "new"]


@pytest.mark.parametrize(
    ("edit", "kind", "code"),
    [
        (Edit({"phone": "1"}), BadValue, "not_shared"),
        (Edit({"name": "All"}), BadValue, "not_shared"),
        (Edit({"shoe": "1"}), BadValue, "field"),
        (Edit({"size": "many"}), BadValue, "bad_value"),
        (Edit(), Refused, "nothing_to_change"),
        (Edit(stage="nowhere"), NotFound, "stage"),
    ],
)
def test_what_cannot_be_is_refused(
    trial: Trial, three: list[str], edit: Edit, kind: type[LeadDeskError], code: str
) -> None:
    assert three
    refused(trial, kind, code, change_leads, [1, 2, 3], edit)


def test_leads_that_are_gone_are_left_out(trial: Trial, three: list[str]) -> None:
    result, _ = run(trial, change_leads, [1, 99], Edit({"source": "Fair"}))
    assert result.leads == 1
    refused(trial, NotFound, "no_lead", change_leads, [99], Edit({"source": "Fair"}))
    refused(trial, NotFound, "no_lead", delete_many, [99])
    assert len(three) == 3


def test_many_are_deleted_and_come_back(trial: Trial, three: list[str]) -> None:
    assert run(trial, delete_many, [1, 2])[0] == 2
    assert [row["id"] for row in trial.rows(schema.lead)] == three[2:]
    step = trial.store.last_undoable()
    assert step is not None
    assert step.details["n"] == 2


def test_a_job_that_is_stopped_leaves_everything_as_it_was(trial: Trial) -> None:
    add_many(trial.store, 1200, trial.now)
    before = trial.dump()
    job = trial.store.job(change_leads, range(1, 1201), Edit({"source": "Fair"}), now=trial.now)
    next(job)
    job.close()
    assert trial.dump() == before


def test_ten_thousand_are_changed_and_undone_as_one(trial: Trial) -> None:
    add_many(trial.store, 10_000, trial.now)
    before = trial.dump()
    for _ in trial.store.job(change_leads, range(1, 10_001), Edit({"source": "Fair"}, tags_on=("vip",)), now=trial.now):
        pass
    assert len(trial.rows(schema.lead_tag)) == 10_000
    assert trial.store.undo(now=trial.now) is not None
    assert trial.dump() == before


def test_an_owner_set_on_one_lead_is_kept_in_its_story(trial: Trial) -> None:
    lead_id = trial.add(owner="Eve")
    trial.do(leads.set_facts, lead_id, {"owner": "Dan"})
    assert [(row["from_owner"], row["to_owner"]) for row in trial.rows(schema.owner_change)] == [("Eve", "Dan")]
