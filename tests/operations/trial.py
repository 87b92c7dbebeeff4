"""A real database with a clock of its own, on which verbs are tried: done, refused, undone, done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Table, select

from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.records import Lead
from leaddesk.db.schema import JOURNALLED, stage_total, standing
from leaddesk.db.store import Step, Store
from leaddesk.errors import LeadDeskError
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.terms import DAY, Instant

P = ParamSpec("P")
T = TypeVar("T")
E = TypeVar("E", bound=LeadDeskError)

#: 2 March 2026, 12:00 UTC.
START: Instant = 1_772_452_800_000

Dump = dict[str, list[tuple[object, ...]]]

# When a standing was worked out is not part of what it says.
_PASSING = frozenset({"computed_at", "changes_at"})


class Trial:
    """Runs verbs a minute apart."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "trial.leaddesk")
        self.now = START

    def do(self, verb: Callable[Concatenate[Step, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Does a verb; its step must be undone and done again without a trace."""
        self.wait(1 / 24 / 60)
        before = self.dump()
        result, changes = self.store.run(verb, *args, now=self.now, **kwargs)
        after = self.dump()
        if changes.tables:
            assert self.store.undo(now=self.now) is not None
            assert self.dump() == before
            assert self.store.redo(now=self.now) is not None
            assert self.dump() == after
        return result

    def refused(
        self,
        kind: type[E],
        code: str,
        verb: Callable[Concatenate[Step, P], object],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> E:
        """A verb must say no with this code and leave everything as it was."""
        before = self.dump()
        with pytest.raises(kind) as caught:
            self.store.run(verb, *args, now=self.now, **kwargs)
        assert caught.value.code == code
        assert self.dump() == before
        return caught.value

    def add(self, **facts: Any) -> str:
        """A lead, named Anna Kowalska unless said otherwise."""
        return self.do(add_lead, {"name": "Anna Kowalska", **facts})

    def lead(self, lead_id: str) -> Lead:
        """The lead as it stands."""
        with self.store.reader() as reader:
            return read_lead(reader, lead_id, self.now)

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """All rows of a table."""
        return [dict(row) for row in self.store.connection.execute(select(table).order_by(table.c.no)).mappings()]

    def wait(self, days: float) -> None:
        """Lets time pass, and standings follow it."""
        self.now += round(days * DAY)
        while self.store.freshen(now=self.now) is not None:
            pass

    def dump(self) -> Dump:
        """Everything entered, and everything derived from it."""
        return {table.name: self._dump_of(table) for table in (*JOURNALLED, standing, stage_total)}

    def _dump_of(self, table: Table) -> list[tuple[object, ...]]:
        columns = [column for column in table.columns if column.name not in _PASSING]
        return sorted((tuple(row) for row in self.store.connection.execute(select(*columns))), key=repr)
