"""How criteria stand."""

from __future__ import annotations

import pytest

from leaddesk.qualify.playbook import AnswerIs
from leaddesk.qualify.terms import Standing
from tests.qualify.builders import (
    EVADED,
    NO,
    NOT_ASKED,
    NOW,
    PARTLY,
    UNKNOWN,
    YES,
    given,
    heard,
    lead,
    playbook,
    question,
    seen,
)

REQUIRED = playbook(question("must", required=True), question("also", required=True), question("may"))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, NOT_ASKED),
        ({"must": "yes", "also": "yes"}, YES),
        ({"must": "yes", "also": "yes", "may": "no"}, YES),
        ({"must": "yes"}, PARTLY),
        ({"must": "partly", "also": "yes"}, PARTLY),
        ({"may": "yes"}, PARTLY),
        ({"must": "no", "may": "yes"}, PARTLY),
        ({"must": "no"}, NO),
        ({"must": "no", "also": "no", "may": "no"}, NO),
    ],
)
def test_a_criterion_stands_by_its_required_questions(answers: dict[str, str], expected: Standing) -> None:
    state = lead(*(given(key, what) for key, what in answers.items()))
    assert seen(REQUIRED, state).criteria["need"].standing is expected


def test_a_knock_out_decides_alone() -> None:
    book = playbook(question("must", required=True), question("out", knock_out=True))
    assert seen(book, lead(given("must", "yes"), given("out", "no"))).criteria["need"].standing is NO
    assert seen(book, lead(given("must", "yes"), given("out", "partly"))).criteria["need"].standing is YES


def test_without_a_visible_required_question_a_criterion_is_partly_at_most() -> None:
    book = playbook(question("may"), question("must", required=True, when=AnswerIs("may", ("no",))))
    assert seen(book, lead(given("may", "yes"))).criteria["need"].standing is PARTLY


def test_without_knowledge_what_was_heard_last_stands() -> None:
    book = playbook(question("one"), question("two"))
    evaded, unknown = given("one", heard(EVADED), NOW - 2), given("two", heard(UNKNOWN), NOW - 1)
    assert seen(book, lead(evaded, unknown)).criteria["need"].standing is UNKNOWN
    assert seen(book, lead(evaded, unknown, given("one", heard(EVADED)))).criteria["need"].standing is EVADED


def test_a_criterion_counts_its_questions() -> None:
    found = seen(REQUIRED, lead(given("must", "yes"), given("may", "no"))).criteria["need"]
    assert (found.visible, found.known, found.met) == (3, 2, 1)
