"""Calling a lead: start, keep the place, take notes, end with an outcome and a next step."""

from __future__ import annotations

from datetime import date, timedelta

from leaddesk import words
from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.standings import assessed
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.answers import asked_question, give_answer, note_answer, withdraw_answer
from leaddesk.operations.rows import Row, lead_row, name_after, row_of, rows_where, shown_as
from leaddesk.operations.tasks import add_task
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import Disposition, Script
from leaddesk.qualify.terms import Instant

__all__ = [
    "choose_script",
    "delete_call",
    "end_call",
    "give_answer",
    "log_call",
    "note_answer",
    "note_call",
    "place_call",
    "start_call",
    "withdraw_answer",
]

_MINUTE = 60_000
_LONGEST = 24 * 60


@operation
def start_call(step: Step, lead_id: str, question: str | None = None, script: str | None = None) -> str:
    """Starts a call, at a question and by a script where they are named, and returns its id.

    Without a script it keeps to the one offered now, so that an answer does not change what is asked in mid-call.
    Refused `do_not_call`, and `call_open` (call_id, lead_id) while one goes on; NotFound `question`, `script`.
    """
    row = lead_row(step, lead_id)
    if question is not None:
        asked_question(step, question)
    if script is not None:
        _script(step, script)
    name_after(step, row)
    _refuse_unwanted(step, row)
    going_on = _open_call(step)
    if going_on is not None:
        other = lead_row(step, going_on["lead_id"])
        raise Refused("call_open", call_id=going_on["id"], lead_id=other["id"], lead=shown_as(step, other))
    return step.insert(
        schema.call,
        lead_id=lead_id,
        started_at=step.now,
        question=question,
        playbook_id=step.playbook_id,
        script=script or _offered(step, lead_id),
    )


@operation
def choose_script(step: Step, call_id: str, script: str | None) -> None:
    """Goes on by another script of the playbook, None by the one offered; trying several is one step to undo.

    NotFound `script` (choices); Refused `call_ended`.
    """
    row = _going_on(step, call_id)
    key = script or _offered(step, row["lead_id"])
    name = dict(_script(step, key).name) if key is not None else {}
    name_after(step, lead_row(step, row["lead_id"]), script=name, key=key)
    step.merge(f"choose_script {call_id}")
    step.update(schema.call, call_id, script=key)


@operation
def place_call(step: Step, call_id: str, question: str) -> None:
    """Remembers the question a call stands at, to take it up there after a crash."""
    row = _going_on(step, call_id)
    asked_question(step, question)
    name_after(step, lead_row(step, row["lead_id"]))
    step.ride_along()
    step.update(schema.call, call_id, question=question)


@operation
def note_call(step: Step, call_id: str, text: str) -> None:
    """Rewrites the note of a call; quick rewriting is one step to undo."""
    row = row_of(step, schema.call, call_id)
    name_after(step, lead_row(step, row["lead_id"]))
    step.merge(f"note_call {call_id}")
    step.update(schema.call, call_id, note=text.replace("\0", "") or None)


@operation
def end_call(
    step: Step,
    call_id: str,
    outcome: str,
    next_text: str | None = None,
    next_on: date | None = None,
    next_time: str | None = None,
    minutes: int | None = None,
    own_step: bool = True,
) -> None:
    """Ends a call with an outcome of the playbook's dispositions and plans the next step.

    Without a next step, the outcome's own one is planned, unless not `own_step` or something later is planned already.
    An outcome that means "never call again" is kept on the lead.
    """
    row = _going_on(step, call_id)
    lead = lead_row(step, row["lead_id"])
    disposition = _disposition(step, outcome)
    name_after(step, lead, outcome=dict(disposition.label), key=outcome)
    if minutes is None:
        minutes = max(1, round((step.now - row["started_at"]) / _MINUTE))
    # Its outcome is said in today's words, also where another playbook was adopted since it began.
    ended = {"ended_at": step.now, "outcome": outcome, "playbook_id": step.playbook_id}
    step.update(schema.call, call_id, minutes=_minutes(minutes), **ended)
    _follow_up(step, lead, disposition, next_text, next_on, next_time, own_step=own_step)


