"""What buyers hold against it: noted when it is said, to be looked up the next time."""

from __future__ import annotations

from leaddesk.db import schema
from leaddesk.db.store import Step
from leaddesk.errors import NotFound, Refused
from leaddesk.operations.rows import lead_row, name_after, row_of
from leaddesk.operations.verb import operation


@operation
def raise_objection(step: Step, lead_id: str, key: str, note: str = "", call_id: str | None = None) -> str:
    """Keeps that a lead raised an objection of the playbook, and what worked or was said; returns its id.

    NotFound `objection`, and `no_call` for a call that is not there; Refused `other_call` for somebody else's.
    """
    row = lead_row(step, lead_id)
    known = step.playbook.objection.get(key)
    if known is None:
        raise NotFound("objection", name=key)
    if call_id is not None and row_of(step, schema.call, call_id)["lead_id"] != lead_id:
        raise Refused("other_call", call_id=call_id)
    name_after(step, row, objection=dict(known.label), key=key)
    said = note.replace("\0", "").strip()
    return step.insert(schema.objection, lead_id=lead_id, call_id=call_id, key=key, at=step.now, note=said)
