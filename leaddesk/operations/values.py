"""Reads what a person typed for a field into the value its column keeps; an empty text empties the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from leaddesk.errors import BadValue
from leaddesk.qualify.amounts import in_minor, plain_number, read_amount, split_currency
from leaddesk.qualify.custom import CustomField, read_custom, read_yes_no, written
from leaddesk.qualify.fields import FIELD, Field, FieldKind
from leaddesk.qualify.periods import read_day
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money

#: What SQLite and a spreadsheet can both hold.
_MOST = 2**53
#: Letters a fact has room for, a team's own too, and a text of several lines. What is longer was pasted by mistake.
LONGEST, LONGEST_NOTE = 10_000, 100_000


def value_of(key: str, value: FactValue | None) -> FactValue | None:
    """The value of the field `key` from a typed value or from text; None where it is empty.

    Raises BadValue `field` (name), `bad_value` (field, kind, text, choices), or `value_long` (field, n, most).
    """
    field = FIELD.get(key)
    if field is None:
        raise BadValue("field", name=key)
    if isinstance(value, str):
        value = value.replace("\0", "").strip()
        _within(key, value, LONGEST_NOTE if field.kind is FieldKind.LONG_TEXT else LONGEST, "value_long")
    if value is None or value == "" or value == ():
        return None
    try:
        return _READERS.get(field.kind, _text)(field, value)
    except (ValueError, InvalidOperation) as trouble:
        choices = ", ".join(field.choices)
        raise BadValue("bad_value", field=key, kind=str(field.kind), text=_shown(value), choices=choices) from trouble


def custom_text(field: CustomField, text: str) -> str:
    """A text as a custom field keeps it; empty where it is empty.

    Raises BadValue `bad_custom` (field, kind, text), `bad_custom_choice` (field, text, choices), or `custom_long`
    (field, n, most).
    """
    if not text.strip():
        return ""
    _within(field.name, text, LONGEST, "custom_long")
    try:
        return written(read_custom(field, text))
    except ValueError as trouble:
        if field.kind is FieldKind.CHOICE:
            choices = ", ".join(field.choices)
            raise BadValue("bad_custom_choice", field=field.name, text=_shown(text), choices=choices) from trouble
        raise BadValue("bad_custom", field=field.name, kind=str(field.kind), text=_shown(text)) from trouble


def _within(field: str, text: str, most: int, code: str) -> None:
    if len(text) > most:
        raise BadValue(code, field=field, n=f"{len(text):,}", most=f"{most:,}")


def read_money(text: str) -> Money:
    """A sum such as `30000 CNY`, `EUR 1,250.50`, `€30k`, `12万元`; ValueError where it is none or has no currency."""
    rest, currency = split_currency(text)
    if currency is None:
        raise ValueError(text)
    return in_minor(read_amount(rest), currency, exact=True)


def _text(field: Field, value: FactValue) -> FactValue:
    if not isinstance(value, str):
        raise ValueError(field.key)  # noqa: TRY004 -- every bad value is reported in the same way
    return value if field.kind is FieldKind.LONG_TEXT else " ".join(value.split())


def _number(field: Field, value: FactValue) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(field.key)  # noqa: TRY004
    amount = plain_number(value) if isinstance(value, str) else Decimal(str(value))
    if not amount.is_finite() or amount < 0 or amount > _MOST or amount != amount.to_integral_value():
        raise ValueError(field.key)
    return int(amount)


def _money(field: Field, value: FactValue) -> FactValue:
    if not isinstance(value, Money | str):
        raise ValueError(field.key)  # noqa: TRY004
    money = value if isinstance(value, Money) else read_money(value)
    if money.minor < 0:
        raise ValueError(field.key)
    return money


def _day(field: Field, value: FactValue) -> FactValue:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError(field.key)  # noqa: TRY004
    return read_day(value)


def _yes_no(field: Field, value: FactValue) -> FactValue:
    if isinstance(value, bool | int) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        return read_yes_no(value)
    raise ValueError(field.key)


def _choice(field: Field, value: FactValue) -> FactValue:
    if isinstance(value, str) and value.casefold() in field.choices:
        return value.casefold()
    raise ValueError(field.key)


def _tags(field: Field, value: FactValue) -> FactValue:
    parts = re.split(r"[,;，；、]", value) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError(field.key)  # noqa: TRY004
    tags = (" ".join(str(part).split()) for part in parts)
    return tuple(dict.fromkeys(tag for tag in tags if tag)) or ()


def _shown(value: FactValue) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


_READERS: dict[FieldKind, Callable[[Field, FactValue], FactValue]] = {
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _day,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.TAGS: _tags,
}
