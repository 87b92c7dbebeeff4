"""An answer made durable and a file brought in, against the disk and the driver beneath them."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import tomlkit

from bench.timing import Measure, Work, median, seconds, side_by_side
from leaddesk.db.days import local_day, this_instant
from leaddesk.db.engine import begin, driver
from leaddesk.db.reads.board import Filters, Order, cards, column_order
from leaddesk.db.replay import bulk_sql
from leaddesk.db.schema import lead
from leaddesk.db.store import Step, Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY

ROWS = 8000
# Turns of an import, the first of which warms up.
_TURNS = 4


def saving(path: Path, folder: Path) -> Iterator[Measure]:
    """Saving one answer; putting another playbook in force."""
    copy = folder / "written.leaddesk"
    shutil.copyfile(path, copy)
    try:
        yield from _answer(copy, folder)
        yield from _weights(copy)
    finally:
        for left in folder.glob("written*"):
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


def drops(store: Store) -> Work:
    """Moves a card from one column to the next and back."""
    order = column_order(store, "new", Order.SCORE, Filters(), this_instant(), as_kept=True, limit=40)
    ids = [card.id for card in cards(store, order, this_instant())]

    def drop(turn: int) -> object:
        to = ("parked", "new")[turn // len(ids) % 2]
        details = {"until": local_day(this_instant() + 9 * DAY), "reason": "next_budget"} if to == "parked" else {}
        return store.run(move_lead, ids[turn % len(ids)], to, override="measured", now=this_instant(), **details)

    return drop


def _answer(path: Path, folder: Path) -> Iterator[Measure]:
    with Store.open(path) as store, tempfile.NamedTemporaryFile(dir=folder) as plain:

        def flush(_: int) -> None:
            plain.write(b"x" * 4096)
            plain.flush()
            os.fdatasync(plain.fileno())

        mine, floor = side_by_side(answers(store), flush, 80, warm=10)
    # Where the disk is quick the goal is the floor and half a millisecond.
    yield Measure(
        "G9", "an answer durable on disk", median(mine), median(floor), "fdatasync", 1.3, median(floor) + 0.0005, True
    )


def reweighed(toml: str, turn: int) -> str:
    """A playbook whose best industries are worth something else, each turn another: most cards show another score."""
    told = tomlkit.parse(toml)
    told["profile"][0]["rules"][0]["points"] = 10 + turn
    return tomlkit.dumps(told)


def _weights(path: Path) -> Iterator[Measure]:
    """Every score moves with a new weight; that many rows of one slim table are the floor."""
    with Store.open(path) as store:
        connection = store.connection
        toml = connection.exec_driver_sql("SELECT toml FROM playbook_version ORDER BY number DESC").scalar_one()
        connection.exec_driver_sql("CREATE TEMP TABLE slim (no INTEGER PRIMARY KEY, score INTEGER)")
        connection.exec_driver_sql("INSERT INTO slim SELECT lead_no, score FROM standing")

        def adopt(turn: int) -> object:
            return store.run(adopt_playbook, texts[turn], now=this_instant())

        def slim(_: int) -> object:
            return connection.exec_driver_sql("UPDATE slim SET score = score + 1")

        texts = [reweighed(toml, turn) for turn in range(4)]
        mine, floor = side_by_side(adopt, slim, 4, warm=1)
    yield Measure("G7", "a weight changed, durable", median(mine), median(floor), "UPDATE of a slim table", 1.2)


def _source(path: Path) -> Path:
    """A file of leads."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Lead ID", "First Name", "Last Name", "Company", "Email", "Lead Source", "Notes"])
        for number in range(ROWS):
            who = ["Ada", f"Person {number}", f"Works {number % 900}", f"p{number}@example.com", "Trade fair", "met"]
            writer.writerow([f"L-{number}", *who])
    return path


def importing(folder: Path) -> Iterator[Measure]:
    """A file brought in: the rows alone, and everything."""
    source = _source(folder / "leads.csv")
    try:
        yield _rows_alone(folder)
        yield _everything(folder, source)
    finally:
        for left in [*folder.glob("import-*"), *folder.glob("raw-*"), source]:
            left.unlink()


def _fresh(folder: Path, kind: str) -> Path:
    return folder / f"{kind}-{time.time_ns()}.tmp"


def _rows_alone(folder: Path) -> Measure:
    """Rows of leads as a step inserts them, against the driver without triggers."""
    plain_lead = {"stage": "new", "stage_since": 0, "created_at": 0, "do_not_call": 0}
    rows: list[dict[str, object]] = [{"name": f"Person {n}", "id": f"{n:036}", **plain_lead} for n in range(ROWS)]
    values = [(number, *row.values()) for number, row in enumerate(rows, start=1)]

    def insert(turn: int) -> float:
        with Store.open(_fresh(folder, "import")) as store:

            def write(step: Step) -> float:
                return seconds(lambda _: step.bulk_insert(lead, rows), turn)

            return store.run(write, now=this_instant())[0]

    def insert_raw(turn: int) -> float:
        with Store.open(_fresh(folder, "raw")) as store:
            begin(store.connection)
            plain = store.connection.connection.dbapi_connection
            assert plain is not None
            for trigger in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                plain.execute(f"DROP TRIGGER {trigger[0]}")
            sql = bulk_sql(lead, ["no", *rows[0]])
            return seconds(lambda _: plain.executemany(sql, values), turn)

    pairs = [(insert(turn), insert_raw(turn)) for turn in range(_TURNS)][1:]
    mine, floor = [one for one, _ in pairs], [other for _, other in pairs]
    return Measure("G6", "import: rows inserted", median(mine), median(floor), "driver executemany", 1 / 0.9)


def _everything(folder: Path, source: Path) -> Measure:
    """A file brought in as a person would, against reading it and writing its cells as they are."""
    # The database is there before its leads are.
    made = [Store.open(_fresh(folder, "import")) for _ in range(_TURNS)]
    stores = iter(made)

    def ours(_: int) -> object:
        store = next(stores)
        plan = plan_import(store, source)
        return [None for _ in store.job(import_leads, plan, now=this_instant())]

    def raw(_: int) -> None:
        connection = driver.connect(str(_fresh(folder, "raw")), isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE raw (a, b, c, d, e, f, g)")
        connection.execute("BEGIN")
        with source.open(newline="", encoding="utf-8") as file:
            connection.executemany("INSERT INTO raw VALUES (?, ?, ?, ?, ?, ?, ?)", list(csv.reader(file))[1:])
        connection.execute("COMMIT")
        connection.close()

    try:
        mine, floor = side_by_side(ours, raw, _TURNS - 1, warm=1)
    finally:
        for store in made:
            store.close()
    name = f"import: everything, {ROWS:,} rows"
    return Measure("G6", name, median(mine), median(floor), "csv and executemany", 1 / 0.3)
