"""Reads a day, and a time where one is said, from plain words: `Thu 10`, `24 Nov 10:00`, `+3d`, `下周三`, `年底`."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_HAN |= {"十一": 11, "十二": 12}
_COUNT = r"(\d{1,3}|十[一二]?|[一二两三四五六七八九])"
_NEAR = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "明日": 1, "day after tomorrow": 2, "后天": 2, "大后天": 3}
_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the time of day where one was said."""

    day: date
    time: time | None = None


def read_when(text: str, today: date) -> When | None:
    """The day (and time) a few words mean, seen from today; None where they mean none. Never a day before today,
    unless its year is written out."""
    words = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
    words = re.sub(r"^(on|by|at|until|till) ", "", words)  # the day counts, not which side of it
    if not words:
        return None
    rest, clock = _take_time(words)
    try:
        day = _read_day(rest, today) if rest else today
    except (ValueError, OverflowError):
        return None
    return None if day is None else When(day, clock)


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


def _han_number(text: str) -> int:
    return int(text) if text.isdigit() else _HAN[text]


def _chinese_time(found: re.Match[str]) -> time:
    return time(_half_day(_han_number(found[2]), found[1] or ""), 30 if found[3] else 0)


_TIMES: tuple[tuple[str, Callable[[re.Match[str]], time]], ...] = (
    (r"\b(\d{1,2}):(\d{2})\s*(am|pm)?$", lambda m: time(_half_day(int(m[1]), m[3] or ""), int(m[2]))),
    (r"\b(\d{1,2})\s*(am|pm)$", lambda m: time(_half_day(int(m[1]), m[2]), 0)),
    (r"(上午|下午|晚上|中午)?\s*(\d{1,2}|十[一二]?|[一二两三四五六七八九])点(半)?$", _chinese_time),
    # "Thu 10": a bare hour after a weekday or a near day.
    (r"(?<=day|mon|tue|wed|thu|fri|sat|sun|row) (\d{1,2})$", lambda m: time(_half_day(int(m[1]), ""))),
)


def _read_day(words: str, today: date) -> date | None:
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    for pattern, read in _DAYS:
        found = re.fullmatch(pattern, words)
        if found is not None:
            return read(found, today)
    return None


def _weekday(index: int, today: date, *, next_week: bool = False) -> date:
    if next_week:
        return today + timedelta(days=7 - today.weekday() + index)
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def _coming(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _month_end(month: int, today: date) -> date:
    year = today.year if month >= today.month else today.year + 1
    return date(year, month, monthrange(year, month)[1])


def months_later(today: date, count: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _later(count: int, unit: str, today: date) -> date:
    if unit.startswith(("d", "天", "日")):
        return today + timedelta(days=count)
    if unit.startswith(("w", "周", "星期", "个星期")):
        return today + timedelta(weeks=count)
    if unit.startswith(("y", "年")):
        return months_later(today, 12 * count)
    return months_later(today, count)


def _english_weekday(found: re.Match[str], today: date) -> date:
    return _weekday(_WEEKDAYS.index(found[2]), today, next_week=found[1] is not None)


def _chinese_weekday(found: re.Match[str], today: date) -> date:
    index = 6 if found[2] in "日天" else _HAN[found[2]] - 1
    if found[1] == "下下":
        return _weekday(index, today + timedelta(days=7), next_week=True)
    return _weekday(index, today, next_week=found[1] == "下")


def _quarter(found: re.Match[str], today: date) -> date:
    return _month_end(3 * _han_number(found[1]), today)


def _day_of_month(found: re.Match[str], today: date) -> date:
    number = int(found[1])
    if number >= today.day:
        return today.replace(day=number)
    return months_later(today.replace(day=1), 1).replace(day=number)


def _month_of(name: str) -> int:
    return _MONTHS.index(name) + 1


_UNITS = r"(d|days?|w|wks?|weeks?|m|months?|y|years?)"
_HAN_UNITS = r"(天|日|周|个?星期|个?月|年)"

_DAYS: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", lambda m, _: date(int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda m, _: date(int(m[3]), int(m[2]), int(m[1]))),
    (r"(\d{1,2})\.(\d{1,2})\.?", lambda m, today: _coming(int(m[2]), int(m[1]), today)),
    (rf"(?:{_WEEKDAY},? )?(\d{{1,2}})\.? {_MONTH}", lambda m, today: _coming(_month_of(m[3]), int(m[2]), today)),
    (rf"(?:{_WEEKDAY},? )?{_MONTH} (\d{{1,2}})", lambda m, today: _coming(_month_of(m[2]), int(m[3]), today)),
    (rf"(\d{{1,2}})\.? {_MONTH} (\d{{4}})", lambda m, _: date(int(m[3]), _month_of(m[2]), int(m[1]))),
    (rf"{_COUNT}月(\d{{1,2}})[日号]?", lambda m, today: _coming(_han_number(m[1]), int(m[2]), today)),
    (r"(\d{1,2})[日号]", _day_of_month),
    (rf"(?:\+|in )?\s*(\d{{1,3}})\s*{_UNITS}", lambda m, today: _later(int(m[1]), m[2], today)),
    (rf"(?:in )?an? {_UNITS}", lambda m, today: _later(1, m[1], today)),
    (rf"\+?{_COUNT}{_HAN_UNITS}(?:后|以后|之后|内)", lambda m, today: _later(_han_number(m[1]), m[2], today)),
    (rf"(next )?{_WEEKDAY}", _english_weekday),
    (r"(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])", _chinese_weekday),
    (r"next week|下(?:个)?(?:周|星期)", lambda _, today: _weekday(0, today, next_week=True)),
    (r"next month|下个?月", lambda _, today: months_later(today, 1)),
    (r"next year|明年", lambda _, today: date(today.year + 1, 1, 1)),
    (r"(?:end of (?:the )?month|month end|eom|月底|本月底)", lambda _, today: _month_end(today.month, today)),
    (r"(?:end of (?:the )?year|year end|eoy|年底|年末)", lambda _, today: date(today.year, 12, 31)),
    (r"q([1-4])", _quarter),
    (r"第?([一二三四])季度", _quarter),
    (_MONTH, lambda m, today: _month_end(_month_of(m[1]), today)),
    (rf"{_COUNT}月份?", lambda m, today: _month_end(_han_number(m[1]), today)),
)
