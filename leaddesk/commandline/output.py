"""Puts answers on the terminal: JSON, or lines in columns that stay aligned with Chinese in them."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from leaddesk.db.days import local_day
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, Money, minor_digits

#: What JSON can say.
Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

_WIDEST = 40
# Letters a column of the terminal may take: marks that combine have no width, and there may be thousands.
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Report:
    """What a verb has to say: once for programs, once in lines for people; the exit code, and why it is not 0."""

    data: Mapping[str, Json]
    lines: Sequence[str] = field(default_factory=list)
    code: int = 0
    error: str = ""


def put(report: Report, *, as_json: bool) -> None:
    """Prints a report."""
    if as_json:
        # Only a UTF-8 terminal or file takes every character; escapes survive anywhere.
        narrow = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(report.data, ensure_ascii=narrow, indent=2, allow_nan=False))
        return
    for line in report.lines:
        print(line)


def width(text: str) -> int:
    """How many columns a text takes on a terminal: two for a Chinese character, none for a combining mark."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) != 0 for letter in text)


def one_line(text: str) -> str:
    """A text of a lead without line ends and control characters: a terminal obeys those."""
    return " ".join("".join(" " if unicodedata.category(letter) in _CONTROL else letter for letter in text).split())


def shortened(text: str, columns: int = _WIDEST) -> str:
    """A text cut to so many columns, saying so."""
    text = one_line(text)
    if width(text) <= columns and len(text) <= _MARKS * columns:
        return text
    taken = 0
    for place, letter in enumerate(text):
        taken += width(letter)
        if taken > columns - 1 or place >= _MARKS * columns:
            return text[:place].rstrip() + "…"
    return text


def in_columns(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows as lines; columns named in `right` (by place) are flush right, as numbers want it."""
    if not rows:
        return []
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(_cell(text, widths[place], place in right) for place, text in enumerate(row)).rstrip() for row in rows
    ]


def money_json(money: Money | None) -> Mapping[str, Json]:
    """A sum as {currency: major units}; nothing where there is none."""
    return {} if money is None else sums_json({money.currency: money.minor})


def sums_json(minor: Mapping[str, int]) -> Mapping[str, Json]:
    """Sums per currency in major units: whole ones as whole numbers."""
    found: dict[str, Json] = {}
    for currency, amount in sorted(minor.items()):
        whole, rest = divmod(amount, 10 ** minor_digits(currency))
        found[currency] = whole if rest == 0 else amount / 10 ** minor_digits(currency)
    return found


def fact_json(value: FactValue) -> Json:
    """The value of a fact: sums as {currency: sum}, days as 2026-03-01, tags as a list."""
    if isinstance(value, Money):
        return money_json(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def day_json(at: Instant | None) -> str | None:
    """The local day of an instant, 2026-03-01."""
    return None if at is None else local_day(at).isoformat()


_CONTROL = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def _cell(text: str, columns: int, right: bool) -> str:
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank
