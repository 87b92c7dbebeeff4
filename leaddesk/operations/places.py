"""Own order of a column: cards put between two others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from leaddesk.db import schema
from leaddesk.db.store import Step
from leaddesk.operations.rows import name_after, row_of
from leaddesk.operations.verb import operation
from leaddesk.qualify.places import place_of, spread

#: The leads above and below a place, by id; None: the place is first, last.
Beside: TypeAlias = tuple[str | None, str | None]


@operation
def place_leads(step: Step, lead_ids: Sequence[str], beside: Beside) -> None:
    """Puts leads, in the order given, between two others of their column."""
    rows = [row_of(step, schema.lead, lead_id) for lead_id in lead_ids]
    for row, key in zip(rows, keys_between(step, beside, len(rows)), strict=True):
        step.update(schema.lead, row["id"], place=key)
    if rows:
        name_after(step, rows[-1])
    step.name_it(n=len(rows))


def keys_between(step: Step, beside: Beside, count: int) -> list[str]:
    """So many places between two leads. Where somebody moved these meanwhile, the places are after the upper one."""
    above, below = (_key(step, lead_id) if lead_id is not None else None for lead_id in beside)
    if above is not None and below is not None and above >= below:
        below = None
    return spread(above, below, count)


def _key(step: Step, lead_id: str) -> str:
    row = row_of(step, schema.lead, lead_id)
    return str(row["place"] or place_of(row["no"]))
