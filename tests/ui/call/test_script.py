"""Finding one's way in the script: neighbours, letters, a few letters of any question."""

from __future__ import annotations

import tomllib

import pytest

from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import Assessment, Given, LeadState, Said
from leaddesk.resources import text_of
from leaddesk.ui.call import script

NOW = 1_800_000_000_000


@pytest.fixture(scope="module")
def book() -> Playbook:
    """The playbook a new database starts with."""
    return read_playbook(tomllib.loads(text_of("playbooks", "default.toml")))


def stands(book: Playbook, **answers: str) -> Assessment:
    from datetime import date

    given = tuple(Given(key, key, NOW - 1, Said(keys=(answer,))) for key, answer in answers.items())
    return assess(book, LeadState("discovery", answers=given), NOW, date(2027, 1, 15))


def test_hidden_questions_are_passed_over(book: Playbook) -> None:
    keys = [question.key for question in script.visible(book, stands(book))]
    assert "preparer" not in keys
    assert script.neighbour(book, stands(book), "approver", 1) == "obstacle"
    assert script.neighbour(book, stands(book, approver="committee"), "approver", 1) == "preparer"


def test_the_ends_of_the_script_hold(book: Playbook) -> None:
    found = stands(book)
    asked = script.visible(book, found)
    assert script.neighbour(book, found, asked[0].key, -1) == asked[0].key
    assert script.neighbour(book, found, asked[-1].key, 1) == asked[-1].key
    assert script.neighbour(book, found, asked[0].key, 1000) == asked[-1].key


def test_a_letter_enters_at_the_first_open_question_and_goes_round(book: Playbook) -> None:
    found = stands(book, budget_sum="large")
    assert script.entered(book, found, "budget", "approver") == "allotted"
    assert script.entered(book, found, "budget", "cost_today") == "budget_sum"


def test_letters_of_every_language(book: Playbook) -> None:
    assert [script.criterion_of_letter(book, letter) for letter in "bA预x"] == ["budget", "authority", "budget", None]


def test_the_place_among_its_criterion(book: Playbook) -> None:
    assert script.place(book, stands(book), "approver") == script.Place(2, 3)
    assert script.place(book, stands(book), "preparer").number == 0


@pytest.mark.parametrize(
    ("letters", "first"),
    [("who app", "approver"), ("wtp", "people"), ("拍板", "approver"), ("go-l", "go_live"), ("set aside", "reserved")],
)
def test_a_few_letters_find_a_question(book: Playbook, letters: str, first: str) -> None:
    assert script.find(book.questions, letters)[0].key == first


def test_letters_of_no_question(book: Playbook) -> None:
    assert script.find(book.questions, "zzzz") == ()
    assert script.find(book.questions, " ") == book.questions
