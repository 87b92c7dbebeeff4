"""Moving leads along the pipeline: gates, reasons, dates, sign-offs, and what a stage sets on entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.answers import give_answer
from leaddesk.operations.facts import read_facts, write_custom, write_facts
from leaddesk.operations.places import Beside, keys_between
from leaddesk.operations.pool import hand_over
from leaddesk.operations.rows import Row, lead_row, name_after, shown_as, wanted_text
from leaddesk.operations.tasks import set_entry_tasks
from leaddesk.operations.verb import operation
from leaddesk.qualify.custom import own_name, written
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.state import FactValue, Said
from leaddesk.qualify.summary import entry_of
from leaddesk.qualify.terms import StageKind, Tenths, points


@operation
def move_lead(
    step: Step,
    lead_id: str,
    to: str,
    override: str | None = None,
    reason: str | None = None,
    until: date | None = None,
    place: str | None = None,
    beside: Beside | None = None,
    give_to: str | None = None,
) -> None:
    """Moves a lead to the stage `to`, or only to another place within its stage, given as a key or by its neighbours.

    `give_to`: who owns it from then on, "" for nobody; None leaves it with its owner.

    Refused `gate` (details check: GateCheck, stage) unless `override` says why it may pass all the same; `needs_reason`
    (list, choices) and `needs_date` where the stage asks for one. BadValue for a reason off the list or a day gone by.
    """
    row = lead_row(step, lead_id)
    stage = wanted_stage(step, to)
    name_after(step, row, stage=dict(stage.label), to=to)
    if beside is not None:
        place = keys_between(step, beside, 1)[0]
    if row["stage"] == to:
        hand_over(step, row, give_to)
        _stay(step, row, stage, reason=reason, until=until, place=place)
        return
    check_reason(step, stage, reason)
    check_day(step, stage, until)
    state = step.known(lead_id).state
    check, parts = entry_of(step.playbook, state, step.now, local_day(step.now), to)
    why = (override or "").strip() or None
    if not check.open and why is None:
        raise Refused("gate", check=check, stage=dict(stage.label), to=to, lead=shown_as(step, row), lead_id=lead_id)
    hand_over(step, row, give_to)
    write_move(step, row, stage, reason=reason, until=until, place=place, override=None if check.open else why)
    record_lifecycle(step, row, stage, parts)
    set_entry_tasks(step, lead_id, stage.tasks)


@operation
def move_with_answers(
    step: Step,
    lead_id: str,
    to: str,
    answers: Mapping[str, Said] | None = None,
    signoffs: Mapping[str, str] | None = None,
    override: str | None = None,
    reason: str | None = None,
    until: date | None = None,
    place: str | None = None,
    beside: Beside | None = None,
    give_to: str | None = None,
    facts: Mapping[str, FactValue] | None = None,
) -> None:
    """Gives the answers a gate asked for, writes facts, signs off, and moves, all in one step.

    `signoffs`: person by code; `facts`: by field, a team's own as `custom.NAME`.
    """
    if facts:
        _write_missing(step, lead_id, facts)
    for question in step.playbook.questions:
        if answers and question.key in answers:
            give_answer(step, lead_id, question.key, answers[question.key])
    for unknown in (answers or {}).keys() - step.playbook.question.keys():
        raise NotFound("question", name=unknown)
    for code, by in (signoffs or {}).items():
        sign_off(step, lead_id, code, by)
    move_lead(
        step,
        lead_id,
        to,
        override=override,
        reason=reason,
        until=until,
        place=place,
        beside=beside,
        give_to=give_to,
    )


def _write_missing(step: Step, lead_id: str, facts: Mapping[str, FactValue]) -> None:
    """The facts a gate missed."""
    own = {own_name(fact): value for fact, value in facts.items() if own_name(fact)}
    others = {fact: value for fact, value in facts.items() if not own_name(fact)}
    write_facts(step, lead_row(step, lead_id), read_facts(others))
    write_custom(step, lead_id, {name: written(value) for name, value in own.items()})


@operation
def sign_off(step: Step, lead_id: str, code: str, by: str) -> str:
    """Signs a gate's requirement off in the name of a person and returns the id of the sign-off."""
    row = lead_row(step, lead_id)
    known = {need.code: need for stage in step.playbook.stages for need in stage.gate if need.signoff}
    if code not in known:
        raise NotFound("no_signoff", name=code, choices=", ".join(known))
    name_after(step, row, requirement=dict(known[code].label), by=by)
    return step.insert(schema.signoff, lead_id=lead_id, code=code, by=wanted_text(by), at=step.now)


