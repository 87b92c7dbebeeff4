"""A database of invented leads to measure on, made once and kept under build/."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table

from bench.invention import TABLES, Row, Telling, stories
from bench.timing import Measure
from leaddesk.db import search
from leaddesk.db.days import this_instant
from leaddesk.db.engine import begin, commit, pragma
from leaddesk.db.journal import trigger_name, unrecorded
from leaddesk.db.replay import bulk_sql
from leaddesk.db.schema import note, standing
from leaddesk.db.store import Store
from leaddesk.db.texts import text_of_lead

#: Raised when other leads are invented.
INVENTION = 6
_CHUNK = 2_000


def demo_database(leads: int, folder: Path) -> Path:
    """The path of a database with so many invented leads; made when missing, a million in some minutes.

    Its standings are those of now, as in a window that was open for a while.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"leads-{leads}-{INVENTION}.leaddesk"
    if not path.exists():
        for older in folder.glob(f"leads-{leads}-*"):
            older.unlink()
        _make(path, leads)
    with Store.open(path) as store:
        for backup in folder.glob(f"{path.stem}-version-*"):
            backup.unlink()
        now = this_instant()
        while store.freshen(now=now, limit=5_000):
            pass
    return path


def file_size(path: Path) -> Iterator[Measure]:
    """Bytes of the file by lead."""
    with Store.open(path) as store:
        (leads,) = store.connection.exec_driver_sql("SELECT count(*) FROM lead").one()
        pages = pragma(store.connection, "page_count") - pragma(store.connection, "freelist_count")
        size = pages * pragma(store.connection, "page_size")
    yield Measure("size", "the database, bytes a lead", size / leads, most=2048, unit="bytes")


def _make(path: Path, leads: int) -> None:
    unfinished = path.with_suffix(".unfinished")
    for left in path.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    start = time.perf_counter()
    told = stories(path.parent, this_instant())
    with Store.open(unfinished) as store:
        connection = store.connection
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "secure_delete = OFF"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        begin(connection)
        with _bare(connection), unrecorded(connection, [trigger_name(table, "insert") for table in TABLES]):
            _write(connection, Telling(told), leads)
        _sum_up(connection)
        for _ in search.optimizing(connection):
            pass
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")
        commit(connection)
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    unfinished.rename(path)
    print(f"{leads:,} leads invented in {time.perf_counter() - start:.0f} s", flush=True)


def _write(connection: Connection, telling: Telling, leads: int) -> None:
    pending: dict[Table, list[Row]] = {table: [] for table in (*TABLES, standing)}
    texts: dict[int, tuple[str, str, str, str]] = {}
    for done, (known, rows, kept) in enumerate(telling.leads(leads), start=1):
        for table, some in rows.items():
            pending[table] += some
        pending[standing].append(kept)
        texts[known.no] = text_of_lead(known, [str(row["text"]) for row in rows.get(note, ())])
        if done % _CHUNK == 0 or done == leads:
            for table, some in pending.items():
                _insert(connection, table, some)
                some.clear()
            search.index(connection, texts)
            texts.clear()


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        names = [column.name for column in table.columns]
        sql = bulk_sql(table, names)
        connection.exec_driver_sql(sql, [tuple([row[name] for name in names]) for row in rows])


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """Within it tables have no indexes but their keys: they are made in one go afterwards."""
    read = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    there: Mapping[str, str] = dict(tuple(row) for row in connection.exec_driver_sql(read))
    for name in there:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for sql in there.values():
        connection.exec_driver_sql(sql)


def _sum_up(connection: Connection) -> None:
    keys = "stage, coalesce(source, ''), coalesce(owner, ''), coalesce(currency, '')"
    connection.exec_driver_sql(
        "INSERT INTO stage_total (stage, source, owner, currency, leads, value) "
        f"SELECT {keys}, count(*), coalesce(sum(value), 0) FROM standing GROUP BY 1, 2, 3, 4"
    )
