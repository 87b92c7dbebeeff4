"""Scripts as ways through one pool of questions: which is offered, what is open in one, where a letter leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from leaddesk.qualify.conditions import Context, holding, holds, window_seen
from leaddesk.qualify.playbook import (
    Condition,
    CriterionStands,
    EventSeen,
    Playbook,
    Question,
    QuestionStands,
    Script,
    ScriptGroup,
)
from leaddesk.qualify.state import Assessment, Offered, QuestionState
from leaddesk.qualify.terms import Standing


@dataclass(frozen=True, slots=True)
class GroupState:
    """How a group of a script stands: of `visible` questions, `known` have knowledge and `met` are yes."""

    key: str
    standing: Standing
    visible: int
    known: int
    met: int
    disagree: bool = False

    @property
    def open(self) -> int:
        """How many can be asked and have no answer."""
        return self.visible - self.known


# ── which script ─────────────────────────────────────────────────────────────────────────────────────────────────────


def offered_in(playbook: Playbook, context: Context) -> Offered:
    """The first script whose condition holds, else the one without a condition."""
    for script in playbook.scripts:
        if script.when is not None and holds(script.when, context):
            return Offered(script.key, tuple(_the_case(one, context) for one in holding(script.when, context)))
    usual = next((script for script in playbook.scripts if script.when is None), playbook.scripts[0])
    return Offered(usual.key)


def chosen(playbook: Playbook, key: str | None, offered: Offered) -> Script:
    """The script of a key; where none is named, or the playbook does not have it any more, the one offered."""
    return playbook.script.get(key or offered.script) or playbook.script[offered.script]


def script_of(playbook: Playbook, assessment: Assessment) -> Script:
    """The script that the advice goes by."""
    return playbook.script[assessment.script]


def _the_case(condition: Condition, context: Context) -> Condition:
    """Of the alternatives a condition names, those that are the case."""
    match condition:
        case EventSeen():
            seen = {one.kind for one in context.state.events if window_seen(condition, one.at, context.as_of)}
            return replace(condition, kinds=tuple(kind for kind in condition.kinds if kind in seen))
        case CriterionStands():
            return replace(condition, standings=(context.criteria[condition.criterion].standing,))
        case QuestionStands():
            return replace(condition, standings=(context.questions[condition.question].standing,))
        case _:
            return condition


# ── what it asks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def visible(playbook: Playbook, assessment: Assessment, script: Script) -> tuple[Question, ...]:
    """The questions of a script that can be asked now, in its order."""
    return _visible(playbook, assessment, script.questions)


def visible_in(playbook: Playbook, assessment: Assessment, group: ScriptGroup) -> tuple[Question, ...]:
    """The questions of a group that can be asked now, in its order."""
    return _visible(playbook, assessment, group.questions)


def open_questions(playbook: Playbook, assessment: Assessment, script: Script) -> tuple[Question, ...]:
    """The questions of a script that can be asked now and have no answer, in its order."""
    return tuple(one for one in visible(playbook, assessment, script) if assessment.questions[one.key].open)


def group_of(script: Script, question: str | None) -> ScriptGroup | None:
    """The group a question belongs to; None where the script does not ask it."""
    return next((group for group in script.groups if question in group.questions), None)


def groups_of_letter(script: Script, letter: str) -> tuple[ScriptGroup, ...]:
    """The groups a typed letter means, in any language; several may share one."""
    folded = letter.casefold()
    return tuple(one for one in script.groups if folded and folded in {word.casefold() for word in one.letter.values()})


def group_states(playbook: Playbook, assessment: Assessment, script: Script) -> Mapping[str, GroupState]:
    """How each group of a script stands, in its order."""
    return {group.key: group_state(playbook, assessment, group) for group in script.groups}


def group_state(playbook: Playbook, assessment: Assessment, group: ScriptGroup) -> GroupState:
    """How a group stands, by the rule of a criterion; without required questions, all of its visible ones count so."""
    asked = [
        (playbook.question[key], assessment.questions[key]) for key in group.questions if key in assessment.questions
    ]
    shown = [state for _, state in asked if state.visible]
    return GroupState(
        group.key,
        _standing(asked, all_count=group.key not in playbook.criterion),
        len(shown),
        sum(1 for state in shown if state.standing.is_knowledge),
        sum(1 for state in shown if state.standing is Standing.YES),
        any(state.disagree for _, state in asked),
    )


def _standing(asked: Iterable[tuple[Question, QuestionState]], *, all_count: bool) -> Standing:
    pairs = list(asked)
    told = [(question, state.standing) for question, state in pairs if state.standing.is_knowledge]
    if not told:
        return _heard_last(state for _, state in pairs)
    if all(standing is Standing.NO for _, standing in told):
        return Standing.NO
    if any(standing is Standing.NO and question.knock_out for question, standing in told):
        return Standing.NO
    every = all_count and not any(question.required for question, _ in pairs)
    wanted = [state.standing for question, state in pairs if (every or question.required) and state.visible]
    if wanted and all(standing is Standing.YES for standing in wanted):
        return Standing.YES
    return Standing.PARTLY


def _heard_last(states: Iterable[QuestionState]) -> Standing:
    heard = [
        ((said.at, said.id), state.standing)
        for state in states
        if state.standing is not Standing.NOT_ASKED and (said := state.beside or state.given) is not None
    ]
    return max(heard, default=((0, ""), Standing.NOT_ASKED))[1]


# ── moving about ─────────────────────────────────────────────────────────────────────────────────────────────────────


def first(playbook: Playbook, assessment: Assessment, script: Script) -> str | None:
    """What to ask first: what is advised, else the script's first open question, else its first visible one."""
    if assessment.advice is not None and assessment.script == script.key:
        return assessment.advice.question
    return _first(assessment, visible(playbook, assessment, script))


