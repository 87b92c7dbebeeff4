"""What is asked about leads: which one is meant, one of them whole, the list in order."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from sqlalchemy import func, select

from leaddesk.db.days import this_instant
from leaddesk.db.reading import Reading
from leaddesk.db.reads.filters import Filters, Sort, bound, conditions, distinct_values
from leaddesk.db.reads.next_call import next_lead
from leaddesk.db.reads.ordering import numbers
from leaddesk.db.reads.sheet import lead
from leaddesk.db.schema import lead as leads
from leaddesk.db.schema import standing
from leaddesk.db.states import Known, load
from leaddesk.errors import NotFound
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.terms import Instant

__all__ = [
    "Filters",
    "Sort",
    "count",
    "find_lead",
    "known_lead",
    "lead",
    "list_order",
    "next_lead",
    "number_of",
    "owners",
    "sources",
    "state_of",
]


def find_lead(reading: Reading, text: str) -> str:
    """The id of the lead a person means: our id, or an external id. NotFound `lead`, `ambiguous` (n)."""
    text = text.strip()
    # The UUIDs of earlier versions are lower case, however they are typed.
    found = reading.connection.execute(select(leads.c.id).where(leads.c.id.in_((text, text.lower())))).scalar()
    if found is not None:
        return str(found)
    ids = reading.connection.execute(select(leads.c.id).where(leads.c.external_id == text)).scalars().all()
    if not ids:
        raise NotFound("lead", name=text)
    if len(ids) > 1:
        raise NotFound("ambiguous", name=text, n=len(ids))
    return str(ids[0])


def number_of(reading: Reading, lead_id: str) -> int:
    """The number of a lead. NotFound `lead`."""
    number = reading.connection.execute(select(leads.c.no).where(leads.c.id == lead_id)).scalar()
    if number is None:
        raise NotFound("lead", name=lead_id)
    return int(number)


def known_lead(reading: Reading, lead_id: str) -> Known:
    """A lead as entered. NotFound `lead`."""
    found = load(reading.connection, [lead_id])
    if not found:
        raise NotFound("lead", name=lead_id)
    return found[0]


def state_of(reading: Reading, lead_id: str) -> LeadState:
    """What qualification looks at. NotFound `lead`."""
    return known_lead(reading, lead_id).state


def list_order(
    reading: Reading,
    filters: Filters,
    sort: Sort,
    as_of: Instant,
    *,
    as_kept: bool = False,
    descending: bool = False,
    limit: int | None = None,
) -> array[int]:
    """Numbers of the leads that meet the filters, in order, as of an instant; `as_kept`: quick, see `numbers`."""
    return numbers(reading, filters, sort, as_of, as_kept=as_kept, descending=descending, limit=limit)


def count(reading: Reading, filters: Filters, as_of: Instant | None = None) -> int:
    """How many leads meet the filters, by their standings as kept; `as_of` as for `board.totals`."""
    filters = bound(reading, filters, this_instant() if as_of is None else as_of, as_kept=True)
    asked = select(func.count()).select_from(standing).where(*conditions(filters))
    return reading.connection.execute(asked).scalar_one()


def sources(reading: Reading) -> Sequence[str]:
    """Where leads came from, in order."""
    return distinct_values(reading, "source")


def owners(reading: Reading) -> Sequence[str]:
    """Whose leads there are, in order."""
    return distinct_values(reading, "owner")
