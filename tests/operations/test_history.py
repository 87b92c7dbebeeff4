"""A single step taken back among later ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leaddesk.db import schema
from leaddesk.db.check import check
from leaddesk.db.reads.history import FactChange, history
from leaddesk.db.records import StepName
from leaddesk.errors import NotFound, Refused
from leaddesk.operations import calls, leads, pipeline, tasks
from leaddesk.operations.answers import give_answer
from leaddesk.operations.bulk import Edit, change_leads
from leaddesk.operations.fields import add_field
from leaddesk.operations.history import take_back
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money
from tests.builders import add_many
from tests.operations.trial import Trial


def last(trial: Trial) -> int:
    """The number of the newest step."""
    step = trial.store.last_undoable()
    assert step is not None
    return step.no


@pytest.fixture
def anna(trial: Trial) -> str:
    """A lead with a company."""
    return trial.add(company="Acme", city="Bonn", value="100 EUR")


def test_facts_are_taken_back_though_others_came_later(trial: Trial, anna: str) -> None:
    trial.do(leads.set_facts, anna, {"city": "Kiel", "value": "200 CNY", "industry": "Logistics", "phone": "+49 30 1"})
    number = last(trial)
    trial.do(leads.set_facts, anna, {"title": "CEO"})
    trial.do(leads.add_note, anna, "later")
    trial.do(take_back, number)
    facts = trial.lead(anna).facts
    assert (facts["city"], facts["value"], facts["title"]) == ("Bonn", Money(10_000, "EUR"), "CEO")
    assert "industry" not in facts
    assert "phone" not in facts
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.name, step.details["taken"]) == ("take_back", "set_facts")


def test_what_a_later_step_changed_again_stays_and_that_one_is_named(trial: Trial, anna: str) -> None:
    trial.do(leads.set_facts, anna, {"city": "Kiel"})
    number = last(trial)
    trial.do(leads.set_facts, anna, {"city": "Rostock"})
    refusal = trial.refused(Refused, "step_overtaken", take_back, number)
    later = refusal.details["later"]
    assert isinstance(later, StepName)
    assert later.no == number + 1


@pytest.mark.parametrize("verb", ["note", "tag", "event", "task", "person", "move", "answer", "call"])
def test_every_kind_of_entry_is_taken_back(trial: Trial, anna: str, verb: str) -> None:
    before = trial.dump()
    if verb == "note":
        trial.do(leads.add_note, anna, "likes tea")
    elif verb == "tag":
        trial.do(leads.add_tag, anna, "vip")
    elif verb == "event":
        trial.do(leads.add_event, anna, "white_paper")
    elif verb == "task":
        trial.do(tasks.add_task, anna, "Call Bo", date(2026, 3, 9))
    elif verb == "person":
        trial.do(leads.add_stakeholder, anna, "Bo", role="signer")
    elif verb == "move":
        trial.do(pipeline.move_lead, anna, "nurture")
    elif verb == "answer":
        trial.do(give_answer, anna, "approver", Said(keys=("committee",)))
    else:
        trial.do(calls.log_call, anna, "no_answer", 3)
    number = last(trial)
    other = trial.add(name="Somebody else")
    trial.do(take_back, number)
    trial.do(leads.delete_leads, [other])
    assert trial.dump() == before


def test_what_was_removed_comes_back(trial: Trial, anna: str) -> None:
    note = trial.do(leads.add_note, anna, "likes tea")
    trial.do(leads.delete_note, note)
    number = last(trial)
    trial.do(leads.add_tag, anna, "vip")
    trial.do(take_back, number)
    assert [row["text"] for row in trial.rows(schema.note)] == ["likes tea"]


def test_a_lead_comes_back_from_the_dead_and_goes_again(trial: Trial, anna: str) -> None:
    added = last(trial)
    trial.do(leads.add_note, anna, "likes tea")
    trial.refused(Refused, "step_overtaken", take_back, added)
    trial.do(leads.delete_leads, [anna])
    deleted = last(trial)
    trial.add(name="Somebody else")
    trial.do(take_back, deleted)
    assert trial.lead(anna).facts["company"] == "Acme"
    trial.refused(Refused, "step_overtaken", take_back, added)


def test_a_lead_nothing_hangs_on_yet_can_go(trial: Trial) -> None:
    before = trial.dump()
    trial.add(company="Acme")
    number = last(trial)
    trial.do(take_back, number)
    assert trial.dump() == before


def test_what_came_in_bulk_or_is_no_change_of_leads_is_left_to_undo(trial: Trial) -> None:
    add_many(trial.store, 3, trial.now)
    trial.refused(Refused, "step_in_bulk", take_back, last(trial))
    trial.do(add_field, "Hat")
    trial.refused(Refused, "step_elsewhere", take_back, last(trial))
    trial.refused(NotFound, "no_step", take_back, 999)


def test_of_many_at_once_only_one_is_taken_back(trial: Trial, anna: str) -> None:
    other = trial.add(name="Bo", owner="Eve")
    before = trial.dump()
    edit = Edit({"owner": "Dan", "city": "Kiel"}, {"Hat": "3"}, tags_on=("vip",))
    for _ in trial.store.job(change_leads, [1, 2], edit, now=trial.now):
        pass
    number = last(trial)
    trial.refused(Refused, "step_in_bulk", take_back, number)
    trial.do(take_back, number, anna)
    lead = trial.lead(anna)
    assert lead.facts["city"] == "Bonn"
    assert "owner" not in lead.facts
    assert (lead.tags, lead.custom) == ((), {})
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.details["n"], step.details["lead"]) == (1, "Anna Kowalska")
    bo = trial.lead(other)
    assert (bo.facts["owner"], bo.tags, bo.custom) == ("Dan", ("vip",), {"Hat": "3"})
    trial.do(take_back, number, other)
    assert trial.dump() == before


def test_one_lead_of_an_import_can_go(trial: Trial) -> None:
    ids = add_many(trial.store, 3, trial.now)
    number = last(trial)
    trial.do(take_back, number, ids[1])
    assert [row["id"] for row in trial.rows(schema.lead)] == [ids[0], ids[2]]
    trial.refused(Refused, "step_in_bulk", take_back, number, "nobody")


def test_what_was_undone_already_is_no_step(trial: Trial, anna: str) -> None:
    trial.do(leads.add_tag, anna, "vip")
    number = last(trial)
    trial.store.undo(now=trial.now)
    trial.refused(NotFound, "no_step", take_back, number)


def test_the_history_tells_changes_and_the_step_of_each_entry(trial: Trial, anna: str) -> None:
    note = trial.do(leads.add_note, anna, "likes tea")
    noted = last(trial)
    trial.do(
        leads.set_facts, anna, {"city": "Kiel", "industry": "Logistics", "value": None, "phone": "1"}, {"Hat": "3"}
    )
    changed = last(trial)
    trial.do(leads.add_tag, anna, "vip")
    with trial.store.reader() as reader:
        told = history(reader, anna)
    assert told.step_of[note] == noted
    assert [entry.details["step"] for entry in told.entries] == [changed + 1, changed]
    changes = told.entries[1].details["changes"]
    assert isinstance(changes, tuple)
    assert set(changes) == {
        FactChange("fact", "city", "Bonn", "Kiel"),
        FactChange("fact", "industry", None, "Logistics"),
        FactChange("fact", "value", Money(10_000, "EUR"), None),
        FactChange("fact", "phone", None, "1"),
        FactChange("custom", "Hat", None, "3"),
    }
    assert told.entries[0].details["changes"] == (FactChange("tag", "vip", None, "vip"),)


def test_a_lead_goes_again_that_an_import_brought(trial: Trial, tmp_path: Path) -> None:
    trial.add(name="Before", company="Kept")
    before = trial.dump()
    path = tmp_path / "fair.csv"
    lines = [f"Lead {n},Firm {n % 40},l{n}@example.com,{n},fair" for n in range(1500)]
    path.write_text("\n".join(["Name,Company,Email,Seats,Source", *lines]), encoding="utf-8")
    for _ in trial.store.job(import_leads, plan_import(trial.store, path), None, now=trial.now):
        pass
    trial.wait(1)
    anna = trial.add(name="Anna")
    ids = {row["name"]: row["id"] for row in trial.rows(schema.lead)}
    trial.refused(NotFound, "no_step", take_back, None, anna)
    trial.do(take_back, None, ids["Lead 1400"])
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.details["n"], step.details["lead"]) == (1, "Lead 1400")
    left = {row["name"] for row in trial.rows(schema.lead)}
    assert "Lead 1400" not in left
    assert len(left) == 1501
    trial.do(leads.add_tag, ids["Lead 7"], "vip")
    trial.refused(Refused, "step_overtaken", take_back, None, ids["Lead 7"])
    for lead in [row["id"] for row in trial.rows(schema.lead) if str(row["name"]).endswith("39")]:
        trial.do(take_back, None, lead)
    assert {row["company"] for row in trial.rows(schema.account)} >= {"Kept", "Firm 7"}
    with trial.store.reader() as reader:
        assert check(reader) == []
    assert before["lead"][0] in trial.dump()["lead"]


def test_the_last_lead_of_a_company_takes_it_along(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("Name,Company\nBo,Acme\nCy,Acme\n", encoding="utf-8")
    before = trial.dump()
    for _ in trial.store.job(import_leads, plan_import(trial.store, path), None, now=trial.now):
        pass
    first, second = (row["id"] for row in trial.rows(schema.lead))
    trial.do(take_back, None, first)
    assert [row["company"] for row in trial.rows(schema.account)] == ["Acme"]
    trial.do(take_back, None, second)
    assert trial.dump() == before
