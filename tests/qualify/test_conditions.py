"""Conditions on facts, and how they join."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.qualify.conditions import Context, fact_meets, holds, rule_meets, texts_of
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    Condition,
    CriterionStands,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    Not,
    QuestionStands,
    ScoreAtLeast,
)
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money
from tests.qualify.builders import NO, NOW, YES, given, lead, playbook, question, seen

EURO = MoneyAtLeast("value", {"EUR": 1000, "CNY": 8000})


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        (FactIs("industry", ("Logistics",)), "logistics", True),
        (FactIs("industry", ("logistics",)), "Logistics and more", False),
        (FactIs("tags", ("vip",)), ("fair", "VIP"), True),
        (FactIs("tags", ("vip",)), ("fair",), False),
        (FactIs("existing_customer", ("yes",)), True, True),
        (FactIs("existing_customer", ("yes",)), False, False),
        (FactIs("size", ("50",)), 50, True),
        (FactIs("expected_on", ("2027-03-31",)), date(2027, 3, 31), True),
        (FactHas("industry", ("物流", "logis")), "冷链物流", True),
        (FactHas("industry", ("LOGIS",)), "logistics", True),
        (FactHas("industry", ("retail",)), "logistics", False),
        (FactKnown("industry"), "x", True),
        (FactKnown("industry"), None, False),
        (FactBetween("size", 50, 200), 50, True),
        (FactBetween("size", 50, 200), 199.9, True),
        (FactBetween("size", 50, 200), 200, False),
        (FactBetween("size", None, 200), -1, True),
        (FactBetween("size", 50, None), 10**9, True),
        (FactBetween("size", 0, None), "many", False),
        (FactBetween("existing_customer", 0, None), True, False),
        (EURO, Money(1000, "EUR"), True),
        (EURO, Money(999, "EUR"), False),
        (EURO, Money(1000, "CNY"), False),
        (EURO, Money(10**9, "USD"), False),
        (EURO, 5000, False),
    ],
)
def test_a_fact_meets_a_condition(condition: Condition, value: FactValue | None, expected: bool) -> None:
    assert fact_meets(condition, value) is expected  # type: ignore[arg-type]


def test_nothing_known_meets_nothing() -> None:
    for condition in (FactIs("a", ("",)), FactHas("a", ("",)), FactKnown("a"), FactBetween("a", None, None), EURO):
        assert not fact_meets(condition, None)


def test_rules_join() -> None:
    has, long = FactHas("industry", ("cold",)), FactHas("industry", ("chain",))
    assert rule_meets(All((has, long)), "cold chain")
    assert not rule_meets(All((has, long)), "cold")
    assert rule_meets(AnyOf((has, long)), "chain")
    assert rule_meets(Not(has), "chain")


def test_texts_of_facts() -> None:
    assert texts_of(True) == ("yes",)
    assert texts_of(50.0) == ("50",)
    assert texts_of(" x ") == ("x",)


def test_what_the_playbook_does_not_know_holds_never() -> None:
    book = playbook(question("one"))
    state = lead(given("one", "no"), facts={"industry": "x"})
    found = seen(book, state)
    context = Context(book, state, NOW, state.facts, found.questions, found.criteria, found.parts, found.score)
    unknown = (
        AnswerIs("gone", ("yes",)),
        QuestionStands("gone", (YES,)),
        CriterionStands("gone", (YES,)),
        ScoreAtLeast("gone", 0),
    )
    assert not any(holds(condition, context) for condition in unknown)
    assert holds(All((QuestionStands("one", (NO,)), FactKnown("industry"), Not(FactKnown("size")))), context)
    assert holds(All(()), context)
    assert not holds(AnyOf(()), context)
