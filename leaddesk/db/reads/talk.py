"""What was noted in a call, question by question."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from leaddesk.db import schema
from leaddesk.db.reading import Reading


def written(reading: Reading, call_id: str) -> Mapping[str, str]:
    """The note at each question of a call: beside its newest answer, or kept until it is answered."""
    answer, note, call = schema.answer, schema.note, schema.call
    # By the lead too, whose index serves: of a million leads' answers only its own are looked at.
    lead = select(call.c.lead_id).where(call.c.id == call_id).scalar_subquery()
    answers = select(answer.c.question, answer.c.note).where(
        answer.c.lead_id == lead, answer.c.call_id == call_id, answer.c.withdrawn_at.is_(None)
    )
    notes = select(note.c.question, note.c.text).where(
        note.c.lead_id == lead, note.c.call_id == call_id, note.c.question.is_not(None)
    )
    found: dict[str, str] = {}
    for rows in (answers.order_by(answer.c.no), notes):
        found.update({str(question): str(text) for question, text in reading.connection.execute(rows)})
    return found
