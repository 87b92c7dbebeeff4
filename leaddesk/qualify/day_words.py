"""The ways days are said in English and Chinese: `24 Nov`, `end of March`, `Q4 2027`, `下周三`, `明年三月底`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from leaddesk.qualify.amounts import han_number
from leaddesk.qualify.periods import (
    YEAR_FIRST,
    Period,
    coming_day,
    coming_months,
    months,
    months_later,
    one_day,
    part_of,
    quarter_around,
    week_around,
    weekday,
)

_Read: TypeAlias = Callable[[re.Match[str], date], Period | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a day, over text in lower case; `read` raises ValueError or OverflowError for a day there is not.

    `loose`: within other words it means a day only where the rest says so too. None is read for days that are over.
    """

    pattern: re.Pattern[str]
    read: _Read
    loose: bool = False


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTS = {
    name: count
    for count, name in enumerate("a one two three four five six seven eight nine ten eleven twelve".split(), start=0)
} | {"a": 1, "an": 1, "a couple of": 2}

_FULL_WEEKDAY = r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?"
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_SURE_MONTH = "(january|february|april|june|july|august|september|october|november|december)"
_TH = r"(?:st|nd|rd|th)?\.?"
_NUMBER = r"(\d{1,3}|(?:a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[ -]))"
_UNIT = r"(days?|d|weeks?|wks?|w|months?|m|quarters?|years?|y)"
_HAN_COUNT = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_HAN_UNIT = r"(天|周|个?星期|个?礼拜|个月|个?季度|年)"
_YEAR = r"(\d{4}|'?\d{2}(?= |$)|next year|this year)"
_HAN_YEAR = r"(\d{4}年?|今年|明年|来年|次年|后年)"
_PART = r"(?:(?:the )?(end|late|middle|mid|beginning|start|early)(?:[ -]of)?[ -](?:the )?)"
_HAN_PART = r"(底|末|初|中旬|中|上旬|下旬)"
_HALF = {"上": 1, "下": 7, "1": 1, "2": 7, "first": 1, "second": 7}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def _count(text: str) -> int:
    if text in _COUNTS:
        return _COUNTS[text]
    # 两三 and 十来 are not counts of one thing; of two neighbours the later one is promised.
    if re.fullmatch("[一二两三四五六七八九]{2}", text):
        text = text[1]
    count = int(text) if text.isdecimal() else han_number(text)
    if count is None:
        raise ValueError(text)
    return count


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    return today.year + {"this year": 0, "今年": 0, "后年": 2}.get(text, 1)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1


def _later(count: int, unit: str, today: date) -> Period:
    if unit.startswith(("d", "天", "日")):
        return one_day(today + timedelta(days=count))
    if unit.startswith(("w", "周", "星期", "个星期", "礼拜", "个礼拜")):
        return one_day(today + timedelta(weeks=count))
    if unit.startswith(("q", "季", "个季")):
        return one_day(months_later(today, 3 * count))
    return one_day(months_later(today, 12 * count if unit.startswith(("y", "年")) else count))


def _named(first: int, last: int, year: int | None, part: str | None, today: date) -> Period:
    """Some months, of a year where one is said."""
    period = coming_months(first, last, today) if year is None else months(year, first, last)
    return part_of(period, part or "")


def _day_of_month(found: re.Match[str], today: date) -> Period:
    number = _count(found[1])
    if number >= today.day:
        return one_day(today.replace(day=number))
    return one_day(months_later(today.replace(day=1), 1).replace(day=number))


def _on(year: int | None, month: int, day: int, today: date) -> Period:
    return coming_day(month, day, today) if year is None else one_day(date(year, month, day))


def _quarter(number: int, year: int | None, part: str | None, today: date) -> Period:
    return _named(3 * number - 2, 3 * number, year, part, today)


def _half(name: str, year: int | None, part: str | None, today: date) -> Period:
    return _named(_HALF[name], _HALF[name] + 5, year, part, today)


def _han_weekday(found: re.Match[str], today: date) -> Period:
    index = 5 if found[2] == "末" else 6 if found[2] in "日天" else _count(found[2]) - 1
    return weekday(index, today, {"下下": 2, "下": 1}.get(found[1] or ""))


