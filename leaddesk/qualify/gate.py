"""Gates: what a stage asks for on entry, what is still unmet, and which question would meet it."""

from __future__ import annotations

from collections.abc import Iterator

from leaddesk.errors import NotFound
from leaddesk.qualify.conditions import FACT_ATOMS, Context, atoms, holding, holds, is_known
from leaddesk.qualify.helping import helpful, may_add, most_helpful
from leaddesk.qualify.plan import Plan, plan_of
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    Condition,
    CriterionStands,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    Not,
    Playbook,
    QuestionStands,
    Requirement,
    ScoreAtLeast,
    SignedOff,
    Stage,
)
from leaddesk.qualify.script import facts_told
from leaddesk.qualify.state import Assessment, GateCheck, LeadState, RequirementState
from leaddesk.qualify.terms import StageKind, Standing, Tenths

_ONLY_OWN_GATE = frozenset({StageKind.LOST, StageKind.PARKED, StageKind.NURTURE})


def check_gate(playbook: Playbook, state: LeadState, assessment: Assessment, target: str) -> GateCheck:
    """What every gate on the way to a stage asks for, met or not. Raises `NotFound` (stage) for an unknown stage."""
    plan = plan_of(playbook)
    return gate_in(plan, _context(plan, state, assessment), target)


def hidden_by(playbook: Playbook, state: LeadState, assessment: Assessment, question: str) -> str | None:
    """The visible question whose answer keeps another one hidden; None where it is visible, or a fact hides it."""
    plan = plan_of(playbook)
    return hiding_question(plan, _context(plan, state, assessment), question)


def gate_in(plan: Plan, context: Context, target: str) -> GateCheck:
    """What every gate on the way to a stage asks for, in a context."""
    return GateCheck(
        target,
        tuple(
            _requirement_state(plan, context, stage, requirement)
            for stage in stages_entered(plan.playbook, context.state, target)
            for requirement in stage.gate
            if requirement.only_if is None or holds(requirement.only_if, context)
        ),
    )


def position_of(playbook: Playbook, state: LeadState) -> int:
    """The place among the open stages a lead stands at, or stood at before it was closed or parked; -1: before all."""
    keys = [stage.key for stage in playbook.open_stages]
    for key in (state.stage, state.stage_before):
        if key in keys:
            return keys.index(key)
    return -1


def stages_entered(playbook: Playbook, state: LeadState, target: str) -> tuple[Stage, ...]:
    """The stages whose gates a move meets: all it passes over when it goes forward, none when it goes back.

    Lost, parked and nurture ask for their own gate alone. Raises `NotFound` (stage) for an unknown stage.
    """
    stage = playbook.stage.get(target)
    if stage is None:
        raise NotFound("stage", name=target, choices=", ".join(playbook.stage))
    if target == state.stage:
        return ()
    if stage.kind in _ONLY_OWN_GATE:
        return (stage,)
    ahead = playbook.open_stages[position_of(playbook, state) + 1 :]
    if stage.kind is StageKind.WON:
        return (*ahead, stage)
    return ahead[: ahead.index(stage) + 1] if stage in ahead else ()


def next_open_stage(playbook: Playbook, state: LeadState) -> Stage | None:
    """The open stage a lead would enter next; None in the last one, and once it is won."""
    stage = playbook.stage.get(state.stage)
    if stage is not None and stage.kind is StageKind.WON:
        return None
    ahead = playbook.open_stages[position_of(playbook, state) + 1 :]
    return ahead[0] if ahead else None


def awaited(plan: Plan, context: Context, check: GateCheck) -> frozenset[str]:
    """The open visible questions that unmet requirements wait for: the one each offers, and all a criterion lacks."""
    wanted: set[str] = set()
    for unmet in check.unmet:
        wanted.update(key for key in (unmet.question, unmet.hidden_by) if key)
        for requirement in plan.playbook.stage[unmet.stage].gate:
            if requirement.code == unmet.code:
                lacking = (one for one in atoms(requirement.when) if isinstance(one, CriterionStands))
                wanted.update(state.key for one in lacking for state in helpful(plan, context, one))
    return frozenset(key for key in wanted if context.questions[key].open)


