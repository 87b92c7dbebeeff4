"""Finds which leads a step concerns: those its changes name, those of a changed account, those of a bulk range."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from leaddesk.db.journal import RANGE, ROW
from leaddesk.db.schema import change, lead, metadata
from leaddesk.db.states import CHUNK

#: More leads than this are not named one by one in Changes.
NAMED = 500


@dataclass(slots=True)
class Touched:
    """Leads by id, with their numbers where known; `tables` that changed; `bulk`: numbers of leads inserted in bulk."""

    leads: dict[str, int | None] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    bulk: list[tuple[int, int]] = field(default_factory=list)
    changes: int = 0

    @property
    def everything(self) -> bool:
        """Whether these are too many to name, or a new playbook moves them all."""
        return len(self.leads) > NAMED or "playbook_version" in self.tables

    def is_bulk(self, number: int) -> bool:
        """Whether the lead with this number came in a bulk range of the step."""
        return any(first <= number <= last for first, last in self.bulk)


def touched_by(connection: Connection, step: int, since: int = 0) -> Touched:
    """What a step's changes after the change `since` concern. Call it while rows of its ranges are there."""
    found = Touched()
    here = (change.c.step == step, change.c.no > since)
    kinds = select(change.c.table, func.count()).where(*here).group_by(change.c.table)
    for table, count in connection.execute(kinds):
        found.tables.add(table)
        found.changes += count
    named = select(change.c.lead).where(*here, change.c.lead.is_not(None)).distinct()
    found.leads.update(dict.fromkeys(connection.execute(named).scalars()))
    if "lead" in found.tables:
        _number_leads(connection, found, step, since)
    _follow_moves(connection, found, step, since)
    _follow_ranges(connection, found, step, since)
    if "account" in found.tables:
        _follow_accounts(connection, found, step, since)
    return found


def _number_leads(connection: Connection, found: Touched, step: int, since: int) -> None:
    """Leads that came or went: their numbers, which tell what derived rows go."""
    images = select(change.c.row, func.coalesce(change.c.old, change.c.new).label("image")).where(
        change.c.step == step, change.c.no > since, change.c.table == "lead", change.c.field == ROW
    )
    for row in connection.execute(images):
        found.leads[row.row] = json.loads(row.image)["no"]


def _follow_moves(connection: Connection, found: Touched, step: int, since: int) -> None:
    """Rows that went from one lead to another concern both."""
    moves = select(change.c.old, change.c.new).where(
        change.c.step == step, change.c.no > since, change.c.field == "lead_id"
    )
    for row in connection.execute(moves):
        for lead_id in row:
            found.leads.setdefault(lead_id, None)


def _follow_ranges(connection: Connection, found: Touched, step: int, since: int) -> None:
    ranges = select(change.c.table, change.c.new).where(
        change.c.step == step, change.c.no > since, change.c.field == RANGE
    )
    for name, new in connection.execute(ranges).all():
        first, last = json.loads(new)
        table = metadata.tables[name]
        here = table.c.no.between(first, last)
        found.changes += last - first
        if name == "lead":
            found.bulk.append((first, last))
            found.leads.update((row.id, row.no) for row in connection.execute(select(lead.c.id, lead.c.no).where(here)))
        elif "lead_id" in table.c:
            for lead_id in connection.execute(select(table.c.lead_id).where(here).distinct()).scalars():
                found.leads.setdefault(lead_id, None)


def _follow_accounts(connection: Connection, found: Touched, step: int, since: int) -> None:
    """Everyone of a changed company; a new company's leads are named by their own change."""
    changed = select(change.c.row).where(
        change.c.step == step, change.c.no > since, change.c.table == "account", change.c.field.not_in((RANGE,))
    )
    accounts = connection.execute(changed.distinct()).scalars().all()
    for start in range(0, len(accounts), CHUNK):
        theirs = select(lead.c.id, lead.c.no).where(lead.c.account_id.in_(accounts[start : start + CHUNK]))
        for row in connection.execute(theirs):
            found.leads[row.id] = row.no
