"""What is typed into a field, read as its value."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.errors import BadValue
from leaddesk.operations.values import read_money, value_of
from leaddesk.qualify.periods import read_day
from leaddesk.qualify.terms import Money, minor_digits


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("30000 CNY", 3_000_000, "CNY"),
        ("EUR 1,250.50", 125_050, "EUR"),
        ("1.250,50 €", 125_050, "EUR"),
        ("€30k", 3_000_000, "EUR"),
        ("12万元", 12_000_000, "CNY"),
        ("¥1.5亿", 15_000_000_000, "CNY"),
        ("$1.2m", 120_000_000, "USD"),
        ("8000000 JPY", 8_000_000, "JPY"),
        ("1.234 KWD", 123_400_0, "KWD"),
        ("0.125 KWD", 125, "KWD"),
        ("12 500 CHF", 1_250_000, "CHF"),
        ("12'500.00 chf", 1_250_000, "CHF"),
    ],
)
def test_sums(text: str, minor: int, currency: str) -> None:
    assert read_money(text) == Money(minor, currency)


@pytest.mark.parametrize(
    "text", ["30000", "EUR", "thirty EUR", "3 EUR USD", "1.005 EUR 2", "1,2,3.4.5 EUR", "1e400 EUR"]
)
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(BadValue, match="bad_value"):
        value_of("value", text)


@given(st.integers(0, 10**12), st.sampled_from(["EUR", "CNY", "JPY", "KWD"]))
def test_a_sum_written_out_reads_as_itself(minor: int, currency: str) -> None:
    places = minor_digits(currency)
    whole, rest = divmod(minor, 10**places)
    text = f"{whole}.{rest:0{places}d}" if rest else str(whole)
    if places != 3 or not rest or whole == 0:  # 1.234 is more likely a thousand than a thousandth
        assert read_money(f"{text} {currency}") == Money(minor, currency)


@pytest.mark.parametrize("text", ["2026-03-01", "2026/3/1", "2026.03.01", "2026年3月1日"])
def test_days(text: str) -> None:
    assert read_day(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-02-30", "01.03.2026", "tomorrow", "20260301"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadValue, match="bad_value"):
        value_of("expected_on", text)


@given(st.sampled_from(["size", "value", "expected_on", "origin", "do_not_call", "tags", "name"]), st.text(max_size=30))
def test_any_text_is_a_value_or_a_bad_one(field: str, text: str) -> None:
    with suppress(BadValue):
        value = value_of(field, text)
        assert value is None or value == value_of(field, value)


def test_blank_is_empty() -> None:
    assert value_of("name", "  ") is None
    assert value_of("tags", ()) is None
    assert value_of("value", None) is None
