"""Writes down every change of entered data: triggers made from the tables, steps, and what a step changed.

A change is one row: a whole row as JSON under the field `*` when inserted (new) or deleted (old); one row per changed
field when updated; a range of row numbers under `#` when inserted in bulk. Whatever is written outside a step fails.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from leaddesk.db.engine import fetch, quoted, write, write_many
from leaddesk.db.records import StepName
from leaddesk.db.schema import JOURNALLED, change, recording, step, step_part
from leaddesk.qualify.terms import Instant

ROW, RANGE = "*", "#"
DONE, UNDONE, OVERTAKEN = 0, 1, 2
#: Steps of several transactions, between two of them: being made, being taken back, being made again.
UNFINISHED, UNDOING, REDOING = 3, 4, 5

#: Steps with the same merge key that begin within this time of the first are one.
MERGE_MS = 60_000

#: Of so many rows at once triggers are taken away instead of only silenced.
MANY_ROWS = 1000

#: Rows a single bulk change may hold: undo keeps their images in one cell.
RANGE_ROWS = 1000

_PREFIX = "journal_"


# ── triggers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def install(connection: Connection) -> None:
    """Makes the triggers anew, within the caller's transaction."""
    remove(connection)
    for sql in triggers().values():
        connection.exec_driver_sql(sql)


def remove(connection: Connection) -> None:
    """Takes the triggers away, within the caller's transaction."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE ?", (_PREFIX + "%",)
    ).scalars()
    for name in names.all():
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")


@cache
def triggers() -> Mapping[str, str]:
    """The triggers by name, as SQL."""
    return {name: sql for table in JOURNALLED for name, sql in _triggers_of(table)}


def _triggers_of(table: Table) -> Iterator[tuple[str, str]]:
    yield _trigger(table, "insert", [_record(table, ROW, "NULL", _image("NEW", table), "NEW")])
    yield _trigger(table, "delete", [_record(table, ROW, _image("OLD", table), "NULL", "OLD")])
    fields = [column.name for column in table.columns if column.name not in ("no", "id")]
    changed = [
        _record(table, name, f"OLD.{quoted(name)}", f"NEW.{quoted(name)}", "NEW")
        + f" WHERE OLD.{quoted(name)} IS NOT NEW.{quoted(name)}"
        for name in fields
    ]
    yield _trigger(table, "update", changed)


def _trigger(table: Table, verb: str, records: Iterable[str]) -> tuple[str, str]:
    name = trigger_name(table, verb)
    body = "".join(f" {record};" for record in records)
    event = f"{verb.upper()} ON {quoted(table.name)}"
    return name, f'CREATE TRIGGER {quoted(name)} AFTER {event} WHEN (SELECT "on" FROM recording) BEGIN{body} END'  # noqa: S608


def _record(table: Table, field: str, old: str, new: str, side: str) -> str:
    lead = f"{side}.id" if table.name == "lead" else f"{side}.lead_id" if "lead_id" in table.c else "NULL"
    values = f"step, '{table.name}', {side}.id, '{field}', {old}, {new}, {lead}"
    return f'INSERT INTO change (step, "table", "row", field, old, new, lead) SELECT {values} FROM recording'  # noqa: S608


def _image(side: str, table: Table) -> str:
    pairs = ", ".join(f"'{column.name}', {side}.{quoted(column.name)}" for column in table.columns)
    return f"json_object({pairs})"


# ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def open_step(connection: Connection, name: str, now: Instant) -> int:
    """Begins a step within the caller's transaction and records into it."""
    number = write(connection, "INSERT INTO step (name, details, at) VALUES (?, '{}', ?)", name, now).last
    _record_into(connection, number)
    return number


def last_change(connection: Connection) -> int:
    """The number of the newest change."""
    ((newest,),) = fetch(connection, "SELECT max(no) FROM change")
    return newest or 0


def tables_since(connection: Connection, number: int) -> set[str]:
    """The tables that the changes after this one are of."""
    return {table for (table,) in fetch(connection, 'SELECT DISTINCT "table" FROM change WHERE no > ?', number)}


def join_step(connection: Connection, opened: int, into: int) -> None:
    """Lets an open step go and records into an earlier one instead."""
    write(connection, "UPDATE change SET step = ? WHERE step = ?", into, opened)
    _record_into(connection, into)
    write(connection, "DELETE FROM step WHERE no = ?", opened)


_STEP = "SELECT no, name, details, at FROM step WHERE "


def last_step(connection: Connection, left: Collection[int] = ()) -> StepName | None:
    """What undo would take back: a step that was left half done or half undone, else the newest that is done."""
    return _half_done(connection, left, UNFINISHED) or _step(connection, f"undone = {DONE} ORDER BY no DESC LIMIT 1")


def next_undone(connection: Connection, left: Collection[int] = ()) -> StepName | None:
    """The step redo would do again: one that was left half undone before those that are undone."""
    return _half_done(connection, left, UNDOING) or _step(connection, f"undone = {UNDONE} ORDER BY no LIMIT 1")


