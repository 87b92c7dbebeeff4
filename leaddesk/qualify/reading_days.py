"""Reads which days a team works, and when leads go back to the public pool."""

from __future__ import annotations

import re
from datetime import date

from leaddesk.qualify.pool import Pool
from leaddesk.qualify.sections import Section
from leaddesk.qualify.workdays import WEEKDAYS, Calendar

_YEARLY = re.compile(r"(\d\d)-(\d\d)")
_LEAP_YEAR = 2000
_MOST_DAYS = 36_500
_MOST_LEADS = 1_000_000


def read_calendar(root: Section) -> Calendar:
    """The table `[calendar]`; without one Saturday and Sunday are free."""
    if not root.has("calendar"):
        return Calendar()
    table = root.section("calendar")
    holidays, yearly = _days(table, "holidays", every_year=True)
    workdays, _ = _days(table, "workdays", every_year=False)
    calendar = Calendar(_weekend(table), frozenset(holidays), frozenset(yearly), frozenset(workdays))
    table.done()
    return calendar


def read_pool(root: Section) -> Pool | None:
    """The table `[pool]`; None without one: no lead is ever taken from anybody."""
    if not root.has("pool"):
        return None
    table = root.section("pool")
    pool = Pool(
        days=table.whole("days", least=1, most=_MOST_DAYS),
        limit=table.whole("limit", least=1, most=_MOST_LEADS),
    )
    table.done()
    return pool


def _weekend(table: Section) -> frozenset[int]:
    if not table.has("weekend"):
        return Calendar().weekend
    named = table.value("weekend", list, [])
    found: set[int] = set()
    for place, name in enumerate(named):
        if isinstance(name, str) and name in WEEKDAYS:
            found.add(WEEKDAYS.index(name))
        else:
            table.not_offered(f"weekend[{place}]", "not_offered", str(name), WEEKDAYS)
    if len(found) == len(WEEKDAYS):
        table.wrong("weekend", "no_workday")
        return Calendar().weekend
    return frozenset(found)


def _days(table: Section, key: str, *, every_year: bool) -> tuple[set[date], set[tuple[int, int]]]:
    """Single days, and days of every year as MM-DD."""
    once: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for place, found in enumerate(table.value(key, list, [])):
        if type(found) is date:  # a day as TOML writes it, without quotes
            once.add(found)
            continue
        text = found if isinstance(found, str) else ""
        match = _YEARLY.fullmatch(text) if every_year else None
        try:
            if match is not None:
                day = date(_LEAP_YEAR, int(match[1]), int(match[2]))
                yearly.add((day.month, day.day))
            else:
                once.add(date.fromisoformat(text))
        except ValueError:
            table.wrong(f"{key}[{place}]", "bad_day", value=str(found))
    return once, yearly
