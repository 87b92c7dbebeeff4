"""Lifecycle, temperature, grades and band: what rules make of a lead, beside the stage a person chose."""

from __future__ import annotations

from leaddesk.qualify.conditions import Context, holds
from leaddesk.qualify.plan import Plan
from leaddesk.qualify.playbook import Grades, LifecycleRule, Playbook
from leaddesk.qualify.terms import DAY, Temperature, Tenths


def temperature_of(plan: Plan, context: Context) -> Temperature:
    """Hot where the rule for hot holds or a hot event has not yet lost half its worth; else warm or cold."""
    if holds(plan.playbook.hot, context) or _hot_event(plan, context):
        return Temperature.HOT
    return Temperature.WARM if holds(plan.playbook.warm, context) else Temperature.COLD


def lifecycle_of(playbook: Playbook, context: Context) -> tuple[str | None, str | None]:
    """The highest lifecycle that rules reach, and the highest above it and above the recorded one a person may decide.

    A rule without a condition holds only where it comes first: every lead begins there.
    """
    reached = _highest(playbook, context, by_person=False)
    suggested = _highest(playbook, context, by_person=True)
    recorded = next((place for place, rule in enumerate(playbook.lifecycle) if rule.key == context.state.lifecycle), -1)
    suggests = suggested > max(reached, recorded)
    return (
        playbook.lifecycle[reached].key if reached >= 0 else None,
        playbook.lifecycle[suggested].key if suggests else None,
    )


def reached_by_rule(playbook: Playbook, context: Context) -> str | None:
    """The first of `lifecycle_of` alone."""
    reached = _highest(playbook, context, by_person=False)
    return playbook.lifecycle[reached].key if reached >= 0 else None


def _highest(playbook: Playbook, context: Context, *, by_person: bool) -> int:
    """The place of the highest lifecycle that rules of this sort reach; -1: none."""
    for place in range(len(playbook.lifecycle) - 1, -1, -1):
        rule = playbook.lifecycle[place]
        if rule.by_person is by_person and _reaches(rule, place, context):
            return place
    return -1


def fit_grade(grades: Grades, tenths: Tenths) -> str:
    """A, B or C."""
    if tenths >= grades.fit_a:
        return "A"
    return "B" if tenths >= grades.fit_b else "C"


def engagement_grade(grades: Grades, tenths: Tenths) -> str:
    """1, 2 or 3."""
    if tenths >= grades.engagement_1:
        return "1"
    return "2" if tenths >= grades.engagement_2 else "3"


def band_of(grades: Grades, score: Tenths) -> Temperature:
    """The band of the whole score."""
    if score >= grades.hot:
        return Temperature.HOT
    return Temperature.WARM if score >= grades.warm else Temperature.COLD


def _reaches(rule: LifecycleRule, place: int, context: Context) -> bool:
    if rule.when is None:
        return place == 0 and not rule.by_person
    return holds(rule.when, context)


def _hot_event(plan: Plan, context: Context) -> bool:
    for event in context.state.events:
        if event.kind in plan.hot_kinds and event.at <= context.as_of:
            half_life = plan.playbook.event_kind[event.kind].half_life_days
            if context.as_of - event.at <= int(half_life * DAY):
                return True
    return False
