"""Rot and pool: worked days since the last touch, held off by a planned step, learned from won leads."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.pool import Pool, days_by_stage
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.rot import ENOUGH, days_spent, learned_days, limit_of, rot_of, rotten_since, with_learned
from leaddesk.qualify.workdays import Calendar
from leaddesk.resources import text_of

TODAY = date(2027, 3, 1)  # a Monday
_PASSED = st.integers(0, 120).map(lambda days: TODAY - timedelta(days=days))
_PLANNED = st.none() | st.integers(-30, 30).map(lambda days: TODAY + timedelta(days=days))


def _tables() -> dict[str, Any]:
    return tomllib.loads(text_of("playbooks", "default.toml"))


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    """The default one, with a pool."""
    made = read_playbook(_tables())
    stages = tuple(replace(one, pool_days=10) if one.key == "mql" else one for one in made.stages)
    return replace(made, stages=stages, pool=Pool(days=30, limit=5), calendar=Calendar())


@given(touched=_PASSED, planned=_PLANNED, limit=st.integers(1, 60))
def test_who_rots_is_told_by_the_last_touch_alone(
    playbook: Playbook, touched: date, planned: date | None, limit: int
) -> None:
    bounded = replace(playbook, stages=(replace(playbook.stage["sql"], rot_days=limit),))
    rot = rot_of(playbook.calendar, limit, touched, planned, TODAY)
    held = planned is not None and planned >= TODAY
    assert rot.rotting == (touched <= rotten_since(bounded, TODAY)["sql"] and not held)
    assert rot.held_until == (planned if held else None)
    assert not rot.late or rot.rotting


@given(touched=_PASSED, planned=_PLANNED, later=st.integers(0, 40))
def test_a_touch_never_makes_it_rot_and_waiting_never_stops_it(
    playbook: Playbook, touched: date, planned: date | None, later: int
) -> None:
    now = rot_of(playbook.calendar, 7, touched, planned, TODAY)
    nearer = min(TODAY, touched + timedelta(days=later))
    assert now.rotting or not rot_of(playbook.calendar, 7, nearer, planned, TODAY).rotting
    assert not now.rotting or rot_of(playbook.calendar, 7, touched, planned, TODAY + timedelta(days=later)).rotting


def test_a_weekend_does_not_count(playbook: Playbook) -> None:
    friday = TODAY - timedelta(days=3)
    assert not rot_of(playbook.calendar, 2, friday, None, TODAY).rotting
    assert rot_of(playbook.calendar, 1, friday, None, TODAY).rotting
    assert rot_of(playbook.calendar, None, friday, None, TODAY).rotting is False


def test_only_open_and_nurture_stages_rot_and_learned_days_fill_what_the_playbook_leaves_open(
    playbook: Playbook,
) -> None:
    bare = replace(playbook, stages=tuple(replace(one, rot_days=None) for one in playbook.stages))
    learned = {one.key: 5 for one in playbook.stages}
    assert _limits(with_learned(bare, {})) == {}
    assert _limits(with_learned(bare, learned)) == dict.fromkeys(("new", "mql", "discovery", "sql", "proposal"), 5)
    assert with_learned(playbook, learned) is playbook
    odd = replace(playbook, stages=tuple(replace(one, rot_days=3) for one in playbook.stages))
    assert set(_limits(odd)) == {"new", "mql", "discovery", "sql", "proposal", "nurture"}


def _limits(playbook: Playbook) -> dict[str, int]:
    return {stage.key: limit for stage in playbook.stages if (limit := limit_of(stage)) is not None}


@given(st.lists(st.integers(0, 200), max_size=80))
def test_eighty_of_a_hundred_were_through_by_then(spent: list[int]) -> None:
    days = learned_days(spent)
    if len(spent) < ENOUGH:
        assert days is None
        return
    assert days is not None
    assert sum(one <= days for one in spent) >= 0.8 * len(spent)
    assert days == 1 or sum(one < days for one in spent) < 0.8 * len(spent)


def test_visits_to_one_stage_count_together(playbook: Playbook) -> None:
    moves = [("mql", date(2027, 2, 1)), ("sql", date(2027, 2, 3)), ("mql", date(2027, 2, 5)), ("won", date(2027, 2, 8))]
    assert dict(days_spent(playbook, moves)) == {"mql": 2 + 1, "sql": 2}
    assert dict(days_spent(playbook, [])) == {}


def test_without_a_pool_nothing_goes_back(playbook: Playbook) -> None:
    assert days_by_stage(replace(playbook, pool=None)) == {}
    assert days_by_stage(playbook) == {"new": 30, "mql": 10, "discovery": 30, "sql": 30, "proposal": 30}
    assert days_by_stage(replace(playbook, pool=Pool())) == {"mql": 10}


def test_calendar_and_pool_are_read_from_the_playbook() -> None:
    tables = _tables()
    tables["calendar"] = {
        "weekend": ["fri", "sat"],
        "holidays": ["01-01", date(2027, 2, 8)],
        "workdays": ["2027-02-13"],
    }
    tables["pool"] = {"days": 30, "limit": 50}
    read = read_playbook(tables)
    assert read.calendar == Calendar(
        frozenset({4, 5}), frozenset({date(2027, 2, 8)}), frozenset({(1, 1)}), frozenset({date(2027, 2, 13)})
    )
    assert read.pool == Pool(30, 50)


def test_what_is_wrong_with_them_is_told_with_its_place() -> None:
    tables = _tables()
    tables["calendar"] = {"weekend": ["sun", "caturday"], "holidays": ["02-30", 3], "workdays": ["01-01"], "rest": 1}
    tables["pool"] = {"days": 0, "limits": 3}
    with pytest.raises(BrokenPlaybook) as broken:
        read_playbook(tables)
    found = {(problem.path, problem.code) for problem in broken.value.problems}
    assert found == {
        ("calendar.weekend[1]", "not_offered"),
        ("calendar.holidays[0]", "bad_day"),
        ("calendar.holidays[1]", "bad_day"),
        ("calendar.workdays[0]", "bad_day"),
        ("calendar.rest", "unknown_key"),
        ("pool.days", "out_of_range"),
        ("pool.limits", "unknown_key_hint"),
    }
    tables = _tables() | {"calendar": {"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}}
    with pytest.raises(BrokenPlaybook) as broken:
        read_playbook(tables)
    assert [problem.code for problem in broken.value.problems] == ["no_workday"]