def _this_month(part: str, today: date, ahead: int = 0) -> Period:
    start = months_later(today.replace(day=1), ahead)
    whole = months(start.year, start.month, start.month)
    period = part_of(whole, part)
    if not part and ahead:
        return Period(whole.first, whole.last, months_later(today, ahead))
    return period


def _iso_week(number: int, today: date) -> Period:
    friday = date.fromisocalendar(today.year, number, 5)
    return one_day(friday if friday >= today else date.fromisocalendar(today.year + 1, number, 5))


def _half_year(_: re.Match[str], today: date) -> Period:
    return one_day(months_later(today, 6))


def _with_half(found: re.Match[str], today: date) -> Period:
    """一个半月, 两年半: so many and a half."""
    count = _count(found[1])
    if found[2] == "月":
        return one_day(months_later(today, count) + timedelta(days=15))
    return one_day(months_later(today, 12 * count + 6))


def _over(_: re.Match[str], __: date) -> None:
    return None


# The first day of the Chinese year, by the moon; later ones are not read.
_SPRING_FESTIVALS = tuple(
    date.fromisoformat(day)
    for day in "2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 "
    "2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12".split()
)


def _spring_festival(_: re.Match[str], today: date) -> Period | None:
    coming = next((day for day in _SPRING_FESTIVALS if day >= today), None)
    return None if coming is None else one_day(coming)


_AFTER = r"(?:以后|之后|以内|之内|时间内|时间|后|内|左右)"
_NEAR = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "明日": 1, "day after tomorrow": 2, "后天": 2, "大后天": 3}

# pattern, reader, loose
_DATED: tuple[tuple[str, _Read, bool], ...] = (
    (YEAR_FIRST.pattern, lambda m, _: one_day(date(*map(int, m.groups()))), False),
    (r"(\d{1,2})\.(\d{1,2})\.(\d{4})", lambda m, _: one_day(date(int(m[3]), int(m[2]), int(m[1]))), False),
    (r"(\d{1,2})\.(\d{1,2})\.?", lambda m, today: coming_day(int(m[2]), int(m[1]), today), True),
    (
        rf"(?:{_WEEKDAY},? )?(?:the )?(\d{{1,2}}){_TH} (?:of )?{_MONTH}(?:,? {_YEAR})?",
        lambda m, today: _on(_year(m[4], today), _month(m[3]), int(m[2]), today),
        False,
    ),
    (
        rf"(?:{_WEEKDAY},? )?{_MONTH} (?:the )?(\d{{1,2}}){_TH}(?:,? {_YEAR})?",
        lambda m, today: _on(_year(m[4], today), _month(m[2]), int(m[3]), today),
        False,
    ),
    (
        rf"{_HAN_YEAR}?{_HAN_COUNT}月{_HAN_COUNT}[日号]?",
        lambda m, today: _on(_year(m[1], today), _count(m[2]), _count(m[3]), today),
        False,
    ),
    (rf"{_HAN_COUNT}[日号]", _day_of_month, True),
)

_AHEAD: tuple[tuple[str, _Read, bool], ...] = (
    (
        "|".join(map(re.escape, sorted(_NEAR, key=len, reverse=True))),
        lambda m, today: one_day(today + timedelta(days=_NEAR[m[0]])),
        False,
    ),
    (rf"(?:\d+|half an?|{_NUMBER}) ?{_UNIT} ago", _over, False),
    (rf"(?:{_HAN_COUNT}(?:个半)?{_HAN_UNIT}半?|半个?[年月])(?:以|之)?前", _over, False),
    (rf"(?:\+|in )\s*{_NUMBER}\s*{_UNIT}", lambda m, today: _later(_count(m[1]), m[2], today), False),
    (
        rf"(?:in|within|inside) (?:the next |the coming |about |around |roughly )?{_NUMBER}[ -]?{_UNIT}(?: from now)?",
        lambda m, today: _later(_count(m[1]), m[2], today),
        False,
    ),
    (rf"{_NUMBER} ?{_UNIT} from (?:now|today)", lambda m, today: _later(_count(m[1]), m[2], today), False),
    (
        rf"(?:(?:in|within) )?{_NUMBER} ?(?:-|–|to|or) ?{_NUMBER} {_UNIT}",
        lambda m, today: _later(_count(m[2]), m[3], today),
        True,
    ),
    (rf"{_NUMBER} ?{_UNIT}", lambda m, today: _later(_count(m[1]), m[2], today), True),
    (r"(?:in|within) (?:half a year|half-a-year|six months)|half a year from now", _half_year, False),
    (rf"\+?{_HAN_COUNT}{_HAN_UNIT}{_AFTER}", lambda m, today: _later(_count(m[1]), m[2], today), False),
    (
        rf"{_HAN_COUNT}(?:-|–|~|到|至){_HAN_COUNT}{_HAN_UNIT}{_AFTER}",
        lambda m, today: _later(_count(m[2]), m[3], today),
        False,
    ),
    (rf"{_HAN_COUNT}{_HAN_UNIT}", lambda m, today: _later(_count(m[1]), m[2], today), True),
    (rf"半年{_AFTER}", _half_year, False),
    ("半年", _half_year, True),
    (rf"半个月{_AFTER}", lambda _, today: one_day(today + timedelta(days=15)), False),
    (
        rf"{_HAN_COUNT}个半(月){_AFTER}?|{_HAN_COUNT}(年)半{_AFTER}?",
        lambda m, today: _with_half(m, today) if m[1] else one_day(months_later(today, 12 * _count(m[3]) + 6)),
        False,
    ),
)

