"""Happy ears: what does not fit together is remarked on, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk import words
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.remarks import remarks, usual_days
from leaddesk.qualify.state import Event, FactValue, Given, LeadState, Said
from leaddesk.qualify.terms import DAY
from leaddesk.ui.remark_words import remark_words
from tests.qualify.builders import NOW, TODAY, answered, seen, shipped
from tests.qualify.strategies import books_and_leads, leads

BOOK = shipped("default")
SHIPPED = [BOOK, shipped("simple")]


def codes(state: LeadState, book: Playbook = BOOK) -> list[str]:
    """What is remarked on."""
    return [remark.code for remark in remarks(book, state, seen(book, state), TODAY)]


def said(state: LeadState, question: str, *keys: str, **more: object) -> LeadState:
    """The lead after an answer."""
    return answered(BOOK, state, question, Said(keys=keys, **more))  # type: ignore[arg-type]


def days_on(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize("book", SHIPPED, ids=["default", "simple"])
def test_nothing_is_remarked_on_where_nothing_is_known(book: Playbook) -> None:
    for stage in book.stages:
        if stage.probability < 50:
            assert codes(LeadState(stage.key), book) == []


cases = st.one_of(
    books_and_leads(), st.sampled_from(SHIPPED).flatmap(lambda book: st.tuples(st.just(book), leads(book, 12)))
)
facts = st.dictionaries(
    st.sampled_from(("expected_on", "value", "industry")),
    st.one_of(st.dates(), st.just(date.min), st.just(date.max), st.just("soon"), st.integers()),
)


@given(cases, facts, st.dates())
def test_remarks_never_fail_and_have_words(
    case: tuple[Playbook, LeadState], more: dict[str, FactValue], today: date
) -> None:
    book, lead = case
    state = replace(lead, facts={**lead.facts, **more})
    found = remarks(book, state, seen(book, state), today)
    assert found == remarks(book, state, seen(book, state), today)
    for remark in found:
        assert remark.question is None or remark.question in book.question
        for language in words.LANGUAGES:
            spoken = remark_words(book, remark, language)
            assert spoken != remark.code
            assert "{" not in spoken
            assert "  " not in spoken


def test_a_proposal_wants_somebody_who_decides() -> None:
    state = LeadState("proposal")
    assert codes(state) == ["proposal_without_authority"]
    (remark,) = remarks(BOOK, state, seen(BOOK, state), TODAY)
    assert remark.question in {"approver", "people"}
    assert codes(said(state, "approver", "on_call")) == []
    assert codes(said(state, "approver", "out_of_reach")) == ["proposal_without_authority"]


def test_a_proposal_they_asked_for_counts_in_any_stage() -> None:
    asked = Event("e", "proposal_requested", NOW - DAY)
    assert codes(LeadState("new", events=(asked,))) == ["proposal_without_authority"]
    assert codes(LeadState("new", events=(replace(asked, at=NOW + DAY),))) == []


def test_sooner_than_it_usually_takes() -> None:
    usual = usual_days(BOOK, LeadState("discovery"))
    assert usual == 42
    assert codes(said(LeadState("discovery"), "go_live", day=days_on(41))) == ["sooner_than_usual"]
    assert codes(said(LeadState("discovery"), "go_live", day=days_on(42))) == []
    assert codes(said(LeadState("discovery"), "how_soon", "now")) == ["sooner_than_usual"]
    assert codes(said(LeadState("discovery"), "how_soon", "quarter")) == []
    assert "sooner_than_usual" not in codes(said(LeadState("proposal"), "how_soon", "now"))


def test_a_need_that_nobody_put_into_words() -> None:
    state = LeadState("discovery")
    for question, key in (("difficulty", "ours"), ("unsolved", "4"), ("used_today", "by_hand")):
        state = said(state, question, key)
    assert codes(state) == ["need_without_pain"]
    assert codes(said(state, "hoped", text="no more typing")) == []
    first, *others = state.answers
    noted = replace(state, answers=(replace(first, note="We lose a day a week"), *others))
    assert codes(noted) == []


def test_a_closing_date_is_held_against_their_own_go_live() -> None:
    state = said(LeadState("discovery"), "go_live", day=days_on(100))
    assert codes(state) == []
    assert codes(replace(state, facts={"expected_on": days_on(60)})) == ["closes_before_go_live"]
    assert codes(replace(state, facts={"expected_on": days_on(160)})) == ["closes_after_go_live"]


def test_two_who_disagree() -> None:
    first = Given("1", "approver", NOW - 2, Said(keys=("on_call",)))
    other = Given("2", "approver", NOW - 1, Said(keys=("out_of_reach",)), by="Marek")
    assert "disagree" in codes(LeadState("discovery", answers=(first, other)))


def test_what_is_won_or_lost_needs_no_remark() -> None:
    for stage in ("won", "lost"):
        assert codes(said(LeadState(stage), "go_live", day=days_on(1))) == []
