"""What a person decides when a call ends: outcome, next step, stage; and what is offered for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leaddesk import words
from leaddesk.db.records import Lead, NextStep
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.periods import months_later
from leaddesk.qualify.playbook import Choice, Disposition, Playbook, Stage
from leaddesk.qualify.state import PastCall
from leaddesk.qualify.terms import Instant, StageKind


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a call as decided so far. `stage` None: it stays where it is."""

    outcome: str
    text: str = ""
    day: date | None = None
    time: str | None = None
    stage: str | None = None
    reason: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A day offered on a digit."""

    key: str
    day: date


def nearby_days(today: date) -> tuple[Nearby, ...]:
    """Days a next step is usually put on, never a weekend, and no day twice."""
    tomorrow = today + timedelta(days=1)
    first = working_day(tomorrow)
    return (
        Nearby("tomorrow" if first == tomorrow else "on_monday", first),
        Nearby("in_3_days", working_day(max(today + timedelta(days=3), first + timedelta(days=1)))),
        Nearby("next_week", working_day(today + timedelta(days=7))),
        Nearby("in_2_weeks", working_day(today + timedelta(days=14))),
        Nearby("in_a_month", working_day(months_later(today, 1))),
    )


def working_day(day: date) -> date:
    """The day, or the Monday after where it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def suggested(playbook: Playbook, lead: Lead, outcome: Disposition, now: Instant, today: date, language: str) -> Ending:
    """What follows from an outcome if nothing else is said: the next attempt by its days, the stage it leads to.

    What is planned already for later stays the next step.
    """
    ending = Ending(outcome.key)
    if outcome.next_days is not None and not outcome.do_not_call and planned(lead, today) is None:
        day = working_day(today + timedelta(days=outcome.next_days))
        text = words.pick(outcome.next_text, language) if outcome.next_text else words.pick(outcome.label, language)
        ending = replace(ending, day=day, text=text)
    stage = suggested_stage(playbook, lead, outcome, now, today)
    return replace(ending, stage=stage.key if stage is not None else None)


def planned(lead: Lead, today: date) -> NextStep | None:
    """What is planned first after today."""
    return min((task for task in lead.tasks if task.due_on > today), key=lambda task: task.due_on, default=None)


def suggested_stage(playbook: Playbook, lead: Lead, outcome: Disposition, now: Instant, today: date) -> Stage | None:
    """The stage the outcome leads to, else the farthest one whose gate is open now that the person was reached."""
    if outcome.stage is not None:
        return playbook.stage.get(outcome.stage) if outcome.stage != lead.stage else None
    if not outcome.reached:
        return None
    is_open = _gates_after(playbook, lead, outcome, now, today)
    reached = None
    for stage in stages_ahead(playbook, lead):
        # A stage without a gate is no sign of progress: a person decides.
        if not stage.gate or not is_open(stage):
            break
        reached = stage
    return reached


def winnable(playbook: Playbook, lead: Lead, outcome: Disposition, now: Instant, today: date) -> Stage | None:
    """The stage of leads that are won, where the person was reached and nothing is missing for it any more."""
    won = next((stage for stage in playbook.stages if stage.kind is StageKind.WON), None)
    if won is None or not outcome.reached or outcome.stage is not None or not _stands_open(playbook, lead):
        return None
    return won if _gates_after(playbook, lead, outcome, now, today)(won) else None


def _gates_after(
    playbook: Playbook, lead: Lead, outcome: Disposition, now: Instant, today: date
) -> Callable[[Stage], bool]:
    """Which gates are open once the call has ended so."""
    after = replace(lead.state, calls=(*lead.state.calls, PastCall("", now, outcome.key)))
    assessment = assess(playbook, after, now, today)
    return lambda stage: check_gate(playbook, after, assessment, stage.key).open


def _stands_open(playbook: Playbook, lead: Lead) -> bool:
    """Whether it stands in an open stage."""
    return any(stage.key == lead.stage for stage in playbook.open_stages)


def stages_ahead(playbook: Playbook, lead: Lead) -> tuple[Stage, ...]:
    """The open stages after the lead's own; none where it stands in another kind of stage."""
    keys = [stage.key for stage in playbook.open_stages]
    return playbook.open_stages[keys.index(lead.stage) + 1 :] if lead.stage in keys else ()


def stage_choices(
    playbook: Playbook, lead: Lead, suggestion: Stage | None, won: Stage | None = None
) -> tuple[Stage | None, ...]:
    """Staying (None), then what is suggested, won where it can be, then the ways out: nurture, parked, lost."""
    offered: list[Stage | None] = [None]
    offered += [stage for stage in (suggestion, won) if stage is not None]
    for kind in (StageKind.NURTURE, StageKind.PARKED, StageKind.LOST):
        offered += [s for s in playbook.stages if s.kind is kind and s.key != lead.stage and s not in offered]
    return tuple(offered[:9])


def reasons(playbook: Playbook, stage: Stage | None) -> tuple[Choice, ...]:
    """The reasons one of which a stage asks for."""
    if stage is None or stage.needs_reason is None:
        return ()
    return tuple(playbook.reasons.get(stage.needs_reason, ()))[:9]
