"""Which leads a screen wants, and in which order."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, select

from leaddesk.db.reading import Reading
from leaddesk.db.reads.filter_seen import met_by
from leaddesk.db.schema import stage_total, standing
from leaddesk.db.search import index_rows, query_of
from leaddesk.qualify.filtering.tree import Where
from leaddesk.qualify.terms import Instant

_MINUTE: Instant = 60_000


class Order(enum.StrEnum):
    """Orders of a board column. Ties go to the older lead."""

    URGENCY = "urgency"
    SCORE = "score"
    UP_TO = "up_to"
    VALUE = "value"
    STAGE_SINCE = "stage_since"
    OWN = "own"


class Sort(enum.StrEnum):
    """Orders of the list: those of the board and its columns."""

    URGENCY = "urgency"
    SCORE = "score"
    UP_TO = "up_to"
    VALUE = "value"
    OWN = "own"
    TITLE = "title"
    COMPANY = "company"
    STAGE = "stage"
    SOURCE = "source"
    OWNER = "owner"
    NEXT_STEP = "next_step"
    STAGE_SINCE = "stage_since"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What leads must meet, all of it. `source` and `owner`: "" means those without one.

    `where`: anything else, as a tree. It depends on the playbook and the instant, so `bound` makes SQL of it first.
    """

    search: str = ""
    source: str | None = None
    owner: str | None = None
    stage: str | None = None
    temperature: str | None = None
    lifecycle: str | None = None
    where: Where | None = None
    #: `where` as a condition on `standing`, once bound.
    met: ColumnElement[bool] | None = field(default=None, compare=False, repr=False)
    #: The minute it was bound at: what is overdue tells apart what was found before midnight from what is now.
    minute: int | None = None

    @property
    def counted(self) -> bool:
        """Whether the totals kept per stage, source and owner can answer for these."""
        return not self.search.strip() and self.temperature is None and self.lifecycle is None and self.where is None


def bound(reading: Reading, filters: Filters, as_of: Instant, *, as_kept: bool = False) -> Filters:
    """The filters with `where` made SQL as of an instant, ready for `conditions`; others as they are.

    `as_kept`: standings are taken as they were last written; else leads that time has moved since count as they stand.
    """
    if filters.where is None or filters.met is not None:
        return filters
    return replace(filters, met=met_by(reading, filters.where, as_of, as_kept=as_kept), minute=as_of // _MINUTE)


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters, bound, as conditions on `standing`. A search nothing can be looked for with meets nothing."""
    met: list[ColumnElement[bool]] = []
    for column, wanted in (
        (standing.c.source, filters.source),
        (standing.c.owner, filters.owner),
        (standing.c.stage, filters.stage),
        (standing.c.temperature, filters.temperature),
        (standing.c.lifecycle, filters.lifecycle),
    ):
        if wanted is not None:
            met.append(column == wanted if wanted else column.is_(None))
    if filters.search.strip():
        query = query_of(filters.search)
        met.append(standing.c.lead_no.in_(index_rows(query)) if query else standing.c.lead_no.is_(None))
    if filters.where is not None:
        if filters.met is None:
            raise ValueError("filters with a tree must be bound first")
        met.append(filters.met)
    return met


def distinct_values(reading: Reading, name: str) -> Sequence[str]:
    """The values of `source` or `owner` that leads have, without blanks, in order."""
    column = stage_total.c[name]
    found = reading.connection.execute(select(column).where(column != "").distinct())
    return sorted(found.scalars(), key=str.casefold)