def met_by(
    playbook: Playbook, state: LeadState, assessment: Assessment, requirement: Requirement
) -> tuple[Condition, ...]:
    """What meets a requirement that is met: the conditions of it that hold, a sign-off where that is what does it."""
    context = _context(plan_of(playbook), state, assessment)
    if holds(requirement.when, context):
        return tuple(holding(requirement.when, context))
    signed = SignedOff(requirement.code)
    return (signed,) if requirement.signoff and holds(signed, context) else ()


def _context(plan: Plan, state: LeadState, assessment: Assessment) -> Context:
    return Context(
        plan.playbook,
        state,
        assessment.as_of,
        facts_told(plan, state, assessment.questions),
        assessment.questions,
        assessment.criteria,
        assessment.parts,
        assessment.score,
    )


def _requirement_state(plan: Plan, context: Context, stage: Stage, requirement: Requirement) -> RequirementState:
    signed = requirement.signoff and holds(SignedOff(requirement.code), context)
    if signed or holds(requirement.when, context):
        return RequirementState(
            stage.key, requirement.code, True, Standing.YES, requirement.question, None, requirement.signoff
        )
    question = _to_ask(plan, context, requirement)
    return RequirementState(
        stage.key,
        requirement.code,
        False,
        _standing(requirement.when, context),
        question,
        hiding_question(plan, context, question) if question else None,
        requirement.signoff,
        _missing_points(requirement.when, context),
        tuple(dict.fromkeys(_missing_facts(plan, context, requirement.when))),
    )


def _missing_facts(plan: Plan, context: Context, condition: Condition) -> Iterator[str]:
    """The facts a condition that does not hold looks at, and which no question sets."""
    if holds(condition, context):
        return
    match condition:
        case All() | AnyOf():
            for one in condition.of:
                yield from _missing_facts(plan, context, one)
        case FactIs() | FactHas() | FactKnown() | FactBetween() | MoneyAtLeast():
            if _asked_by(plan, condition) is None:
                yield condition.fact
        case _:
            return


def _to_ask(plan: Plan, context: Context, requirement: Requirement) -> str | None:
    """The question that would meet a requirement: the one it names, unless that is known and an open one may help."""
    named = requirement.question or _question_for(plan, context, requirement.when)
    state = context.questions.get(named) if named is not None else None
    if state is not None and (state.open or not state.standing.is_knowledge):
        return named
    return most_helpful(plan, context, requirement.when) or named


def hiding_question(plan: Plan, context: Context, question: str) -> str | None:
    """The visible question whose answer keeps another one hidden; None where no question does."""
    blamed: str | None = question
    passed: set[str] = set()
    while blamed is not None and blamed not in passed:
        passed.add(blamed)
        asked = plan.by_key.get(blamed)
        if asked is None or asked.question.when is None or context.questions[blamed].visible:
            break
        blamed = _blamed(plan, context, asked.question.when)
    return None if blamed == question else blamed


def _blamed(plan: Plan, context: Context, condition: Condition) -> str | None:
    """The question that makes a condition fail."""
    match condition:
        case All() | AnyOf():
            failing = (one for one in condition.of if not holds(one, context))
            return next((key for one in failing if (key := _blamed(plan, context, one))), None)
        case Not():
            return next((key for one in atoms(condition.of) if (key := _asked_by(plan, one))), None)
        case _:
            return _asked_by(plan, condition)


def _asked_by(plan: Plan, atom: Condition) -> str | None:
    """The question an atom looks at, or the one that sets its fact."""
    if isinstance(atom, (AnswerIs, QuestionStands)):
        return atom.question if atom.question in plan.by_key else None
    if isinstance(atom, FACT_ATOMS):
        return next((asked.question.key for asked in plan.setters if asked.question.sets == atom.fact), None)
    return None


