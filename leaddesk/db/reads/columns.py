"""The whole board at once, as a list or a picture shows it: every column's head and its first cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaddesk.db.reading import Reading
from leaddesk.db.reads.board import cards, column_order, first_cards, totals
from leaddesk.db.reads.filters import Filters, Order, bound
from leaddesk.db.reads.table import values_of
from leaddesk.db.records import Card, ColumnTotal
from leaddesk.qualify.terms import Instant


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One stage: its head, and the cards from above."""

    total: ColumnTotal
    cards: tuple[Card, ...]


def columns(
    reading: Reading, filters: Filters, order: Order, as_of: Instant, limits: Mapping[str, int]
) -> dict[str, ShownColumn]:
    """Every stage of the playbook with at most so many cards as `limits` says of it, none where it says nothing.

    What is narrowed is counted exactly as of the instant, as a list of the same leads is.
    """
    if filters.counted:
        heads = totals(reading, filters)
        return {
            stage: ShownColumn(heads[stage], tuple(first_cards(reading, stage, order, filters, limit, as_of)))
            for stage, limit in _all(reading, limits).items()
        }
    narrowed = bound(reading, filters, as_of)
    found = {}
    for stage, limit in _all(reading, limits).items():
        nos = column_order(reading, stage, order, narrowed, as_of)
        total = ColumnTotal(stage, len(nos), values_of(reading, nos)[1])
        found[stage] = ShownColumn(total, tuple(cards(reading, nos[:limit], as_of)))
    return found


def _all(reading: Reading, limits: Mapping[str, int]) -> dict[str, int]:
    return {stage: limits.get(stage, 0) for stage in reading.playbook.stage}
