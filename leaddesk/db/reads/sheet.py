"""One lead whole: its facts, people and story, and what follows from them as of an instant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import RowMapping, Table, select

from leaddesk.db.reading import Columns, Reading
from leaddesk.db.reads.calls import call_of
from leaddesk.db.reads.wordings import Wordings, asked_then
from leaddesk.db.records import ContactPoint, Lead, NextStep, Stakeholder, TimelineEntry
from leaddesk.db.schema import (
    answer,
    call,
    custom_value,
    event,
    lifecycle_change,
    note,
    objection,
    owner_change,
    stage_change,
    stakeholder,
    task,
)
from leaddesk.db.standings import assessed
from leaddesk.db.states import Known, given, load, title_of
from leaddesk.errors import NotFound
from leaddesk.qualify.custom import own_name
from leaddesk.qualify.terms import Instant

#: A table's rows of one lead.
_Rows = Sequence[RowMapping]


def lead(reading: Reading, lead_id: str, as_of: Instant, script: str | None = None) -> Lead:
    """A lead whole, its advice by the script of the call going on; else by `script`, else by the one offered.

    NotFound `lead`.
    """
    found = load(reading.connection, [lead_id])
    if not found:
        raise NotFound("lead", name=lead_id)
    known = found[0]
    row = known.row
    calls, tasks = _rows(reading, call, lead_id, "started_at"), _rows(reading, task, lead_id, "due_on", "due_time")
    answers = _rows(reading, answer, lead_id, "at")
    records = [call_of(one) for one in calls]
    going_on = next((one for one in records if one.ended_at is None), None)
    wordings = Wordings(reading)
    state = replace(known.state, script=(going_on.script if going_on is not None else "") or script)
    return Lead(
        id=known.id,
        no=known.no,
        title=title_of(row, known.points),
        facts={key: value for key, value in known.state.facts.items() if not own_name(key)},
        contact_points=tuple(ContactPoint(one.id, one.kind, one.value) for one in known.points),
        custom={one["name"]: one["value"] for one in _rows(reading, custom_value, lead_id)},
        tags=_tags(known),
        stakeholders=tuple(_stakeholder(one) for one in _rows(reading, stakeholder, lead_id)),
        stage=row["stage"],
        stage_since=row["stage_since"],
        lifecycle=row["lifecycle"] or "",
        lifecycle_at=row["lifecycle_at"],
        parked_until=date.fromisoformat(row["parked_until"]) if row["parked_until"] else None,
        reason=row["reason"] or "",
        do_not_call=bool(row["do_not_call"]),
        sample=bool(row["sample"]),
        created_at=row["created_at"],
        tasks=tuple(_task(one) for one in tasks if one["done_at"] is None),
        calls=tuple(one for one in records if one.ended_at is not None),
        open_call=going_on,
        answers=known.state.answers,
        timeline=_timeline(reading, known, {"call": calls, "task": tasks, "answer": answers}, wordings),
        state=state,
        assessment=assessed(reading.playbook, state, as_of),
        asked=asked_then(wordings, {one["id"]: (one["question"], one["playbook_id"]) for one in answers}),
    )


def _rows(reading: Reading, table: Table, lead_id: str, *order: str) -> _Rows:
    asked = select(table).where(table.c.lead_id == lead_id).order_by(*(table.c[name] for name in order), table.c.no)
    return reading.connection.execute(asked).mappings().all()


def _tags(known: Known) -> tuple[str, ...]:
    tags = known.state.facts.get("tags", ())
    return tags if isinstance(tags, tuple) else ()


def _stakeholder(row: Columns) -> Stakeholder:
    words = {name: row[name] or "" for name in ("name", "title", "role", "attitude", "note")}
    return Stakeholder(id=row["id"], **words)


def _task(row: Columns) -> NextStep:
    return NextStep(row["id"], row["text"], date.fromisoformat(row["due_on"]), row["due_time"])


# ── the story ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _timeline(
    reading: Reading, known: Known, read: Mapping[str, _Rows], wordings: Wordings
) -> tuple[TimelineEntry, ...]:
    """What happened, the newest first; of several at one instant the later written first."""
    added = {"id": known.id, "source": known.row["source"] or ""}
    entries = [TimelineEntry(known.row["created_at"], "created", added)]
    entries.extend(_spoken(read["call"], read["answer"], wordings))
    entries.extend(_planned(read["task"]))
    entries.extend(_objected(_rows(reading, objection, known.id, "at"), read["call"], wordings))
    for table, told in _TOLD:
        entries.extend(told(row) for row in _rows(reading, table, known.id, "at"))
    entries.sort(key=lambda entry: entry.at)
    entries.reverse()
    return tuple(entries)


def _spoken(calls: _Rows, answers: _Rows, wordings: Wordings) -> Iterator[TimelineEntry]:
    for row in calls:
        if row["ended_at"] is not None:
            details = {name: row[name] for name in ("id", "outcome", "minutes", "note", "started_at")}
            yield TimelineEntry(row["ended_at"], "call", details, wordings.of(row["playbook_id"]))
    for row in answers:
        said = given(row)
        details = {
            "id": said.id,
            "question": said.question,
            "said": said.said,
            "by": said.by,
            "note": said.note,
            "withdrawn": row["withdrawn_at"] is not None,
            "call": row["call_id"] or "",
        }
        yield TimelineEntry(said.at, "answer", details, wordings.of(row["playbook_id"]))


def _planned(tasks: _Rows) -> Iterator[TimelineEntry]:
    for row in tasks:
        done = row["done_at"] is not None
        details = {"id": row["id"], "text": row["text"], "due_on": row["due_on"], "done": done}
        yield TimelineEntry(row["done_at"] if done else row["created_at"], "task", details)


def _note(row: Columns) -> TimelineEntry:
    details = {"id": row["id"], "text": row["text"], "call": row["call_id"] or ""}
    return TimelineEntry(row["at"], "note", details)


def _objected(rows: _Rows, calls: _Rows, wordings: Wordings) -> Iterator[TimelineEntry]:
    versions = {row["id"]: row["playbook_id"] for row in calls}
    for row in rows:
        details = {"id": row["id"], "key": row["key"], "note": row["note"], "call": row["call_id"] or ""}
        yield TimelineEntry(row["at"], "objection", details, wordings.of(versions.get(row["call_id"])))


def _event(row: Columns) -> TimelineEntry:
    return TimelineEntry(row["at"], "event", {"id": row["id"], "kind": row["kind"], "note": row["note"] or ""})


def _stage(row: Columns) -> TimelineEntry:
    details = {name: row[name] or "" for name in ("id", "reason", "override", "until", "by")}
    return TimelineEntry(row["at"], "stage", {"from": row["from_stage"] or "", "to": row["to_stage"], **details})


def _lifecycle(row: Columns) -> TimelineEntry:
    evidence = json.loads(row["evidence"])
    details = {"id": row["id"], "from": row["from_key"] or "", "to": row["to_key"], "evidence": evidence}
    return TimelineEntry(row["at"], "lifecycle", details)


def _owner(row: Columns) -> TimelineEntry:
    details = {"id": row["id"], "from": row["from_owner"] or "", "to": row["to_owner"] or "", "why": row["why"]}
    return TimelineEntry(row["at"], "owner", details)


_TOLD = (
    (note, _note),
    (event, _event),
    (stage_change, _stage),
    (lifecycle_change, _lifecycle),
    (owner_change, _owner),
)
