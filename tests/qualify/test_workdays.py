"""Worked days: counted as one would count them on a wall calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.workdays import Calendar

_DAYS = st.dates(date(2019, 11, 1), date(2025, 3, 1))
_YEARLY = st.sampled_from([(1, 1), (2, 29), (5, 1), (10, 1), (12, 25), (12, 31)])
_CALENDARS = st.builds(
    Calendar,
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
    holidays=st.frozensets(_DAYS, max_size=6),
    yearly=st.frozensets(_YEARLY, max_size=4),
    workdays=st.frozensets(_DAYS, max_size=4),
)


def _one_by_one(calendar: Calendar, since: date, until: date) -> int:
    return sum(calendar.works(since + timedelta(days=n)) for n in range(1, (until - since).days + 1))


@given(_CALENDARS, _DAYS, st.integers(-10, 500))
def test_it_counts_as_day_by_day(calendar: Calendar, since: date, days: int) -> None:
    until = since + timedelta(days=days)
    assert calendar.worked(since, until) == _one_by_one(calendar, since, until)


@given(_CALENDARS, st.lists(_DAYS, min_size=3, max_size=3))
def test_spans_add_up(calendar: Calendar, days: list[date]) -> None:
    first, middle, last = sorted(days)
    assert calendar.worked(first, last) == calendar.worked(first, middle) + calendar.worked(middle, last)


@given(_CALENDARS, _DAYS, st.integers(0, 60), st.integers(-3, 3))
def test_the_day_before_so_many_worked_days_parts_earlier_from_later(
    calendar: Calendar, until: date, days: int, off: int
) -> None:
    day = calendar.before(until, days)
    assert day is not None
    other = day + timedelta(days=off)
    assert (calendar.worked(other, until) >= days) == (other <= day or days == 0)


def test_weekends_holidays_and_days_worked_all_the_same() -> None:
    friday = date(2027, 2, 5)
    assert Calendar().worked(friday, friday + timedelta(days=3)) == 1
    assert Calendar(holidays=frozenset({date(2027, 2, 8)})).worked(friday, date(2027, 2, 8)) == 0
    assert Calendar(workdays=frozenset({date(2027, 2, 6)})).worked(friday, date(2027, 2, 8)) == 2
    assert Calendar(yearly=frozenset({(2, 8)})).works(date(2030, 2, 8)) is False


def test_where_nobody_ever_works_there_is_no_such_day() -> None:
    assert Calendar(weekend=frozenset(range(7))).before(date(2027, 2, 5), 1) is None
    assert Calendar().before(date(2027, 2, 5), 1_000_000) is None
