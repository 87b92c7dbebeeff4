"""Stretches of days that move with today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.filtering.periods import Period, span

_DAYS = st.dates(date(1970, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.TODAY, "2026-03-04", "2026-03-04"),
        (Period.THIS_WEEK, "2026-03-02", "2026-03-08"),
        (Period.NEXT_WEEK, "2026-03-09", "2026-03-15"),
        (Period.LAST_WEEK, "2026-02-23", "2026-03-01"),
        (Period.THIS_MONTH, "2026-03-01", "2026-03-31"),
        (Period.NEXT_MONTH, "2026-04-01", "2026-04-30"),
        (Period.LAST_MONTH, "2026-02-01", "2026-02-28"),
    ],
)
def test_of_a_wednesday(period: Period, first: str, last: str) -> None:
    assert span(period, date(2026, 3, 4)) == (date.fromisoformat(first), date.fromisoformat(last))


@given(today=_DAYS)
def test_they_meet_without_a_gap(today: date) -> None:
    day = timedelta(days=1)
    for before, after in (
        (Period.LAST_WEEK, Period.THIS_WEEK),
        (Period.THIS_WEEK, Period.NEXT_WEEK),
        (Period.LAST_MONTH, Period.THIS_MONTH),
        (Period.THIS_MONTH, Period.NEXT_MONTH),
        (Period.PAST, Period.TODAY),
        (Period.TODAY, Period.FUTURE),
    ):
        last, first = span(before, today)[1], span(after, today)[0]
        assert last is not None
        assert first == last + day
    for period in (Period.TODAY, Period.THIS_WEEK, Period.THIS_MONTH):
        first, last = span(period, today)
        assert first is not None
        assert last is not None
        assert first <= today <= last
