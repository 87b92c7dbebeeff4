"""Finds which leads a step concerns: those its changes name, those of a changed account, those of a bulk range."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from leaddesk.db.engine import fetch
from leaddesk.db.journal import RANGE, ROW
from leaddesk.db.schema import lead, metadata
from leaddesk.db.states import CHUNK, Known
from leaddesk.db.texts import SEARCHED

#: More leads than this are not named one by one in Changes.
NAMED = 500


@dataclass(slots=True)
class Touched:
    """Leads by id, with their numbers where known; `tables` that changed; `bulk`: numbers of leads inserted in bulk."""

    leads: dict[str, int | None] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    bulk: list[tuple[int, int]] = field(default_factory=list)
    searched: bool = False  # whether something changed that leads are found by
    held: Mapping[str, Known] = field(default_factory=dict)  # leads that are known already, as they are now
    left: Mapping[str, Known] = field(default_factory=dict)  # leads as it leaves them, where they are few
    settled: AbstractSet[str] = frozenset()  # leads whose derived data is as it should be
    count: int = 0  # of leads, by `add`, those that came twice twice

    @property
    def everything(self) -> bool:
        """Whether these are too many to name, or a new playbook moves them all."""
        return len(self.leads) > NAMED or "playbook_version" in self.tables

    def add(self, more: Touched) -> None:
        """Takes in what another transaction touched; beyond those that can be named, leads are only counted."""
        self.tables |= more.tables
        self.searched |= more.searched
        self.count += len(more.leads)
        if not self.everything:
            self.leads.update(more.leads)

    def is_bulk(self, number: int) -> bool:
        """Whether the lead with this number came in a bulk range of the step."""
        return any(first <= number <= last for first, last in self.bulk)


@dataclass(slots=True)
class Settled:
    """Leads whose derived data was made as they came in, with their numbers; nothing else is told by `changes`.

    `changes`: pairs of numbers, those of the changes after the first up to the last.
    """

    leads: dict[str, int] = field(default_factory=dict)
    changes: list[tuple[int, int]] = field(default_factory=list)

    def add(self, leads: Mapping[str, int], after: int, last: int) -> None:
        """Takes in some more leads."""
        self.leads.update(leads)
        self.changes.append((after, last))

    def tell(self, number: int) -> bool:
        """Whether a change is of their coming in."""
        return any(after < number <= last for after, last in self.changes)

    def clear(self) -> None:
        """Forgets them: another transaction began."""
        self.leads.clear()
        self.changes.clear()


_LAST = 2**62
_NOBODY = Settled()

# Of old and new only what tells: the image of a lead that came or went, where a row went from and to, a range's span.
_TELLS = f"field IN ('{RANGE}', 'lead_id') OR \"table\" = 'lead' AND field = '{ROW}'"
_CHANGES = (
    f'SELECT no, "table", "row", field, lead, iif({_TELLS}, old, NULL), iif({_TELLS}, new, NULL)'  # noqa: S608
    " FROM change WHERE step = ? AND no > ? AND no <= ?"
)


def touched_by(
    connection: Connection, step: int, since: int = 0, until: int = _LAST, settled: Settled = _NOBODY
) -> Touched:
    """What a step's changes after the change `since`, up to `until`, concern. Call it while rows of its ranges are
    there."""
    found = Touched()
    accounts: set[str] = set()
    for number, table, row, name, lead_id, old, new in fetch(connection, _CHANGES, step, since, until):
        found.tables.add(table)
        if table in SEARCHED and (name in (ROW, RANGE) or name in SEARCHED[table]):
            found.searched = True
        if name == RANGE:
            _follow_range(connection, found, table, new, settled=settled.tell(number))
        elif lead_id is not None:
            found.leads.setdefault(lead_id, None)
            if name == "lead_id":  # it went from one lead to another: both are concerned
                found.leads.setdefault(old, None)
            elif name == ROW and table == "lead":  # its number tells what derived rows go
                found.leads[lead_id] = json.loads(old or new)["no"]
        elif table == "account":
            accounts.add(row)
    _follow_accounts(connection, found, sorted(accounts))
    found.settled = settled.leads.keys() - found.leads.keys()
    found.leads.update(settled.leads)
    return found


def _follow_range(connection: Connection, found: Touched, name: str, span: str, *, settled: bool) -> None:
    first, last = json.loads(span)
    table = metadata.tables[name]
    here = table.c.no.between(first, last)
    if name == "lead":
        _note_bulk(found, first, last)
    if settled:
        return
    if name == "lead":
        found.leads.update((row.id, row.no) for row in connection.execute(select(lead.c.id, lead.c.no).where(here)))
    elif "lead_id" in table.c:
        for lead_id in connection.execute(select(table.c.lead_id).where(here).distinct()).scalars():
            found.leads.setdefault(lead_id, None)


def _note_bulk(found: Touched, first: int, last: int) -> None:
    if found.bulk and found.bulk[-1][1] == first - 1:
        first = found.bulk.pop()[0]
    found.bulk.append((first, last))


def _follow_accounts(connection: Connection, found: Touched, accounts: Sequence[str]) -> None:
    """Everyone of a changed company; a new company's leads are named by their own change."""
    for start in range(0, len(accounts), CHUNK):
        theirs = select(lead.c.id, lead.c.no).where(lead.c.account_id.in_(accounts[start : start + CHUNK]))
        for row in connection.execute(theirs):
            found.leads[row.id] = row.no
