"""Pages of the board, orders and heads of its columns, against the bare queries beneath them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Measure, Work, median, p95, side_by_side
from leaddesk.db.days import this_instant
from leaddesk.db.reads import board
from leaddesk.db.reads.board import Filters, Order, cards, column_order, totals
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.store import Reader

PAGE = 50
MIXES = (Filters(), Filters(temperature="hot"), Filters(owner="李婷"), Filters(source="Web form", lifecycle="lead"))


def measure(path: Path) -> Iterator[Measure]:
    """Page at any depth of any column under any filters, the order of a column, heads of all columns."""
    with Reader(path) as reader:
        for _ in warm(reader):
            pass
        yield from _page(reader)
        yield from _order(reader)
        yield from _totals(reader)


def longest(reader: Reader) -> str:
    """The stage most leads stand in."""
    return max(totals(reader, Filters()).values(), key=lambda total: total.leads).stage


def pages(reader: Reader) -> Work:
    """Reads a page of cards, each turn at another depth of another column under other filters."""
    now = this_instant()
    slices = _slices(reader)
    return lambda turn: reader.ask(cards, slices[turn % len(slices)], now)


def _slices(reader: Reader) -> list[list[int]]:
    now, places = this_instant(), random.Random(1)
    slices = []
    for filters in MIXES:
        for stage in reader.playbook.stage:
            order = column_order(reader, stage, Order.URGENCY, filters, now, as_kept=True)
            if len(order) >= PAGE:
                slices += [order[at : at + PAGE].tolist() for at in (places.randrange(len(order) - PAGE + 1),) * 3]
    places.shuffle(slices)
    return slices


def _page(reader: Reader) -> Iterator[Measure]:
    slices = _slices(reader)

    def keys(turn: int) -> object:
        read = reader.connection.exec_driver_sql
        return [
            read("SELECT * FROM standing WHERE lead_no = ?", (number,)).fetchone()
            for number in slices[turn % len(slices)]
        ]

    mine, floor = side_by_side(pages(reader), keys, 120, warm=20)
    name = f"{PAGE} cards at any depth of any column, any filters"
    yield Measure("G2", name, median(mine), median(floor), "50 primary-key reads", 1.5)
    yield Measure("", f"{name}, p95", p95(mine), p95(floor), "50 primary-key reads")


def _order(reader: Reader) -> Iterator[Measure]:
    stage, now = longest(reader), this_instant()

    def order(turn: int) -> object:
        filters = MIXES[turn % len(MIXES)]
        return reader.ask(lambda one: column_order(one, stage, Order.URGENCY, filters, now, as_kept=True))

    def scan(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT lead_no FROM standing WHERE stage = ?", (stage,)).fetchall()

    mine, floor = side_by_side(order, scan, 12)
    yield Measure("", "order of the longest column, any filters", median(mine), median(floor), "its numbers, unordered")


def _totals(reader: Reader) -> Iterator[Measure]:
    def heads(_: int) -> object:
        return reader.ask(totals, Filters())

    def held(turn: int) -> object:
        return reader.ask(totals, MIXES[1 + turn % (len(MIXES) - 1)])

    def grouped(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT stage, currency, COUNT(*), SUM(value) FROM standing GROUP BY 1, 2").fetchall()

    mine, floor = side_by_side(heads, grouped, 15)
    # A fiftieth of it at a million leads; what it is compared with grows with the leads, this does not.
    leads = sum(total.leads for total in totals(reader, Filters()).values())
    goal = 1_000_000 / 50 / max(leads, 20_000)
    yield Measure("G3", "counts and sums of all columns", median(mine), median(floor), "covering GROUP BY", goal)
    mine, floor = side_by_side(held, grouped, 9)
    yield Measure("", "counts and sums under filters", median(mine), median(floor), "covering GROUP BY")
    now = this_instant()
    mine, floor = side_by_side(lambda _: reader.ask(board.found, MIXES[1], Order.URGENCY, now), grouped, 5)
    yield Measure("", "orders and heads of all columns, filtered", median(mine), median(floor), "covering GROUP BY")
