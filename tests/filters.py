"""Draws filters: any tree of conditions a person may put together, most of them about something that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.subjects import Ask, Subject
from leaddesk.qualify.filtering.tree import (
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
from leaddesk.qualify.terms import Standing

E = TypeVar("E", int, float, date)

_TEXTS = ("Anna", "anna", "ŁÓDŹ", "łódź", "物流", "Clara Weiss", "a", "%", "_", "'", "*", "[a", "\\", "ＡＮＮＡ", "ß")
_POINTS: st.SearchStrategy[float] = st.integers(-5, 105).map(float) | st.sampled_from([12.5, 39.9, 40.0, 64.95])
_DAYS = st.integers(-400, 400)


def wheres(known: Mapping[str, Subject], values: Mapping[str, Sequence[str]], today: date) -> st.SearchStrategy[Where]:
    """Trees over these subjects; `values`: what leads have, by subject."""
    leaf = st.sampled_from(sorted(known)).flatmap(lambda key: leaves_of(known[key], values.get(key, ()), today))
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda of: All(tuple(of)))
            | st.lists(inner, max_size=3).map(lambda of: AnyOf(tuple(of)))
            | inner.map(Not)
        ),
        max_leaves=5,
    )


def leaves_of(subject: Subject, values: Sequence[str], today: date) -> st.SearchStrategy[Leaf]:
    """Conditions that fit a subject."""
    key = subject.key
    if subject.ask is Ask.STANDING:
        return st.sets(st.sampled_from(Standing), min_size=1).map(lambda some: Stands(key, tuple(sorted(some))))
    fitting: dict[Ask, st.SearchStrategy[Leaf]] = {
        Ask.NUMBER: _ends(_POINTS).map(lambda ends: Between(key, *ends)),
        Ask.MONEY: st.tuples(st.sampled_from(["EUR", "CNY", "JPY"]), _ends(st.integers(0, 10**8))).map(
            lambda drawn: SumBetween(key, drawn[0], *drawn[1])
        ),
        Ask.DAY: (
            st.sampled_from(Period).map(lambda period: DayIn(key, period))
            | _ends(_DAYS).map(lambda ends: DayWithin(key, *ends))
            | _ends(_DAYS.map(lambda days: today + timedelta(days=days))).map(lambda ends: DayBetween(key, *ends))
        ),
    }
    if subject.ask in fitting:
        return fitting[subject.ask] | st.just(IsKnown(key))
    texts = st.sampled_from([*_TEXTS, *subject.choices, *values])
    return (
        st.lists(texts | st.just(""), min_size=1, max_size=3).map(lambda some: Is(key, tuple(some)))
        | texts.map(lambda text: Has(key, text))
        | st.just(IsKnown(key))
    )


def _ends(drawn: st.SearchStrategy[E]) -> st.SearchStrategy[tuple[E | None, E | None]]:
    """Two ends in order, at most one of them open."""
    both = st.tuples(drawn, drawn).map(_in_order)
    return both | drawn.map(lambda end: (end, None)) | drawn.map(lambda end: (None, end))


def _in_order(pair: tuple[E, E]) -> tuple[E | None, E | None]:
    first, last = sorted(pair)
    return first, last
