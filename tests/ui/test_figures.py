"""Sums, days and lengths of time as a person reads them."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.qualify.terms import DAY, Money
from leaddesk.ui import figures

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (Money(38_000_000, "EUR"), "€380k", "€38万"),
        (Money(210_000_000, "EUR"), "€2.1M", "€210万"),
        (Money(840_000_000, "CNY"), "¥8.4M", "¥840万"),
        (Money(12_000_000, "CNY"), "¥120k", "¥12万"),
        (Money(99_950_000, "EUR"), "€1M", "€100万"),
        (Money(123_456_700, "USD"), "$1.23M", "$123万"),
        (Money(50_000, "EUR"), "€500", "€500"),
        (Money(500_000, "JPY"), "JP¥500k", "JP¥50万"),
        (Money(1_500_000, "KWD"), "KWD 1.5k", "KWD 1,500"),
        (Money(-4_000_000, "EUR"), "-€40k", "-€4万"),
        (Money(0, "EUR"), "€0", "€0"),
    ],
)
def test_short_sums(money: Money, english: str, chinese: str) -> None:
    assert figures.short_money(money, "en") == english
    assert figures.short_money(money, "zh_CN") == chinese


def test_full_and_typed_sums() -> None:
    assert figures.full_money(Money(8_000_000, "EUR"), "en") == "€80,000"
    assert figures.full_money(Money(125_050, "EUR"), "en") == "€1,250.50"
    assert figures.full_money(Money(8_000_000, "CNY"), "zh_CN") == "¥8万"
    assert figures.typed_money(Money(3_000_000, "CNY")) == "30000 CNY"
    assert figures.typed_money(Money(125_050, "USD")) == "1250.50 USD"


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 11, 18), "today", "今天"),
        (date(2026, 11, 19), "tomorrow", "明天"),
        (date(2026, 11, 17), "yesterday", "昨天"),
        (date(2026, 11, 20), "Fri", "周五"),
        (date(2026, 11, 25), "25 Nov", "11月25日"),
        (date(2027, 1, 2), "2 Jan 2027", "2027年1月2日"),
    ],
)
def test_days_near_and_far(day: date, english: str, chinese: str) -> None:
    assert figures.near_day(day, TODAY, "en") == english
    assert figures.near_day(day, TODAY, "zh_CN") == chinese


def test_lengths_of_time_and_counts() -> None:
    assert figures.lasting(2 * figures.HOUR, "en") == "2 h"
    assert figures.lasting(40 * figures.MINUTE, "zh_CN") == "40 分钟"
    assert figures.lasting(3 * DAY, "zh_CN") == "3 天"
    assert figures.days(31, "en") == "31d"
    assert figures.short_count(640, "en") == "640"
    assert figures.short_count(1284, "en") == "1.3k"
    assert figures.short_count(80_000, "zh_CN") == "8万"


def test_points_are_cut_not_rounded() -> None:
    assert figures.whole_points(649) == "64"
    assert (figures.exact_points(649), figures.exact_points(640)) == ("64.9", "64")
    assert figures.signed_points(-25) == "−2.5"
    assert figures.signed_points(180) == "+18"


def test_how_far_into_a_call() -> None:
    assert figures.minutes_into(252_999) == "04:12"
    assert figures.minutes_into(3_852_000) == "1:04:12"
    assert figures.minutes_into(-5) == "00:00"
