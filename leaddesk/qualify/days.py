"""Reads a day, and a time where one is said, from plain words: `Thu 10`, `24 Nov 10:00`, `+3d`, `下周三`, `年底`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from leaddesk.qualify.amounts import han_number
from leaddesk.qualify.day_words import ways
from leaddesk.qualify.periods import Period, coming_day

_FAR = 40 * 366


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the time of day where one was said."""

    day: date
    time: time | None = None


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day within other words, [start, end). `loose`: the words mean a day only where the rest says so too."""

    start: int
    end: int
    day: date
    loose: bool


def read_when(text: str, today: date, *, month_first: bool = False) -> When | None:
    """The day (and time) a few words mean, seen from today; None where they mean none. Never a day before today,
    unless its year is written out.

    `month_first`: how a day in figures, 10/11/2026, is meant where both orders make one.
    """
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
    words = re.sub(r"^(on|by|at|until|till) ", "", words)  # the day counts, not which side of it
    if not words:
        return None
    rest, clock = _take_time(words)
    if not rest:
        return When(today, clock)
    if (figures := _IN_FIGURES.fullmatch(rest)) is not None:
        day = _of_figures(figures, today, month_first=month_first)
        return None if day is None else When(day, clock)
    for way in ways():
        found = way.pattern.fullmatch(rest)
        if found is None:
            continue
        try:
            period = way.read(found, today)
        except (ValueError, OverflowError):
            continue
        return None if period is None else When(period.planned, clock)
    return None


def is_either(text: str) -> bool:
    """Whether a day is written in figures that make one day with the month first, and another with the day first."""
    found = _IN_FIGURES.fullmatch(text.strip())
    if found is None or found["mark"] == ".":
        return False
    one, two = int(found["one"]), int(found["two"])
    return one != two and max(one, two) <= 12


#: 10/11, 10/11/2026, 10-11-26, 1.2.26. With full stops the day comes first wherever they are written.
_IN_FIGURES = re.compile(r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?")


def _of_figures(found: re.Match[str], today: date, *, month_first: bool) -> date | None:
    """The day that is meant: in the order wanted, or else in the only one that makes a day."""
    one, two, mark, year = int(found["one"]), int(found["two"]), found["mark"], found["year"]
    if mark == "-" and year is None:  # 10-11 is a stretch of hours or days
        return None
    orders = [(two, one), (one, two)] if mark == "." or not month_first else [(one, two), (two, one)]
    for month, day in orders[:1] if mark == "." else orders:
        try:
            if year is None:
                return coming_day(month, day, today).first
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        except ValueError:
            continue
    return None


def find_days(text: str, today: date) -> list[DayFound]:
    """The days named within a text (in lower case), none before today: of a period its last day, of one they want
    something done before the day before it begins."""
    spans: list[tuple[int, int, date | None, bool]] = []
    for way in ways():
        for found in way.pattern.finditer(text):
            start, end = found.span()
            if _within_word(text, start, end):
                continue
            try:
                period = way.read(found, today)
            except (ValueError, OverflowError):
                continue
            spans.append((start, end, _deadline(text, start, end, period, today), way.loose))
    spans.sort(key=lambda span: (span[0] - span[1], span[3]))
    kept: list[tuple[int, int, date | None, bool]] = []
    for span in spans:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return [
        DayFound(start, end, day, loose) for start, end, day, loose in sorted(kept, key=lambda span: span[0]) if day
    ]


def _deadline(text: str, start: int, end: int, period: Period | None, today: date) -> date | None:
    if period is None:
        return None
    before = _BEFORE.search(text, 0, start) or text[start:].startswith("before ") or _AFTERWARDS.match(text, end)
    day = period.first - timedelta(days=1) if before and period.first != period.last else period.last
    return day if 0 <= (day - today).days <= _FAR else None


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether a match is a piece of a longer word, number or version."""
    head, tail = text[start], text[end - 1]
    if (_LATIN.match(head) or head == "'") and _LATIN_BEFORE.search(text[max(start - 2, 0) : start]):
        return True
    if _HAN_NUMERAL.match(head) and start and _HAN_NUMERAL.match(text[start - 1]):
        return True
    following = text[end : end + 2]
    return bool(_LATIN.match(tail) and re.match(r"[0-9a-z\u00e0-\u024f_%]|[.,:/]\d", following))


_BEFORE = re.compile(r"before (?:the )?$|(?:不晚于|早于)$")
_AFTERWARDS = re.compile(r" ?(?:之前|以前|前)")
_LATIN = re.compile(r"[0-9a-z\u00e0-\u024f+]")
_LATIN_BEFORE = re.compile(r"(?:[0-9a-z\u00e0-\u024f_#+$€£¥]|[0-9a-z][.:/-]|\d,)$")
_HAN_NUMERAL = re.compile("[0-9零一二两三四五六七八九十百千万半几.]")


# ── the time of day ──────────────────────────────────────────────────────────────────────────────────────────────────


def _take_time(words: str) -> tuple[str, time | None]:
    """The words without their time, and the time."""
    for pattern, read in _TIMES:
        found = re.search(pattern, words)
        if found is None:
            continue
        try:
            clock = read(found)
        except ValueError:
            continue
        return re.sub(r"[ ,]+(at)?[ ,]*$", "", words[: found.start()] + " "), clock
    return words, None


def _half_day(hour: int, part: str) -> int:
    if part.startswith(("pm", "下午", "晚上")) and hour < 12:
        return hour + 12
    if not part and 0 < hour < 7:
        return hour + 12  # nobody plans a call at three in the morning
    return 0 if part.startswith("am") and hour == 12 else hour


def _chinese_time(found: re.Match[str]) -> time:
    hour = int(found[2]) if found[2].isdecimal() else han_number(found[2])
    return time(_half_day(hour or 0, found[1] or ""), 30 if found[3] else 0)


_TIMES: tuple[tuple[str, Callable[[re.Match[str]], time]], ...] = (
    (r"\b(\d{1,2}):(\d{2})\s*(am|pm)?$", lambda m: time(_half_day(int(m[1]), m[3] or ""), int(m[2]))),
    (r"\b(\d{1,2})\s*(am|pm)$", lambda m: time(_half_day(int(m[1]), m[2]), 0)),
    (r"(上午|下午|晚上|中午)?\s*(\d{1,2}|十[一二]?|[一二两三四五六七八九])点(半)?$", _chinese_time),
    # "Thu 10": a bare hour after a weekday or a near day.
    (r"(?<=day|mon|tue|wed|thu|fri|sat|sun|row) (\d{1,2})$", lambda m: time(_half_day(int(m[1]), ""))),
)
