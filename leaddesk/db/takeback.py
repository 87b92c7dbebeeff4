"""Takes one step back among later ones: its changes the other way round, where nothing later builds on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from leaddesk.db.engine import fetch, quoted
from leaddesk.db.journal import DONE, RANGE, ROW
from leaddesk.db.records import StepName
from leaddesk.db.replay import bulk_sql
from leaddesk.db.schema import JOURNALLED, change, lead, metadata, step
from leaddesk.errors import NotFound, Refused

_ABOUT_LEADS = frozenset({table.name for table in JOURNALLED if "lead_id" in table.c or table is lead} | {"account"})


def step_named(connection: Connection, number: int) -> StepName:
    """A step that is done. NotFound `no_step`."""
    asked = select(step).where(step.c.no == number, step.c.undone == DONE)
    for row in connection.execute(asked).mappings():
        return StepName(row["no"], row["name"], json.loads(row["details"]), row["at"])
    raise NotFound("no_step", id=number)


def step_that_brought(connection: Connection, lead_id: str) -> int:
    """The step that brought a lead together with many others: an import, or the samples. NotFound `no_step`."""
    for number, created_at in fetch(connection, "SELECT no, created_at FROM lead WHERE id = ?", lead_id):
        for one in _steps_at(connection, created_at):
            spans = (json.loads(span) for (span,) in fetch(connection, _SPANS, one))
            if any(first <= number <= last for first, last in spans):
                return one
    raise NotFound("no_step", id=lead_id)


_SPANS = f"SELECT new FROM change WHERE step = ? AND field = '{RANGE}' AND \"table\" = '{lead.name}'"  # noqa: S608
_NEXT = "SELECT no, at FROM step WHERE no >= ? ORDER BY no LIMIT 1"
_SOON = "SELECT no, at, undone FROM step WHERE no >= ? ORDER BY no LIMIT 50"


def _steps_at(connection: Connection, at: int) -> Iterator[int]:
    """The steps of an instant that are done. Numbers and instants grow together, so few steps are looked at."""
    low, high = 0, fetch(connection, "SELECT coalesce(max(no), 0) + 1 FROM step")[0][0]
    while low < high:
        middle = (low + high) // 2
        found = fetch(connection, _NEXT, middle)
        if found and found[0][1] < at:
            low = found[0][0] + 1
        else:
            high = middle
    soon = fetch(connection, _SOON, low)
    yield from (number for number, when, undone in soon if when == at and undone == DONE)


def take_step_back(connection: Connection, number: int, lead_id: str | None = None) -> None:
    """Makes a step's changes undone by changes that are recorded themselves, within an open step.

    `lead_id`: of a step about many leads, only what it did to this one. Refused `step_in_bulk` for what came with many
    others at once where no lead is named, `step_elsewhere` for what is no change of leads, `step_overtaken` (later:
    the StepName that builds on it), `step_built_on` where that cannot be said.
    """
    columns = (change.c.table, change.c.row, change.c.field, change.c.old, change.c.new, change.c.lead)
    found = connection.execute(select(*columns).where(change.c.step == number).order_by(change.c.no)).all()
    if any(one.table not in _ABOUT_LEADS for one in found):
        raise Refused("step_elsewhere")
    rows: dict[tuple[str, str], _Row] = {}
    many = len({one.lead for one in found if one.lead is not None}) > 1 or any(one.field == RANGE for one in found)
    if many and lead_id is None:
        raise Refused("step_in_bulk")
    for one in found:
        if one.field == RANGE:
            for row in _of_range(connection, one.table, one.new, str(lead_id)):
                rows[row.table, row.id] = row
        elif not many or one.lead == lead_id:
            row = rows.setdefault((one.table, one.row), _Row(one.table, one.row, one.lead))
            row.follow(one.field, one.old, one.new)
    if not rows:
        raise Refused("step_in_bulk")
    _Back(connection, number, list(rows.values())).play()


def _of_range(connection: Connection, name: str, span: str, lead_id: str) -> Iterator[_Row]:
    """The rows a range brought to one lead, as they are now."""
    table = metadata.tables[name]
    owner = "id" if table is lead else "lead_id"
    if owner not in table.c:
        return
    first, last = json.loads(span)
    names = [column.name for column in table.columns]
    listed = ", ".join(quoted(one) for one in names)
    sql = f"SELECT {listed} FROM {quoted(name)} WHERE {owner} = ? AND no BETWEEN ? AND ?"  # noqa: S608
    for values in fetch(connection, sql, lead_id, first, last):
        image = dict(zip(names, values, strict=True))
        yield _Row(name, str(image["id"]), lead_id, born=True, after=image)


@dataclass(slots=True)
class _Row:
    """What a step did to one row, from its first change of it to its last. `before` and `after`: by column."""

    table: str
    id: str
    lead: str | None
    born: bool = False
    gone: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def follow(self, name: str, old: Any, new: Any) -> None:
        """The next change of the row."""
        if name != ROW:
            if not self.born:
                self.before.setdefault(name, old)
            self.after[name] = new
        elif old is None:
            self.born = True
            self.after = json.loads(new)
        else:
            self.gone = True
            self.before = json.loads(old) | self.before


class _Back:
    """A step's changes, made undone row by row."""

    def __init__(self, connection: Connection, number: int, rows: Sequence[_Row]) -> None:
        self._connection, self._number, self._rows = connection, number, rows

    def play(self) -> None:
        """Do it, unless something later builds on it."""
        born = [row for row in reversed(self._rows) if row.born and not row.gone]
        for row in sorted(born, key=lambda one: one.table == lead.name):  # the lead after what hangs on it
            self._check(row)
            if row.table == lead.name:
                self._check_alone(row)
            self._ask(f"DELETE FROM {quoted(row.table)} WHERE id = ?", row.id)  # noqa: S608
        for row in self._rows:
            if row.gone and not row.born:
                self._bring_back(row)
            elif not row.gone and not row.born:
                self._check(row)
                sets = ", ".join(f"{quoted(name)} = ?" for name in row.before)
                self._ask(f"UPDATE {quoted(row.table)} SET {sets} WHERE id = ?", *row.before.values(), row.id)  # noqa: S608
        for row in born:
            self._check_alone(row)

    def _ask(self, sql: str, *values: Any) -> None:
        self._connection.exec_driver_sql(sql, values)

    def _check(self, row: _Row) -> None:
        """The row must be as the step left it."""
        names = ", ".join(quoted(name) for name in row.after)
        now = fetch(self._connection, f"SELECT {names} FROM {quoted(row.table)} WHERE id = ?", row.id)  # noqa: S608
        if not now or any(_kept(one) != _kept(other) for one, other in zip(now[0], row.after.values(), strict=True)):
            self._overtaken(row)

    def _check_alone(self, row: _Row) -> None:
        """Nothing that came later may belong to a row that goes."""
        column = f"{row.table}_id"
        for table in JOURNALLED:
            if column in table.c:
                sql = f"SELECT 1 FROM {quoted(table.name)} WHERE {quoted(column)} = ? LIMIT 1"  # noqa: S608
                if fetch(self._connection, sql, row.id):
                    self._overtaken(row)

    def _bring_back(self, row: _Row) -> None:
        table = metadata.tables[row.table]
        if fetch(self._connection, f"SELECT 1 FROM {quoted(table.name)} WHERE id = ?", row.id):  # noqa: S608
            self._overtaken(row)
        comes_too = table is lead or row.lead is None or ("lead", row.lead) in self._back
        if not comes_too and not fetch(self._connection, "SELECT 1 FROM lead WHERE id = ?", row.lead):
            self._overtaken(row)
        number = f"SELECT 1 FROM {quoted(table.name)} WHERE no = ?"  # noqa: S608
        taken = bool(fetch(self._connection, number, row.before["no"]))  # a later row may have got its number
        names = [name for name in row.before if name in table.c and not (taken and name == "no")]
        self._ask(bulk_sql(table, names), *(row.before[name] for name in names))

    @property
    def _back(self) -> set[tuple[str, str]]:
        """The rows that come back."""
        return {(row.table, row.id) for row in self._rows if row.gone and not row.born}

    def _overtaken(self, row: _Row) -> None:
        later = self._later(row)
        raise Refused("step_overtaken", later=later) if later is not None else Refused("step_built_on")

    def _later(self, row: _Row) -> StepName | None:
        """The first later step that changed the same row, or else the same lead."""
        here = "s.undone = ? AND c.step > ? AND c.step < (SELECT max(no) FROM step)"
        theirs = f"SELECT s.no FROM change c JOIN step s ON s.no = c.step WHERE {here} AND"  # noqa: S608
        same_row = fetch(
            self._connection,
            f'{theirs} c.lead IS ? AND c."row" = ? ORDER BY c.step LIMIT 1',
            *(DONE, self._number, row.lead, row.id),
        )
        same_lead = row.lead and fetch(
            self._connection, f"{theirs} c.lead = ? ORDER BY c.step LIMIT 1", DONE, self._number, row.lead
        )
        found = same_row or same_lead
        return step_named(self._connection, found[0][0]) if found else None


def _kept(value: Any) -> str | None:
    """A value as the journal keeps it: as text."""
    return None if value is None else str(value)