def _half_done(connection: Connection, left: Collection[int], least: int) -> StepName | None:
    """The newest of the steps left between two transactions, from a state on."""
    if not left:  # as nearly always
        return None
    numbers = ", ".join(str(number) for number in left)
    found = _step(connection, f"no IN ({numbers}) AND undone >= ? ORDER BY no DESC LIMIT 1", least)
    if found is None or state_underway(connection, found.no) != UNFINISHED:
        return found
    return StepName(found.no, "half_done", {}, found.at)  # it never came to giving itself a name


def step_before(connection: Connection, number: int) -> StepName | None:
    """The newest step that is done, before an open one."""
    return _step(connection, f"undone = {DONE} AND no < ? ORDER BY no DESC LIMIT 1", number)


def step_to_join(connection: Connection, number: int, merge: str, now: Instant) -> StepName | None:
    """The step before an open one, where it has the same merge key and began less than a minute ago."""
    last = step_before(connection, number)
    if last is None or not 0 <= now - last.at < MERGE_MS:
        return None
    ((kept,),) = fetch(connection, "SELECT merge FROM step WHERE no = ?", last.no)
    return last if kept == merge else None


def _step(connection: Connection, which: str, *values: int) -> StepName | None:
    found = fetch(connection, _STEP + which, *values)
    if not found:
        return None
    ((number, name, details, at),) = found
    return StepName(number, name, json.loads(details), at)


def close_step(connection: Connection, number: int, details: Mapping[str, object], merge: str | None) -> None:
    """Ends a step that changed something: what was undone before it can no longer be done again."""
    stop_recording(connection)
    write(connection, f"UPDATE step SET undone = {OVERTAKEN} WHERE undone = {UNDONE}")  # noqa: S608
    write(
        connection,
        f"UPDATE step SET merge = ?, details = ?, undone = {DONE} WHERE no = ?",  # noqa: S608
        merge,
        _DETAILS.encode(details),
        number,
    )


_DETAILS = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def drop_step(connection: Connection, number: int) -> None:
    """Ends a step of which nothing is left: it never was."""
    stop_recording(connection)
    write(connection, "DELETE FROM step_part WHERE step = ?", number)
    write(connection, "DELETE FROM change WHERE step = ?", number)
    write(connection, "DELETE FROM step WHERE no = ?", number)


def stop_recording(connection: Connection) -> None:
    """From here on, until a step opens, writing entered data fails."""
    _record_into(connection, None)


def compact(connection: Connection, number: int) -> None:
    """Keeps of several changes of one field within a merged step only the first old and the last new."""
    if fetch(connection, _DELETED, number):
        return  # a row may have come back under its id: keep the order of things
    first: dict[tuple[str, str, str], int] = {}
    for at, table, row, field, new in fetch(connection, _FIELDS, number):
        kept = first.setdefault((table, row, field), at)
        if kept != at:
            write(connection, "UPDATE change SET new = ? WHERE no = ?", new, kept)
            write(connection, "DELETE FROM change WHERE no = ?", at)


_DELETED = f"SELECT 1 FROM change WHERE step = ? AND field = '{ROW}' AND new IS NULL LIMIT 1"  # noqa: S608
_FIELDS = (
    'SELECT no, "table", "row", field, new FROM change'  # noqa: S608
    f" WHERE step = ? AND field NOT IN ('{ROW}', '{RANGE}') ORDER BY no"
)


# ── steps of several transactions ────────────────────────────────────────────────────────────────────────────────────


class Part(NamedTuple):
    """What one transaction of a step changed: changes numbered after `after` up to `last`."""

    after: int
    last: int


def pause_step(connection: Connection, number: int) -> None:
    """Ends a transaction of a step that goes on later; others may write in between."""
    stop_recording(connection)
    end_part(connection, number)
    connection.exec_driver_sql(f"UPDATE step SET undone = {UNFINISHED} WHERE no = ?", (number,))  # noqa: S608


def end_part(connection: Connection, number: int) -> None:
    """Notes that what was changed up to now was one transaction of a step."""
    last = connection.exec_driver_sql("SELECT max(no) FROM change WHERE step = ?", (number,)).scalar()
    known = connection.exec_driver_sql("SELECT max(last) FROM step_part WHERE step = ?", (number,)).scalar()
    if last is not None and last != known:
        connection.execute(insert(step_part).values(last=last, step=number, held=1))


def resume_step(connection: Connection, number: int) -> None:
    """Records into a paused step again."""
    _record_into(connection, number)


def part_to_play(connection: Connection, number: int, *, backwards: bool) -> Part | None:
    """The transaction of a step to take back next, or to make again next; None when there is none left."""
    held = step_part.c.held == (1 if backwards else 0)
    order = step_part.c.last.desc() if backwards else step_part.c.last
    last = connection.execute(
        select(step_part.c.last).where(step_part.c.step == number, held).order_by(order).limit(1)
    ).scalar()
    if last is None:
        return None
    before = select(func.max(step_part.c.last)).where(step_part.c.step == number, step_part.c.last < last)
    return Part(connection.execute(before).scalar() or 0, last)


