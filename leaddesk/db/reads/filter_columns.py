"""Conditions of a filter on one column: texts folded, numbers, sums, days, yes or no; no value meets none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_

from leaddesk.db.days import end_of_day
from leaddesk.qualify.custom import CustomField, read_custom
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.filtering.meeting import days_of, folded
from leaddesk.qualify.filtering.tree import (
    Between,
    DayBetween,
    DayIn,
    DayWithin,
    Has,
    Is,
    Leaf,
    SumBetween,
)
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, Money

#: What a row must meet.
Met: TypeAlias = ColumnElement[bool]
#: Anything SQL works out.
Value: TypeAlias = ColumnElement[Any]

# A text with letters beyond those SQLite folds by itself.
_FOREIGN = "*[^ -~]*"
_TAUGHT = "leaddesk filters"


def teach(connection: Connection) -> None:
    """Gives a connection the functions these conditions call."""
    if _TAUGHT in connection.info:
        return
    raw = connection.connection.dbapi_connection
    if raw is None:
        return
    for name, arguments, function in _FUNCTIONS:
        raw.create_function(name, arguments, function, deterministic=True)
    connection.info[_TAUGHT] = True


def text_met(leaf: Leaf, column: Value) -> Met:
    """Is or Has; blanks among what it may be are not looked at here."""
    if isinstance(leaf, Is):
        wanted = [value for value in dict.fromkeys(map(folded, leaf.values)) if value]
        return _folding(column, lambda text: text.in_(wanted)) if wanted else false()
    if isinstance(leaf, Has):
        return _folding(column, lambda text: func.instr(text, folded(leaf.text)) > 0)
    return false()


def yes_no_met(leaf: Leaf, holds: Met) -> Met:
    """Yes, or no, of something that is one of them; where it may be neither, NULL meets none."""
    wanted = chosen(leaf, ("yes", "no"))
    return or_(false(), *([holds] if "yes" in wanted else []), *([~holds] if "no" in wanted else []))


def chosen(leaf: Leaf, choices: Sequence[str]) -> list[str]:
    """Which of a few values a leaf means."""
    if isinstance(leaf, Is):
        wanted = {folded(value) for value in leaf.values}
        return [choice for choice in choices if folded(choice) in wanted]
    return [choice for choice in choices if isinstance(leaf, Has) and folded(leaf.text) in folded(choice)]


def number_met(leaf: Leaf, column: Value, scale: int = 1) -> Met:
    """Between. `scale`: how many of the column's units are one of the leaf's."""
    if not isinstance(leaf, Between):
        return false()
    bounds: list[Met] = [column.is_not(None)]
    if leaf.least is not None:
        bounds.append(column >= _scaled(leaf.least, scale))
    if leaf.most is not None:
        bounds.append(column <= _scaled(leaf.most, scale))
    return and_(*bounds)


def sum_met(leaf: Leaf, minor: Value, currency: Value) -> Met:
    """A sum in minor units beside its currency."""
    return and_(currency == leaf.currency, bounded(minor, leaf)) if isinstance(leaf, SumBetween) else false()


def bounded(minor: Value, leaf: SumBetween) -> Met:
    """Minor units of the leaf's currency."""
    return number_met(Between(leaf.subject, leaf.least, leaf.most), minor)


def iso_met(leaf: Leaf, column: Value, today: date) -> Met:
    """A day kept as text, 2026-03-01."""
    if not isinstance(leaf, DayIn | DayWithin | DayBetween):
        return false()
    first, last = days_of(leaf, today)
    bounds: list[Met] = [column != ""]
    if first is not None:
        bounds.append(column >= first.isoformat())
    if last is not None:
        bounds.append(column <= last.isoformat())
    return and_(*bounds)


def instant_met(leaf: Leaf, column: Value, today: date) -> Met:
    """A day kept as an instant."""
    if not isinstance(leaf, DayIn | DayWithin | DayBetween):
        return false()
    first, last = days_of(leaf, today)
    bounds: list[Met] = [column.is_not(None)]
    if first is not None:
        bounds.append(column > _end(first, before=1))
    if last is not None:
        bounds.append(column <= _end(last))
    return and_(*bounds)


def custom_met(leaf: Leaf, column: Value, today: date) -> Met:
    """A value of a field of a team's own, kept as text, by what the leaf asks of it."""
    match leaf:
        case Between():
            return number_met(leaf, func.ld_number(column))
        case SumBetween():
            return bounded(func.ld_minor(column, leaf.currency), leaf)
        case DayIn() | DayWithin() | DayBetween():
            return iso_met(leaf, func.ld_day(column), today)
        case Is(values=values) if {"yes", "no"} & {folded(value) for value in values}:
            return or_(text_met(leaf, column), func.ld_yes(column).in_(chosen(leaf, ("yes", "no"))))
        case _:
            return text_met(leaf, column)


def value_in(kind: FieldKind, text: str | None) -> FactValue | None:
    """What a field of a team's own of this kind reads from a text; None where it cannot."""
    try:
        return read_custom(CustomField("", "", kind), text) if text else None
    except (ValueError, ArithmeticError):
        return None


def _folding(column: Value, met: Callable[[Value], Met]) -> Met:
    """SQLite folds plain letters quickly; only texts with others are folded by us."""
    return or_(met(func.lower(column)), and_(column.op("GLOB")(_FOREIGN), met(func.ld_folded(column))))


def _scaled(number: float, scale: int) -> float:
    return round(number * scale, 6) if scale != 1 else number


def _end(day: date, before: int = 0) -> Instant:
    """The last millisecond of a day, or of one before it; the ends of time where no clock reaches."""
    try:
        return end_of_day(day - timedelta(days=before))
    except (OverflowError, OSError, ValueError):
        return 2**62 if day.year > 3000 else -(2**62)


def _folded(text: str | None) -> str | None:
    return folded(text) if text is not None else None


def _number(text: str | None) -> float | None:
    found = value_in(FieldKind.NUMBER, text)
    return found if isinstance(found, float) else None


def _day(text: str | None) -> str | None:
    found = value_in(FieldKind.DATE, text)
    return found.isoformat() if isinstance(found, date) else None


def _minor(text: str | None, currency: str) -> int | None:
    found = value_in(FieldKind.MONEY, text)
    return found.minor if isinstance(found, Money) and found.currency == currency else None


def _yes(text: str | None) -> str | None:
    found = value_in(FieldKind.YES_NO, text)
    return None if found is None else "yes" if found else "no"


_FUNCTIONS: tuple[tuple[str, int, Callable[..., object]], ...] = (
    ("ld_folded", 1, _folded),
    ("ld_number", 1, _number),
    ("ld_day", 1, _day),
    ("ld_minor", 2, _minor),
    ("ld_yes", 1, _yes),
)
