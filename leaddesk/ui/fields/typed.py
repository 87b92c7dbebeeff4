"""Reads what is typed into a field: sums in the usual currency, days in plain words, names of languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leaddesk import words
from leaddesk.errors import BadValue
from leaddesk.operations.values import custom_text, value_of
from leaddesk.qualify.custom import CustomField, read_custom, written
from leaddesk.qualify.days import is_either, read_when
from leaddesk.qualify.fields import Field, FieldKind
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money
from leaddesk.ui import amounts, figures
from leaddesk.ui.field_words import language_code, language_name
from leaddesk.ui.reason_words import typed as typed_again


@dataclass(frozen=True, slots=True)
class Typing:
    """Where somebody types: the language, the day it is, the currency of a sum that names none, the order of 10/11."""

    language: str
    today: date
    currency: str
    month_first: bool = False


def read_field(field: Field | CustomField, text: str, typing: Typing) -> FactValue | None:
    """What a text says as a value of a field, None where it is empty; of one's own fields the text that is kept.

    Raises BadValue as `operations.values` does.
    """
    text = text.strip()
    if not text:
        return None
    if field.kind is FieldKind.MONEY:
        text = _money(text, typing)
    elif field.kind is FieldKind.DATE:
        text = _day(text, typing)
    if isinstance(field, CustomField):
        return custom_text(field, text) or None
    if field.key == "language":
        text = language_code(text, typing.language)
    return value_of(field.key, text)


def shown_again(field: Field | CustomField, value: FactValue | None, language: str) -> str:
    """A value as it can be typed again."""
    if isinstance(field, Field) and field.key == "language" and isinstance(value, str):
        return language_name(value, language)
    return typed_again(value)


def told_back(field: Field | CustomField, text: str, typing: Typing) -> str:
    """How a sum or a day that is typed is understood; empty where it cannot be, or goes without saying."""
    if field.kind not in (FieldKind.MONEY, FieldKind.DATE):
        return ""
    try:
        value = read_field(field, text, typing)
        if isinstance(field, CustomField) and isinstance(value, str):
            value = read_custom(field, value)
    except (BadValue, ValueError):
        return ""
    if isinstance(value, date):
        shown = figures.weekday_date(value, typing.language)
        order = "month_first" if typing.month_first else "day_first"
        return words.say(typing.language, "leads", order, day=shown) if is_either(text) else shown
    return figures.full_money(value, typing.language) if isinstance(value, Money) else ""


def _money(text: str, typing: Typing) -> str:
    money = amounts.read_money(text, typing.currency)
    return written(money) if money is not None else text


def _day(text: str, typing: Typing) -> str:
    found = read_when(text, typing.today, month_first=typing.month_first)
    return found.day.isoformat() if found is not None and found.time is None else text
