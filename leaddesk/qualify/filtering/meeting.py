"""Whether one lead meets a filter: what every other way of finding those that do must agree with."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from leaddesk.qualify.filtering.periods import span
from leaddesk.qualify.filtering.tree import (
    Between,
    DayBetween,
    DayIn,
    DayWithin,
    Has,
    Is,
    IsKnown,
    Leaf,
    Stands,
    SumBetween,
    Where,
    truth,
)
from leaddesk.qualify.terms import Money, Standing


@dataclass(frozen=True, slots=True)
class Seen:
    """What filters see of one lead, by subject; a subject it has no value for is missing. Scores are points."""

    today: date
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    sums: Mapping[str, tuple[Money, ...]] = field(default_factory=dict)
    days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def knows(self, subject: str) -> bool:
        """Whether it has any value."""
        return any(subject in values for values in (self.texts, self.numbers, self.sums, self.days))


def meets(where: Where, seen: Seen) -> bool:
    """Whether a lead meets a filter."""
    return truth(where, lambda leaf: _holds(leaf, seen))


def folded(text: str) -> str:
    """One form for cases and widths: what texts are compared in."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def days_of(leaf: DayIn | DayWithin | DayBetween, today: date) -> tuple[date | None, date | None]:
    """The first and the last day a condition means; None: open on that side."""
    match leaf:
        case DayIn():
            return span(leaf.period, today)
        case DayWithin():
            return _later(today, leaf.first), _later(today, leaf.last)
        case DayBetween():
            return leaf.first, leaf.last


def _holds(leaf: Leaf, seen: Seen) -> bool:
    match leaf:
        case Is():
            wanted = {folded(value) for value in leaf.values}
            if "" in wanted and not seen.knows(leaf.subject):
                return True
            return any(folded(text) in wanted for text in seen.texts.get(leaf.subject, ()))
        case Has():
            return any(folded(leaf.text) in folded(text) for text in seen.texts.get(leaf.subject, ()))
        case IsKnown():
            return seen.knows(leaf.subject)
        case Between():
            return any(_lies(number, leaf.least, leaf.most) for number in seen.numbers.get(leaf.subject, ()))
        case SumBetween():
            sums = (one.minor for one in seen.sums.get(leaf.subject, ()) if one.currency == leaf.currency)
            return any(_lies(minor, leaf.least, leaf.most) for minor in sums)
        case Stands():
            return seen.standings.get(leaf.subject) in leaf.standings
        case _:
            first, last = days_of(leaf, seen.today)
            return any(
                (first is None or first <= day) and (last is None or day <= last)
                for day in seen.days.get(leaf.subject, ())
            )


def _lies(number: float, least: float | None, most: float | None) -> bool:
    return (least is None or least <= number) and (most is None or number <= most)


def _later(today: date, days: int | None) -> date | None:
    """A day so many days later, at most the last of the calendar, at least its first."""
    if days is None:
        return None
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
