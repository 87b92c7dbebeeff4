"""The public pool: claimed, given back, returned by themselves, each with its history and its undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.errors import NotFound, Refused
from leaddesk.operations.history import take_back
from leaddesk.operations.leads import add_note, set_facts
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.pool import claim_leads, due_for_pool, held_by, release_leads, return_untouched
from leaddesk.operations.tasks import add_task
from leaddesk.resources import text_of
from tests.operations.test_importing import bring_text
from tests.operations.trial import Trial

_POOL = text_of("playbooks", "default.toml") + "\n[pool]\ndays = 10\nlimit = 2\n"


@pytest.fixture
def pooled(trial: Trial) -> Trial:
    """A database whose playbook gives leads back after ten worked days; Kim works here."""
    trial.store.run(adopt_playbook, _POOL, now=trial.now)
    trial.store.person = "Kim"
    return trial


def _story(trial: Trial, lead_id: str) -> list[tuple[str | None, str | None, str]]:
    rows = (row for row in trial.rows(schema.owner_change) if row["lead_id"] == lead_id)
    return [(row["from_owner"], row["to_owner"], row["why"]) for row in rows]


def test_a_lead_is_claimed_and_given_back(pooled: Trial) -> None:
    lead_id = pooled.add(name="Anna")
    pooled.do(claim_leads, [lead_id])
    assert pooled.lead(lead_id).facts["owner"] == "Kim"
    refusal = pooled.refused(Refused, "has_owner", claim_leads, [lead_id])
    assert refusal.details["owner"] == "Kim"
    pooled.do(release_leads, [lead_id])
    assert "owner" not in pooled.lead(lead_id).facts
    pooled.do(release_leads, [lead_id])
    assert _story(pooled, lead_id) == [(None, "Kim", "claimed"), ("Kim", None, "released")]


def test_nobody_claims_more_than_the_playbook_allows_and_nobody_without_a_name(pooled: Trial) -> None:
    ids = [pooled.add(name=name) for name in ("Anna", "Bo", "Cy")]
    refusal = pooled.refused(Refused, "pool_limit", claim_leads, ids)
    assert (refusal.details["n"], refusal.details["limit"]) == (0, 2)
    pooled.do(claim_leads, ids[:2])
    pooled.refused(Refused, "pool_limit", claim_leads, ids[2:])
    pooled.do(move_lead, ids[0], "lost", reason="price")
    pooled.do(claim_leads, ids[2:])  # a lost one is not held any more
    pooled.store.person = ""
    pooled.refused(Refused, "no_person", claim_leads, ids[:1])
    pooled.refused(NotFound, "no_lead", release_leads, [])


def test_untouched_leads_go_back_by_themselves_and_undo_brings_them_home(pooled: Trial) -> None:
    neglected, touched, planned, closed, free = (
        pooled.add(name=name, **({"owner": "Lee"} if name != "Free" else {}))
        for name in ("Neglected", "Touched", "Planned", "Closed", "Free")
    )
    pooled.do(move_lead, closed, "lost", reason="price")
    today = local_day(pooled.now)
    pooled.do(add_task, planned, "Call again", today + timedelta(days=60))
    pooled.wait(10)
    pooled.do(add_note, touched, "They will see")
    pooled.wait(10)
    assert due_for_pool(pooled.store, local_day(pooled.now)) == [neglected]
    before = pooled.dump()
    assert pooled.store.run(return_untouched, [neglected, free], now=pooled.now)[0] == 1
    assert _story(pooled, neglected)[-1] == ("Lee", None, "untouched")
    assert "owner" not in pooled.lead(neglected).facts
    assert free not in due_for_pool(pooled.store, local_day(pooled.now))
    step = pooled.store.last_undoable()
    assert step is not None
    assert (step.name, step.details["n"], step.details["lead"]) == ("return_untouched", 1, "Neglected")
    pooled.store.undo(now=pooled.now)
    assert pooled.dump() == before


@pytest.mark.parametrize("way", ["undo", "take_back"])
def test_a_return_nobody_wanted_is_not_repeated_the_next_day(pooled: Trial, way: str) -> None:
    anna, bo = pooled.add(name="Anna", owner="Lee"), pooled.add(name="Bo", owner="Lee")
    pooled.wait(20)
    pooled.store.run(return_untouched, [anna, bo], now=pooled.now)
    step = pooled.store.last_undoable()
    assert step is not None
    if way == "undo":
        pooled.store.undo(now=pooled.now)
    else:
        pooled.store.run(take_back, step.no, anna, now=pooled.now)
    assert pooled.lead(anna).facts["owner"] == "Lee"
    returned = local_day(pooled.now)
    pooled.do(add_note, pooled.add(name="Cy"), "what was undone cannot be done again any more")
    for _ in range(25):
        pooled.wait(1)
        today = local_day(pooled.now)
        expected = pooled.store.playbook.calendar.worked(returned, today) >= 10
        assert (anna in due_for_pool(pooled.store, today)) is expected
        assert (bo in due_for_pool(pooled.store, today)) is (expected and way == "undo")


def test_a_return_done_again_is_no_touch(pooled: Trial) -> None:
    anna = pooled.add(name="Anna", owner="Lee")
    pooled.wait(20)
    pooled.store.run(return_untouched, [anna], now=pooled.now)
    pooled.store.undo(now=pooled.now)
    assert due_for_pool(pooled.store, local_day(pooled.now)) == []
    pooled.store.redo(now=pooled.now)
    pooled.store.run(set_facts, anna, {"owner": "Lee"}, now=pooled.now)
    pooled.wait(20)
    assert due_for_pool(pooled.store, local_day(pooled.now)) == [anna]


@pytest.mark.parametrize("planned", [None, 0, 9, 13, 14, 15, 20])
def test_a_lead_goes_back_after_its_worked_days_unless_a_step_is_planned(pooled: Trial, planned: int | None) -> None:
    lead_id = pooled.add(name="Anna", owner="Lee")
    touched = local_day(pooled.now)
    planned_on = touched + timedelta(days=planned) if planned is not None else None
    if planned_on is not None:
        pooled.do(add_task, lead_id, "Call again", planned_on)
    for _ in range(25):
        pooled.wait(1)
        today = local_day(pooled.now)
        held = planned_on is not None and planned_on >= today
        due = pooled.store.playbook.calendar.worked(touched, today) >= 10 and not held
        assert due_for_pool(pooled.store, today) == ([lead_id] if due else [])


def test_it_is_off_where_the_playbook_has_no_pool(trial: Trial) -> None:
    lead_id = trial.add(name="Anna", owner="Lee")
    trial.wait(900)
    assert due_for_pool(trial.store, local_day(trial.now)) == []
    trial.store.person = "Kim"
    other = trial.add(name="Bo")
    trial.do(claim_leads, [other])
    with trial.store.reader() as reader:
        assert held_by(reader, "Kim") == 1
    assert trial.lead(lead_id).facts["owner"] == "Lee"


def test_days_of_a_stage_come_before_those_of_all(pooled: Trial) -> None:
    lead_id = pooled.add(name="Anna", owner="Lee")
    playbook = pooled.store.playbook
    stages = tuple(replace(one, pool_days=2) if one.key == "new" else one for one in playbook.stages)
    pooled.wait(7)

    class Quick:
        connection = pooled.store.connection
        orders = None
        playbook = replace(pooled.store.playbook, stages=stages)

    assert due_for_pool(pooled.store, local_day(pooled.now)) == []
    assert due_for_pool(Quick(), local_day(pooled.now)) == [lead_id]


def test_an_owner_set_by_hand_or_brought_by_a_file_stands_in_the_story_too(pooled: Trial, tmp_path: Path) -> None:
    lead_id = pooled.add(name="Anna", external_id="1")
    pooled.do(set_facts, lead_id, {"owner": "Lee"})
    pooled.do(set_facts, lead_id, {"owner": "Lee", "city": "Ulm"})
    bring_text(pooled, tmp_path, "id,name,owner\n1,Anna,Kim\n")
    pooled.do(set_facts, lead_id, {"owner": None})
    assert _story(pooled, lead_id) == [
        (None, "Lee", "assigned"),
        ("Lee", "Kim", "assigned"),
        ("Kim", None, "released"),
    ]
    kinds = [(entry.kind, entry.details["why"]) for entry in pooled.lead(lead_id).timeline if entry.kind == "owner"]
    assert kinds == [("owner", "released"), ("owner", "assigned"), ("owner", "assigned")]
