"""What lists and the board sort and filter a lead by: an assessment without what only its own page shows.

Sweeps over many leads ask for nothing more. It is the same in every number as `assess`, and made of the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from leaddesk.qualify.changes import next_change_at
from leaddesk.qualify.conditions import Context, holds
from leaddesk.qualify.criteria import criterion_standings
from leaddesk.qualify.engagement import NO_ENGAGEMENT, Engagement, engagement_at
from leaddesk.qualify.gate import gate_in
from leaddesk.qualify.lifecycle import band_of, reached_by_rule, temperature_of
from leaddesk.qualify.plan import Plan, plan_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.potential import highest, outlook_of
from leaddesk.qualify.score import held, sums_of
from leaddesk.qualify.script import Known, known_of, question_state
from leaddesk.qualify.state import Assessment, GateCheck, LeadState, QuestionState
from leaddesk.qualify.terms import Instant, Standing, Temperature, Tenths


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers and standings of an assessment. `parts`: points by part; `criteria`: standings by criterion."""

    as_of: Instant
    criteria: Mapping[str, Standing]
    parts: Mapping[str, Tenths]
    score: Tenths
    up_to: Tenths
    lifecycle: str | None
    temperature: Temperature
    band: Temperature
    next_change_at: Instant | None


def summary_of(playbook: Playbook, state: LeadState, as_of: Instant, today: date) -> Summary:
    """As `assess`, so much quicker that a sweep may ask it of every lead."""
    plan = plan_of(playbook)
    known, engagement, sums, criteria, parts, context = _reckoned(plan, state, as_of, today)
    score = context.score
    return Summary(
        as_of,
        criteria,
        parts,
        score,
        highest(outlook_of(plan).vectors(known.bits, known.known), sums, plan.limits),
        reached_by_rule(playbook, context),
        temperature_of(plan, context),
        band_of(playbook.grades, score),
        next_change_at(plan, state, known, engagement, sums, as_of),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two playbooks are compared by. `met`: the lifecycle rules that hold, whatever was recorded or decided."""

    score: Tenths
    band: Temperature
    met: frozenset[str]


def outcome_of(playbook: Playbook, state: LeadState, as_of: Instant, today: date) -> Outcome:
    """What a playbook makes of a lead, as `assess` would, as quick as `summary_of`."""
    context = _reckoned(plan_of(playbook), state, as_of, today).context
    met = (rule.key for rule in playbook.lifecycle if rule.when is not None and holds(rule.when, context))
    return Outcome(context.score, band_of(playbook.grades, context.score), frozenset(met))


class Entry(NamedTuple):
    """What the gates on the way to a stage say of a lead, and its points by part, which are evidence of a move."""

    check: GateCheck
    parts: Mapping[str, Tenths]


def entry_of(playbook: Playbook, state: LeadState, as_of: Instant, today: date, target: str) -> Entry:
    """As `check_gate` says of an assessment, without the rest of one. Raises `NotFound` (stage)."""
    plan = plan_of(playbook)
    reckoned = _reckoned(plan, state, as_of, today)
    return Entry(gate_in(plan, reckoned.context, target), reckoned.parts)


class _Reckoned(NamedTuple):
    known: Known
    engagement: Engagement
    sums: Sequence[Tenths]
    criteria: Mapping[str, Standing]
    parts: Mapping[str, Tenths]
    context: Context


def _reckoned(plan: Plan, state: LeadState, as_of: Instant, today: date) -> _Reckoned:
    known = known_of(plan, state, as_of, today)
    visible = plan.branching.visible(known.bits)
    criteria = criterion_standings(plan, known, visible)
    engagement = engagement_at(plan.playbook, state.events, as_of) if state.events else NO_ENGAGEMENT
    sums = sums_of(plan, known, engagement)
    parts = dict(zip(plan.part_place, held(plan, sums), strict=True))
    context = Context(
        plan.playbook,
        state,
        as_of,
        known.facts,
        _Questions(plan, known, visible),
        {key: _Criterion(standing) for key, standing in criteria.items()},
        {key: _Part(points) for key, points in parts.items()},
        sum(parts.values()),
    )
    return _Reckoned(known, engagement, sums, criteria, parts, context)


def is_asked(playbook: Playbook, state: LeadState, as_of: Instant, today: date, question: str) -> bool:
    """Whether a question of the playbook is visible, as its state in `assess` says."""
    plan = plan_of(playbook)
    known = known_of(plan, state, as_of, today)
    return bool(plan.branching.visible(known.bits) >> plan.by_key[question].place & 1)


def summary_in(assessment: Assessment) -> Summary:
    """The summary an assessment contains."""
    return Summary(
        assessment.as_of,
        {key: criterion.standing for key, criterion in assessment.criteria.items()},
        {key: part.points for key, part in assessment.parts.items()},
        assessment.score,
        assessment.up_to,
        assessment.lifecycle,
        assessment.temperature,
        assessment.band,
        assessment.next_change_at,
    )


class _Part(NamedTuple):
    points: Tenths


class _Criterion(NamedTuple):
    standing: Standing


class _Questions(Mapping[str, QuestionState]):
    """How questions stand, each worked out when a condition asks."""

    def __init__(self, plan: Plan, known: Known, visible: int) -> None:
        self._plan, self._known, self._visible = plan, known, visible

    def __getitem__(self, key: str) -> QuestionState:
        return question_state(self._plan.by_key[key], self._known, self._visible)

    def __iter__(self) -> Iterator[str]:
        return iter(self._plan.by_key)

    def __len__(self) -> int:
        return len(self._plan.by_key)
