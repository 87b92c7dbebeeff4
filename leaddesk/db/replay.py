"""Plays a step's changes backwards (undo) and forwards (redo), with the triggers silent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select, update

from leaddesk.db.engine import quoted
from leaddesk.db.journal import (
    DONE,
    MANY_ROWS,
    RANGE,
    RANGE_ROWS,
    ROW,
    UNDONE,
    Part,
    set_state,
    trigger_name,
    unrecorded,
)
from leaddesk.db.schema import account, change, metadata

#: A value as SQLite keeps it.
Value = str | int | float | None


class _Change(NamedTuple):
    no: int
    table: str
    row: str
    field: str
    old: str | None
    new: str | None


def undo_step(connection: Connection, number: int) -> None:
    """Takes a step's changes back, the last first; rows of a range are kept as images for redo."""
    play(connection, number, backwards=True)
    set_state(connection, number, UNDONE)


def redo_step(connection: Connection, number: int) -> None:
    """Makes a step's changes again."""
    play(connection, number, backwards=False)
    set_state(connection, number, DONE)


def bulk_sql(table: Table, columns: Iterable[str]) -> str:
    """The statement that inserts one row given as a tuple of its columns' values."""
    return _insertion(table, tuple(columns))


@lru_cache(maxsize=500)
def _insertion(table: Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(quoted(name) for name in columns)
    return f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def play(
    connection: Connection, number: int, *, backwards: bool, part: Part | None = None, gently: bool = False
) -> None:
    """Takes a step's changes back or makes them again, only those of one of its transactions where `part` is given.

    `gently`: others wrote meanwhile; a field they changed and a company they took stay as they are.
    """
    # Rows come back in an order of their own; what refers to what is checked when the step ends.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    columns = (change.c.no, change.c.table, change.c.row, change.c.field, change.c.old, change.c.new)
    order = change.c.no.desc() if backwards else change.c.no
    asked = select(*columns).where(change.c.step == number).order_by(order)
    if part is not None:
        asked = asked.where(change.c.no > part.after, change.c.no <= part.last)
    found = connection.execute(asked).all()
    with unrecorded(connection, _in_the_way(found)), _unchecked(connection):
        for (name, field), group in groupby((_Change(*row) for row in found), lambda one: (one.table, one.field)):
            table = metadata.tables[name]
            if field == RANGE:
                for one in group:
                    _play_range(connection, table, one, backwards=backwards, gently=gently)
            elif field == ROW:
                _play_rows(connection, table, list(group), backwards=backwards, gently=gently)
            else:
                _play_field(connection, table, field, list(group), backwards=backwards, gently=gently)


def _in_the_way(found: Sequence[Any]) -> list[str]:
    """The triggers of tables of which many rows come or go."""
    rows = Counter(row.table for row in found if row.field == ROW)
    rows.update({row.table: RANGE_ROWS for row in found if row.field == RANGE})
    many = [metadata.tables[name] for name, count in rows.items() if count >= MANY_ROWS]
    return [trigger_name(table, verb) for table in many for verb in ("insert", "delete")]


@contextmanager
def _unchecked(connection: Connection) -> Iterator[None]:
    """Fields come back one after the other: a sum without its currency may stand for a moment."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _play_field(
    connection: Connection, table: Table, field: str, group: list[_Change], *, backwards: bool, gently: bool
) -> None:
    sql = f"UPDATE {quoted(table.name)} SET {quoted(field)} = ? WHERE id = ?"  # noqa: S608
    there = [(one.old if backwards else one.new, one.row) for one in group]
    if not gently:
        connection.exec_driver_sql(sql, there)
        return
    was = [one.new if backwards else one.old for one in group]
    values = [(*pair, kept) for pair, kept in zip(there, was, strict=True)]
    connection.exec_driver_sql(f"{sql} AND {quoted(field)} IS ?", values)


def _play_rows(connection: Connection, table: Table, group: list[_Change], *, backwards: bool, gently: bool) -> None:
    for comes, part in groupby(group, lambda one: (one.old if backwards else one.new) is not None):
        if comes:
            images = ",".join([(one.old if backwards else one.new) or "{}" for one in part])
            _insert_images(connection, table, json.loads(f"[{images}]"), gently=gently)
        else:
            sql = f"DELETE FROM {quoted(table.name)} WHERE id = ?"  # noqa: S608
            connection.exec_driver_sql(sql + _unless_taken(table, gently=gently), [(one.row,) for one in part])


def _unless_taken(table: Table, *, gently: bool) -> str:
    """A company somebody works at stays."""
    if table is not account or not gently:
        return ""
    return " AND NOT EXISTS (SELECT 1 FROM lead WHERE lead.account_id = account.id)"


def _insert_images(connection: Connection, table: Table, images: Sequence[dict[str, Value]], *, gently: bool) -> None:
    for columns, alike in groupby(images, tuple):
        names = [name for name in columns if name in table.c]
        if len(names) == len(columns):
            values = [tuple(image.values()) for image in alike]
        else:
            values = [tuple(map(image.get, names)) for image in alike]
        sql = bulk_sql(table, names)
        connection.exec_driver_sql(sql.replace("INSERT", "INSERT OR IGNORE", 1) if gently else sql, values)


def _play_range(connection: Connection, table: Table, one: _Change, *, backwards: bool, gently: bool) -> None:
    first, last = json.loads(one.new or "[1, 0]")
    if backwards:
        _keep(connection, table, one.no, first, last)
        sql = f"DELETE FROM {quoted(table.name)} WHERE no BETWEEN ? AND ?"  # noqa: S608
        connection.exec_driver_sql(sql + _unless_taken(table, gently=gently), (first, last))
    elif one.old is not None:
        kept = json.loads(one.old)
        images = [dict(zip(kept["columns"], row, strict=True)) for row in kept["rows"]]
        _insert_images(connection, table, images, gently=gently)
        connection.execute(update(change).where(change.c.no == one.no).values(old=None))


def _keep(connection: Connection, table: Table, number: int, first: int, last: int) -> None:
    """Puts the rows of a range beside it, as JSON made by SQLite."""
    columns = [column.name for column in table.columns]
    row = f"json_array({', '.join(map(quoted, columns))})"
    inside = f"SELECT * FROM {quoted(table.name)} WHERE no BETWEEN ? AND ? ORDER BY no"  # noqa: S608
    rows = f"SELECT json_group_array({row}) FROM ({inside})"  # noqa: S608
    connection.exec_driver_sql(
        f"UPDATE change SET old = json_object('columns', json(?), 'rows', ({rows})) WHERE no = ?",  # noqa: S608
        (json.dumps(columns), first, last, number),
    )
