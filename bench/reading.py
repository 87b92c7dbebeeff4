"""Pages of the board and keystrokes of the search, against the bare queries beneath them."""

from __future__ import annotations

import random
from pathlib import Path

from bench.timing import Ratio, median, p95, side_by_side
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


def measure(path: Path) -> list[Ratio]:
    """Page at any depth, heads of all columns, keystroke."""
    with Reader(path) as reader:
        return [_page(reader), _first_page(reader), _totals(reader), _keystroke(reader)]


def _page(reader: Reader) -> Ratio:
    now = this_instant()
    stage = max(totals(reader, Filters()).values(), key=lambda total: total.leads).stage
    order = column_order(reader, stage, Order.URGENCY, Filters(), now, as_kept=True)
    places = random.Random(1)
    depths = [places.randrange(max(1, len(order) - PAGE)) for _ in range(64)]

    def page(turn: int) -> object:
        depth = depths[turn % len(depths)]
        return cards(reader, order[depth : depth + PAGE], now)

    def keys(turn: int) -> object:
        depth = depths[turn % len(depths)]
        read = reader.connection.exec_driver_sql
        return [
            read("SELECT * FROM standing WHERE lead_no = ?", (number,)).fetchone()
            for number in order[depth : depth + PAGE]
        ]

    mine, floor = side_by_side(page, keys, 60)
    return Ratio(f"page: {PAGE} cards at any depth", median(mine), median(floor), 1.5, "50 primary-key reads")


def _first_page(reader: Reader) -> Ratio:
    stage = max(totals(reader, Filters()).values(), key=lambda total: total.leads).stage

    now = this_instant()

    def order(_: int) -> object:
        return column_order(reader, stage, Order.URGENCY, Filters(), now, as_kept=True)

    def scan(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT lead_no FROM standing WHERE stage = ?", (stage,)).fetchall()

    mine, floor = side_by_side(order, scan, 7)
    return Ratio("order of the longest column", median(mine), median(floor), None, "its numbers, unordered")


def _totals(reader: Reader) -> Ratio:
    def heads(_: int) -> object:
        return totals(reader, Filters())

    def grouped(_: int) -> object:
        read = reader.connection.exec_driver_sql
        return read("SELECT stage, currency, COUNT(*), SUM(value) FROM standing GROUP BY 1, 2").fetchall()

    mine, floor = side_by_side(heads, grouped, 15)
    return Ratio("counts and sums of all columns", median(mine), median(floor), 1 / 50, "GROUP BY over all leads")


def _keystroke(reader: Reader) -> Ratio:
    now = this_instant()

    def key(turn: int) -> object:
        return cards(reader, list(search(reader, TYPED[turn % len(TYPED)], PAGE)), now)

    def bare(turn: int) -> object:
        query = query_of(TYPED[turn % len(TYPED)])
        read = reader.connection.exec_driver_sql
        return read("SELECT rowid FROM search WHERE search MATCH ? LIMIT 50", (query,)).fetchall()

    mine, floor = side_by_side(key, bare, 8 * len(TYPED))
    return Ratio("keystroke → 50 ranked cards, p95", p95(mine), p95(floor), 2, "unranked matches, p95")
