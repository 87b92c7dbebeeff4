"""What an operation writes with: one named change of entered data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, Table

from leaddesk.db import journal, replay
from leaddesk.db.engine import fetch, quoted, rows_changed, write, write_many
from leaddesk.db.ids import new_id, new_id_after, new_ids
from leaddesk.db.states import Known, load_again, load_one
from leaddesk.db.touched import Settled
from leaddesk.errors import NotFound
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.words import FALLBACK

# Leads a step keeps in mind: those a person changes at once are few.
_HELD = 100


class Held(NamedTuple):
    """A lead as it was after the change `at`, when the connection had changed so many rows."""

    known: Known
    at: int
    rows: int


class Step:
    """What an operation gets: one named change of entered data, all of it or nothing. `INSERT OR REPLACE` is banned."""

    def __init__(
        self,
        connection: Connection,
        name: str,
        now: Instant,
        playbook: Playbook,
        playbook_id: str,
        seen: Mapping[str, Known] = MappingProxyType({}),
    ) -> None:
        self.connection = connection
        self.now = now
        self.playbook = playbook
        self.playbook_id = playbook_id
        self.name = name
        self.language = FALLBACK  # what a person reads is written in it: the text of a task a stage sets
        self.person = ""  # who does it, where that is known
        self.since = journal.last_change(connection)
        self.number = journal.open_step(connection, name, now)
        self.details: dict[str, object] = {}
        self.merge_key: str | None = None
        self.joined = False
        self.at_once = 500  # rows a job had better write before it yields
        self.held: dict[str, Held] = {}  # leads as they were looked at, by id
        self._seen = seen  # leads as they were before this step
        self.settled = Settled()  # leads whose derived data was made as they came

    @property
    def orders(self) -> None:
        """Who writes holds no columns in memory."""

    def known(self, lead_id: str) -> Known:
        """A lead as it stands in this step; asked again, only what changed is read anew. NotFound `no_lead`."""
        held, rows = self.held.get(lead_id), rows_changed(self.connection)
        if held is not None and held.rows == rows:
            return held.known
        newest = journal.last_change(self.connection)
        if held is None and (seen := self._seen.get(lead_id)) is not None:
            held = Held(seen, self.since, rows)
        if held is None:
            known = load_one(self.connection, lead_id)
        elif held.at == newest:
            known = held.known
        else:
            known = load_again(self.connection, held.known, journal.tables_since(self.connection, held.at))
        if known is None:
            raise NotFound("no_lead", id=lead_id)
        if len(self.held) >= _HELD:
            self.held.clear()
        self.held[lead_id] = Held(known, newest, rows)
        return known

    def looked_at(self, lead_ids: Collection[str], changed: Collection[str]) -> dict[str, Known]:
        """Those of some leads that were looked at and are there, as they stand now. `changed`: the tables that did."""
        found: dict[str, Known] = {}
        rows = rows_changed(self.connection)
        for lead_id, held in self.held.items():
            if lead_id in lead_ids:
                known = held.known if held.rows == rows else load_again(self.connection, held.known, changed)
                if known is not None:
                    found[lead_id] = known
        return found

    def forget(self) -> None:
        """Leads are to be looked at anew: others may have written."""
        self.held, self._seen = {}, {}

    def new_id(self) -> str:
        """A fresh id."""
        return new_id(self.now)

    def new_ids(self, count: int) -> list[str]:
        """So many fresh ids, in their order."""
        return new_ids(self.now, count)

    def new_id_after(self, former: str) -> str:
        """A fresh id that comes after a former one, whichever process made that."""
        return new_id_after(self.now, former)

    def insert(self, table: Table, **values: object) -> str:
        """Adds a row and returns its id, a new one unless given."""
        if "id" not in values:
            values["id"] = self.new_id()
        write(self.connection, replay.bulk_sql(table, values), *values.values())
        return str(values["id"])

    def update(self, table: Table, row_id: str, **values: object) -> None:
        """Sets columns of a row; NotFound `gone` when it is not there."""
        if not values:
            return
        if not write(self.connection, _update_sql(table, tuple(values)), *values.values(), row_id).rows:
            raise NotFound("gone", name=row_id, table=table.name)

    def delete(self, table: Table, row_id: str) -> None:
        """Takes a row away, with what hangs on it; NotFound `gone` when it is not there."""
        if not write(self.connection, f"DELETE FROM {quoted(table.name)} WHERE id = ?", row_id).rows:  # noqa: S608
            raise NotFound("gone", name=row_id, table=table.name)

    def bulk_insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds many rows at once, recorded as a range. Missing columns take their default, a missing id a new one."""
        if not rows:
            return
        values = _alike(table, rows)
        if values is not None:
            self.bulk_rows(table, _given(table, rows[0]), values)
            return
        if not all(row.get("id") for row in rows):
            fresh = new_ids(self.now, len(rows))
            rows = [{**row, "id": row.get("id") or made} for row, made in zip(rows, fresh, strict=True)]
        names = _given(table, set().union(*rows))
        defaults = [_default(table, name) for name in names]
        self.bulk_rows(table, names, [tuple(map(row.get, names, defaults)) for row in rows])

    def bulk_rows(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """As `bulk_insert`, of rows that all give the same columns, their ids among them."""
        if not rows:
            return
        first = self.next_number(table)
        many = len(rows) >= journal.MANY_ROWS
        with journal.unrecorded(self.connection, [journal.trigger_name(table, "insert")] if many else []):
            write_many(self.connection, replay.bulk_sql(table, names), rows)
        journal.record_range(self.connection, self.number, table, first, first + len(rows) - 1)

    def next_number(self, table: Table) -> int:
        """The number the next row of a table gets."""
        ((newest,),) = fetch(self.connection, f"SELECT max(no) FROM {quoted(table.name)}")  # noqa: S608
        return (newest or 0) + 1

    def name_it(self, **details: object) -> None:
        """Fills the words of undo; values must be JSON."""
        self.details.update(details)

    def merge(self, key: str) -> None:
        """Makes this step one with the last, where that has the same key and began less than a minute ago."""
        self.merge_key = key
        last = journal.step_to_join(self.connection, self.number, key, self.now)
        if last is not None and not self.joined:
            self._join(last.no)

    def ride_along(self) -> None:
        """Makes this no step of its own: it is undone with the last one, and what was undone can still be redone.

        For what a person does not think of as a change, such as which question a call stands at.
        """
        last = journal.step_before(self.connection, self.number)
        if last is not None and not self.joined:
            self._join(last.no)
            self.merge_key = None

    @property
    def rides(self) -> bool:
        """Whether this belongs to an earlier step whose name and words it leaves alone."""
        return self.joined and self.merge_key is None

    def _join(self, number: int) -> None:
        journal.join_step(self.connection, self.number, number)
        self.number = number
        self.joined = True


@lru_cache(maxsize=500)
def _update_sql(table: Table, columns: tuple[str, ...]) -> str:
    here = ", ".join([f"{quoted(name)} = ?" for name in columns])
    return f"UPDATE {quoted(table.name)} SET {here} WHERE id = ?"  # noqa: S608


def _given(table: Table, names: Collection[str]) -> list[str]:
    return [column.name for column in table.columns if column.name in names and column.name != "no"]


def _alike(table: Table, rows: Sequence[Mapping[str, object]]) -> list[tuple[object, ...]] | None:
    """The values of rows that all give the same columns and an id; None where some do not."""
    names = _given(table, rows[0])
    if "id" not in names or len(names) < 2 or set(map(len, rows)) != {len(names)}:
        return None
    try:
        values = list(map(itemgetter(*names), rows))
    except KeyError:
        return None
    return values if all(map(itemgetter(names.index("id")), values)) else None


def _default(table: Table, name: str) -> object:
    default = table.c[name].server_default
    return getattr(default, "arg", None)
