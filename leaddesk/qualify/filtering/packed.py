"""Filters as JSON, in and out; everything that is wrong with one is named at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from leaddesk.errors import LeadDeskError
from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.tree import (
    EVERYBODY,
    All,
    AnyOf,
    Between,
    DayBetween,
    DayIn,
    DayWithin,
    Has,
    Is,
    IsKnown,
    Leaf,
    Not,
    Stands,
    SumBetween,
    Where,
)
from leaddesk.qualify.terms import CURRENCIES, Standing

#: Filters larger than this are nobody's.
MOST_CONDITIONS = 200
_DEEPEST = 12

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """One problem. `path`: where, like `all[2].any[0]`. `code` names a sentence under `[filter_problems]`."""

    path: str
    code: str
    details: Mapping[str, object] = field(default_factory=dict)


class BrokenFilter(LeadDeskError):
    """A filter cannot be used; `problems` are all that is wrong with it."""

    def __init__(self, problems: Iterable[FilterProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("broken_filter", n=len(self.problems))


def packed(where: Where) -> dict[str, Any]:
    """A filter as what JSON can hold."""
    match where:
        case All():
            return {"all": [packed(one) for one in where.of]}
        case AnyOf():
            return {"any": [packed(one) for one in where.of]}
        case Not():
            return {"not": packed(where.of)}
        case DayIn() | DayWithin() | DayBetween():
            return _packed_days(where)
        case _:
            return _packed_leaf(where)


def _packed_leaf(leaf: Is | Has | IsKnown | Between | SumBetween | Stands) -> dict[str, Any]:
    match leaf:
        case Is():
            return {"is": leaf.subject, "values": list(leaf.values)}
        case Has():
            return {"has": leaf.subject, "text": leaf.text}
        case IsKnown():
            return {"known": leaf.subject}
        case Between():
            return {"between": leaf.subject, "least": leaf.least, "most": leaf.most}
        case SumBetween():
            return {"sum": leaf.subject, "currency": leaf.currency, "least": leaf.least, "most": leaf.most}
        case Stands():
            return {"stands": leaf.subject, "standings": [one.value for one in leaf.standings]}


def _packed_days(leaf: DayIn | DayWithin | DayBetween) -> dict[str, Any]:
    match leaf:
        case DayIn():
            return {"day_in": leaf.subject, "period": leaf.period.value}
        case DayWithin():
            return {"day_within": leaf.subject, "first": leaf.first, "last": leaf.last}
        case DayBetween():
            first, last = (day.isoformat() if day is not None else None for day in (leaf.first, leaf.last))
            return {"day_between": leaf.subject, "first": first, "last": last}


def unpacked(data: object) -> Where:
    """The filter that JSON holds. BrokenFilter with all problems."""
    reading = _Reading()
    where = reading.read(data, "", 0)
    if reading.problems:
        raise BrokenFilter(reading.problems)
    return where


class _Reading:
    """Reads a tree, gathering what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[FilterProblem] = []
        self._conditions = 0

    def read(self, data: object, path: str, depth: int) -> Where:
        """What stands at a path; all leads where it cannot be read."""
        if depth > _DEEPEST or self._conditions > MOST_CONDITIONS:
            return self._wrong(path, "too_much")
        if not isinstance(data, Mapping):
            return self._wrong(path, "no_condition")
        shapes = [shape for shape in _SHAPES if shape in data]
        if len(shapes) != 1 or set(data) - {shapes[0], *_SHAPES[shapes[0]]}:
            return self._wrong(path, "no_condition")
        shape = shapes[0]
        below = f"{path}.{shape}".lstrip(".")
        if shape == "not":
            return Not(self.read(data["not"], below, depth + 1))
        if shape in ("all", "any"):
            of = self._list(data[shape], below)
            read = tuple(self.read(one, f"{below}[{place}]", depth + 1) for place, one in enumerate(of))
            return All(read) if shape == "all" else AnyOf(read)
        self._conditions += 1
        return self._leaf(shape, data, path)

    def _leaf(self, shape: str, data: Mapping[str, Any], path: str) -> Where:
        subject = data[shape]
        if not isinstance(subject, str) or not subject:
            return self._wrong(path, "no_condition")
        try:
            return _LEAVES[shape](subject, data)
        except (ValueError, TypeError, KeyError, OverflowError):
            return self._wrong(path, "bad_condition", subject=subject)

    def _list(self, data: object, path: str) -> Sequence[object]:
        if isinstance(data, list):
            return data
        self._wrong(path, "no_condition")
        return []

    def _wrong(self, path: str, code: str, **details: object) -> Where:
        self.problems.append(FilterProblem(path, code, details))
        return EVERYBODY


def _is(subject: str, data: Mapping[str, Any]) -> Leaf:
    return Is(subject, tuple(_text(one, blank=True) for one in _some(data["values"])))


def _stands(subject: str, data: Mapping[str, Any]) -> Leaf:
    return Stands(subject, tuple(Standing(one) for one in _some(data["standings"])))


def _between(subject: str, data: Mapping[str, Any]) -> Leaf:
    return Between(subject, *_ends(data, "least", "most", _number))


def _sum(subject: str, data: Mapping[str, Any]) -> Leaf:
    if data["currency"] not in CURRENCIES:
        raise ValueError(data["currency"])
    return SumBetween(subject, data["currency"], *_ends(data, "least", "most", _whole))


def _within(subject: str, data: Mapping[str, Any]) -> Leaf:
    return DayWithin(subject, *_ends(data, "first", "last", _whole))


def _days(subject: str, data: Mapping[str, Any]) -> Leaf:
    first, last = (date.fromisoformat(data[end]) if data.get(end) is not None else None for end in ("first", "last"))
    if (first is None and last is None) or (first is not None and last is not None and first > last):
        raise ValueError(data)
    return DayBetween(subject, first, last)


def _ends(data: Mapping[str, Any], low: str, high: str, read: Callable[[object], N]) -> tuple[N | None, N | None]:
    """Both ends, at least one of them given, in order."""
    first, last = (read(data[end]) if data.get(end) is not None else None for end in (low, high))
    if (first is None and last is None) or (first is not None and last is not None and first > last):
        raise ValueError(data)
    return first, last


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e15:
        raise ValueError(value)
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53:
        raise ValueError(value)
    return value


def _text(value: object, *, blank: bool = False) -> str:
    if not isinstance(value, str) or (not value and not blank) or any("\ud800" <= one <= "\udfff" for one in value):
        raise ValueError(value)
    return value


def _some(values: object) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise ValueError(values)
    return values


_LEAVES: Mapping[str, Callable[[str, Mapping[str, Any]], Leaf]] = {
    "is": _is,
    "has": lambda subject, data: Has(subject, _text(data["text"])),
    "known": lambda subject, _data: IsKnown(subject),
    "between": _between,
    "sum": _sum,
    "day_in": lambda subject, data: DayIn(subject, Period(data["period"])),
    "day_within": _within,
    "day_between": _days,
    "stands": _stands,
}

#: What makes a condition of each shape, beside its own name.
_SHAPES: Mapping[str, frozenset[str]] = {
    "all": frozenset(),
    "any": frozenset(),
    "not": frozenset(),
    "is": frozenset({"values"}),
    "has": frozenset({"text"}),
    "known": frozenset(),
    "between": frozenset({"least", "most"}),
    "sum": frozenset({"currency", "least", "most"}),
    "day_in": frozenset({"period"}),
    "day_within": frozenset({"first", "last"}),
    "day_between": frozenset({"first", "last"}),
    "stands": frozenset({"standings"}),
}
