"""What is asked about calls."""

from __future__ import annotations

from sqlalchemy import select

from leaddesk.db.reading import Columns, Reading
from leaddesk.db.records import Call
from leaddesk.db.schema import call


def open_call(reading: Reading) -> Call | None:
    """The call that is going on, also after a crash."""
    going_on = select(call).where(call.c.ended_at.is_(None)).order_by(call.c.no.desc()).limit(1)
    row = reading.connection.execute(going_on).mappings().first()
    return call_of(row) if row is not None else None


def last_call(reading: Reading, lead_id: str) -> str | None:
    """The id of the call with a lead that ended last."""
    ended = select(call.c.id).where(call.c.lead_id == lead_id, call.c.ended_at.is_not(None))
    return reading.connection.execute(ended.order_by(call.c.ended_at.desc(), call.c.no.desc()).limit(1)).scalar()


def call_of(row: Columns) -> Call:
    """A call as a record."""
    return Call(
        id=row["id"],
        lead_id=row["lead_id"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        minutes=row["minutes"],
        outcome=row["outcome"] or "",
        question=row["question"] or "",
        note=row["note"] or "",
        script=row["script"] or "",
    )
