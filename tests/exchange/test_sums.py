"""Sums are read to the cent, in the currency they name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.exchange.sums import currency_in, decimal_mark, read_money, read_number, scale_in
from leaddesk.qualify.terms import Money


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("30000 CNY", 3_000_000, "CNY"),
        ("¥12万", 12_000_000, "CNY"),
        ("12.5万元", 12_500_000, "CNY"),
        ("3亿", 30_000_000_000, "CNY"),
        ("€1.2k", 120_000, "EUR"),
        ("1.234,50", 123_450, "EUR"),
        ("1 234,50 €", 123_450, "EUR"),
        ("1\u202f234,50 €", 123_450, "EUR"),
        ("$1,234.50", 123_450, "USD"),
        ("USD 1,234", 123_400, "USD"),
        ("US$ 99", 9_900, "USD"),
        ("HK$ 5,000", 500_000, "HKD"),
        ("1'234.50 CHF", 123_450, "CHF"),
        ("2.5 million USD", 250_000_000, "USD"),
        ("45000円", 45_000, "JPY"),
        ("１２，５００ 元", 1_250_000, "CNY"),
        ("100.0", 10_000, "EUR"),
        ("(1,234)", -123_400, "EUR"),
        ("0", 0, "EUR"),
    ],
)
def test_one_sum(text: str, minor: int, currency: str) -> None:
    assert read_money(text, "EUR") == Money(minor, currency)


@pytest.mark.parametrize("text", ["a lot", "", "USD", "1-2-3", "10 apples", "1e5x", "12.34.56,78,9"])
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_money(text, "EUR")


@given(st.integers(0, 10**12), st.sampled_from(["{:,.2f}", "de", "fr", "plain"]))
def test_what_a_program_wrote_is_read_again(minor: int, shape: str) -> None:
    amount = Decimal(minor) / 100
    text = f"{amount:,.2f}" if shape != "plain" else f"{amount:.2f}"
    swaps = {"de": {",": ".", ".": ","}, "fr": {",": " ", ".": ","}}.get(shape, {})
    text = text.translate({ord(old): new for old, new in swaps.items()})
    assert read_money(text, "EUR", decimal_mark([text])) == Money(minor, "EUR")


def test_a_column_says_what_its_marks_mean() -> None:
    assert decimal_mark(["1.234", "12.500"]) == ","
    assert decimal_mark(["1100.04", "718.620"]) == "."
    assert decimal_mark(["1,234", "12,500"]) == "."
    assert decimal_mark(["12,5", "1.234"]) == ","
    assert decimal_mark([]) == "."
    assert read_number("1.234", ",") == 1234
    assert read_number("718.620", ".") == Decimal("718.620")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", 1234),
        ("51-200", 51),
        ("51 – 200 employees", 51),
        ("200+", 200),
        ("10,001+", 10_001),
        ("约200人", 200),
        (">500", 500),
        ("1.2k", 1200),
        ("9395.0", 9395),
        ("500人以上", 500),
        ("100-499人", 100),
    ],
)
def test_numbers_of_people(text: str, number: int) -> None:
    assert read_number(text) == number


def test_headers_say_what_sums_count_in() -> None:
    assert scale_in("年营收（万元）") == 10_000
    assert scale_in("Revenue (k€)") == 1_000
    assert scale_in("Amount (USD)") == 1
    assert currency_in("Amount (USD)") == "USD"
    assert currency_in("年营收（万元）") == "CNY"
    assert currency_in("Amount") is None
