"""Next steps of a lead: what to do, on which day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from leaddesk import words
from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.store import Step
from leaddesk.errors import BadValue
from leaddesk.operations.rows import lead_row, name_after, row_of, rows_where, wanted_text
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import EntryTask

_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


@operation
def add_task(step: Step, lead_id: str, text: str, due_on: date, due_time: str | None = None) -> str:
    """Plans a next step on a day, at a time (HH:MM) or any time, and returns its id."""
    text = wanted_text(text)
    name_after(step, lead_row(step, lead_id), text=text)
    return step.insert(
        schema.task,
        lead_id=lead_id,
        text=text,
        due_on=due_on.isoformat(),
        due_time=_clock(due_time),
        created_at=step.now,
    )


@operation
def finish_task(step: Step, task_id: str, done: bool = True) -> None:
    """Ticks a task off, or opens it again."""
    row = row_of(step, schema.task, task_id)
    name_after(step, lead_row(step, row["lead_id"]), text=row["text"])
    step.update(schema.task, task_id, done_at=step.now if done else None)


@operation
def change_task(
    step: Step, task_id: str, text: str | None = None, due_on: date | None = None, due_time: str | None = None
) -> None:
    """Rewords a task or moves it; what is None stays, an empty `due_time` means any time of the day."""
    row = row_of(step, schema.task, task_id)
    columns: dict[str, object] = {}
    if text is not None:
        columns["text"] = wanted_text(text)
    if due_on is not None:
        columns["due_on"] = due_on.isoformat()
    if due_time is not None:
        columns["due_time"] = _clock(due_time)
    name_after(step, lead_row(step, row["lead_id"]), text=columns.get("text") or row["text"])
    if columns:
        step.update(schema.task, task_id, **columns)


@operation
def delete_task(step: Step, task_id: str) -> None:
    """Deletes a task that was never meant."""
    row = row_of(step, schema.task, task_id)
    name_after(step, lead_row(step, row["lead_id"]), text=row["text"])
    step.delete(schema.task, task_id)


def set_entry_tasks(step: Step, lead_id: str, tasks: Sequence[EntryTask]) -> None:
    """Plans what a stage wants done on entry, except what is planned already in the same words."""
    task = schema.task
    if not tasks:
        return
    planned = {row["text"] for row in rows_where(step, task, lead_id=lead_id, done_at=None)}
    today = local_day(step.now)
    for wanted in tasks:
        if planned.isdisjoint(wanted.text.values()):
            due_on = today + timedelta(days=wanted.in_days)
            step.insert(
                task,
                lead_id=lead_id,
                text=words.pick(wanted.text, step.language),
                due_on=due_on.isoformat(),
                created_at=step.now,
            )


def _clock(text: str | None) -> str | None:
    if not text:
        return None
    if _CLOCK.fullmatch(text) is None:
        raise BadValue("bad_time", value=text)
    return text.zfill(5)
