"""Reads days as programs and people write them; the order of day and month is found over a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

ORDERS = ("ymd", "dmy", "mdy")

_PARTS = re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})(?:[T\s,].*|Z)?")
_CHINESE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?.*")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s./-]+([^\W\d]{3,12})\.?,?[\s./-]+(\d{2,4})(?:[T\s,].*)?")
_NAMED_FIRST = re.compile(r"([^\W\d]{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})(?:[T\s,].*)?")
_NAMED_YEAR_FIRST = re.compile(r"(\d{4})[\s-]+([^\W\d]{3,12})[\s-]+(\d{1,2})(?:[T\s,].*)?")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_EIGHT = re.compile(r"(19|20)(\d{2})([01]\d)([0-3]\d)")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MILLISECONDS = re.compile(r"1\d{12}")

# Spreadsheets count days from here, since their 1900 has a 29 February.
_SPREADSHEET = date(1899, 12, 30)
_EPOCH = date(1970, 1, 1)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene januari gennaio gen janeiro",
            "feb february februar février fevrier févr febrero februari febbraio fevereiro fev",
            "mar march märz maerz mrz mär mars marzo maart mrt março",
            "apr april avril avr abril abr aprile",
            "may mai mayo mei maggio mag maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}


def find_order(texts: Iterable[str], fallback: str = "dmy") -> tuple[str, bool]:
    """The order of day, month and year in a column, and whether its values prove it.

    One 28/01/2018 settles what 02/01/2018 means for the whole column.
    """
    proof = dict.fromkeys(ORDERS, 0)
    dotted = american = seen = 0
    for text in texts:
        match = _PARTS.fullmatch(text.strip())
        if match is None:
            continue
        first, second = match[1], int(match[2])
        if len(first) > 2 or int(first) > 31:
            proof["ymd"] += 1
            continue
        seen += 1
        dotted += "." in text
        american += text.rstrip().lower().endswith(("am", "pm"))
        if int(first) > 12:
            proof["dmy"] += 1
        elif second > 12:
            proof["mdy"] += 1
    if seen == 0:
        return ("ymd", True) if proof["ymd"] else (fallback, False)
    if proof["dmy"] or proof["mdy"]:
        order = "dmy" if proof["dmy"] >= proof["mdy"] else "mdy"
        return order, min(proof["dmy"], proof["mdy"]) == 0
    if dotted == seen:
        return "dmy", False
    return ("mdy" if american else fallback if fallback != "ymd" else "dmy"), False


def read_day(text: str, order: str = "dmy") -> date:
    """The day a text means. `order` counts where it could be read in two ways. ValueError where it is no day."""
    text = text.strip()
    match = _PARTS.fullmatch(text)
    if match is not None:
        return _from_parts(match[1], match[2], match[3], order)
    for pattern, places in ((_CHINESE, (1, 2, 3)), (_EIGHT, None), (_SERIAL, None), (_MILLISECONDS, None)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        if places is not None:
            return date(*(int(match[place]) for place in places))
        if pattern is _EIGHT:
            return date(int(match[1] + match[2]), int(match[3]), int(match[4]))
        return _from_number(float(text))
    return _from_words(_WEEKDAY.sub("", text, count=1))


def _from_parts(first: str, second: str, third: str, order: str) -> date:
    if len(first) > 2:
        return date(_year(first), int(second), int(third))
    if order == "ymd" and len(third) <= 2:
        return date(_year(first), int(second), int(third))
    day, month = (first, second) if order != "mdy" else (second, first)
    if int(month) > 12:
        # The other reading is the only one there is.
        day, month = month, day
    return date(_year(third), int(month), int(day))


def _from_number(number: float) -> date:
    if number > 1e12:
        return _EPOCH + timedelta(milliseconds=number)
    if 20_000 <= number <= 80_000:
        return _SPREADSHEET + timedelta(days=int(number))
    raise ValueError(number)


def _from_words(text: str) -> date:
    for pattern, (day, month, year) in ((_NAMED, (1, 2, 3)), (_NAMED_FIRST, (2, 1, 3)), (_NAMED_YEAR_FIRST, (3, 2, 1))):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        number = _MONTHS.get(match[month].casefold())
        if number is not None:
            return date(_year(match[year]), number, int(match[day]))
    raise ValueError(text)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:
        return 2000 + int(digits) if int(digits) < 69 else 1900 + int(digits)
    raise ValueError(digits)
