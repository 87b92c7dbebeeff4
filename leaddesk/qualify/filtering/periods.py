"""Stretches of days that move with today."""

from __future__ import annotations

import enum
from datetime import date, timedelta

from leaddesk.qualify.periods import months, months_later


class Period(enum.StrEnum):
    """Weeks begin on Monday. PAST ends yesterday, FUTURE begins tomorrow."""

    PAST = "past"
    TODAY = "today"
    TOMORROW = "tomorrow"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"
    LAST_MONTH = "last_month"
    FUTURE = "future"


def span(period: Period, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a stretch; None: open on that side."""
    day = timedelta(days=1)
    monday = today - today.weekday() * day
    match period:
        case Period.PAST:
            return None, today - day
        case Period.FUTURE:
            return today + day, None
        case Period.TODAY:
            return today, today
        case Period.TOMORROW:
            return today + day, today + day
        case Period.YESTERDAY:
            return today - day, today - day
        case Period.THIS_WEEK:
            return monday, monday + 6 * day
        case Period.NEXT_WEEK:
            return monday + 7 * day, monday + 13 * day
        case Period.LAST_WEEK:
            return monday - 7 * day, monday - day
    by = {Period.THIS_MONTH: 0, Period.NEXT_MONTH: 1, Period.LAST_MONTH: -1}[period]
    there = months_later(today.replace(day=1), by)
    whole = months(there.year, there.month, there.month)
    return whole.first, whole.last