@operation
def log_call(
    step: Step,
    lead_id: str,
    outcome: str,
    minutes: int | None = None,
    next_text: str | None = None,
    next_on: date | None = None,
    next_time: str | None = None,
    note: str = "",
    at: Instant | None = None,
    script: str | None = None,
) -> str:
    """Logs a call made by other means, or ends the one going on with this lead; returns the call's id.

    `at`: when it began, where that is known; then the one going on goes on. BadValue `in_future` where that is to come.
    `script`: by which questions were asked, where that is known; NotFound `script`.
    """
    lead = lead_row(step, lead_id)
    if script is not None:
        _script(step, script)
    disposition = _disposition(step, outcome)
    name_after(step, lead, outcome=dict(disposition.label), key=outcome)
    going_on = _open_call(step)
    if at is not None and at > step.now:
        raise BadValue("in_future")
    if at is None and going_on is not None and going_on["lead_id"] == lead_id:
        end_call(step, going_on["id"], outcome, next_text, next_on, next_time, minutes)
        told = {"note": note.strip(), "script": script}
        step.update(schema.call, going_on["id"], **{name: value for name, value in told.items() if value})
        return str(going_on["id"])
    _refuse_unwanted(step, lead)
    lasted = _minutes(minutes or 0)
    call_id = step.insert(
        schema.call,
        lead_id=lead_id,
        started_at=step.now - lasted * _MINUTE if at is None else at,
        ended_at=step.now if at is None else min(step.now, at + lasted * _MINUTE),
        minutes=lasted,
        outcome=outcome,
        note=note.strip() or None,
        playbook_id=step.playbook_id,
        script=script,
    )
    _follow_up(step, lead, disposition, next_text, next_on, next_time)
    return call_id


@operation
def delete_call(step: Step, call_id: str) -> None:
    """Deletes a call that did not take place; answers given in it stay."""
    row = row_of(step, schema.call, call_id)
    name_after(step, lead_row(step, row["lead_id"]))
    step.delete(schema.call, call_id)


def _open_call(step: Step) -> Row | None:
    return next(iter(rows_where(step, schema.call, ended_at=None)), None)


def _going_on(step: Step, call_id: str) -> Row:
    row = row_of(step, schema.call, call_id)
    if row["ended_at"] is not None:
        raise Refused("call_ended", call_id=call_id)
    return row


def _refuse_unwanted(step: Step, lead: Row) -> None:
    if lead["do_not_call"]:
        raise Refused("do_not_call", lead=shown_as(step, lead), lead_id=lead["id"])


def _disposition(step: Step, outcome: str) -> Disposition:
    found = step.playbook.disposition.get(outcome)
    if found is None:
        raise NotFound("outcome", name=outcome, choices=", ".join(step.playbook.disposition))
    return found


def _script(step: Step, key: str) -> Script:
    found = step.playbook.script.get(key)
    if found is None:
        raise NotFound("script", name=key, choices=", ".join(step.playbook.script))
    return found


def _offered(step: Step, lead_id: str) -> str | None:
    """The script offered for a lead now; None where there is nothing to choose."""
    if len(step.playbook.scripts) == 1:
        return None
    return assessed(step.playbook, step.known(lead_id).state, step.now).offered.script


def _minutes(minutes: int) -> int:
    if not 0 <= minutes <= _LONGEST:
        raise BadValue("bad_minutes", value=minutes)
    return minutes


def _follow_up(
    step: Step,
    lead: Row,
    disposition: Disposition,
    next_text: str | None,
    next_on: date | None,
    next_time: str | None,
    *,
    own_step: bool = True,
) -> None:
    """What ending a call sets: never call again, tries that are done, and the next step."""
    today = local_day(step.now)
    if disposition.do_not_call:
        step.update(schema.lead, lead["id"], do_not_call=1)
    _finish_tries(step, lead["id"], today)
    planned = bool(next_text and next_text.strip()) or next_on is not None
    if not planned and (
        not own_step or disposition.next_days is None or disposition.do_not_call or _planned(step, lead["id"], today)
    ):
        return
    text = next_text or words.pick(disposition.next_text or disposition.label, step.language)
    due_on = next_on or today + timedelta(days=disposition.next_days or 1)
    add_task(step, lead["id"], text, due_on, next_time)


def _finish_tries(step: Step, lead_id: str, today: date) -> None:
    """Ticks off the "try again" tasks that earlier outcomes planned and this call was."""
    tries = {text for each in step.playbook.dispositions if each.next_text for text in each.next_text.values()}
    for task in rows_where(step, schema.task, lead_id=lead_id, done_at=None):
        if task["due_on"] <= today.isoformat() and task["text"] in tries:
            step.update(schema.task, task["id"], done_at=step.now)


def _planned(step: Step, lead_id: str, today: date) -> bool:
    planned = rows_where(step, schema.task, lead_id=lead_id, done_at=None)
    return any(task["due_on"] > today.isoformat() for task in planned)
