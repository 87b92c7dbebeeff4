"""Fields a team defines itself: their kinds, and how the text of a value is read and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import InvalidOperation
from functools import lru_cache
from typing import TypeVar

from leaddesk.qualify.amounts import in_minor, plain_number, read_amount, split_currency
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.periods import read_day
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money, minor_digits

T = TypeVar("T")

#: Before the name of a field of a team's own, where it stands beside the fields every lead has.
CUSTOM = "custom."

#: The kinds a field of a team's own may have, in the order they are offered.
KINDS = (
    FieldKind.TEXT,
    FieldKind.NUMBER,
    FieldKind.MONEY,
    FieldKind.DATE,
    FieldKind.CHOICE,
    FieldKind.YES_NO,
)

_YES = frozenset({"yes", "y", "true", "1", "on", "是", "有", "对"})
_NO = frozenset({"no", "n", "false", "0", "off", "否", "没有", "不"})
_NUMBER = re.compile(r"([-−])?\s*(\d[\d.,'’\s\u00a0\u202f\u2009]*)")
#: What SQLite and a spreadsheet can both hold.
_MOST = 2**53


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of a team's own. `choices`: the words to choose from, of the kind choice."""

    id: str
    name: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()


def read_custom(field: CustomField, text: str) -> FactValue:
    """What a text says as a value of the field: a sum with its currency, a day written year first; ValueError else."""
    text = text.strip()
    try:
        if field.kind is FieldKind.NUMBER:
            return _number(text)
        if field.kind is FieldKind.MONEY:
            return _money(text)
        if field.kind is FieldKind.DATE:
            return read_day(text)
        if field.kind is FieldKind.YES_NO:
            return read_yes_no(text)
        if field.kind is FieldKind.CHOICE:
            return _choice(field.choices, text)
    except InvalidOperation as trouble:
        raise ValueError(text) from trouble
    return text


def own_name(fact: str) -> str:
    """The name of the field of a team's own that `custom.NAME` means; empty where it means none."""
    return fact.removeprefix(CUSTOM).strip() if fact.startswith(CUSTOM) else ""


@lru_cache(maxsize=5_000)
def number_in(text: str) -> float | None:
    """The number a kept text says; None where it says none."""
    return _said(_number, text)


@lru_cache(maxsize=5_000)
def money_in(text: str) -> Money | None:
    """The sum, with its currency, that a kept text says; None where it says none."""
    return _said(_money, text)


def _said(read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text.strip())
    except (ValueError, InvalidOperation):
        return None


def fits(field: CustomField, text: str) -> bool:
    """Whether a text can be read as a value of the field."""
    try:
        read_custom(field, text)
    except ValueError:
        return False
    return True


def written(value: FactValue) -> str:
    """A value as it is kept, in one form for all languages: `1200.5`, `30000 EUR`, `2027-01-31`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        places = minor_digits(value.currency)
        whole, rest = divmod(abs(value.minor), 10**places)
        tail = f".{rest:0{places}d}" if rest else ""
        return f"{'-' if value.minor < 0 else ''}{whole}{tail} {value.currency}"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return value


def read_yes_no(text: str) -> bool:
    """Yes or no in English or Chinese; ValueError else."""
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise ValueError(text)


def _number(text: str) -> float:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    number = plain_number(found[2])
    if number > _MOST:
        raise ValueError(text)
    return -float(number) if found[1] else float(number)


def _money(text: str) -> Money:
    rest, currency = split_currency(text)
    if currency is None:
        raise ValueError(text)
    return in_minor(read_amount(rest), currency, exact=True)


def _choice(choices: tuple[str, ...], text: str) -> str:
    found = next((one for one in choices if one.casefold() == text.casefold()), None)
    if found is None:
        raise ValueError(text)
    return found
