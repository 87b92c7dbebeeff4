"""How criteria stand: by their knock-outs, their required questions, and what was heard last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from leaddesk.qualify.plan import Asked, Plan
from leaddesk.qualify.script import Known, standing_in, when_given
from leaddesk.qualify.state import CriterionState, QuestionState
from leaddesk.qualify.terms import Standing

_Stands: TypeAlias = tuple[Asked, Standing]


def criterion_states(plan: Plan, known: Known, questions: Mapping[str, QuestionState]) -> dict[str, CriterionState]:
    """How each criterion stands, in playbook order."""
    visible = plan.branching.visible(known.bits)
    touched = _touched(plan, known)
    states: dict[str, CriterionState] = {}
    for key, standing in criterion_standings(plan, known, visible).items():
        bits = plan.criterion_bits[key]
        of_it = [questions[asked.question.key] for asked in plan.of_criterion[key]] if touched & bits else []
        shown = [state.standing for state in of_it if state.visible]
        states[key] = CriterionState(
            key,
            standing,
            (visible & bits).bit_count(),
            sum(1 for one in shown if one.is_knowledge),
            sum(1 for one in shown if one is Standing.YES),
            any(state.disagree for state in of_it),
        )
    return states


def criterion_standings(plan: Plan, known: Known, visible: int) -> dict[str, Standing]:
    """The standings of `criterion_states` alone, in playbook order. `visible`: the questions that are, as bits."""
    touched = _touched(plan, known)
    told = _told(plan, known)
    return {
        key: _criterion_standing(plan, key, bits, told, known, visible) if touched & bits else Standing.NOT_ASKED
        for key, bits in plan.criterion_bits.items()
    }


def _touched(plan: Plan, known: Known) -> int:
    """The questions something is known of or was heard on, as bits."""
    touched = known.known
    for key in known.heard:
        touched |= 1 << plan.by_key[key].place
    return touched


class _Told(NamedTuple):
    """The questions of which something is known, as bits by how they stand."""

    yes: int
    partly: int
    no: int


def _told(plan: Plan, known: Known) -> _Told:
    yes = partly = no = 0
    there = known.known & plan.all_bits
    while there:
        bit = there & -there
        there ^= bit
        standing = standing_in(plan.asked[bit.bit_length() - 1], known)
        if standing is Standing.YES:
            yes |= bit
        elif standing is Standing.PARTLY:
            partly |= bit
        elif standing is Standing.NO:
            no |= bit
    return _Told(yes, partly, no)


def _criterion_standing(plan: Plan, key: str, bits: int, told: _Told, known: Known, visible: int) -> Standing:
    yes, no = told.yes & bits, told.no & bits
    others = yes | told.partly & bits
    if not others | no:
        return _heard_last([(asked, standing_in(asked, known)) for asked in plan.of_criterion[key]], known)
    if not others or no & plan.knock_out:
        return Standing.NO
    required = plan.required & bits & visible
    return Standing.YES if required and not required & ~yes else Standing.PARTLY


def _heard_last(stands: Sequence[_Stands], known: Known) -> Standing:
    """Where nothing is known: the evasion or don't-know that was heard last."""
    heard = [
        (when_given(said), standing)
        for asked, standing in stands
        if standing is not Standing.NOT_ASKED
        and (one := known.heard.get(asked.question.key)) is not None
        and (said := one.beside or one.given) is not None
    ]
    return max(heard, default=((0, ""), Standing.NOT_ASKED))[1]
