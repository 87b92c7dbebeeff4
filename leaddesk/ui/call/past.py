"""Reads when a call was, from plain words: `14:30`, `yesterday 9:15`, `Tue 11:05`, `14 Nov 10:00`, `昨天下午三点`."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

from leaddesk.qualify.days import When, read_when

_AGO = {"day before yesterday": 2, "yesterday": 1, "前天": 2, "昨天": 1, "昨日": 1}
_NOON = time(12)
_YEARS = (365, 366)
#: What counts onwards from today has not been.
_ONWARDS = re.compile(
    r"next\b|in\b|\+|tomorrow|day after|\d+ ?(?:day|week|month)"
    r"|明|后|大后|下(?!午)|[\d一两二三四五六七八九十]+ ?(?:天|周|个)"
)


def read_past(text: str, now: datetime) -> datetime | None:
    """The latest moment up to now that a few words mean, in the time zone of now; None where they mean none.

    A day without a time of day means its noon; a time without a day that is still to come today was yesterday's.
    """
    words = unicodedata.normalize("NFKC", text).casefold().strip()
    for word, days in _AGO.items():
        if words.startswith(word):
            rest = words.removeprefix(word).strip(" ,")
            clock = read_when(rest, now.date()) if rest else When(now.date())
            if clock is None or clock.day != now.date():
                return None
            return _moment(now, When(now.date() - timedelta(days=days), clock.time or _NOON))
    when = _latest(words, now)
    if when is None:
        return None
    found = _moment(now, when)
    if found > now and when.day == now.date():
        found -= timedelta(days=1)
    return found if found <= now else None


def _latest(words: str, now: datetime) -> When | None:
    """The day as `read_when` reads it, but the last one there was; what counts days onwards from today is none."""
    today = now.date()
    coming = read_when(words, today) if not _ONWARDS.match(words) else None
    if coming is None or (coming.time is None and coming.day == today):
        return None
    if coming.day <= today:
        return coming
    for back, apart in ((7, (7,)), (364, _YEARS)):
        last = read_when(words, today - timedelta(days=back))
        if last is not None and (coming.day - last.day).days in apart:
            return last
    return None


def _moment(now: datetime, when: When) -> datetime:
    return datetime.combine(when.day, when.time or _NOON, now.tzinfo)