_WEEKS: tuple[tuple[str, _Read, bool], ...] = (
    (rf"(?:last|past|previous|every|each|since) (?:{_WEEKDAY}|{_MONTH}|week|month|quarter|q[1-4]|year)", _over, False),
    (r"(?:上上|上|每)个?(?:周|星期|礼拜)[一二三四五六日天末]?|(?:上|每)个?(?:月|季度)[底末初]?", _over, False),
    (
        rf"(?:(next|this|coming) )?{_FULL_WEEKDAY}",
        lambda m, today: weekday(_WEEKDAYS.index(m[2][:3]), today, 1 if m[1] == "next" else None),
        False,
    ),
    (
        rf"(next|this|coming) {_WEEKDAY}",
        lambda m, today: weekday(_WEEKDAYS.index(m[2]), today, 1 if m[1] == "next" else None),
        False,
    ),
    (_WEEKDAY, lambda m, today: weekday(_WEEKDAYS.index(m[1]), today), True),
    (r"(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])", _han_weekday, False),
    (r"next week|下(?:个)?(?:周|星期|礼拜)", lambda _, today: week_around(today, 1), False),
    (r"(?:the )?end of next week", lambda _, today: one_day(week_around(today, 1).last), False),
    (
        r"(?:the )?end of (?:the|this) week|eow|this week|[本这]个?(?:周|星期|礼拜)",
        lambda _, today: one_day(week_around(today).last),
        False,
    ),
    (r"(?:calendar week|cw|kw) ?(\d{1,2})", lambda m, today: _iso_week(int(m[1]), today), False),
)

_MONTHLY: tuple[tuple[str, _Read, bool], ...] = (
    (r"next month|下个?月", lambda _, today: _this_month("", today, 1), False),
    (r"(?:the )?end of next month|下个?月[底末]", lambda _, today: _this_month("end", today, 1), False),
    (
        r"(?:the )?end of (?:the |this )?month|month end|eom|[本这]?个?月[底末]|this month|[本这]个?月",
        lambda _, today: _this_month("end", today),
        False,
    ),
    (
        rf"{_PART}{_MONTH}(?:,? (?:of )?{_YEAR})?",
        lambda m, today: _named(_month(m[2]), _month(m[2]), _year(m[3], today), m[1], today),
        False,
    ),
    (
        rf"(?:in|by|until|till|before|for|this|next) {_MONTH}(?: (?:of )?{_YEAR})?",
        lambda m, today: _named(_month(m[1]), _month(m[1]), _year(m[2], today), None, today),
        False,
    ),
    (
        rf"{_MONTH},? (?:of )?{_YEAR}",
        lambda m, today: _named(_month(m[1]), _month(m[1]), _year(m[2], today), None, today),
        False,
    ),
    (rf"next year {_MONTH}", lambda m, today: _named(_month(m[1]), _month(m[1]), today.year + 1, None, today), False),
    (_SURE_MONTH, lambda m, today: _named(_month(m[1]), _month(m[1]), None, None, today), False),
    (_MONTH, lambda m, today: _named(_month(m[1]), _month(m[1]), None, None, today), True),
    (
        rf"{_HAN_YEAR}?的?{_HAN_COUNT}月份?{_HAN_PART}?",
        lambda m, today: _named(_count(m[2]), _count(m[2]), _year(m[1], today), m[3], today),
        False,
    ),
)

