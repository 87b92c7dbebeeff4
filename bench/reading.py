"""Pages of the board and keystrokes of the search, against the bare queries beneath them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Ratio, Work, median, p95, side_by_side
from leaddesk.db.days import this_instant
from leaddesk.db.reads.board import Filters, Order, cards, column_order, totals
from leaddesk.db.search import query_of, search
from leaddesk.db.store import Reader

PAGE = 50
TYPED = [
    "a",
    "an",
    "ann",
    "anna",
    "anna k",
    "gmbh",
    "王",
    "王晓",
    "华",
    "华辰",
    "+44 77",
    "example.com",
    "lo",
    "log",
    "zh",
]


def measure(path: Path) -> Iterator[Ratio]:
    """Page at any depth, the order of a column, heads of all columns, keystroke."""
    with Reader(path) as reader:
        yield _page(reader)
        yield _order(reader)
        yield _totals(reader)
        yield _keystroke(reader)


def longest(reader: Reader) -> str:
    """The stage most leads stand in."""
    return max(totals(reader, Filters()).values(), key=lambda total: total.leads).stage


def pages(reader: Reader) -> Work:
    """Reads a page of cards, each turn at another depth of the longest column."""
    now = this_instant()
    order = column_order(reader, longest(reader), Order.URGENCY, Filters(), now, as_kept=True)
    depths = _depths(len(order))

    def page(turn: int) -> object:
        depth = depths[turn % len(depths)]
        return cards(reader, order[depth : depth + PAGE], now)

    return page


def keystrokes(reader: Reader) -> Work:
    """Searches for what is typed, each turn for something else, and reads the cards."""
    now = this_instant()

    def key(turn: int) -> object:
        return cards(reader, list(search(reader, TYPED[turn % len(TYPED)], PAGE)), now)

    return key


def _depths(length: int) -> list[int]:
    places = random.Random(1)
    return [places.randrange(max(1, length - PAGE)) for _ in range(64)]


def _page(reader: Reader) -> Ratio:
    order = column_order(reader, longest(reader), Order.URGENCY, Filters(), this_instant(), as_kept=True)
    depths = _depths(len(order))

    def keys(turn: int) -> object:
        depth = depths[turn % len(depths)]
        read = reader.connection.exec_driver_sql
        return [
            read("SELECT * FROM standing WHERE lead_no = ?", (number,)).fetchone()
            for number in order[depth : depth + PAGE]
        ]

    mine, floor = side_by_side(pages(reader), keys, 60)
    return Ratio(f"page: {PAGE} cards at any depth", median(mine), median(floor), 1.5, "50 primary-key reads")


def _order(reader: Reader) -> Ratio:
    stage, now = longest(reader), this_instant()

    def order(_: int) -> object:
        return column_order(reader, stage, Order.URGENCY, Filters(), now, as_kept=True)

    def scan(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT lead_no FROM standing WHERE stage = ?", (stage,)).fetchall()

    mine, floor = side_by_side(order, scan, 7)
    return Ratio("order of the longest column", median(mine), median(floor), None, "its numbers, unordered", 0.15)


def _totals(reader: Reader) -> Ratio:
    def heads(_: int) -> object:
        return totals(reader, Filters())

    def grouped(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT stage, currency, COUNT(*), SUM(value) FROM standing GROUP BY 1, 2").fetchall()

    mine, floor = side_by_side(heads, grouped, 15)
    # A fiftieth of it at a million leads; what it is compared with grows with the leads, this does not.
    leads = sum(total.leads for total in totals(reader, Filters()).values())
    goal = 1_000_000 / 50 / max(leads, 20_000)
    return Ratio("counts and sums of all columns", median(mine), median(floor), goal, "GROUP BY over all leads")


def _keystroke(reader: Reader) -> Ratio:
    def bare(turn: int) -> object:
        query = query_of(TYPED[turn % len(TYPED)])
        read = reader.connection.exec_driver_sql
        return read("SELECT rowid FROM search WHERE search MATCH ? LIMIT 50", (query,)).fetchall()

    mine, floor = side_by_side(keystrokes(reader), bare, 8 * len(TYPED))
    return Ratio("keystroke → 50 ranked cards, p95", p95(mine), p95(floor), 2, "50 matches, unranked, p95", 0.016)
