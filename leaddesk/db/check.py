"""Looks whether a database is sound: the file, what refers to what, the journal, and derived data against new."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from leaddesk.db import journal, search
from leaddesk.db.judging import judge
from leaddesk.db.reading import Reading
from leaddesk.db.schema import JOURNALLED, change, lead, recording, stage_total, standing, step
from leaddesk.db.standings import assessed, standing_row
from leaddesk.db.states import CHUNK, Known, load
from leaddesk.db.texts import texts_of
from leaddesk.errors import DatabaseTrouble
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.summary import summary_in
from leaddesk.qualify.terms import Instant

#: Findings that making derived data anew mends.
DERIVED = frozenset({"standing", "totals", "search"})


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """Something that is not as it should be.

    Codes: `damaged` (what) · `broken_reference` (table) · `unknown_stage` (lead, stage) · `journal` (what) ·
    `standing` (lead, columns) · `totals` · `search` (lead): see DERIVED for the last three.
    """

    code: str
    details: dict[str, object] = field(default_factory=dict)


def check(reading: Reading) -> list[CheckFinding]:
    """Everything that is wrong; nothing: the database is sound."""
    damaged = list(_file(reading))
    if damaged:
        return damaged  # the rest would only repeat it
    return [*_references(reading), *_stages(reading), *_journal(reading), *_derived(reading), *_totals(reading)]


def dump(reading: Reading) -> dict[str, list[tuple[Any, ...]]]:
    """All entered data, table by table, in order of row number: equal before a step and after its undo."""
    tables = {table.name: reading.connection.execute(select(table).order_by(table.c.no)).all() for table in JOURNALLED}
    return {name: [tuple(row) for row in rows] for name, rows in tables.items()}


def _file(reading: Reading) -> Iterator[CheckFinding]:
    with suppress(DatabaseTrouble):  # what cannot be read is found below
        search.catch_up(reading.connection)
    for what in reading.connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
        if what != "ok":
            yield CheckFinding("damaged", {"what": what})


def _references(reading: Reading) -> Iterator[CheckFinding]:
    for row in reading.connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield CheckFinding("broken_reference", {"table": row[0], "row": row[1]})


def _stages(reading: Reading) -> Iterator[CheckFinding]:
    known = list(reading.playbook.stage)
    for row in reading.connection.execute(select(lead.c.id, lead.c.stage).where(lead.c.stage.not_in(known))):
        yield CheckFinding("unknown_stage", {"lead": row.id, "stage": row.stage})


def _journal(reading: Reading) -> Iterator[CheckFinding]:
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    if {row.name: row.sql for row in reading.connection.exec_driver_sql(sql)} != journal.triggers():
        yield CheckFinding("journal", {"what": "triggers"})
    kept = reading.connection.execute(select(recording.c.step, recording.c.on)).all()
    if [tuple(row) for row in kept] != [(None, 1)]:
        yield CheckFinding("journal", {"what": "recording"})
    # Rows that came one by one and were never undone or taken away must be there.
    for table in JOURNALLED:
        came, went = _named(reading, table.name)
        there = set(reading.connection.execute(select(table.c.id)).scalars())
        if came - went - there:
            yield CheckFinding("journal", {"what": table.name})


def _named(reading: Reading, table: str) -> tuple[set[str], set[str]]:
    done = select(step.c.no).where(step.c.undone == journal.DONE)
    rows = select(change.c.row, change.c.new.is_not(None).label("came")).where(
        change.c.table == table, change.c.field == journal.ROW, change.c.step.in_(done)
    )
    came: set[str] = set()
    went: set[str] = set()
    for row in reading.connection.execute(rows):
        (came if row.came else went).add(row.row)
    return came, went


def _derived(reading: Reading) -> Iterator[CheckFinding]:
    playbook, by = reading.playbook, judge(reading.connection)
    kept = {row["lead_no"]: dict(row) for row in reading.connection.execute(select(standing)).mappings()}
    ids = list(reading.connection.execute(select(lead.c.id).order_by(lead.c.no)).scalars())
    for start in range(0, len(ids), CHUNK):
        found = load(reading.connection, ids[start : start + CHUNK])
        for known in found:
            row = kept.pop(known.no, None)
            if row is None:
                yield CheckFinding("standing", {"lead": known.id, "columns": "all"})
            elif row["changes_at"] != 0 and row["judged_by"] == by:  # else it is stale, and says so
                right = _right(playbook, known, row["computed_at"])
                wrong = sorted(name for name, value in right.items() if not _same(name, row[name], value))
                if wrong:
                    yield CheckFinding("standing", {"lead": known.id, "columns": ", ".join(wrong)})
        yield from _searched(reading, found)
    for number in kept:
        yield CheckFinding("standing", {"lead": number, "columns": "gone"})


def _right(playbook: Playbook, known: Known, as_of: Instant) -> dict[str, object]:
    """The standing of a lead from its whole assessment, not from what a sweep sums up."""
    return standing_row(playbook, known, summary_in(assessed(playbook, known.state, as_of)))


def _same(name: str, kept: object, right: object) -> bool:
    return _points(kept) == _points(right) if name == "parts" else kept == right


def _points(parts: object) -> dict[str, int]:
    return {part: tenths for part, tenths in json.loads(str(parts)).items() if tenths}


def _searched(reading: Reading, found: list[Known]) -> Iterator[CheckFinding]:
    """Whether the index knows each lead, by the first word of its title."""
    for number, (title, *_) in texts_of(reading.connection, found).items():
        if title and not search.knows(reading.connection, number, title.split()[0]):
            yield CheckFinding("search", {"lead": number})


def _totals(reading: Reading) -> Iterator[CheckFinding]:
    s, keys = standing.c, (standing.c.stage, standing.c.source, standing.c.owner, standing.c.currency)
    counted = select(*keys, func.count(), func.coalesce(func.sum(s.value), 0)).group_by(*keys)
    right = {
        (*(part or "" for part in keys), leads, value) for *keys, leads, value in reading.connection.execute(counted)
    }
    if right != {tuple(row) for row in reading.connection.execute(select(stage_total))}:
        yield CheckFinding("totals")
