"""Which questions may still bring what a requirement asks for: one that is answered knowing it cannot does not."""

from __future__ import annotations

from collections.abc import Iterator

from leaddesk.qualify.answers import outcomes
from leaddesk.qualify.conditions import FACT_ATOMS, Context, atoms, holds
from leaddesk.qualify.plan import Asked, Plan, rules_of
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    Condition,
    CriterionStands,
    Not,
    QuestionStands,
    ScoreAtLeast,
)
from leaddesk.qualify.state import QuestionState
from leaddesk.qualify.terms import Standing


def helpful(plan: Plan, context: Context, condition: Condition) -> Iterator[QuestionState]:
    """The open questions an answer to which brings a condition nearer that does not hold, in playbook order."""
    for asked in plan.asked:
        state = context.questions[asked.question.key]
        if state.open and _helps(plan, context, condition, asked):
            yield state


def most_helpful(plan: Plan, context: Context, condition: Condition) -> str | None:
    """Of those, the one to ask first: required before others, then by points at stake and playbook order."""
    found = list(helpful(plan, context, condition))
    if not found:
        return None
    best = min(found, key=lambda state: (not plan.by_key[state.key].question.required, -state.stake))
    return best.key


def may_add(plan: Plan, context: Context, asked: Asked) -> bool:
    """Whether an answer can still bring points: in a part that is full it does not."""
    return asked.stake > 0 and context.parts[plan.playbook.parts[asked.part].key].points < plan.limits[asked.part]


def _helps(plan: Plan, context: Context, condition: Condition, asked: Asked) -> bool:
    if holds(condition, context):
        return False
    match condition:
        case All() | AnyOf():
            return any(_helps(plan, context, one, asked) for one in condition.of)
        case Not():
            return any(_looks_at(one, asked) for one in atoms(condition.of))
        case AnswerIs(question=key, keys=keys):
            return key == asked.question.key and any(answer.key in keys for answer in asked.question.answers)
        case QuestionStands(question=key, standings=standings):
            return key == asked.question.key and any(standing in standings for standing in _standings(asked))
        case CriterionStands():
            return asked.question.criterion == condition.criterion and _may_raise(plan, context, condition, asked)
        case ScoreAtLeast(part=part):
            return part in (None, plan.playbook.parts[asked.part].key) and may_add(plan, context, asked)
        case _:
            return _looks_at(condition, asked)


def _may_raise(plan: Plan, context: Context, wanted: CriterionStands, asked: Asked) -> bool:
    """Whether a criterion comes nearer to what is wanted of it by one more answer.

    To a yes only required ones lead, and none where another required one is known not to be; nor past a knock-out.
    """
    of_it = [(one.question, context.questions[one.question.key]) for one in plan.of_criterion[wanted.criterion]]
    known = [(question, state) for question, state in of_it if state.standing.is_knowledge]
    if any(question.knock_out and state.standing is Standing.NO for question, state in known):
        return Standing.NO in wanted.standings
    if Standing.PARTLY in wanted.standings or Standing.NO in wanted.standings:
        return True
    settled = any(
        question.required and state.visible and state.standing is not Standing.YES for question, state in known
    )
    return Standing.YES in wanted.standings and asked.question.required and not settled


def _standings(asked: Asked) -> Iterator[Standing]:
    """The standings answers to a question can have."""
    if asked.profile is not None:
        yield from (rule.standing for rule in rules_of(asked.profile))
    else:
        yield from (standing for standing, _, _ in outcomes(asked.question))


def _looks_at(atom: Condition, asked: Asked) -> bool:
    """Whether an atom looks at a question, or at the fact it sets."""
    if isinstance(atom, (AnswerIs, QuestionStands)):
        return atom.question == asked.question.key
    return isinstance(atom, FACT_ATOMS) and atom.fact == asked.question.sets
