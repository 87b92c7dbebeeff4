"""Engagement: the formula against plain floats, half-lives exact, tenths shared out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.qualify.engagement import engagement_at, next_change, rounded, shared
from leaddesk.qualify.playbook import EventKind, Playbook
from leaddesk.qualify.state import Event, LeadState
from leaddesk.qualify.terms import Instant
from tests.qualify.builders import NOW, days, playbook, seen

BOOK = playbook()
KINDS = BOOK.event_kind

ages = st.floats(0, 400)
some_events = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), ages), max_size=12).map(
    lambda found: tuple(Event(f"e{place}", kind, NOW - days(age)) for place, (kind, age) in enumerate(found))
)


def by_hand(book: Playbook, events: tuple[Event, ...], at: Instant) -> float:
    """Σ groups min(cap, Σ p · 2^(−age / half-life)), in tenths, not rounded, without the limit of the part."""
    total = 0.0
    for group in book.event_groups:
        inside = 0.0
        for event in events:
            kind = book.event_kind[event.kind]
            if kind.group == group.key and event.at <= at:
                age = (at - event.at) / days(1)
                inside += kind.points * math.pow(2, -age / kind.half_life_days)
        total += min(group.cap, inside)
    return total


def event(kind: str, age: float, name: str = "one") -> Event:
    return Event(name, kind, NOW - days(age))


def lead_of(*events: Event) -> LeadState:
    return LeadState("new", events=events)


@settings(max_examples=300)
@given(some_events)
def test_the_formula_as_floats_say_it(events: tuple[Event, ...]) -> None:
    expected = by_hand(BOOK, events, NOW)
    found = engagement_at(BOOK, events, NOW)
    assert math.isclose(found.exact, expected, abs_tol=1e-6)
    assert abs(found.total - expected) <= 0.5 + 1e-6
    part = seen(BOOK, lead_of(*events)).parts["engagement"]
    assert part.points == min(max(found.total, 0), part.limit)


@pytest.mark.parametrize(("lives", "tenths"), [(0, 80), (1, 40), (2, 20), (3, 10), (4, 5), (5, 3), (6, 1), (8, 0)])
def test_each_half_life_halves_exactly(lives: int, tenths: int) -> None:
    half_life = KINDS["demo"].half_life_days
    assert engagement_at(BOOK, [event("demo", lives * half_life)], NOW).total == tenths


def test_halves_round_up() -> None:
    assert [rounded(value) for value in (2.5, 2.49, -0.5, -0.51, 0.5)] == [3, 2, 0, -1, 1]


def test_a_group_counts_up_to_its_cap() -> None:
    found = engagement_at(BOOK, [event("paper", 0, "a"), event("visit", 0, "b")], NOW)
    (web,) = found.groups
    assert (found.total, web.capped) == (60, -10)
    assert sorted(tenths for _, tenths in web.events) == [20, 50]


def test_the_part_counts_up_to_its_limit() -> None:
    events = [event("paper", 0, "a"), event("visit", 0, "b"), *(event("demo", 0, f"d{place}") for place in range(3))]
    found = seen(BOOK, lead_of(*events))
    lines = [(reason.code, reason.points) for reason in found.reasons]
    assert found.parts["engagement"].points == 150
    assert ("cap", -10) in lines
    assert ("cap", -140) in lines
    assert ("limit", -10) in lines
    assert sum(points for _, points in lines) == 150


def test_losses_end_at_zero() -> None:
    found = seen(BOOK, lead_of(event("left_list", 0)))
    assert found.score == 0
    assert [(reason.code, reason.points) for reason in found.reasons] == [("event", -30), ("floor", 30)]


def test_an_unknown_kind_and_a_later_event_do_not_count() -> None:
    assert engagement_at(BOOK, [event("gone", 0), event("demo", -1)], NOW).total == 0


def test_a_line_tells_what_it_was_worth_when_new() -> None:
    (reason,) = seen(BOOK, lead_of(event("paper", 30))).reasons
    assert (reason.points, reason.details["when_new"], reason.details["kind"]) == (25, 50, "paper")
    assert reason.details["at"] == NOW - days(30)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_shares_add_up_and_stay_within_a_tenth(values: list[float]) -> None:
    total = rounded(math.fsum(values))
    shares = shared(values, total)
    assert sum(shares) == total
    assert all(abs(share - value) <= 1 for share, value in zip(shares, values, strict=True))


def test_the_larger_remainder_gets_the_tenth() -> None:
    assert shared([1.2, 1.7, 1.1], 4) == [1, 2, 1]
    assert shared([1.5, 1.5], 3) == [2, 1]


@settings(max_examples=300)
@given(some_events, st.floats(0, 1))
def test_the_tenths_stay_until_the_next_change(events: tuple[Event, ...], way: float) -> None:
    now = engagement_at(BOOK, events, NOW)
    until = next_change(now, NOW, 0, 150)
    end = NOW + days(3000) if until is None else until
    for at in (NOW + round((end - 1 - NOW) * way), end - 1):
        later = engagement_at(BOOK, events, max(at, NOW))
        assert min(max(later.total, 0), 150) == min(max(now.total, 0), 150)


def test_one_event_changes_just_when_it_falls_below_the_half() -> None:
    kind = KINDS["demo"]
    until = next_change(engagement_at(BOOK, [event("demo", 0)], NOW), NOW, 0, 150)
    expected = NOW + kind.half_life_days * days(1) * math.log2(80 / 79.5)
    assert until is not None
    assert abs(until - expected) <= 2
    assert engagement_at(BOOK, [event("demo", 0)], until + 2).total == 79


def test_faded_to_nothing_never_changes_again() -> None:
    assert next_change(engagement_at(BOOK, [event("demo", 365)], NOW), NOW, 0, 150) is None


def test_an_event_kind_may_cost_points() -> None:
    """A loss fades too, so the sum can rise again: the time of the next change says so."""
    kinds = (EventKind("win", {"en": "W"}, "web", 50, 5), EventKind("loss", {"en": "L"}, "web", -50, 50))
    book = playbook(event_kinds=kinds)
    both = [event("win", 0, "a"), event("loss", 0, "b")]
    start = engagement_at(book, both, NOW)
    assert start.total == 0
    until = next_change(start, NOW, -150, 150)
    assert until is not None
    assert engagement_at(book, both, until - 1).total == 0
