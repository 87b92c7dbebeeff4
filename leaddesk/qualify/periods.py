"""Days and stretches of days: weeks, months, quarters, years, and their beginnings, middles and ends."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

#: A day with its year first.
YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`. `point`: the one day that is meant where a plan names the period; else the last."""

    first: date
    last: date
    point: date | None = None

    @property
    def planned(self) -> date:
        """The day a plan for this period means: of `next week` its Monday, of a month or a quarter the last day."""
        return self.point or self.last


def read_day(text: str) -> date:
    """A day written year first: 2026-03-01, 2026/3/1, 2026年3月1日; ValueError where it is none."""
    found = YEAR_FIRST.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def one_day(day: date) -> Period:
    """A single day."""
    return Period(day, day)


def months_later(today: date, count: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def months(year: int, first: int, last: int) -> Period:
    """Whole months of one year."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def coming_months(first: int, last: int, today: date) -> Period:
    """Whole months of this year, or of the next where they are over."""
    return months(today.year if last >= today.month else today.year + 1, first, last)


def coming_day(month: int, day: int, today: date) -> Period:
    """A day of this year, or of the next where it is over."""
    this_year = date(today.year, month, day)
    return one_day(this_year if this_year >= today else date(today.year + 1, month, day))


def quarter_around(today: date, ahead: int = 0) -> Period:
    """The quarter that today lies in, or one so many quarters ahead."""
    start = months_later(today.replace(day=1), 3 * ahead - (today.month - 1) % 3)
    return months(start.year, start.month, start.month + 2)


def week_around(today: date, ahead: int = 0) -> Period:
    """The working week that today lies in, or one so many weeks ahead; at the weekend this week ends on Sunday."""
    monday = today + timedelta(days=7 * ahead - today.weekday())
    friday = monday + timedelta(days=4)
    return Period(monday, friday if friday >= today else friday + timedelta(days=2), monday if ahead else None)


def weekday(index: int, today: date, weeks: int | None = None) -> Period:
    """The next such weekday after today; with `weeks`, the one of the week so many weeks ahead."""
    if weeks is None:
        return one_day(today + timedelta(days=(index - today.weekday() - 1) % 7 + 1))
    return one_day(today + timedelta(days=7 * weeks - today.weekday() + index))


def part_of(period: Period, part: str) -> Period:
    """The end, the middle or the beginning of a period, as a single day; all of it for an empty part."""
    if not part:
        return period
    if part in {"end", "late", "底", "末", "下旬"}:
        return one_day(period.last)
    days = (period.last - period.first).days + 1
    if days > 300:
        return one_day(date(period.first.year, 6, 30) if part in _MIDDLE else date(period.first.year, 3, 31))
    share = days * 2 // 3 if part == "中旬" else days // 2 if part in _MIDDLE else days // 3
    return one_day(period.first + timedelta(days=max(share, 1) - 1))


_MIDDLE = frozenset({"mid", "middle", "中", "中旬"})
