"""What was noted of objections on leads that were won: what may work again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from leaddesk.db.reading import Reading
from leaddesk.db.schema import lead, objection, standing
from leaddesk.qualify.terms import Instant, StageKind


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of an objection, with the lead it was raised by and when."""

    lead: str
    company: str
    at: Instant
    note: str


def noted_when_won(reading: Reading, key: str, limit: int = 3) -> tuple[Noted, ...]:
    """What was noted of an objection on leads that are won, the newest first; empty notes are left out."""
    won = [stage.key for stage in reading.playbook.stages if stage.kind is StageKind.WON]
    found = (
        select(standing.c.title, standing.c.company, objection.c.at, objection.c.note)
        .join(lead, lead.c.id == objection.c.lead_id)
        .join(standing, standing.c.lead_no == lead.c.no)
        .where(objection.c.key == key, objection.c.note != "", lead.c.stage.in_(won))
        .order_by(objection.c.at.desc(), objection.c.no.desc())
        .limit(limit)
    )
    rows = reading.connection.execute(found)
    return tuple(Noted(title, company or "", at, note) for title, company, at, note in rows)
