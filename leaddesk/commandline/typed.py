"""Reads single words of the command line: days, instants, counts, FIELD=VALUE. What cannot be is wrong use."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime

from leaddesk.db.days import end_of_day, local_day, this_instant
from leaddesk.qualify.fields import FIELD
from leaddesk.qualify.periods import read_day
from leaddesk.qualify.terms import Instant

#: Before a name that is no field: a value kept under the name of its own.
CUSTOM = "custom."

# The year 3000: what is planned from there on still has a date.
_LATEST: Instant = 32_503_680_000_000


def day(text: str) -> date:
    """A day, year first."""
    try:
        return read_day(text)
    except ValueError as trouble:
        raise argparse.ArgumentTypeError(text) from trouble


def moment(text: str) -> Instant:
    """An instant: a bare day means its last millisecond here, today's means now; a time may follow the day."""
    try:
        try:
            typed = read_day(text)
        except ValueError:
            return _usable(round(datetime.fromisoformat(text.strip()).astimezone().timestamp() * 1000))
        now = this_instant()
        return now if typed == local_day(now) else _usable(end_of_day(typed))
    except (ValueError, OverflowError, OSError) as trouble:
        raise argparse.ArgumentTypeError(text) from trouble


def _usable(at: Instant) -> Instant:
    """Ids carry their instant, and have no room for one before 1970; days are counted on from the latest."""
    if not 0 <= at < _LATEST:
        raise ValueError(at)
    return at


def count(text: str) -> int:
    """A number of things, 0 or more."""
    return _number(text, 10**9)


def minutes(text: str) -> int:
    """Minutes of a call."""
    return _number(text, 24 * 60)


def seed(text: str) -> int:
    """Which sample leads: any whole number."""
    digits = text.removeprefix("-")
    return -_number(digits, 10**18) if digits != text else _number(text, 10**18)


def assignment(text: str) -> tuple[str, str]:
    """FIELD=VALUE, the field known or `custom.` and a name."""
    name, value = _parts(text)
    if name not in FIELD and not (name.startswith(CUSTOM) and len(name) > len(CUSTOM)):
        raise argparse.ArgumentTypeError(name)
    return name, value


def column_mapping(text: str) -> tuple[str, str]:
    """COLUMN=FIELD, where FIELD may be `custom` (kept under the column's name) or `skip` (left out)."""
    name, _, field = text.rpartition("=")  # the column's name may hold = itself
    if not name or field not in (*FIELD, "custom", "skip"):
        raise argparse.ArgumentTypeError(text)
    return name, field


def sign_off(text: str) -> tuple[str, str]:
    """CODE=PERSON."""
    return _parts(text, wanted=lambda value: bool(value.strip()))


def _parts(text: str, wanted: Callable[[str], bool] = lambda _value: True) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals or not wanted(value):
        raise argparse.ArgumentTypeError(text)
    return name.strip(), value


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)) or int(text) > most:
        raise argparse.ArgumentTypeError(text)
    return int(text)
