"""Which questions an answer opens: what a `when` comes to while one question alone is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.exchange.playbook_questions import tables

#: What a condition may come to while nothing else is known: it may hold, it may fail, or either.
_EITHER = frozenset({True, False})
_HOLDS, _FAILS = frozenset({True}), frozenset({False})


@dataclass(frozen=True, slots=True)
class Supposed:
    """An answer that is supposed to be given. An empty key: the question was not asked."""

    question: str
    key: str
    standing: str


def opened_by(draft: Draft, question: Data) -> dict[str, tuple[str, ...]]:
    """For each answer of a question, by key, the questions it opens: those some other answer of it keeps shut."""
    name = str(question.get("key"))
    answers = [Supposed(name, str(one.get("key")), str(one.get("standing", "yes"))) for one in tables(question)]
    found: dict[str, tuple[str, ...]] = {answer.key: () for answer in answers}
    for other in draft.tables("questions"):
        if not speaks_of(other.get("when"), name):
            continue
        shows = {answer.key: True in _comes_to(other.get("when"), answer) for answer in answers}
        if all(shows.values()):
            continue
        for key, shown in shows.items():
            if shown:
                found[key] = (*found[key], str(other.get("key")))
    return found


def speaks_of(condition: object, question: str) -> bool:
    """Whether a condition looks at a question."""
    return question in set(_questions(condition))


def needed_for(draft: Draft, question: str) -> tuple[Data, ...]:
    """The stages whose gates look at a question, or name it as the one to ask."""
    return tuple(
        stage
        for stage in draft.tables("stages")
        if any(
            one.get("question") == question or speaks_of([one.get("when"), one.get("only_if")], question)
            for one in tables(stage, "gate")
        )
    )


def _questions(condition: object) -> Iterator[str]:
    if isinstance(condition, list):
        for one in condition:
            yield from _questions(one)
    elif isinstance(condition, Mapping):
        if isinstance(named := condition.get("question"), str):
            yield named
        for name in ("all", "any", "not"):
            yield from _questions(condition.get(name))


def _comes_to(condition: object, supposed: Supposed) -> frozenset[bool]:
    """What a condition may come to, everything but the supposed answer being open."""
    if not isinstance(condition, Mapping):
        return _HOLDS
    if "not" in condition:
        return frozenset(not one for one in _comes_to(condition["not"], supposed))
    for shape, whole in (("all", False), ("any", True)):
        if isinstance(listed := condition.get(shape), list):
            each = [_comes_to(one, supposed) for one in listed]
            if any(one == frozenset({whole}) for one in each):
                return frozenset({whole})
            return _EITHER if any(whole in one for one in each) else frozenset({not whole})
    if condition.get("question") != supposed.question:
        return _EITHER
    wanted = condition.get("is", condition.get("standing"))
    offered = wanted if isinstance(wanted, list) else [wanted]
    told = supposed.key if "is" in condition else supposed.standing
    return _HOLDS if told in offered else _FAILS
