"""The tree of a filter: conditions on one subject each, joined by all, any and not.

Subjects are named by text: a field key, `custom.NAME`, or one of `qualify/filtering/subjects.py`. A condition on a lead
that has no value for its subject does not hold; `Not` of it then does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.terms import Standing


@dataclass(frozen=True, slots=True)
class Is:
    """The subject is one of these, whatever the case; an empty text among them means: it has no value."""

    subject: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """The text of the subject contains these words as they stand, whatever the case."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class IsKnown:
    """The subject has any value."""

    subject: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number lies from `least` to `most`, both included; None leaves that side open. Scores are points."""

    subject: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class SumBetween:
    """A sum in this currency lies from `least` to `most` minor units, both included; other currencies do not."""

    subject: str
    currency: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class DayIn:
    """A day lies in a stretch that moves with today: overdue, today, this week …"""

    subject: str
    period: Period


@dataclass(frozen=True, slots=True)
class DayWithin:
    """A day lies from `first` to `last` days after today, both included; days before today are negative."""

    subject: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class DayBetween:
    """A day lies from `first` to `last`, both included; None leaves that side open."""

    subject: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """A criterion (`criterion.KEY`) or a question (`question.KEY`) has one of these standings."""

    subject: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds; of none: always."""

    of: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds; of none: never."""

    of: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    of: Where


#: A condition on one subject.
Leaf: TypeAlias = Is | Has | IsKnown | Between | SumBetween | DayIn | DayWithin | DayBetween | Stands

#: A filter, or a part of one.
Where: TypeAlias = Leaf | All | AnyOf | Not

#: All leads.
EVERYBODY = All(())


def leaves(where: Where) -> Iterator[Leaf]:
    """The conditions of a tree, from left to right."""
    match where:
        case All() | AnyOf():
            for one in where.of:
                yield from leaves(one)
        case Not():
            yield from leaves(where.of)
        case _:
            yield where


def truth(where: Where, holds: Callable[[Leaf], bool]) -> bool:
    """Whether a tree holds, given which of its conditions do."""
    match where:
        case All():
            return all(truth(one, holds) for one in where.of)
        case AnyOf():
            return any(truth(one, holds) for one in where.of)
        case Not():
            return not truth(where.of, holds)
        case _:
            return holds(where)


def with_subject(where: Where, before: str, after: str) -> Where:
    """The tree with one subject called by another name."""
    match where:
        case All() | AnyOf():
            return type(where)(tuple(with_subject(one, before, after) for one in where.of))
        case Not():
            return Not(with_subject(where.of, before, after))
        case _:
            return replace(where, subject=after) if where.subject == before else where