def _question_for(plan: Plan, context: Context, condition: Condition) -> str | None:
    """The question that would meet a condition that does not hold."""
    match condition:
        case All() | AnyOf():
            failing = (one for one in condition.of if not holds(one, context))
            return next((key for one in failing if (key := _question_for(plan, context, one))), None)
        case CriterionStands():
            return _of_criterion(plan, context, condition.criterion)
        case ScoreAtLeast():
            return _of_part(plan, context, condition.part)
        case _:
            return _blamed(plan, context, condition)


def _of_criterion(plan: Plan, context: Context, criterion: str) -> str | None:
    """Its most telling question: open ones first, required before others, then by points at stake and script order."""
    asked = [(one.question, context.questions[one.question.key]) for one in plan.of_criterion.get(criterion, ())]
    wanting = [one for one in asked if one[1].standing is not Standing.YES]
    if not wanting:
        return None
    best = min(
        wanting,
        key=lambda one: (not one[1].visible, not one[0].required, not one[1].open, -one[1].stake),
    )
    return best[0].key


def _of_part(plan: Plan, context: Context, part: str | None) -> str | None:
    place = None if part is None else plan.part_place.get(part, -1)
    open_ones = [
        context.questions[one.question.key]
        for one in plan.asked
        if (place is None or one.part == place)
        and context.questions[one.question.key].open
        and may_add(plan, context, one)
    ]
    return max(open_ones, key=lambda one: one.stake).key if open_ones else None


_WORTH = {Standing.NO: 0, Standing.NOT_ASKED: 1, Standing.PARTLY: 2, Standing.YES: 3}


def _standing(condition: Condition, context: Context) -> Standing:
    """How far a condition is met: yes, partly, no, or not asked where nothing is known about it yet."""
    if holds(condition, context):
        return Standing.YES
    match condition:
        case All():
            found = [_standing(one, context) for one in condition.of]
            if Standing.NO in found:
                return Standing.NO
            return Standing.PARTLY if {Standing.YES, Standing.PARTLY} & set(found) else Standing.NOT_ASKED
        case AnyOf():
            return max((_standing(one, context) for one in condition.of), key=_WORTH.__getitem__, default=Standing.NO)
        case Not():
            return Standing.NO
        case _:
            return _standing_of_atom(condition, context)


def _standing_of_atom(condition: Condition, context: Context) -> Standing:
    stands = Standing.NOT_ASKED
    if isinstance(condition, (AnswerIs, QuestionStands)) and condition.question in context.questions:
        stands = context.questions[condition.question].standing
    elif isinstance(condition, CriterionStands) and condition.criterion in context.criteria:
        stands = context.criteria[condition.criterion].standing
    elif isinstance(condition, FACT_ATOMS):
        stands = Standing.NO if is_known(context.facts.get(condition.fact)) else Standing.NOT_ASKED
    elif isinstance(condition, ScoreAtLeast):
        stands = Standing.PARTLY if _points(condition, context) > 0 else Standing.NOT_ASKED
    if not stands.is_knowledge:
        return Standing.NOT_ASKED
    # Known, and still not what is wanted: partly where it is partly, else no.
    return Standing.PARTLY if stands is Standing.PARTLY else Standing.NO


def _points(condition: ScoreAtLeast, context: Context) -> Tenths:
    if condition.part is None:
        return context.score
    part = context.parts.get(condition.part)
    return part.points if part else 0


def _missing_points(condition: Condition, context: Context) -> Tenths:
    return max(
        (
            atom.tenths - _points(atom, context)
            for atom in atoms(condition)
            if isinstance(atom, ScoreAtLeast) and not holds(atom, context)
        ),
        default=0,
    )