def neighbour(playbook: Playbook, assessment: Assessment, script: Script, key: str, by: int) -> str:
    """The visible question so many places on; the ends of the script hold.

    From a question the script does not ask, it goes on at the next one of the pool that it asks.
    """
    order = script.questions
    if key not in order:
        return _back_into(playbook, assessment, script, key, by)
    here = order.index(key)
    shown = [one.key for one in visible(playbook, assessment, script)]
    if by > 0:
        onwards = [one for one in shown if order.index(one) > here]
    else:
        onwards = [one for one in reversed(shown) if order.index(one) < here]
    return onwards[min(abs(by), len(onwards)) - 1] if onwards else key


def entered(
    playbook: Playbook, assessment: Assessment, groups: Iterable[ScriptGroup], current: str | None
) -> str | None:
    """Where a letter leads: the first open question of its groups, one after the other; pressed again, the next round.

    None where none of them has a visible question.
    """
    asked = [one for group in groups for one in visible_in(playbook, assessment, group)]
    keys = [one.key for one in asked]
    if current in keys:
        return keys[(keys.index(current) + 1) % len(keys)]
    return _first(assessment, asked)


def _visible(playbook: Playbook, assessment: Assessment, keys: Iterable[str]) -> tuple[Question, ...]:
    states = assessment.questions
    return tuple(playbook.question[key] for key in keys if key in states and states[key].visible)


def _first(assessment: Assessment, asked: Iterable[Question]) -> str | None:
    keys = [one.key for one in asked]
    return next((key for key in keys if assessment.questions[key].open), keys[0] if keys else None)


def _back_into(playbook: Playbook, assessment: Assessment, script: Script, key: str, by: int) -> str:
    pool = [one.key for one in playbook.questions]
    here = pool.index(key) if key in pool else 0
    shown = {one.key for one in visible(playbook, assessment, script)}
    onwards = pool[here + 1 :] if by > 0 else pool[:here][::-1]
    return next((one for one in onwards if one in shown), key)
