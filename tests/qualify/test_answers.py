"""Which answer something said amounts to, and reading what a person typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leaddesk.errors import BadValue
from leaddesk.qualify.answers import day_of, fact_of_said, outcomes, parse_said, standing_of_said
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import FactValue, Said
from leaddesk.qualify.terms import Money, QuestionKind
from tests.qualify.builders import EVADED, NO, NOW, PARTLY, SIMPLE_ANSWERS, YES, answer, heard, question, said

MONEY = question(
    "budget",
    (),
    kind=QuestionKind.MONEY,
    sets="value",
    answers=(
        answer("large", YES, 8, sums={"EUR": 5_000_000, "CNY": 40_000_000}),
        answer("some", PARTLY, 4, sums={"EUR": 500_000, "CNY": 4_000_000}, unlisted=True),
        answer("little", NO, 0, sums={"EUR": 0, "CNY": 0}),
    ),
)
PEOPLE = question(
    "people",
    (),
    kind=QuestionKind.NUMBER,
    sets="size",
    answers=(answer("many", YES, 5, at_least=200.0), answer("few", NO, 0)),
)
LIVE = question(
    "live",
    (),
    kind=QuestionKind.DATE,
    sets="expected_on",
    answers=(answer("soon", YES, 5, within_days=90), answer("later", PARTLY, 2, within_days=365), answer("far", NO)),
)
SEVERAL = question("who", SIMPLE_ANSWERS, kind=QuestionKind.SEVERAL)
PERSON = question("signer", (("named", YES, 4),), kind=QuestionKind.PERSON)
CHOICE = question("one")


@pytest.mark.parametrize(
    ("money", "band"),
    [
        (Money(5_000_000, "EUR"), "large"),
        (Money(4_999_999, "EUR"), "some"),
        (Money(499_999, "EUR"), "little"),
        (Money(0, "CNY"), "little"),
        (Money(40_000_000, "CNY"), "large"),
        (Money(1, "SEK"), "some"),
        (Money(10**12, "SEK"), "some"),
    ],
)
def test_a_sum_falls_into_the_highest_band_it_reaches(money: Money, band: str) -> None:
    assert standing_of_said(MONEY, Said(money=money), NOW)[2] == (band,)


@pytest.mark.parametrize(("ahead", "band"), [(-5, "soon"), (90, "soon"), (91, "later"), (365, "later"), (366, "far")])
def test_a_day_falls_into_the_nearest_band_counted_from_when_it_was_said(ahead: int, band: str) -> None:
    day = day_of(NOW) + timedelta(days=ahead)
    assert standing_of_said(LIVE, Said(day=day), NOW)[2] == (band,)


def test_standing_points_and_keys() -> None:
    assert standing_of_said(CHOICE, said("partly"), NOW) == (PARTLY, 30, ("partly",))
    assert standing_of_said(CHOICE, heard(EVADED), NOW) == (EVADED, 0, ())
    assert standing_of_said(PERSON, Said(text="Anna"), NOW) == (YES, 40, ("named",))
    assert standing_of_said(MONEY, said("large"), NOW) == (YES, 80, ("large",))
    assert standing_of_said(SEVERAL, said("no", "yes"), NOW) == (YES, 80, ("yes", "no"))


def test_several_choices_come_out_in_every_mixture() -> None:
    assert len(outcomes(SEVERAL)) == 7
    assert max(points for _, points, _ in outcomes(SEVERAL)) == 110


@pytest.mark.parametrize(
    ("asked", "typed", "expected"),
    [
        (CHOICE, "yes", said("yes")),
        (CHOICE, " YES ", said("yes")),
        (SEVERAL, "no, yes", said("yes", "no")),
        (SEVERAL, "no,no,", said("no")),
        (MONEY, "30000 CNY", Said(money=Money(3_000_000, "CNY"))),
        (MONEY, "¥30,000", Said(money=Money(3_000_000, "CNY"))),
        (MONEY, "large", said("large")),
        (PEOPLE, "120", Said(number=120.0)),
        (PEOPLE, "1,200.5", Said(number=1200.5)),
        (PEOPLE, "many", said("many")),
        (LIVE, "2027-09-30", Said(day=date(2027, 9, 30))),
        (LIVE, "far", said("far")),
        (PERSON, " Anna Kowalska ", Said(text="Anna Kowalska")),
    ],
)
def test_what_a_person_types_is_read(asked: Question, typed: str, expected: Said) -> None:
    assert parse_said(asked, typed) == expected


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        (CHOICE, "", "empty_text"),
        (CHOICE, "maybe", "answer"),
        (SEVERAL, "yes,maybe", "answer"),
        (SEVERAL, ",", "empty_text"),
        (MONEY, "a lot", "bad_money"),
        (MONEY, "30000", "no_currency"),
        (MONEY, "-5 EUR", "bad_money"),
        (PEOPLE, "lots", "bad_number"),
        (PEOPLE, "nan", "bad_number"),
        (LIVE, "31.12.2027", "bad_date"),
        (PERSON, "  ", "empty_text"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_code(asked: Question, typed: str, code: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_said(asked, typed)
    assert caught.value.code == code


def test_an_unknown_answer_tells_what_is_offered() -> None:
    with pytest.raises(BadValue) as caught:
        parse_said(CHOICE, "maybe")
    assert caught.value.details["choices"] == "yes, partly, no"


@pytest.mark.parametrize(
    ("asked", "what", "fact"),
    [
        (MONEY, Said(money=Money(5, "EUR")), Money(5, "EUR")),
        (MONEY, said("large"), None),
        (PEOPLE, Said(number=120.0), 120),
        (PEOPLE, said("many"), 200),
        (LIVE, Said(day=date(2027, 9, 30)), date(2027, 9, 30)),
        (LIVE, heard(EVADED), None),
        (CHOICE, said("yes"), None),
        (question("line", sets="industry"), said("yes"), "yes"),
        (question("ours", sets="existing_customer"), said("yes"), True),
        (question("ours", sets="existing_customer"), said("no"), False),
        (question("labels", SIMPLE_ANSWERS, kind=QuestionKind.SEVERAL, sets="tags"), said("yes", "no"), ("yes", "no")),
    ],
)
def test_an_answer_tells_a_fact(asked: Question, what: Said, fact: FactValue | None) -> None:
    assert fact_of_said(asked, what) == fact
