"""Supposed answers and facts: few enough to try, yet every way in which rules and branches can tell values apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from leaddesk.qualify.answers import BANDED, band_of_money, band_of_number, fact_of_said, outcomes
from leaddesk.qualify.branching import Subject
from leaddesk.qualify.conditions import atoms
from leaddesk.qualify.custom import own_name
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.playbook import (
    Answer,
    Condition,
    FactBetween,
    FactHas,
    FactIs,
    MoneyAtLeast,
    Playbook,
    Profile,
    Question,
)
from leaddesk.qualify.state import FactValue, Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing, Tenths

# A text no rule speaks of, a currency no rule lists, a day no rule names.
_OTHER_TEXT = "\N{WHITE SQUARE}"
_OTHER_CURRENCY = "XXX"
_OTHER_DAY = date(2000, 2, 29)
_MOST_WORDS_TOGETHER = 6


def supposed_said(
    question: Question, fact: Subject | None
) -> Iterator[tuple[Standing, Tenths, tuple[str, ...], FactValue | None]]:
    """Every answer that makes a difference: standing, points, keys, and what it sets its fact to (None: nothing).

    `fact`: the fact it sets, where a branch looks at that one.
    """
    for standing, points, keys in outcomes(question):
        yield standing, points, keys, None if fact is None else fact_of_said(question, Said(keys=keys))
    if fact is None:
        return
    watched = [atom for _, atom in fact.fact_atoms]
    for value in _values(_kind_said(question), watched, (question,)):
        for answer in _answers_for(question, value):
            yield answer.standing, answer.points, (answer.key,), value


def supposed_facts(playbook: Playbook, profile: Profile, fact: Subject | None) -> list[FactValue]:
    """Every value of a profiled fact that its rules, branches or the answers of its questions tell apart."""
    watched: list[Condition] = [atom for rule in profile.rules for atom in atoms(rule.when)]
    if fact is not None:
        watched += [atom for _, atom in fact.fact_atoms]
    setters = [question for question in playbook.questions if question.sets == profile.fact]
    watched = [one for one in watched if _is_fact_atom(one)]
    if own_name(profile.fact):
        return _of_any_kind(watched)
    field = FIELD.get(profile.fact)
    kind = field.kind if field else FieldKind.TEXT
    choices = field.choices if field else ()
    return [*_values(kind, watched, setters), *choices]


def _of_any_kind(watched: Sequence[Condition]) -> list[FactValue]:
    """Values of a field of a team's own: of whichever kind its rules ask for."""
    values: list[FactValue] = [*_values(FieldKind.TEXT, watched, ()), "yes", "no"]
    if any(isinstance(one, FactBetween) for one in watched):
        values += _numbers(watched, ())
    if any(isinstance(one, MoneyAtLeast) for one in watched):
        values += _sums(watched, ())
    return values


def _is_fact_atom(condition: Condition) -> bool:
    return isinstance(condition, (FactIs, FactHas, FactBetween, MoneyAtLeast))


def _kind_said(question: Question) -> FieldKind | None:
    return {
        QuestionKind.MONEY: FieldKind.MONEY,
        QuestionKind.NUMBER: FieldKind.NUMBER,
        QuestionKind.DATE: FieldKind.DATE,
        QuestionKind.TEXT: FieldKind.TEXT,
        QuestionKind.PERSON: FieldKind.TEXT,
    }.get(question.kind)


def _answers_for(question: Question, value: FactValue) -> Iterable[Answer]:
    if isinstance(value, Money):
        band = band_of_money(question.answers, value)
        return (band,) if band else ()
    if isinstance(value, (int, float)):
        band = band_of_number(question.answers, value)
        return (band,) if band else ()
    # How far ahead a day lies is told by the day it is said: any band goes with any day.
    return question.answers


def _values(kind: FieldKind | None, watched: Iterable[Condition], asked: Iterable[Question]) -> list[FactValue]:
    if kind is None:
        return []
    conditions, questions = list(watched), list(asked)
    if kind is FieldKind.YES_NO:
        return [True, False]
    if kind is FieldKind.NUMBER:
        return list(_numbers(conditions, questions))
    if kind is FieldKind.MONEY:
        return list(_sums(conditions, questions))
    if kind is FieldKind.DATE:
        return list(_days(conditions))
    if kind is FieldKind.TAGS:
        return [*_together(_texts(conditions, questions)), (_OTHER_TEXT,)]
    singles = _texts(conditions, questions)
    first_words = [one.words[0] for one in conditions if isinstance(one, FactHas) and one.words]
    return [*singles, *(" ".join(words) for words in _together(first_words)), _OTHER_TEXT]


def _numbers(conditions: Iterable[Condition], questions: Iterable[Question]) -> Iterator[float]:
    steps = {step for one in conditions if isinstance(one, FactBetween) for step in (one.at_least, one.below)}
    steps |= {answer.at_least for question in questions for answer in question.answers}
    for step in sorted(step for step in steps if step is not None):
        yield math.nextafter(step, -math.inf)
        yield step
    yield 0


def _sums(conditions: Iterable[Condition], questions: Iterable[Question]) -> Iterator[Money]:
    listed = [one.sums for one in conditions if isinstance(one, MoneyAtLeast)]
    listed += [answer.sums for question in questions for answer in question.answers if answer.sums]
    for currency in sorted({currency for sums in listed for currency in sums}):
        for minor in sorted({sums[currency] for sums in listed if currency in sums} | {0}):
            if minor > 0:
                yield Money(minor - 1, currency)
            yield Money(minor, currency)
    yield Money(0, _OTHER_CURRENCY)


def _days(conditions: Iterable[Condition]) -> Iterator[date]:
    for text in {value for one in conditions if isinstance(one, FactIs) for value in one.values}:
        try:
            yield date.fromisoformat(text)
        except ValueError:
            continue
    yield _OTHER_DAY


def _texts(conditions: Iterable[Condition], questions: Iterable[Question]) -> list[str]:
    texts: list[str] = []
    for one in conditions:
        if isinstance(one, FactIs):
            texts += one.values
        elif isinstance(one, FactHas):
            texts += one.words
    texts += [answer.key for question in questions if question.kind not in BANDED for answer in question.answers]
    return list(dict.fromkeys(texts))


def _together(texts: list[str]) -> Iterator[tuple[str, ...]]:
    most = len(texts) if len(texts) <= _MOST_WORDS_TOGETHER else 2
    for count in range(1, most + 1):
        yield from combinations(texts, count)
