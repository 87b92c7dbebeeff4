"""An answer made durable and a file brought in, against the disk and the driver beneath them."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Ratio, Work, median, seconds, side_by_side
from leaddesk.db.days import this_instant
from leaddesk.db.reads.board import Filters, Order, cards, column_order
from leaddesk.db.store import Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.qualify.state import Said

ROWS = 8000


def measure(path: Path, folder: Path) -> Iterator[Ratio]:
    """Saving one answer, importing a file."""
    copy = folder / "written.leaddesk"
    shutil.copyfile(path, copy)
    try:
        yield _answer(copy, folder)
        yield _import(folder)
    finally:
        for left in folder.glob("written.leaddesk*"):
            left.unlink()


def answers(store: Store) -> Work:
    """Saves an answer, each turn another one."""
    keys = ("approved", "asked_for", "to_be_found")
    order = column_order(store, "discovery", Order.SCORE, Filters(), this_instant(), as_kept=True, limit=40)
    ids = [card.id for card in cards(store, order, this_instant())]

    def answer(turn: int) -> object:
        said = Said(keys=(keys[turn % len(keys)],))
        return store.run(give_answer, ids[turn % len(ids)], "reserved", said, now=this_instant())

    return answer


def _answer(path: Path, folder: Path) -> Ratio:
    with Store.open(path) as store, tempfile.NamedTemporaryFile(dir=folder) as plain:

        def flush(_: int) -> None:
            plain.write(b"x" * 4096)
            plain.flush()
            os.fdatasync(plain.fileno())

        mine, floor = side_by_side(answers(store), flush, 60)
    # Where the disk is quick the goal is the floor and half a millisecond.
    goal = max(1.3, 1 + 0.0005 / median(floor))
    return Ratio("an answer durable on disk", median(mine), median(floor), goal, "fdatasync of one page")


def _import(folder: Path) -> Ratio:
    source = folder / "leads.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Lead ID", "First Name", "Last Name", "Company", "Email", "Lead Source", "Notes"])
        for number in range(ROWS):
            who = ["Ada", f"Person {number}", f"Works {number % 900}", f"p{number}@example.com", "Trade fair", "met"]
            writer.writerow([f"L-{number}", *who])

    def ours(turn: int) -> object:
        with Store.open(folder / f"import-{turn}-{time.time_ns()}.tmp") as store:
            plan = plan_import(store, source)
            return [None for _ in store.job(import_leads, plan, now=this_instant())]

    def raw(turn: int) -> None:
        with source.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        connection = sqlite3.connect(folder / f"raw-{turn}-{time.time_ns()}.tmp")
        connection.execute("CREATE TABLE raw (a, b, c, d, e, f, g)")
        connection.executemany("INSERT INTO raw VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
        connection.close()

    try:
        mine = [seconds(ours, turn) for turn in range(3)]
        floor = [seconds(raw, turn) for turn in range(3)]
    finally:
        for left in [*folder.glob("import-*.tmp*"), *folder.glob("raw-*.tmp*"), source]:
            left.unlink()
    return Ratio(f"import of {ROWS:,} rows", median(mine), median(floor), None, "csv and executemany alone")
