"""Keystrokes of the search: fifty ranked results against fifty matches in no order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.timing import Measure, Work, median, p95, side_by_side
from leaddesk.db.days import this_instant
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.search import query_of, search
from leaddesk.db.store import Reader

PAGE = 50
#: What people type, a letter at a time: names, companies, Chinese of one, two and three characters, phones, mails.
TYPED = (
    *("a", "an", "ann", "anna", "anna k", "anna ko"),
    *("g", "gm", "gmbh", "log", "logistics", "weiss", "müller"),
    *("王", "王晓", "王晓明", "李", "李婷", "华", "华辰", "物流", "上海", "有限公司", "李伟", "科技有"),
    *("+44", "+44 77", "4930231", "0160", "2312", "86154", "1540000"),
    *("anna.", "anna.k", "example.com", "example.org", "info@", "kowalska"),
    *("sales", "berlin", "zz", "qx"),
)


def measure(path: Path) -> Iterator[Measure]:
    """All that is typed, and the worst of it alone."""
    with Reader(path) as reader:
        for _ in warm(reader):
            pass
        keys, bare = keystrokes(reader), unranked(reader)
        mine, floor = side_by_side(keys, bare, 4 * len(TYPED), warm=len(TYPED))
        name, beside = "keystroke → 50 ranked results", "50 matches, unranked"
        yield Measure("", name, median(mine), median(floor), beside)
        yield Measure("G4", f"{name}, p95", p95(mine), p95(floor), beside, 2, 0.016)
        worst = max(range(len(TYPED)), key=lambda place: min(mine[place :: len(TYPED)]))
        mine, floor = side_by_side(lambda _: keys(worst), lambda _: bare(worst), 15)
        yield Measure("", f"the slowest of them: {TYPED[worst]}", median(mine), median(floor), beside)


def keystrokes(reader: Reader) -> Work:
    """Searches for what is typed, each turn for something else, and reads the cards."""
    now = this_instant()

    def found(one: Reader, typed: str) -> object:
        return cards(one, search(one, typed, PAGE), now)

    return lambda turn: reader.ask(found, TYPED[turn % len(TYPED)])


def unranked(reader: Reader) -> Work:
    """The same without any order."""
    now = this_instant()

    def found(one: Reader, typed: str) -> object:
        rows = one.connection.exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH ? LIMIT 50", (query_of(typed),)
        )
        return cards(one, list(rows.scalars()), now)

    return lambda turn: reader.ask(found, TYPED[turn % len(TYPED)])
