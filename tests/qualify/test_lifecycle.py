"""Lifecycle, temperature, grades and band."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.qualify.lifecycle import band_of, engagement_grade, fit_grade
from leaddesk.qualify.playbook import EventSeen, LifecycleRule, QuestionStands, ScoreAtLeast
from leaddesk.qualify.state import Event, LeadState
from leaddesk.qualify.terms import Temperature
from tests.qualify.builders import NOW, YES, answered, days, lead, playbook, question, said, seen

LADDER = playbook(
    question("one"),
    question("sure", criterion="authority"),
    lifecycle=(
        LifecycleRule("lead", {}, None),
        LifecycleRule("mql", {}, ScoreAtLeast("need", 80)),
        LifecycleRule("sql", {}, QuestionStands("sure", (YES,)), by_person=True),
        LifecycleRule("opportunity", {}, ScoreAtLeast(None, 160)),
        LifecycleRule("customer", {}, None, by_person=True),
    ),
)


def with_events(*ages: tuple[str, float]) -> LeadState:
    return replace(lead(), events=tuple(Event(f"e{at}", kind, NOW - days(age)) for at, (kind, age) in enumerate(ages)))


def test_the_highest_rule_that_holds_is_reached() -> None:
    assert seen(LADDER, lead()).lifecycle == "lead"
    assert seen(LADDER, answered(LADDER, lead(), "one", said("yes"))).lifecycle == "mql"


def test_a_person_decides_what_rules_only_suggest() -> None:
    sure = seen(LADDER, answered(LADDER, lead(), "sure", said("yes")))
    assert (sure.lifecycle, sure.lifecycle_suggested) == ("lead", "sql")


def test_nothing_is_suggested_that_was_recorded_or_passed() -> None:
    state = answered(LADDER, lead(), "sure", said("yes"))
    assert seen(LADDER, replace(state, lifecycle="sql")).lifecycle_suggested is None
    both = seen(LADDER, answered(LADDER, state, "one", said("yes")))
    assert (both.lifecycle, both.lifecycle_suggested) == ("opportunity", None)


def test_a_rule_without_a_condition_holds_first_alone() -> None:
    later = replace(LADDER, lifecycle=(LADDER.lifecycle[1], LifecycleRule("always", {}, None)))
    assert seen(later, lead()).lifecycle is None


@pytest.mark.parametrize(
    ("tenths", "fit", "engagement", "band"),
    [
        (0, "C", "3", Temperature.COLD),
        (39, "C", "3", Temperature.COLD),
        (40, "C", "2", Temperature.COLD),
        (80, "B", "2", Temperature.COLD),
        (90, "B", "1", Temperature.COLD),
        (150, "A", "1", Temperature.COLD),
        (350, "A", "1", Temperature.WARM),
        (650, "A", "1", Temperature.HOT),
    ],
)
def test_grades_and_bands_begin_at_their_thresholds(tenths: int, fit: str, engagement: str, band: Temperature) -> None:
    grades = playbook().grades
    assert (fit_grade(grades, tenths), engagement_grade(grades, tenths), band_of(grades, tenths)) == (
        fit,
        engagement,
        band,
    )


def test_cold_until_interest_is_shown() -> None:
    book = playbook()
    assert seen(book, lead()).temperature is Temperature.COLD
    assert seen(book, with_events(("visit", 0))).temperature is Temperature.WARM
    assert seen(book, with_events(("visit", 1))).temperature is Temperature.COLD


def test_a_hot_event_is_hot_until_half_of_it_is_gone() -> None:
    book = playbook()
    assert seen(book, with_events(("demo", 0))).temperature is Temperature.HOT
    assert seen(book, with_events(("demo", 20))).temperature is Temperature.HOT
    late = seen(book, with_events(("demo", 20)), NOW + 1)
    assert late.temperature is Temperature.WARM


def test_the_end_of_a_window_is_a_next_change() -> None:
    book = playbook(hot=EventSeen(("left_list",), 1, 30))
    state = with_events(("left_list", 29))
    ends = NOW + days(1) + 1
    assert seen(book, state, ends - 1).temperature is Temperature.HOT
    assert seen(book, state, ends).temperature is Temperature.COLD
    found = seen(book, state)
    assert found.next_change_at is not None
    assert found.next_change_at <= ends


def test_events_are_counted_within_their_window() -> None:
    book = playbook(hot=EventSeen(("visit", "paper"), 3, 30))
    assert seen(book, with_events(("visit", 1), ("paper", 2), ("visit", 31))).temperature is not Temperature.HOT
    assert seen(book, with_events(("visit", 1), ("paper", 2), ("visit", 30))).temperature is Temperature.HOT
