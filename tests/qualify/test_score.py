"""The score and its reasons, line by line."""

from __future__ import annotations

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.terms import QuestionKind
from tests.qualify.builders import (
    NO,
    NOW,
    PARTLY,
    YES,
    answered,
    given,
    industry,
    lead,
    playbook,
    question,
    said,
    seen,
)


def lines(book: Playbook, state: LeadState) -> list[tuple[str, int]]:
    return [(reason.code, reason.points) for reason in seen(book, state).reasons]


def test_a_part_counts_up_to_its_limit_and_says_so() -> None:
    book = playbook(*(question(f"q{place}") for place in range(3)))
    state = lead(*(given(f"q{place}", "yes") for place in range(3)))
    found = seen(book, state)
    assert (found.score, found.parts["need"].points) == (200, 200)
    assert lines(book, state) == [("answer", 80), ("answer", 80), ("answer", 80), ("limit", -40)]
    assert found.reasons[-1].details == {"part": "need", "limit": 200}


def test_a_part_never_counts_below_zero_and_says_so() -> None:
    book = playbook(question("one", (("bad", NO, -5), ("fine", YES, 5))), question("two", criterion="authority"))
    state = lead(given("one", "bad"), given("two", "partly"))
    assert seen(book, state).score == 30
    assert lines(book, state) == [("answer", -50), ("floor", 50), ("answer", 30)]


def test_losses_and_gains_of_a_part_are_added_before_it_is_held() -> None:
    book = playbook(question("one", (("bad", NO, -5),)), question("two"))
    assert seen(book, lead(given("one", "bad"), given("two", "yes"))).score == 30


def test_lines_come_part_by_part_facts_first_then_in_script_order() -> None:
    book = playbook(
        question("first", criterion="fit"), question("second"), question("third"), profiles=(industry("fit"),)
    )
    state = lead(given("third", "yes", NOW - 3), given("second", "yes", NOW - 2), given("first", "yes", NOW - 1))
    state = answered(book, state, "second", said("partly"))
    found = seen(book, lead(*state.answers, facts={"industry": "retail"}))
    named = [reason.details.get("question") or reason.details.get("fact") for reason in found.reasons]
    assert named == ["second", "third", "industry", "first"]


def test_a_line_names_its_evidence() -> None:
    book = playbook(question("one"), profiles=(industry(),))
    found = seen(book, lead(given("one", "yes", id="the answer"), facts={"industry": "Retail chain"}))
    answer, fact = found.reasons
    assert answer.details == {"question": "one", "answers": ("yes",), "given": "the answer"}
    assert fact.details == {"fact": "industry", "rule": "near", "value": "Retail chain"}


def test_no_is_known_and_said_open_is_not() -> None:
    book = playbook(question("one"), question("two", criterion="authority"))
    found = seen(book, lead(given("one", "no")))
    assert [(reason.code, reason.points) for reason in found.reasons] == [("answer", 0)]
    assert (found.score, found.up_to) == (0, 80)
    assert (found.parts["need"].open, found.parts["authority"].open) == (False, True)


def test_choices_beyond_the_limit_of_their_question_are_taken_off_in_a_line() -> None:
    offers = (("a", YES, 6), ("b", PARTLY, 5), ("c", NO, -2))
    book = playbook(question("one", offers, kind=QuestionKind.SEVERAL, limit=80))
    state = lead(given("one", said("a", "b")))
    assert lines(book, state) == [("answer", 110), ("question_limit", -30)]
    assert lines(book, lead(given("one", said("a", "c")))) == [("answer", 40)]
