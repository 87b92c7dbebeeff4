"""Who is worth a call now."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, exists, select

from leaddesk.db.days import local_day
from leaddesk.db.reading import Columns, Reading
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.ordering import urgency_groups, urgency_key
from leaddesk.db.records import Card
from leaddesk.db.schema import call, lead, standing
from leaddesk.qualify.terms import Instant

#: After a call a lead with nothing planned is left in peace for so long, in milliseconds.
PEACE_MS = 12 * 60 * 60 * 1000

_CALLABLE = (
    select(standing).join_from(standing, lead, standing.c.lead_no == lead.c.no).where(lead.c.do_not_call == 0).limit(1)
)


def next_lead(reading: Reading, as_of: Instant, skip: Collection[str] = ()) -> Card | None:
    """Who is worth a call now, by urgency: in an open stage, may be called, not planned for a later day.

    A lead with nothing planned that was called within the last hours is left in peace. `skip`: lead ids passed over.
    """
    today = local_day(as_of).isoformat()
    rested = exists().where(call.c.lead_id == lead.c.id, call.c.ended_at > as_of - PEACE_MS, call.c.ended_at <= as_of)
    waiting, due, unplanned, _ = urgency_groups(today)
    for (here, order), peace in ((waiting, ()), (due, ()), (unplanned, (~rested,))):
        asked = _CALLABLE.where(*here, *peace, lead.c.id.not_in(list(skip))).order_by(*order)
        best = _best_of_stages(reading, asked)
        if best:
            first = min(best, key=lambda row: urgency_key(row, today))
            return cards(reading, [first["lead_no"]], as_of)[0]
    return None


def _best_of_stages(reading: Reading, asked: Select[tuple[object, ...]]) -> list[Columns]:
    """Who comes first in each open stage: an index finds each at once, though not all stages together."""
    found = (
        reading.connection.execute(asked.where(standing.c.stage == stage.key)).mappings().first()
        for stage in reading.playbook.open_stages
    )
    return [row for row in found if row is not None]
