"""Parked leads on their day: the one move the program makes by itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reading import Reading
from leaddesk.db.store import Step
from leaddesk.operations.rows import shown_as
from leaddesk.operations.verb import operation
from leaddesk.qualify.terms import StageKind


def due_from_parking(reading: Reading, today: date) -> list[str]:
    """The ids of the parked leads whose day has come."""
    parked = [stage.key for stage in reading.playbook.stages if stage.kind is StageKind.PARKED]
    if not parked:
        return []
    # The standings are sorted by stage, and few leads are parked.
    query = (
        select(schema.lead.c.id)
        .join(schema.standing, schema.standing.c.lead_no == schema.lead.c.no)
        .where(schema.standing.c.stage.in_(parked), schema.lead.c.parked_until <= today.isoformat())
        .order_by(schema.lead.c.no)
    )
    return list(reading.connection.execute(query).scalars())


@operation
def bring_back_parked(step: Step) -> list[str]:
    """Moves parked leads whose day has come back to the stage they left, else the first; returns their ids."""
    ids = due_from_parking(step, local_day(step.now))
    stages = [stage.key for stage in step.playbook.open_stages]
    for lead_id in ids:
        row = step.connection.execute(select(schema.lead).where(schema.lead.c.id == lead_id)).mappings().one()
        to = row["stage_before"] if row["stage_before"] in stages else stages[0]
        step.update(
            schema.lead,
            lead_id,
            stage=to,
            stage_since=step.now,
            stage_before=None,
            place=None,
            reason=None,
            parked_until=None,
        )
        step.insert(schema.stage_change, lead_id=lead_id, from_stage=row["stage"], to_stage=to, at=step.now)
        step.name_it(lead=shown_as(step, dict(row)))
    step.name_it(n=len(ids))
    return ids
