"""Happy ears: where what is hoped for and what was heard do not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from leaddesk.qualify.gate import position_of
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Assessment, CriterionState, LeadState, QuestionState
from leaddesk.qualify.terms import DAY, QuestionKind, StageKind, Standing

#: What the criteria are called in the scripts in use; a script that has none of them gets no such remark.
AUTHORITY = ("authority", "economic_buyer", "decision_maker")
NEED = ("need", "pain", "identify_pain", "challenges")
TIMEFRAME = ("timeframe", "prioritization", "decision_process")

#: A stage at least this likely to be won is one in which a proposal is out.
_PROPOSAL_FROM = 50
_PROPOSAL_EVENTS = ("proposal_requested", "price_request")
#: An answer of one of these keys means within a month.
_AT_ONCE = ("now", "this_month", "month")
_MONTH_DAYS = 31
_CLOSING = "expected_on"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that does not fit. `question` would settle it, where one can be asked.

    Codes: `proposal_without_authority` (criterion, standing, and stage or event) · `sooner_than_usual` (stage, days:
    usual from it on, promised: days from today) · `need_without_pain` (criterion) · `closes_before_go_live` and
    `closes_after_go_live` (closing, go_live: days of the calendar) · `disagree` (criterion).
    """

    code: str
    details: Mapping[str, object] = field(default_factory=dict)
    question: str | None = None


def remarks(playbook: Playbook, state: LeadState, assessment: Assessment, today: date) -> tuple[Remark, ...]:
    """What does not fit, the gravest first; nothing where nothing is known, and once a lead is won or lost."""
    stage = playbook.stage.get(state.stage)
    if stage is not None and stage.kind in (StageKind.WON, StageKind.LOST):
        return ()
    return tuple(found for rule in _RULES if (found := rule(playbook, state, assessment, today)) is not None)


def usual_days(playbook: Playbook, state: LeadState) -> int | None:
    """How long it usually takes at most from here until it is won, by the playbook; None where a stage does not say."""
    ahead = playbook.open_stages[max(0, position_of(playbook, state)) :]
    days = [stage.rot_days for stage in ahead]
    return sum(each for each in days if each is not None) if days and None not in days else None


def _proposal(playbook: Playbook, state: LeadState, assessment: Assessment, _today: date) -> Remark | None:
    authority = _criterion(assessment, AUTHORITY)
    if authority is None or authority.standing in (Standing.YES, Standing.PARTLY):
        return None
    details: dict[str, object] = {"criterion": authority.key, "standing": authority.standing}
    stage = playbook.stage.get(state.stage)
    asked_for = [one.kind for one in state.events if one.kind in _PROPOSAL_EVENTS and one.at <= assessment.as_of]
    if stage is not None and stage.kind is StageKind.OPEN and stage.probability >= _PROPOSAL_FROM:
        details["stage"] = stage.key
    elif asked_for:
        details["event"] = asked_for[-1]
    else:
        return None
    return Remark("proposal_without_authority", details, _open_question(playbook, assessment, authority.key))


def _sooner(playbook: Playbook, state: LeadState, assessment: Assessment, today: date) -> Remark | None:
    usual = usual_days(playbook, state)
    if usual is None:
        return None
    for key, promised in _promised(playbook, assessment, today):
        if promised < usual:
            details = {"promised": promised, "days": usual, "stage": state.stage}
            return Remark("sooner_than_usual", details, key)
    return None


def _promised(playbook: Playbook, assessment: Assessment, today: date) -> Iterator[tuple[str, int]]:
    """The questions about time that were answered with a day, or with *now*: in how many days that is."""
    for question, stands in _of_criteria(playbook, assessment, TIMEFRAME):
        given = stands.given
        if given is None or not stands.standing.is_knowledge:
            continue
        if given.said.day is not None:
            yield question.key, (given.said.day - today).days
        elif question.kind is QuestionKind.SINGLE and set(stands.keys) & set(_AT_ONCE):
            since = max(0, assessment.as_of - given.at) // DAY
            yield question.key, max(0, _MONTH_DAYS - since)


def _need(playbook: Playbook, _state: LeadState, assessment: Assessment, _today: date) -> Remark | None:
    need = _criterion(assessment, NEED)
    if need is None or need.standing is not Standing.YES:
        return None
    told = list(_of_criteria(playbook, assessment, (need.key,)))
    if any(_in_their_words(stands) for _, stands in told):
        return None
    wanted = next((q.key for q, stands in told if q.kind is QuestionKind.TEXT and stands.visible and stands.open), None)
    return Remark("need_without_pain", {"criterion": need.key}, wanted)


def _in_their_words(stands: QuestionState) -> bool:
    given = stands.given
    if given is None or stands.expired or not stands.standing.is_knowledge:
        return False
    return bool(given.note.strip() or (given.said.text or "").strip())


def _closing(playbook: Playbook, state: LeadState, assessment: Assessment, _today: date) -> Remark | None:
    closing = state.facts.get(_CLOSING)
    if not isinstance(closing, date):
        return None
    for question, stands in _of_criteria(playbook, assessment, TIMEFRAME):
        day = stands.given.said.day if stands.given is not None and stands.standing.is_knowledge else None
        if day is not None and day != closing:
            code = "closes_before_go_live" if closing < day else "closes_after_go_live"
            return Remark(code, {"closing": closing, "go_live": day}, question.key)
    return None


def _disagree(playbook: Playbook, _state: LeadState, assessment: Assessment, _today: date) -> Remark | None:
    for criterion in assessment.criteria.values():
        if criterion.disagree:
            asked = _of_criteria(playbook, assessment, (criterion.key,))
            return Remark(
                "disagree", {"criterion": criterion.key}, next((q.key for q, each in asked if each.disagree), None)
            )
    return None


_Rule = Callable[[Playbook, LeadState, Assessment, date], Remark | None]
_RULES: tuple[_Rule, ...] = (_proposal, _disagree, _closing, _sooner, _need)


def _criterion(assessment: Assessment, names: tuple[str, ...]) -> CriterionState | None:
    return next((assessment.criteria[name] for name in names if name in assessment.criteria), None)


def _of_criteria(
    playbook: Playbook, assessment: Assessment, names: tuple[str, ...]
) -> Iterator[tuple[Question, QuestionState]]:
    for question in playbook.questions:
        if question.criterion in names and question.key in assessment.questions:
            yield question, assessment.questions[question.key]


def _open_question(playbook: Playbook, assessment: Assessment, criterion: str) -> str | None:
    """The question to ask about a criterion: a required one before others."""
    asked = [(q, s) for q, s in _of_criteria(playbook, assessment, (criterion,)) if s.visible]
    wanting = [(q, s) for q, s in asked if s.standing is not Standing.YES]
    best = min(wanting, key=lambda one: (not one[0].required, not one[1].open), default=None)
    return best[0].key if best is not None else None
