"""What met a requirement of a gate, in words: the answer or fact that did, never one beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leaddesk.qualify.playbook import Requirement
from leaddesk.qualify.state import Event, Given, LeadState, PastCall, Said, Signoff
from leaddesk.ui.answer_words import requirement_evidence
from tests.qualify.builders import NOW, days, seen, shipped

BOOK = shipped("default")


def need(stage: str, code: str) -> Requirement:
    return next(one for one in BOOK.stage[stage].gate if one.code == code)


def told(requirement: Requirement, state: LeadState) -> str:
    return requirement_evidence(BOOK, requirement, state, seen(BOOK, state), "en")


def answers(**said: Said) -> tuple[Given, ...]:
    return tuple(Given(key, key, NOW - days(1), one) for key, one in said.items())


def test_of_two_ways_the_one_that_met_it_is_told() -> None:
    some_day = answers(how_soon=Said(keys=("someday",)), go_live=Said(day=date(2027, 4, 1)))
    line = told(need("sql", "timeframe"), LeadState("discovery", answers=some_day))
    assert "1 Apr 2027" in line
    assert "Some day" not in line
    soon = answers(how_soon=Said(keys=("now",)), go_live=Said(day=date(2029, 4, 1)))
    line = told(need("sql", "timeframe"), LeadState("discovery", answers=soon))
    assert "Now" in line


def test_what_is_not_met_has_no_evidence() -> None:
    late = answers(how_soon=Said(keys=("someday",)))
    assert told(need("sql", "timeframe"), LeadState("discovery", answers=late)) == ""


def test_a_criterion_is_told_by_an_answer_that_stands_as_wanted() -> None:
    spoken = answers(difficulty=Said(keys=("ours",)), used_today=Said(keys=("content",)))
    spoken = (spoken[0], replace(spoken[1], at=NOW, note="it works"))
    line = told(need("sql", "need"), LeadState("discovery", answers=spoken))
    assert "Ours, it hurts" in line


def test_a_sign_off_or_a_call_that_met_it_is_told() -> None:
    accepted = need("discovery", "accepted")
    called = PastCall("c", NOW - days(2), "no_answer")
    assert told(accepted, LeadState("mql", calls=(called,))) == ""
    reached = PastCall("d", NOW - days(3), "reached_callback")
    assert told(accepted, LeadState("mql", calls=(reached, called))) != ""
    line = told(accepted, LeadState("mql", signoffs=(Signoff("accepted", "Eva", NOW - days(1)),)))
    assert line.startswith("Eva")


def test_an_event_that_met_it_is_told() -> None:
    state = LeadState("sql", events=(Event("e", "proposal_requested", NOW - days(2)), Event("f", "web_visit", NOW)))
    assert told(need("proposal", "asked"), state).startswith("Asked for a proposal or quote")
