"""What the board asks: the order of a column, a page of its cards, the heads of all columns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from leaddesk.db.days import local_day, this_instant
from leaddesk.db.engine import fetch, quoted
from leaddesk.db.judging import is_stale, judge
from leaddesk.db.reading import Reading
from leaddesk.db.reads.filters import Filters, Order, Sort, bound, conditions
from leaddesk.db.reads.ordering import found_in_order, numbers
from leaddesk.db.records import Card, ColumnTotal
from leaddesk.db.schema import stage_total, standing
from leaddesk.db.standings import card_of, live_card
from leaddesk.db.states import CHUNK, load
from leaddesk.qualify.terms import Instant

__all__ = ["Filters", "Found", "Order", "cards", "column_order", "first_cards", "found", "totals"]

_STANDING = tuple(column.name for column in standing.columns)
_COLUMNS = (*_STANDING, "id", "job", "external_id", "do_not_call", "parked_until")
_CARDS = (
    f"SELECT {', '.join(f's.{quoted(name)}' for name in _STANDING)}, l.id, l.title,"  # noqa: S608
    " l.external_id, l.do_not_call, l.parked_until"
    " FROM standing s JOIN lead l ON l.no = s.lead_no"
    " WHERE s.lead_no IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search leaves of the board: by stage, the numbers in order and the head of the column."""

    orders: Mapping[str, array[int]]
    totals: Mapping[str, ColumnTotal]


def found(reading: Reading, filters: Filters, order: Order, as_of: Instant) -> Found:
    """All columns of a search at once, as kept; its cost is the search, once, and what it finds."""
    orders: dict[str, array[int]] = {stage: array("q") for stage in reading.playbook.stage}
    values: dict[str, dict[str, int]] = {stage: {} for stage in orders}
    today = local_day(as_of).isoformat()
    filters = bound(reading, filters, as_of, as_kept=True)
    if (held := reading.orders) is not None:
        known = held.found(reading, filters, Sort(order.value), today)
        if known is not None:
            return Found({**orders, **known[0]}, {stage: ColumnTotal(stage, 0, {}) for stage in orders} | known[1])
    for number, stage, currency, value in found_in_order(reading, filters, Sort(order.value), today):
        orders.setdefault(stage, array("q")).append(number)
        if currency is not None and value is not None:
            sums = values.setdefault(stage, {})
            sums[currency] = sums.get(currency, 0) + value
    heads = {stage: ColumnTotal(stage, len(nos), values.get(stage, {})) for stage, nos in orders.items()}
    return Found(orders, heads)


def column_order(
    reading: Reading,
    stage: str,
    order: Order,
    filters: Filters,
    as_of: Instant,
    *,
    as_kept: bool = False,
    limit: int | None = None,
) -> array[int]:
    """Numbers of the leads of a stage, in order, as of an instant; `as_kept`: quick, see `ordering.numbers`."""
    wanted = replace(filters, stage=stage)
    return numbers(reading, wanted, Sort(order.value), as_of, as_kept=as_kept, limit=limit)


def first_cards(reading: Reading, stage: str, order: Order, filters: Filters, limit: int, as_of: Instant) -> list[Card]:
    """The first cards of a stage, exactly as of an instant."""
    return cards(reading, column_order(reading, stage, order, filters, as_of, limit=limit), as_of)


def cards(reading: Reading, nos: Sequence[int], as_of: Instant) -> list[Card]:
    """The cards of these leads in the order asked for, right as of an instant; leads that are gone are left out."""
    found: dict[int, Card] = {}
    moved: list[str] = []
    by = judge(reading.connection)
    for start in range(0, len(nos), CHUNK):
        for values in fetch(reading.connection, _CARDS, json.dumps(list(nos[start : start + CHUNK]))):
            row = dict(zip(_COLUMNS, values, strict=True))
            if is_stale(row, by, as_of):
                moved.append(row["id"])
            else:
                found[row["lead_no"]] = card_of(row)
    if moved:
        playbook = reading.playbook
        found.update((known.no, live_card(playbook, known, as_of)) for known in load(reading.connection, moved))
    return [found[number] for number in nos if number in found]


def totals(reading: Reading, filters: Filters, as_of: Instant | None = None) -> dict[str, ColumnTotal]:
    """Count and value per currency of every stage of the playbook, and of stages leads still stand in, as kept.

    `as_of`: the instant a tree of conditions is meant at, now unless given.
    """
    filters = bound(reading, filters, this_instant() if as_of is None else as_of, as_kept=True)
    if filters.counted:
        columns = stage_total.c
        here = [
            column == wanted
            for column, wanted in (
                (columns.source, filters.source),
                (columns.owner, filters.owner),
                (columns.stage, filters.stage),
            )
            if wanted is not None
        ]
        asked = select(columns.stage, columns.currency, func.sum(columns.leads), func.sum(columns.value)).where(*here)
        asked = asked.group_by(columns.stage, columns.currency)
    elif (held := reading.orders) is not None:
        nothing = {stage: ColumnTotal(stage, 0, {}) for stage in reading.playbook.stage}
        return nothing | held.totals(reading, filters)
    else:
        columns = standing.c
        asked = select(columns.stage, columns.currency, func.count(), func.sum(columns.value))
        asked = asked.where(*conditions(filters)).group_by(columns.stage, columns.currency)
    leads = dict.fromkeys(reading.playbook.stage, 0)
    values: dict[str, dict[str, int]] = {stage: {} for stage in leads}
    for stage, currency, count, value in reading.connection.execute(asked):
        leads[stage] = leads.get(stage, 0) + count
        if currency:
            values.setdefault(stage, {})[currency] = value
    return {stage: ColumnTotal(stage, count, values.get(stage, {})) for stage, count in leads.items()}
