"""What holds for every playbook and every lead."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leaddesk.qualify.answers import standing_of_said
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Assessment, LeadState
from leaddesk.qualify.terms import Instant, Standing
from tests.qualify.builders import NOW, TODAY, answered, days, heard, seen, shipped
from tests.qualify.strategies import books_and_leads, knowing, leads, sayings

SHIPPED = [shipped("default"), shipped("simple")]

Case = tuple[Playbook, LeadState]

cases = st.one_of(
    books_and_leads(), st.sampled_from(SHIPPED).flatmap(lambda book: st.tuples(st.just(book), leads(book, 12)))
)


@given(cases)
def test_the_score_is_never_above_up_to(case: Case) -> None:
    found = seen(*case)
    assert 0 <= found.score <= found.up_to <= sum(part.limit for part in case[0].parts)


@given(cases)
def test_reasons_add_up_to_the_score_exactly(case: Case) -> None:
    found = seen(*case)
    assert sum(reason.points for reason in found.reasons) == found.score
    assert sum(part.points for part in found.parts.values()) == found.score
    for part in found.parts.values():
        assert 0 <= part.points <= part.limit


@settings(max_examples=120)
@given(cases, st.data())
def test_answering_what_is_open_never_raises_up_to(case: Case, data: st.DataObject) -> None:
    book, state = case
    before = seen(book, state)
    open_ones = [key for key, one in before.questions.items() if one.open]
    assume(open_ones)
    key = data.draw(st.sampled_from(open_ones))
    after = seen(book, answered(book, state, key, data.draw(sayings(book.question[key]))))
    assert after.score <= after.up_to <= before.up_to


@given(cases, st.data())
def test_a_better_answer_never_lowers_the_score(case: Case, data: st.DataObject) -> None:
    book, state = case
    asked = data.draw(st.sampled_from(book.questions))
    profile = book.profile.get(asked.sets or "")
    one, other = data.draw(knowing(asked)), data.draw(knowing(asked))
    first, second = answered(book, state, asked.key, one), answered(book, state, asked.key, other)
    a, b = seen(book, first), seen(book, second)
    if profile is not None:
        assume(a.questions[asked.key].from_fact and b.questions[asked.key].from_fact)
        worth = a.questions[asked.key].points, b.questions[asked.key].points
    else:
        worth = standing_of_said(asked, one, NOW)[1], standing_of_said(asked, other, NOW)[1]
    if worth[0] >= worth[1]:
        assert a.score >= b.score
    if worth[0] == worth[1]:
        assert a.score == b.score


@given(cases, st.data())
def test_a_later_evasion_takes_nothing_away(case: Case, data: st.DataObject) -> None:
    book, state = case
    before = seen(book, state)
    known = [key for key, one in before.questions.items() if one.standing.is_knowledge and not one.from_fact]
    assume(known)
    key = data.draw(st.sampled_from(known))
    evasion = heard(data.draw(st.sampled_from((Standing.EVADED, Standing.UNKNOWN))))
    after = seen(book, answered(book, state, key, evasion))
    assert after.questions[key].standing is before.questions[key].standing
    assert after.questions[key].beside is not None
    assert (after.score, after.up_to) == (before.score, before.up_to)


@given(cases)
def test_what_is_not_asked_takes_nothing_away(case: Case) -> None:
    """Open is not no: with every open question evaded, the score and what it may reach by them stay."""
    book, state = case
    before = seen(book, state)
    for key, one in before.questions.items():
        if one.open and one.standing is Standing.NOT_ASKED:
            state = answered(book, state, key, heard(Standing.EVADED))
    assert seen(book, state).score == before.score


@given(cases, st.randoms(use_true_random=False))
def test_entries_of_one_instant_may_come_in_any_order(case: Case, chance: random.Random) -> None:
    book, state = case
    at_once = replace(
        state,
        answers=tuple(replace(one, at=NOW - days(1)) for one in state.answers),
        events=tuple(replace(one, at=NOW - days(1)) for one in state.events),
    )
    mixed = replace(
        at_once,
        answers=tuple(chance.sample(at_once.answers, len(at_once.answers))),
        events=tuple(chance.sample(at_once.events, len(at_once.events))),
    )
    assert seen(book, mixed) == seen(book, at_once) == seen(book, at_once)


@settings(max_examples=120)
@given(cases, st.integers(-48, 56), st.data())
def test_nothing_changes_before_the_next_change(case: Case, quarters: int, data: st.DataObject) -> None:
    book, state = case
    zone = timedelta(minutes=15 * quarters)
    before = _seen_in(book, state, NOW, zone)
    upto = before.next_change_at
    assert upto is None or upto > NOW
    end = NOW + days(4000) if upto is None else upto
    for at in {NOW + 1, end - 1, data.draw(st.integers(NOW, end - 1)), data.draw(st.integers(NOW, end - 1))}:
        if NOW <= at < end:
            assert _shown(_seen_in(book, state, at, zone)) == _shown(before)


@given(cases)
def test_what_lies_ahead_does_not_count_yet(case: Case) -> None:
    book, state = case
    early = NOW - days(30)
    past = replace(
        state,
        answers=tuple(one for one in state.answers if one.at <= early),
        events=tuple(one for one in state.events if one.at <= early),
    )
    with_future, without = seen(book, state, early), seen(book, past, early)
    assert _shown(with_future) == _shown(without)


@pytest.mark.parametrize("book", SHIPPED, ids=lambda book: book.key)
def test_nothing_known_may_still_reach_what_the_parts_allow(book: Playbook) -> None:
    found = assess(book, LeadState("new"), NOW, TODAY)
    without_engagement = sum(part.limit for part in book.parts if part.kind != "engagement")
    assert (found.score, found.reasons) == (0, ())
    assert found.up_to == without_engagement


def _seen_in(book: Playbook, state: LeadState, at: Instant, zone: timedelta) -> Assessment:
    return assess(book, state, at, (datetime.fromtimestamp(at / 1000, UTC) + zone).date())


def _shown(found: Assessment) -> Assessment:
    """All of it except what names the instant itself or ages from line to line."""
    return replace(found, as_of=0, reasons=(), next_change_at=None)
