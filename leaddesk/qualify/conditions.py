"""Whether a condition of the playbook holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias

from leaddesk.qualify.custom import money_in, number_in
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    NextStepPlanned,
    Not,
    Playbook,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.state import FactValue, LeadState, QuestionState
from leaddesk.qualify.terms import DAY, Instant, Money, Standing, Tenths

#: Conditions that look at one question, and those that look at one fact.
QuestionAtom: TypeAlias = AnswerIs | QuestionStands
FactAtom: TypeAlias = FactIs | FactHas | FactKnown | FactBetween | MoneyAtLeast
FACT_ATOMS = (FactIs, FactHas, FactKnown, FactBetween, MoneyAtLeast)


class Stands(Protocol):
    """Anything with a standing."""

    @property
    def standing(self) -> Standing:
        """How it stands."""
        ...


class Scores(Protocol):
    """Anything with points."""

    @property
    def points(self) -> Tenths:
        """What it is worth."""
        ...


@dataclass(slots=True)
class Context:
    """What conditions look at. Parts and score are zero while the score is not known yet."""

    playbook: Playbook
    state: LeadState
    as_of: Instant
    facts: Mapping[str, FactValue]
    questions: Mapping[str, QuestionState]
    criteria: Mapping[str, Stands]
    parts: Mapping[str, Scores]
    score: Tenths


def holds(condition: Condition, context: Context) -> bool:
    """Whether a condition holds in a context. What the playbook does not know holds never."""
    return _HOLDS[type(condition)](condition, context)


def question_meets(atom: QuestionAtom, standing: Standing, keys: tuple[str, ...]) -> bool:
    """Whether a question with this standing and these standing answers meets an atom."""
    if isinstance(atom, AnswerIs):
        return any(key in atom.keys for key in keys)
    return standing in atom.standings


def fact_meets(atom: FactAtom, value: FactValue | None) -> bool:
    """Whether a fact meets an atom; an unknown fact (None) meets none.

    Values of a team's own fields are texts: an atom on a number or a sum reads it in them.
    """
    if value is None:
        return False
    match atom:
        case FactKnown():
            return True
        case FactBetween():
            return _between(atom, value)
        case MoneyAtLeast():
            money = money_in(value) if isinstance(value, str) else value
            least = atom.sums.get(money.currency) if isinstance(money, Money) else None
            return least is not None and isinstance(money, Money) and money.minor >= least
        case FactIs():
            wanted = {one.casefold() for one in atom.values}
            return any(text.casefold() in wanted for text in texts_of(value))
        case FactHas():
            found = [text.casefold() for text in texts_of(value)]
            return any(word.casefold() in text for word in atom.words for text in found)


def rule_meets(condition: Condition, value: FactValue | None) -> bool:
    """Whether one fact's value meets a condition made of atoms of that fact alone."""
    match condition:
        case All():
            return all(rule_meets(one, value) for one in condition.of)
        case AnyOf():
            return any(rule_meets(one, value) for one in condition.of)
        case Not():
            return not rule_meets(condition.of, value)
        case FactIs() | FactHas() | FactKnown() | FactBetween() | MoneyAtLeast():
            return fact_meets(condition, value)
        case _:
            return False


def texts_of(value: FactValue) -> tuple[str, ...]:
    """A fact as texts to compare with: yes/no as `yes` or `no`, a whole number without decimals, a day as ISO."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, Money):
        return (f"{value.minor} {value.currency}",)
    if isinstance(value, date):
        return (value.isoformat(),)
    return (f"{value:g}" if isinstance(value, float) else str(value),)


def is_known(value: FactValue | None) -> bool:
    """Whether a fact has a value: empty texts and lists have none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != ()


def atoms(condition: Condition | None) -> Iterator[Condition]:
    """The parts of a condition that are no all, any or not, from left to right."""
    match condition:
        case None:
            return
        case All() | AnyOf():
            for one in condition.of:
                yield from atoms(one)
        case Not():
            yield from atoms(condition.of)
        case _:
            yield condition


