"""Sums and numbers, whole texts at a time: the reader that import, fields, command line and calls share."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.amounts import han_number, in_minor, plain_number, read_amount, split_currency
from leaddesk.qualify.terms import Money


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("12 500", "12500"),
        ("1'000", "1000"),
        ("12,34,567", "1234567"),
        ("0.125", "0.125"),
        ("1.234k", "1234"),
        ("2.5 million", "2500000"),
        ("3 Mio.", "3000000"),
        ("12.5万", "125000"),
        ("1.5亿", "150000000"),
        ("三十万", "300000"),
        ("１２，５００", "12500"),
        ("30.000,-", "30000"),
        ("(500)", "-500"),
        ("-3", "-3"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert read_amount(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "much", "1..2", "12.3.4", "1,23,4", "5 apples", "万", "1e5", "--1", "3 EUR"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_amount(text)


def test_a_mark_settles_what_may_be_read_in_two_ways() -> None:
    assert (plain_number("1.234"), plain_number("1.234", "."), plain_number("1.234", ",")) == (
        Decimal(1234),
        Decimal("1.234"),
        Decimal(1234),
    )


@pytest.mark.parametrize(
    ("text", "rest", "currency"),
    [
        ("30000 CNY", "30000", "CNY"),
        ("usd 5", "5", "USD"),
        ("US$ 99", "99", "USD"),
        ("$ 5 CAD", "5", "CAD"),
        ("¥5000 JPY", "5000", "JPY"),
        ("30万元人民币", "30万", "CNY"),
        ("500块钱", "500", "CNY"),
        ("300", "300", None),
        ("5 top", "5 top", None),
        ("5 TOP", "5", "TOP"),
    ],
)
def test_a_currency_is_parted_from_its_sum(text: str, rest: str, currency: str | None) -> None:
    assert split_currency(text) == (rest, currency)


@pytest.mark.parametrize("text", ["3 EUR USD", "€5 £5", "7€20"])
def test_two_currencies_or_one_amid_digits_are_none(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        split_currency(text)


def test_a_sum_has_no_more_decimals_than_its_currency() -> None:
    assert in_minor(Decimal("1.5"), "EUR", exact=True) == Money(150, "EUR")
    assert in_minor(Decimal("1.5"), "JPY") == Money(2, "JPY")
    for amount, currency in ((Decimal("1.5"), "JPY"), (Decimal(10) ** 20, "EUR")):
        with pytest.raises(ValueError):  # noqa: PT011
            in_minor(amount, currency, exact=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十一", 21), ("两百", 200), ("两百五", 250), ("三百零五", 305), ("一万二", 12_000),
     ("一千二百万", 12_000_000), ("一亿两千万", 120_000_000), ("两三百", 200), ("二三十", 20), ("零", 0),
     ("百", None), ("万", None), ("万一", None), ("千万", None), ("二零二七", None), ("", None)],
)  # fmt: skip
def test_chinese_numerals(text: str, number: int | None) -> None:
    assert han_number(text) == number


@given(st.text(alphabet="0123456789.,  -()kM万亿千元€$十百零一二", max_size=14) | st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(ValueError):
        rest, currency = split_currency(text)
        money = in_minor(read_amount(rest), currency or "EUR")
        assert abs(money.minor) <= 2**53


@given(st.integers(0, 9999))
def test_numerals_as_they_are_spelt(number: int) -> None:
    digits = "零一二三四五六七八九"
    spelt = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            spelt += digits[digit] + sign
        elif spelt and not spelt.endswith("零"):
            spelt += "零"
    assert han_number(spelt.rstrip("零") or "零") == number