def enter_first_stage(step: Step, lead_id: str) -> None:
    """What the first stage sets on a lead that was just added."""
    stage = step.playbook.stages[0]
    step.insert(schema.stage_change, lead_id=lead_id, to_stage=stage.key, at=step.now)
    set_entry_tasks(step, lead_id, stage.tasks)


def wanted_stage(step: Step, key: str) -> Stage:
    """The stage with a key; NotFound `stage` else."""
    stage = step.playbook.stage.get(key)
    if stage is None:
        raise NotFound("stage", name=key, choices=", ".join(step.playbook.stage))
    return stage


def _stay(step: Step, row: Row, stage: Stage, *, reason: str | None, until: date | None, place: str | None) -> None:
    """Changes what is given of place, reason and day for a lead that is in the stage already."""
    columns: dict[str, object] = {}
    if place is not None:
        columns["place"] = place
    if reason is not None:
        check_reason(step, stage, reason)
        columns["reason"] = reason
    if until is not None:
        check_day(step, stage, until)
        columns["parked_until"] = until.isoformat()
    if columns:
        step.update(schema.lead, row["id"], **columns)


# Where a reason is no duty, the lists it may come from: what sales returns goes to nurture and says why.
_REASONS_ALLOWED: Mapping[StageKind, tuple[str, ...]] = {
    StageKind.LOST: ("lost",),
    StageKind.PARKED: ("parked",),
    StageKind.NURTURE: ("nurture", "returned"),
}


def check_reason(step: Step, stage: Stage, reason: str | None) -> None:
    """Refused `needs_reason` where a stage wants one; BadValue for one that is not on its lists."""
    lists = (stage.needs_reason,) if stage.needs_reason else _REASONS_ALLOWED.get(stage.kind, ())
    choices = [choice.key for name in lists for choice in step.playbook.reasons.get(name, ())]
    if reason is None and stage.needs_reason is None:
        return
    if not choices and stage.needs_reason is None:
        raise BadValue("reason_unwanted", stage=dict(stage.label))
    if reason is None:
        raise Refused(
            "needs_reason", stage=dict(stage.label), to=stage.key, list=stage.needs_reason, choices=", ".join(choices)
        )
    if reason not in choices:
        raise BadValue("reason", name=reason, choices=", ".join(choices))


def check_day(step: Step, stage: Stage, until: date | None) -> None:
    """Refused `needs_date` where a stage wants a day; BadValue for one gone by, or where none is wanted."""
    if until is None:
        if stage.needs_date:
            raise Refused("needs_date", stage=dict(stage.label), to=stage.key)
        return
    if stage.kind not in (StageKind.PARKED, StageKind.NURTURE):
        raise BadValue("date_unwanted", stage=dict(stage.label))
    if until <= local_day(step.now):
        raise BadValue("date_past", date=until.isoformat())


def write_move(
    step: Step,
    row: Row,
    stage: Stage,
    *,
    reason: str | None,
    until: date | None,
    place: str | None,
    override: str | None,
) -> None:
    """Puts a lead into a stage, whatever its gate says, and records that."""
    here = step.playbook.stage.get(row["stage"])
    left = row["stage"] if here is not None and here.kind is StageKind.OPEN else row["stage_before"]
    step.update(
        schema.lead,
        row["id"],
        stage=stage.key,
        stage_since=step.now,
        stage_before=None if stage.kind is StageKind.OPEN else left,
        place=place,
        reason=reason,
        parked_until=_iso(until),
    )
    step.insert(
        schema.stage_change,
        lead_id=row["id"],
        from_stage=row["stage"],
        to_stage=stage.key,
        at=step.now,
        reason=reason,
        override=override,
        until=_iso(until),
        by=step.person or None,
    )


def record_lifecycle(step: Step, row: Row, stage: Stage, parts: Mapping[str, Tenths]) -> None:
    """Records what a person decides by this move, unless the lead stands higher already."""
    order = {rule.key: place for place, rule in enumerate(step.playbook.lifecycle)}
    if stage.lifecycle is None or order.get(stage.lifecycle, -1) <= order.get(row["lifecycle"], -1):
        return
    step.update(schema.lead, row["id"], lifecycle=stage.lifecycle, lifecycle_at=step.now)
    evidence: dict[str, object] = {key: points(tenths) for key, tenths in parts.items()}
    step.insert(
        schema.lifecycle_change,
        lead_id=row["id"],
        from_key=row["lifecycle"],
        to_key=stage.lifecycle,
        at=step.now,
        evidence=json.dumps({**evidence, "by": "person", "person": step.person, "stage": stage.key}, sort_keys=True),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
