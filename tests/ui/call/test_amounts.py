"""Sums and numbers as a buyer says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.terms import Money
from leaddesk.ui.call.amounts import read_money, read_number


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("30k", 3_000_000, "EUR"),
        ("about 30k", 3_000_000, "EUR"),
        ("€1.2m", 120_000_000, "EUR"),
        ("200k usd", 20_000_000, "USD"),
        ("usd 200k", 20_000_000, "USD"),
        ("30,000.50", 3_000_050, "EUR"),
        ("30.000,50", 3_000_050, "EUR"),
        ("30万", 30_000_000, "EUR"),
        ("30万元", 30_000_000, "CNY"),
        ("约30万人民币", 30_000_000, "CNY"),
        ("１２万元", 12_000_000, "CNY"),
        ("¥1.5亿", 15_000_000_000, "CNY"),
        ("500000 JPY", 500_000, "JPY"),
        ("0", 0, "EUR"),
    ],
)
def test_sums(text: str, minor: int, currency: str) -> None:
    assert read_money(text, "EUR") == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "much", "-3", "90k eur usd", "k"])
def test_no_sum(text: str) -> None:
    assert read_money(text, "EUR") is None


@pytest.mark.parametrize(
    ("text", "number"), [("240", 240), ("1.5k", 1500), ("2万", 20_000), ("1,200", 1200), ("0.5", 0.5)]
)
def test_numbers(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "many", "3 EUR"])
def test_no_number(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=20))
def test_no_text_breaks_it(text: str) -> None:
    read_money(text, "EUR")
    read_number(text)
