"""Whether a filter still makes sense: a stage, a question or a field it asks about may be gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaddesk.qualify.filtering.meeting import folded
from leaddesk.qualify.filtering.packed import FilterProblem
from leaddesk.qualify.filtering.subjects import Ask, Subject, subject_of
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

_FITTING: Mapping[Ask, tuple[type, ...]] = {
    Ask.TEXT: (Is, Has),
    Ask.CHOICE: (Is,),
    Ask.YES_NO: (Is,),
    Ask.NUMBER: (Between,),
    Ask.MONEY: (SumBetween,),
    Ask.DAY: (DayIn, DayWithin, DayBetween),
    Ask.STANDING: (Stands,),
}


def problems_of(where: Where, known: Mapping[str, Subject], path: str = "") -> Iterator[FilterProblem]:
    """What keeps conditions of a filter from ever being met: `subject_gone`, `value_gone` (value), `does_not_fit`."""
    match where:
        case All() | AnyOf():
            name = "all" if isinstance(where, All) else "any"
            for place, one in enumerate(where.of):
                yield from problems_of(one, known, f"{path}.{name}[{place}]".lstrip("."))
        case Not():
            yield from problems_of(where.of, known, f"{path}.not".lstrip("."))
        case _:
            problem = leaf_problem(where, known, path)
            if problem is not None:
                yield problem


def leaf_problem(leaf: Leaf, known: Mapping[str, Subject], path: str = "") -> FilterProblem | None:
    """What is wrong with one condition."""
    subject = subject_of(known, leaf.subject)
    if subject is None:
        return FilterProblem(path, "subject_gone", {"subject": leaf.subject})
    if isinstance(leaf, IsKnown) and subject.ask is not Ask.STANDING:
        return None
    if isinstance(leaf, Is) and leaf.values == ("",) and subject.ask is not Ask.STANDING:
        return None
    if not isinstance(leaf, _FITTING[subject.ask]):
        return FilterProblem(path, "does_not_fit", {"subject": leaf.subject})
    if isinstance(leaf, Is) and subject.choices:
        offered = {folded(choice) for choice in subject.choices}
        gone = [value for value in leaf.values if value and folded(value) not in offered]
        if gone:
            return FilterProblem(path, "value_gone", {"subject": leaf.subject, "value": ", ".join(gone)})
    return None