_YEARLY: tuple[tuple[str, _Read, bool], ...] = (
    (
        rf"{_PART}?q([1-4])(?: ?[/,]? ?(?:of )?{_YEAR})?",
        lambda m, today: _quarter(int(m[2]), _year(m[3], today), m[1], today),
        False,
    ),
    (
        r"(\d{4}|next year|this year)'?s? ?q([1-4])",
        lambda m, today: _quarter(int(m[2]), _year(m[1], today), None, today),
        False,
    ),
    (
        rf"{_PART}?(?:the )?(first|second|third|fourth|last) quarter(?: (?:of )?{_YEAR})?",
        lambda m, today: _quarter(_QUARTERS[m[2]], _year(m[3], today), m[1], today),
        False,
    ),
    (
        rf"{_HAN_YEAR}?的?(?:第?{_HAN_COUNT}季度?|q([1-4])){_HAN_PART}?",
        lambda m, today: _quarter(int(m[3]) if m[3] else _count(m[2]), _year(m[1], today), m[4], today),
        False,
    ),
    (r"(?:the )?end of next quarter|next quarter|下个?季度[底末]?", lambda _, today: quarter_around(today, 1), False),
    (
        r"(?:the )?end of (?:the|this) quarter|eoq|quarter end|this quarter|(?:[本这]个?)?季度?[底末]|[本这]个?季度",
        lambda _, today: quarter_around(today),
        False,
    ),
    (
        rf"(?:h([12])|(?:the )?(first|second) half)(?: ?(?:of )?{_YEAR})?",
        lambda m, today: _half(m[1] or m[2], _year(m[3], today), None, today),
        False,
    ),
    (rf"{_HAN_YEAR}?的?([上下])半年{_HAN_PART}?", lambda m, today: _half(m[2], _year(m[1], today), m[3], today), False),
    (
        r"(?:the )?end of (?:the |this )?year|(?:the )?year[ -]?end|eoy|今?年[底末]|今年年[底末]",
        lambda _, today: one_day(date(today.year, 12, 31)),
        False,
    ),
    (
        rf"{_PART}(next year|this year|\d{{4}})|(next year|this year)",
        lambda m, today: (
            Period(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31), date(today.year + 1, 1, 1))
            if m[3] == "next year"
            else _named(1, 12, _year(m[2] or m[3], today), m[1], today)
        ),
        False,
    ),
    (
        "明年|来年",
        lambda _, today: Period(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31), date(today.year + 1, 1, 1)),
        False,
    ),
    (rf"{_HAN_YEAR}年?{_HAN_PART}", lambda m, today: _named(1, 12, _year(m[1], today), m[2], today), False),
    (r"(?:in |by )(20\d\d)", lambda m, _: months(int(m[1]), 1, 12), True),
    (r"(20\d\d)年?", lambda m, _: months(int(m[1]), 1, 12), True),
    (r"mid[ -]?year|年中", lambda _, today: coming_day(6, 30, today), False),
    (r"early in the year|年初", lambda _, today: coming_day(3, 31, today), True),
    (r"christmas|xmas|圣诞节?", lambda _, today: coming_day(12, 24, today), False),
    (r"(?:the )?new year(?:'s)?|元旦", lambda _, today: coming_day(1, 1, today), False),
    (r"五一|劳动节", lambda _, today: coming_day(5, 1, today), False),
    (r"国庆节?|十一(?=前|上线|之前|以前|期间)", lambda _, today: coming_day(10, 1, today), False),
    (r"春节|过年|农历新年|(?<![0-9一二两三四五六七八九十几多半])年前", _spring_festival, False),
    (r"双十一|双11", lambda _, today: coming_day(11, 11, today), False),
)


@cache
def ways() -> tuple[Way, ...]:
    """All ways, those that say more first; made at the first call, since most runs of the program read no days."""
    return tuple(
        Way(re.compile(pattern), read, loose)
        for pattern, read, loose in (*_DATED, *_AHEAD, *_WEEKS, *_MONTHLY, *_YEARLY)
    )
