"""A summary is the assessment, number by number, on every playbook and every lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.playbook import (
    AnswerIs,
    Condition,
    EventSeen,
    LifecycleRule,
    Not,
    Playbook,
    QuestionStands,
    ScoreAtLeast,
)
from leaddesk.qualify.state import LeadState, PastCall, Signoff
from leaddesk.qualify.summary import Summary, entry_of, is_asked, summary_in, summary_of
from leaddesk.qualify.terms import Instant, Standing
from tests.qualify.builders import NOW, TODAY, days, lead, playbook, question, seen, shipped
from tests.qualify.builders import given as said
from tests.qualify.strategies import books_and_leads, leads

SHIPPED = [shipped("default"), shipped("simple")]

Case = tuple[Playbook, LeadState]

cases = st.one_of(
    books_and_leads(), st.sampled_from(SHIPPED).flatmap(lambda book: st.tuples(st.just(book), leads(book, 12)))
)


def summed_up(book: Playbook, state: LeadState, at: Instant) -> Summary:
    """The summary, by UTC's day."""
    return summary_of(book, state, at, datetime.fromtimestamp(at / 1000, UTC).date())


@settings(max_examples=200)
@given(cases, st.floats(-100, 100))
def test_a_summary_is_in_the_assessment(case: Case, later: float) -> None:
    book, state = case
    for at in (NOW, NOW + days(later)):
        assert summed_up(book, state, at) == summary_in(seen(book, state, at))


@given(cases)
def test_what_is_asked_is_visible_in_the_assessment(case: Case) -> None:
    book, state = case
    found = seen(book, state)
    for key, one in found.questions.items():
        assert is_asked(book, state, NOW, TODAY, key) is one.visible


@given(cases)
def test_an_entry_is_what_the_gates_say_of_the_assessment(case: Case) -> None:
    book, state = case
    found = seen(book, state)
    for stage in book.stage:
        entry = entry_of(book, state, NOW, TODAY, stage)
        assert entry.check == check_gate(book, state, found, stage)
        assert entry.parts == {key: part.points for key, part in found.parts.items()}


@given(cases, st.booleans())
def test_with_rules_about_questions_calls_and_signatures_too(case: Case, called: bool) -> None:
    book, state = case
    first = book.questions[0]
    rules: tuple[Condition, ...] = (
        ScoreAtLeast(None, 0),
        Not(AnswerIs(first.key, tuple(answer.key for answer in first.answers[:1]))),
        QuestionStands(first.key, (Standing.EVADED, Standing.UNKNOWN, Standing.YES)),
        EventSeen(("visit", "demo"), at_least=2, within_days=40),
        QuestionStands("not in this playbook", (Standing.NOT_ASKED,)),
    )
    lifecycle = tuple(LifecycleRule(f"l{place}", {"en": "x"}, rule) for place, rule in enumerate(rules))
    book = replace(book, lifecycle=lifecycle, hot=rules[2], warm=rules[1])
    if called:
        calls = (PastCall("c", NOW - days(2), "reached"), PastCall("d", NOW + days(2), "reached"))
        state = replace(state, calls=calls, signoffs=(Signoff("s", "Ann", NOW + days(1)),))
    assert summed_up(book, state, NOW) == summary_in(seen(book, state, NOW))


def test_by_person_is_never_reached_by_rule() -> None:

    rules = (
        LifecycleRule("lead", {"en": "Lead"}, None),
        LifecycleRule("sql", {"en": "SQL"}, ScoreAtLeast(None, 0), by_person=True),
    )
    book = playbook(question("pain"), lifecycle=rules)
    found = summed_up(book, lead(said("pain", "yes")), NOW)
    assert (found.lifecycle, found.score) == ("lead", 80)