def hold_part(connection: Connection, part: Part, *, held: bool) -> None:
    """Notes that a transaction of a step was made again, or taken back."""
    connection.execute(update(step_part).where(step_part.c.last == part.last).values(held=int(held)))


def drop_part(connection: Connection, number: int, part: Part) -> None:
    """Forgets a transaction that was taken back for ever."""
    spanned = (change.c.step == number, change.c.no > part.after, change.c.no <= part.last)
    connection.execute(delete(change).where(*spanned))
    connection.execute(delete(step_part).where(step_part.c.last == part.last))


def parts_of(connection: Connection, number: int) -> int:
    """How many transactions a step was made of; 0: one, as most."""
    ((count,),) = fetch(connection, "SELECT count(*) FROM step_part WHERE step = ?", number)
    return int(count)


def set_state(connection: Connection, number: int, state: int) -> None:
    """Says how a step stands."""
    connection.execute(update(step).where(step.c.no == number).values(undone=state))


def underway(connection: Connection) -> Sequence[tuple[int, int]]:
    """Steps between two of their transactions, and how they stand: somebody is at them, or died over them."""
    asked = select(step.c.no, step.c.undone).where(step.c.undone >= UNFINISHED).order_by(step.c.no.desc())
    return [(number, state) for number, state in connection.execute(asked)]


def state_underway(connection: Connection, number: int) -> int | None:
    """How a step stands that is between two of its transactions; None: it is not."""
    asked = select(step.c.undone).where(step.c.no == number, step.c.undone >= UNFINISHED)
    return connection.execute(asked).scalar()


def is_shared(connection: Connection, number: int, *, for_good: bool) -> bool:
    """Whether others wrote since a step began, of which something stands.

    `for_good`: the step never comes back; else what was undone since stays as it is, to be done again after it.
    """
    stands = "" if for_good else f"AND (SELECT undone FROM step WHERE no = change.step) != {UNDONE}"  # noqa: S608
    since = "no > (SELECT min(no) FROM change WHERE step = ?1) AND step != ?1"
    return bool(fetch(connection, f"SELECT 1 FROM change WHERE {since} {stands} LIMIT 1", number))  # noqa: S608


def put_last(connection: Connection, number: int) -> int:
    """Makes a step that ends now the newest one, whatever was done meanwhile; returns its number."""
    newest = connection.exec_driver_sql("SELECT max(no) FROM step").scalar_one()
    if newest == number:
        return number
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for sql in ("step SET no", "change SET step", "step_part SET step"):
        column = sql.split()[-1]
        connection.exec_driver_sql(f"UPDATE {sql} = ? WHERE {column} = ?", (newest + 1, number))
    return int(newest) + 1


def overtake(connection: Connection, number: int, gone: Iterable[str], *, for_good: bool) -> None:
    """Other steps that concern leads which went with this one can no longer be undone.

    Nor, where it went `for_good`, can they be done again; else those that are undone come again after it.
    """
    states = f"{DONE}, {UNDONE}" if for_good else str(DONE)
    connection.exec_driver_sql(
        f"UPDATE step SET undone = {OVERTAKEN} WHERE no != ? AND undone IN ({states}) AND no IN"  # noqa: S608
        " (SELECT step FROM change WHERE lead IN (SELECT value FROM json_each(?)))",
        (number, json.dumps(list(gone))),
    )


# ── without recording ────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def unrecorded(connection: Connection, without: Iterable[str] = ()) -> Iterator[None]:
    """Within it the triggers are silent: whoever uses it records a range, or replays what is recorded.

    `without`: names of triggers that are not even there meanwhile: over many rows a silent one still costs its time.
    A rollback brings them back.
    """
    there = triggers() if without else {}
    for name in without:
        connection.exec_driver_sql(f"DROP TRIGGER {quoted(name)}")
    connection.exec_driver_sql('UPDATE recording SET "on" = 0')
    yield
    connection.exec_driver_sql('UPDATE recording SET "on" = 1')
    for name in without:
        connection.exec_driver_sql(there[name])


def trigger_name(table: Table, verb: str) -> str:
    """The trigger that records an insert, update or delete."""
    return f"{_PREFIX}{table.name}_{verb}"


def record_range(connection: Connection, number: int, table: Table, first: int, last: int) -> None:
    """Records rows inserted in bulk, `first` to `last` of their numbers."""
    ranges = [
        (number, table.name, RANGE, json.dumps([start, min(start + RANGE_ROWS - 1, last)]))
        for start in range(first, last + 1, RANGE_ROWS)
    ]
    write_many(connection, 'INSERT INTO change (step, "table", field, new) VALUES (?, ?, ?, ?)', ranges)


def prepare(connection: Connection) -> None:
    """Lays down the row the triggers read, in a new database."""
    connection.execute(insert(recording).values(no=1, step=None, on=1))


def _record_into(connection: Connection, number: int | None) -> None:
    write(connection, "UPDATE recording SET step = ?", number)
