"""The board in swimlanes: each column's order parted by owner, source or score band."""

from __future__ import annotations

import enum
import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from leaddesk.db.engine import fetch
from leaddesk.db.reading import Reading
from leaddesk.db.reads import board
from leaddesk.db.reads.filters import Filters, Order, bound, conditions
from leaddesk.db.records import ColumnTotal
from leaddesk.db.schema import standing
from leaddesk.qualify.terms import Instant, Temperature

_CHUNK = 20_000
_BANDS = [band.value for band in (Temperature.HOT, Temperature.WARM, Temperature.COLD)]

#: The numbers of a column by swimlane, each in order.
Parts = Mapping[str, "array[int]"]


class Grouping(enum.StrEnum):
    """What parts the board into swimlanes."""

    NONE = "none"
    OWNER = "owner"
    SOURCE = "source"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class FoundParts:
    """What a search leaves of a board in swimlanes: by stage the parts of the column, and its head."""

    parts: Mapping[str, Parts]
    totals: Mapping[str, ColumnTotal]


def column_parts(
    reading: Reading, stage: str, order: Order, filters: Filters, by: Grouping, as_of: Instant
) -> dict[str, array[int]]:
    """A column as `board.column_order` has it, quick, parted: "" are those without an owner or source."""
    return parted(reading, board.column_order(reading, stage, order, filters, as_of, as_kept=True), by)


def found_parts(reading: Reading, filters: Filters, order: Order, by: Grouping, as_of: Instant) -> FoundParts:
    """All columns of a search at once, parted."""
    found = board.found(reading, filters, order, as_of)
    return FoundParts({stage: parted(reading, nos, by) for stage, nos in found.orders.items()}, found.totals)


def parted(reading: Reading, nos: Sequence[int], by: Grouping) -> dict[str, array[int]]:
    """Numbers by swimlane, each in the order given; leads that are gone are left out."""
    if (held := reading.orders) is not None:
        return held.parted(nos if isinstance(nos, array) else array("q", nos), by.value)
    parts: dict[str, array[int]] = {}
    sql = f"SELECT lead_no, coalesce({by.value}, '') FROM standing WHERE lead_no IN (SELECT value FROM json_each(?))"  # noqa: S608
    for start in range(0, len(nos), _CHUNK):
        some = list(nos[start : start + _CHUNK])
        key_of = dict(fetch(reading.connection, sql, json.dumps(some)))
        for number in some:
            key = key_of.get(number)
            if key is not None:
                parts.setdefault(key, array("q")).append(number)
    return parts


def lane_order(keys: Sequence[str], by: Grouping) -> list[str]:
    """Swimlanes from above: bands from hot to cold, others by name, those without one last."""
    if by is Grouping.BAND:
        return [key for key in _BANDS if key in keys]
    return sorted(set(keys), key=lambda key: (not key, key.casefold()))


def lane_sums(reading: Reading, filters: Filters, by: Grouping, as_of: Instant) -> dict[str, dict[str, int]]:
    """The value of each swimlane per currency, as kept."""
    filters = bound(reading, filters, as_of, as_kept=True)
    if (held := reading.orders) is not None:
        return {lane: values for lane, (_, values) in held.heads(reading, filters, by.value).items() if values}
    key = func.coalesce(standing.c[by.value], "")
    asked = select(key, standing.c.currency, func.sum(standing.c.value))
    asked = asked.where(standing.c.currency.is_not(None), *conditions(filters))
    sums: dict[str, dict[str, int]] = {}
    for lane, currency, value in reading.connection.execute(asked.group_by(key, standing.c.currency)):
        sums.setdefault(lane, {})[currency] = value
    return sums
