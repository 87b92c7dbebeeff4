"""The public pool: leads without an owner, whom anybody may claim, and who goes back there by the playbook's rule."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from leaddesk.db import journal, schema
from leaddesk.db.days import end_of_day
from leaddesk.db.engine import fetch
from leaddesk.db.reading import Reading
from leaddesk.db.store import Step
from leaddesk.errors import NotFound, Refused
from leaddesk.operations.rows import Row, name_after, row_of, shown_as
from leaddesk.operations.verb import operation
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.pool import days_by_stage
from leaddesk.qualify.terms import Instant

#: Leads given back in one step: a short write, and a list a person can still look through.
AT_ONCE = 500

_UNTOUCHED = (
    "SELECT l.id FROM standing s JOIN lead l ON l.no = s.lead_no"
    " WHERE s.stage = ? AND s.owner IS NOT NULL AND s.touched_at <= ? AND (s.next_on IS NULL OR s.next_on < ?)"
    " AND l.id NOT IN (SELECT value FROM json_each(?))"
    " ORDER BY s.touched_at LIMIT ?"
)

# Leads whose return somebody did not want: it was undone, or taken back among later steps.
_BROUGHT_HOME = (
    "SELECT c.lead, max(s.at) FROM step s JOIN change c ON c.step = s.no"
    " WHERE c.\"table\" = 'owner_change' AND (s.name = ?1 AND s.undone IN (?2, ?3)"
    " OR s.name = ?4 AND s.undone = ?5 AND json_extract(s.details, '$.taken') = ?1) GROUP BY c.lead"
)


@operation
def claim_leads(step: Step, lead_ids: Sequence[str]) -> None:
    """Makes the person at work the owner of leads that have none.

    Refused `no_person` where nobody said who works here, `has_owner` (lead, owner) where somebody was quicker, and
    `pool_limit` (n, limit) where the person would hold more than the playbook allows.
    """
    if not step.person:
        raise Refused("no_person")
    rows = _named(step, lead_ids)
    for row in rows:
        if row["owner"]:
            raise Refused("has_owner", lead=shown_as(step, row), owner=row["owner"])
    limit = step.playbook.pool.limit if step.playbook.pool is not None else None
    held = held_by(step, step.person)
    if limit is not None and held + len(rows) > limit:
        raise Refused("pool_limit", n=held, limit=limit)
    for row in rows:
        change_owner(step, row, step.person, "claimed")


@operation
def release_leads(step: Step, lead_ids: Sequence[str]) -> None:
    """Gives leads back to the pool; those nobody owns are there already."""
    for row in _named(step, lead_ids):
        if row["owner"]:
            change_owner(step, row, None, "released")


@operation
def assign_leads(step: Step, lead_ids: Sequence[str], owner: str | None) -> None:
    """Gives leads to a person, or to nobody; those that are theirs already stay as they are."""
    for row in _named(step, lead_ids):
        hand_over(step, row, owner or "")
    step.name_it(owner=owner or "")


@operation
def return_untouched(step: Step, lead_ids: Sequence[str]) -> int:
    """Gives leads back that `due_for_pool` found and somebody still owns; returns how many."""
    returned = 0
    for lead_id in lead_ids:
        found = select(schema.lead).where(schema.lead.c.id == lead_id, schema.lead.c.owner.is_not(None))
        row = step.connection.execute(found).mappings().first()
        if row is not None:
            change_owner(step, dict(row), None, "untouched")
            step.name_it(lead=shown_as(step, dict(row)))
            returned += 1
    step.name_it(n=returned)
    return returned


def due_for_pool(reading: Reading, today: date, limit: int = AT_ONCE) -> list[str]:
    """Who goes back today, the longest untouched first, at most so many; nobody where the playbook has no pool.

    A return that was undone counts as a touch: the lead is not sent back again the next day.
    """
    stages = days_by_stage(reading.playbook)
    if not stages:
        return []
    found: list[str] = []
    calendar, home = reading.playbook.calendar, _brought_home(reading)
    for stage, days in stages.items():
        day = calendar.before(today, days)
        if day is not None and len(found) < limit:
            since = end_of_day(day)
            spared = json.dumps([lead_id for lead_id, at in home if at > since])
            wanted = (stage, since, today.isoformat(), spared, limit - len(found))
            found += [lead_id for (lead_id,) in fetch(reading.connection, _UNTOUCHED, *wanted)]
    return found


def _brought_home(reading: Reading) -> list[tuple[str, Instant]]:
    names = (return_untouched.name, journal.UNDONE, journal.OVERTAKEN, "take_back", journal.DONE)
    return [(lead_id, at) for lead_id, at in fetch(reading.connection, _BROUGHT_HOME, *names)]


def held_by(reading: Reading, person: str) -> int:
    """How many leads of open stages a person owns."""
    here, stages = schema.stage_total.c, open_keys(reading.playbook)
    asked = select(func.coalesce(func.sum(here.leads), 0)).where(here.owner == person, here.stage.in_(stages))
    return int(reading.connection.execute(asked).scalar_one())


def open_keys(playbook: Playbook) -> list[str]:
    """The keys of the open stages."""
    return [stage.key for stage in playbook.open_stages]


def change_owner(step: Step, row: Row, to: str | None, why: str) -> None:
    """Writes a lead's new owner, and beside it who had it before and why: assigned, claimed, released, untouched."""
    step.update(schema.lead, row["id"], owner=to)
    record_owner(step, row["id"], row["owner"], to, why)


def hand_over(step: Step, row: Row, to: str | None) -> None:
    """Gives a lead to a person, "" to nobody; None, and whoever has it already, changes nothing."""
    if to is not None and (row["owner"] or "") != to:
        change_owner(step, row, to or None, "assigned" if to else "released")


def record_owner(step: Step, lead_id: str, before: str | None, to: str | None, why: str) -> None:
    """Keeps a change of owner for the lead's story."""
    if (before or None) != (to or None):
        step.insert(
            schema.owner_change, lead_id=lead_id, from_owner=before or None, to_owner=to or None, at=step.now, why=why
        )


def _named(step: Step, lead_ids: Sequence[str]) -> list[Row]:
    rows = [row_of(step, schema.lead, lead_id) for lead_id in dict.fromkeys(lead_ids)]
    if not rows:
        raise NotFound("no_lead", id=json.dumps(list(lead_ids)))
    name_after(step, rows[0], n=len(rows))
    return rows
