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


def test_hidden_questions_are_not_listed(book: Playbook) -> None:
    keys = [question.key for question in script.visible(book, stands(book))]
    assert "preparer" not in keys


def test_the_question_asked_is_listed_though_the_script_does_not_ask_it(book: Playbook) -> None:
    meddic, asked = book.script["meddic"], book.question["allotted"]
    listed = script.listed(book, stands(book), meddic, asked)
    assert listed[-1] is asked
    assert len(listed) == len(script.listed(book, stands(book), meddic, book.question["metrics"])) + 1


def test_a_letter_that_no_group_has_means_a_criterion(book: Playbook) -> None:
    found = [script.criteria_of_letter(book, letter) for letter in "bA预x"]
    assert [[group.key for group in groups] for groups in found] == [["budget"], ["authority"], ["budget"], []]


def test_the_place_among_its_group(book: Playbook) -> None:
    meddic = book.script["meddic"]
    assert script.place(book, stands(book), meddic, "unsolved") == script.Place(2, 3)
    assert script.place(book, stands(book), meddic, "allotted") is None
    assert script.letter(book, meddic, book.question["unsolved"], "en") == "M"
    assert script.letter(book, meddic, book.question["allotted"], "en") == "B"


@pytest.mark.parametrize(
    ("letters", "first"),
    [("who app", "approver"), ("wtp", "people"), ("拍板", "approver"), ("go-l", "go_live"), ("set aside", "reserved")],
)
def test_a_few_letters_find_a_question(book: Playbook, letters: str, first: str) -> None:
    assert script.find(book.questions, letters)[0].key == first


def test_letters_of_no_question(book: Playbook) -> None:
    assert script.find(book.questions, "zzzz") == ()
    assert script.find(book.questions, " ") == book.questions