def holding(condition: Condition, context: Context) -> Iterator[Condition]:
    """What makes a condition hold that does: each of `all`, the first that holds of `any`, else itself."""
    match condition:
        case All():
            for one in condition.of:
                yield from holding(one, context)
        case AnyOf():
            yield from next((holding(one, context) for one in condition.of if holds(one, context)), iter(()))
        case _:
            yield condition


def call_counts(condition: CallMade, outcome: str, playbook: Playbook) -> bool:
    """Whether a call that ended so is one of those a condition asks for."""
    if condition.outcomes:
        return outcome in condition.outcomes
    disposition = playbook.disposition.get(outcome)
    return disposition is not None and disposition.reached


def window_seen(atom: EventSeen, at: Instant, as_of: Instant) -> bool:
    """Whether an event at this time lies in the window; one exactly `within_days` old still does."""
    return at <= as_of and (atom.within_days is None or as_of - at <= atom.within_days * DAY)


def _between(atom: FactBetween, value: FactValue) -> bool:
    if isinstance(value, str):
        number = number_in(value)
        return number is not None and _between(atom, number)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return (atom.at_least is None or value >= atom.at_least) and (atom.below is None or value < atom.below)


def _answer_is(condition: AnswerIs, context: Context) -> bool:
    question = context.questions.get(condition.question)
    if question is None:
        return False
    return any(key in condition.keys for key in question.keys) if question.keys else False


def _question_stands(condition: QuestionStands, context: Context) -> bool:
    question = context.questions.get(condition.question)
    return question is not None and question.standing in condition.standings


def _criterion_stands(condition: CriterionStands, context: Context) -> bool:
    criterion = context.criteria.get(condition.criterion)
    return criterion is not None and criterion.standing in condition.standings


def _fact(condition: FactAtom, context: Context) -> bool:
    return fact_meets(condition, context.facts.get(condition.fact))


def _score_at_least(condition: ScoreAtLeast, context: Context) -> bool:
    if condition.part is None:
        return context.score >= condition.tenths
    part = context.parts.get(condition.part)
    return part is not None and part.points >= condition.tenths


def _event_seen(condition: EventSeen, context: Context) -> bool:
    if not context.state.events:
        return condition.at_least <= 0
    seen = 0
    for event in context.state.events:
        if event.kind in condition.kinds and window_seen(condition, event.at, context.as_of):
            seen += 1
    return seen >= condition.at_least


def _call_made(condition: CallMade, context: Context) -> bool:
    return any(
        call_counts(condition, call.outcome, context.playbook)
        for call in context.state.calls
        if call.at <= context.as_of
    )


def _next_step(condition: NextStepPlanned, context: Context) -> bool:  # noqa: ARG001
    return context.state.next_step_on is not None


def _signed_off(condition: SignedOff, context: Context) -> bool:
    return any(one.key == condition.key and one.at <= context.as_of for one in context.state.signoffs)


def _all(condition: All, context: Context) -> bool:
    for one in condition.of:  # noqa: SIM110 - a loop is quicker than all() of a generator
        if not _HOLDS[type(one)](one, context):
            return False
    return True


def _any(condition: AnyOf, context: Context) -> bool:
    for one in condition.of:  # noqa: SIM110
        if _HOLDS[type(one)](one, context):
            return True
    return False


def _not(condition: Not, context: Context) -> bool:
    return not _HOLDS[type(condition.of)](condition.of, context)


# A table instead of a chain of tests: the refresh of many leads asks this most.
_HOLDS: Mapping[type, Callable[..., bool]] = {
    AnswerIs: _answer_is,
    QuestionStands: _question_stands,
    CriterionStands: _criterion_stands,
    FactIs: _fact,
    FactHas: _fact,
    FactKnown: _fact,
    FactBetween: _fact,
    MoneyAtLeast: _fact,
    ScoreAtLeast: _score_at_least,
    EventSeen: _event_seen,
    CallMade: _call_made,
    NextStepPlanned: _next_step,
    SignedOff: _signed_off,
    All: _all,
    AnyOf: _any,
    Not: _not,
}
