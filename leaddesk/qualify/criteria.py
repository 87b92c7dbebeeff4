"""How criteria stand: by their knock-outs, their required questions, and what was heard last."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.qualify.plan import Plan
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.script import Known, when_given
from leaddesk.qualify.state import CriterionState, QuestionState
from leaddesk.qualify.terms import Standing


def criterion_states(plan: Plan, known: Known, questions: Mapping[str, QuestionState]) -> dict[str, CriterionState]:
    """How each criterion stands, in playbook order."""
    visible = plan.branching.visible(known.bits)
    touched = known.known
    for key in known.heard:
        touched |= 1 << plan.by_key[key].place
    states: dict[str, CriterionState] = {}
    for key, asked in plan.of_criterion.items():
        bits = plan.criterion_bits[key]
        if touched & bits:
            of_it = tuple((one.question, questions[one.question.key]) for one in asked)
            states[key] = _criterion_state(key, of_it)
        else:
            states[key] = CriterionState(key, Standing.NOT_ASKED, (visible & bits).bit_count(), 0, 0)
    return states


def _criterion_state(key: str, questions: tuple[tuple[Question, QuestionState], ...]) -> CriterionState:
    visible = [(question, state) for question, state in questions if state.visible]
    return CriterionState(
        key,
        _criterion_standing(questions),
        len(visible),
        sum(1 for _, state in visible if state.standing.is_knowledge),
        sum(1 for _, state in visible if state.standing is Standing.YES),
        any(state.disagree for _, state in questions),
    )


def _criterion_standing(questions: tuple[tuple[Question, QuestionState], ...]) -> Standing:
    known = [(question, state) for question, state in questions if state.standing.is_knowledge]
    if not known:
        heard = [
            (when_given(state.beside or state.given), state.standing)
            for _, state in questions
            if state.standing is not Standing.NOT_ASKED and state.given is not None
        ]
        return max(heard, default=((0, ""), Standing.NOT_ASKED))[1]
    knocked_out = any(question.knock_out and state.standing is Standing.NO for question, state in known)
    if knocked_out or all(state.standing is Standing.NO for _, state in known):
        return Standing.NO
    required = [state for question, state in questions if question.required and state.visible]
    if required and all(state.standing is Standing.YES for state in required):
        return Standing.YES
    return Standing.PARTLY
