"""Sums as people write them."""

from __future__ import annotations

import pytest

from leaddesk.errors import BadValue
from leaddesk.qualify.sums import read_sum
from leaddesk.qualify.terms import Money


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("30000 CNY", 3_000_000, "CNY"),
        ("eur 30000", 3_000_000, "EUR"),
        ("30000EUR", 3_000_000, "EUR"),
        ("¥30,000", 3_000_000, "CNY"),
        ("￥30000", 3_000_000, "CNY"),
        ("US$ 1,234.50", 123_450, "USD"),
        ("1.234,50 €", 123_450, "EUR"),
        ("1 234,50 €", 123_450, "EUR"),
        ("1'234.50 CHF", 123_450, "CHF"),
        ("30.000 EUR", 3_000_000, "EUR"),
        ("1.000.000 EUR", 100_000_000, "EUR"),
        ("12万", 12_000_000, "CNY"),
        ("12.5万元", 12_500_000, "CNY"),
        ("840万 CNY", 840_000_000, "CNY"),
        ("1.234k EUR", 123_400, "EUR"),
        ("2m USD", 200_000_000, "USD"),
        ("5000 JPY", 5_000, "JPY"),
        ("1.5 KWD", 1_500, "KWD"),
        ("0 EUR", 0, "EUR"),
    ],
)
def test_it_is_read(text: str, minor: int, currency: str) -> None:
    offered = ("CNY",) if currency == "CNY" else ()
    assert read_sum(text, offered) == Money(minor, currency)


@pytest.mark.parametrize(
    "text", ["", "EUR", "a lot", "-5 EUR", "1,23,4 EUR", "1..2 EUR", "12.3.4 EUR", "9e9 EUR", "9" * 40]
)
def test_it_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_sum(text, ("EUR",))
    assert caught.value.code == "bad_money"


def test_without_a_currency_the_only_one_offered_is_meant() -> None:
    assert read_sum("300", ("EUR", "EUR")) == Money(30_000, "EUR")
    with pytest.raises(BadValue) as caught:
        read_sum("300", ("EUR", "CNY"))
    assert (caught.value.code, caught.value.details["choices"]) == ("no_currency", "EUR, CNY")
