"""Sums of several currencies: in one by rates, or side by side, never mixed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.rates import Rates, read_rate, read_rates, total, written_rates
from leaddesk.qualify.terms import Money

RATES = Rates("EUR", {"USD": Decimal("0.5"), "JPY": Decimal("0.01")}, date(2026, 11, 21))
SUMS = st.dictionaries(st.sampled_from(["EUR", "USD", "JPY", "CNY"]), st.integers(0, 10**12))


def test_sums_are_put_together_by_their_rates() -> None:
    found = total({"EUR": 10_000, "USD": 10_000, "JPY": 500}, RATES)
    assert found.whole == Money(10_000 + 5_000 + 500, "EUR")
    assert found.used == {"JPY": Decimal("0.01"), "USD": Decimal("0.5")}
    assert found.beside == ()


def test_what_has_no_rate_stands_beside() -> None:
    found = total({"EUR": 100, "USD": 100, "CNY": 900}, RATES)
    assert found.whole == Money(150, "EUR")
    assert found.beside == (Money(900, "CNY"),)


@pytest.mark.parametrize("sums", [{}, {"USD": 100}, {"USD": 100, "CNY": 5}])
def test_nothing_is_converted_for_itself(sums: dict[str, int]) -> None:
    found = total(sums, RATES)
    assert found.whole is None
    assert {one.currency: one.minor for one in found.beside} == sums


@given(SUMS)
def test_without_rates_everything_stands_side_by_side(sums: dict[str, int]) -> None:
    assert {one.currency: one.minor for one in total(sums, Rates()).beside} == sums


@given(SUMS)
def test_nothing_is_lost(sums: dict[str, int]) -> None:
    found = total(sums, RATES)
    beside = {one.currency for one in found.beside}
    assert beside | set(found.used) | ({"EUR"} if found.whole else set()) >= set(sums)


def test_rates_are_kept() -> None:
    assert read_rates(written_rates(RATES)) == RATES
    assert read_rates(written_rates(Rates("EUR"))) == Rates("EUR")


@given(st.text())
def test_what_was_kept_badly_is_left_out(text: str) -> None:
    assert isinstance(read_rates(text), Rates)
    assert read_rates('{"base": "EUR", "per": {"USD": "a", "XXQ": 3, "EUR": 1}, "day": "x"}') == Rates("EUR")


@pytest.mark.parametrize("text", ["", "0", "-1", "a", "1e20", "nan"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_rate(text)


def test_a_rate_is_read_with_either_mark() -> None:
    assert read_rate(" 7,85 ") == Decimal("7.85")
