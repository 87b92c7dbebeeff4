"""One question inside the gate: what is typed is read as on a call."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money
from leaddesk.ui.amounts import usual_currency
from leaddesk.ui.gate.ask import Ask
from tests.qualify.builders import shipped

TODAY = date(2027, 1, 15)


def asked(qtbot: QtBot, question: str, currency: str = "EUR") -> tuple[Ask, list[Said]]:
    """A question as the gate asks it, and what is answered."""
    ask = Ask(shipped("default").question[question], None, "en", TODAY, currency)
    qtbot.addWidget(ask)
    ask.show()
    answers: list[Said] = []
    ask.answered.connect(lambda _key, said: answers.append(said))
    return ask, answers


def typed(ask: Ask, text: str) -> None:
    """Open the field and type into it."""
    ask.chips[-1].choose()
    field = ask.findChild(QLineEdit)
    assert field is not None
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("30k", Money(3_000_000, "GBP")),
        ("about 30,000.50", Money(3_000_050, "GBP")),
        ("200k usd", Money(20_000_000, "USD")),
        ("30万元", Money(30_000_000, "CNY")),
    ],
)
def test_a_sum_is_read_as_on_a_call(qtbot: QtBot, text: str, money: Money) -> None:
    ask, answers = asked(qtbot, "budget_sum", "GBP")
    typed(ask, text)
    assert answers == [Said(money=money)]


def test_what_is_no_sum_is_said_and_nothing_is_answered(qtbot: QtBot) -> None:
    ask, answers = asked(qtbot, "budget_sum")
    typed(ask, "a lot")
    assert answers == []
    assert ask.trouble.isVisible()
    assert "30k" in ask.trouble.text()


def test_a_number_may_be_said_in_thousands(qtbot: QtBot) -> None:
    ask, answers = asked(qtbot, "size")
    typed(ask, "1.5k")
    assert answers == [Said(number=1500)]


def test_the_usual_currency_is_that_of_the_value_else_of_the_country() -> None:
    question = shipped("default").question["budget_sum"]
    assert usual_currency(question, Money(1, "GBP"), "en") == "GBP"
    assert usual_currency(question, None, "en") == "EUR"
    assert usual_currency(question, "unknown", "zh_CN") == "CNY"
