"""Everything that follows from what is known of a lead, at one instant."""

from __future__ import annotations

from datetime import date

from leaddesk.qualify.advice import advice_for
from leaddesk.qualify.changes import next_change_at
from leaddesk.qualify.conditions import Context
from leaddesk.qualify.criteria import criterion_states
from leaddesk.qualify.engagement import NO_ENGAGEMENT, engagement_at
from leaddesk.qualify.gate import gate_in, next_open_stage
from leaddesk.qualify.lifecycle import band_of, engagement_grade, fit_grade, lifecycle_of, temperature_of
from leaddesk.qualify.plan import plan_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.potential import highest, outlook_of
from leaddesk.qualify.score import Score, score_of
from leaddesk.qualify.script import known_of, question_states
from leaddesk.qualify.scripts import chosen, offered_in
from leaddesk.qualify.state import Assessment, LeadState
from leaddesk.qualify.terms import Instant, Tenths


def assess(playbook: Playbook, state: LeadState, as_of: Instant, today: date) -> Assessment:
    """Standings, score, lifecycle, gate and advice of a lead as of an instant.

    `today`: the day it is where the person is. The same input always gives the same result, in whichever order
    entries of the same instant come.
    """
    plan = plan_of(playbook)
    known = known_of(plan, state, as_of, today)
    questions = question_states(plan, known)
    criteria = criterion_states(plan, known, questions)
    engagement = engagement_at(playbook, state.events, as_of) if state.events else NO_ENGAGEMENT
    score = score_of(plan, known, questions, engagement)
    vectors = outlook_of(plan).vectors(known.bits, known.known)
    context = Context(playbook, state, as_of, known.facts, questions, criteria, score.parts, score.total)
    lifecycle, suggested = lifecycle_of(playbook, context)
    stage = next_open_stage(playbook, state)
    gate = gate_in(plan, context, stage.key) if stage else None
    offered = offered_in(playbook, context)
    script = chosen(playbook, state.script, offered)
    return Assessment(
        as_of=as_of,
        questions=questions,
        criteria=criteria,
        parts=score.parts,
        score=score.total,
        up_to=highest(vectors, score.sums, plan.limits),
        reasons=score.reasons,
        lifecycle=lifecycle,
        lifecycle_suggested=suggested,
        temperature=temperature_of(plan, context),
        fit_grade=fit_grade(playbook.grades, _of_kind(playbook, score, "fit")),
        engagement_grade=engagement_grade(playbook.grades, _of_kind(playbook, score, "engagement")),
        band=band_of(playbook.grades, score.total),
        offered=offered,
        script=script.key,
        gate=gate,
        advice=advice_for(plan, context, script, gate, score.sums),
        next_change_at=next_change_at(plan, state, known, engagement, score.sums, as_of),
    )


def _of_kind(playbook: Playbook, score: Score, kind: str) -> Tenths:
    return sum(score.parts[part.key].points for part in playbook.parts if part.kind == kind)
