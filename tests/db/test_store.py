"""A store keeps what it said it saved: beside other programs, on a full disk, when killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from leaddesk.db import schema
from leaddesk.db.engine import driver
from leaddesk.db.records import Progress
from leaddesk.db.store import Reader, Step, Store
from leaddesk.errors import DatabaseTrouble
from tests.builders import NOW, add_lead, assert_sound, do, entered, store_in, write_lead


def _ten(step: Step, fail_at: int = 99) -> Generator[Progress, None, str]:
    for n in range(10):
        if n == fail_at:
            raise ValueError(n)
        write_lead(step, f"Lead {n}")
        yield Progress(n + 1, 10)
    step.name_it(n=10)
    return "done"


def test_pragmas(store: Store) -> None:
    def value(name: str) -> object:
        return store.connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    wanted = {
        "journal_mode": "wal" if driver.sqlite_version_info >= (3, 51, 3) else "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0 if driver.sqlite_version_info >= (3, 42) else 1,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 5000,
        "recursive_triggers": 1,
        "query_only": 0,
    }
    assert {name: value(name) for name in wanted} == wanted


def test_never_imports_the_mapper() -> None:
    code = "import sys, leaddesk.db.store, leaddesk.db.reads.leads; print('sqlalchemy.orm' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert asked.stdout.strip() == "False", asked.stderr


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_job_tells_its_progress_and_is_one_step(store: Store) -> None:
    job = store.job(_ten, now=NOW)
    told = []
    while True:
        try:
            told.append(next(job))
        except StopIteration as end:
            result, changes = end.value
            break
    assert result == "done"
    assert [progress.done for progress in told if not progress.what] == list(range(1, 11))
    assert told[10:] == [Progress(0, 10, "scores"), Progress(10, 10, "scores")]
    assert len(changes.leads) == 10
    step = store.last_undoable()
    assert step is not None
    assert (step.name, step.details) == ("_ten", {"n": 10})
    assert_sound(store)


def test_a_job_can_be_closed_while_its_leads_are_scored(store: Store) -> None:
    before = entered(store)
    job = store.job(_ten, now=NOW)
    while next(job).what != "scores":
        pass
    job.close()
    assert entered(store) == before
    assert store.last_undoable() is None
    assert_sound(store)


def test_a_job_that_is_closed_takes_all_back(store: Store) -> None:
    before = entered(store)
    job = store.job(_ten, now=NOW)
    next(job)
    next(job)
    job.close()
    assert entered(store) == before
    assert store.last_undoable() is None
    add_lead(store)
    assert_sound(store)


def test_a_job_that_fails_takes_all_back(store: Store) -> None:
    before = entered(store)
    with pytest.raises(ValueError, match="5"):
        list(store.job(_ten, 5, now=NOW))
    assert entered(store) == before


def test_ctrl_c_in_the_middle_of_a_statement_takes_all_back(store: Store) -> None:
    add_lead(store)
    before = entered(store)

    def interrupt(*_: object) -> None:
        event.remove(store.connection.engine, "do_execute", interrupt)
        raise KeyboardInterrupt

    def write_and_look(step: Step) -> Generator[Progress, None, None]:
        write_lead(step, "Ada")
        yield Progress(1, 2)
        step.connection.execute(select(schema.lead.c.id)).all()

    job = store.job(write_and_look, now=NOW)
    next(job)
    event.listen(store.connection.engine, "do_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        next(job)
    assert entered(store) == before
    add_lead(store, "Wang Li")
    assert_sound(store)


def test_a_job_that_was_never_begun_holds_nothing(store: Store) -> None:
    before = entered(store)
    store.job(_ten, now=NOW).close()
    assert entered(store) == before
    add_lead(store)
    assert_sound(store)


# ── beside others ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_writer_waits_then_says_locked(tmp_path: Path) -> None:
    with store_in(tmp_path) as one, store_in(tmp_path) as two:
        one.connection.exec_driver_sql("BEGIN IMMEDIATE")
        two.connection.exec_driver_sql("PRAGMA busy_timeout = 20")
        with pytest.raises(DatabaseTrouble) as caught:
            add_lead(two)
        assert caught.value.code == "locked"
        one.connection.exec_driver_sql("ROLLBACK")
        add_lead(two)
        assert len(entered(one)["lead"]) == 1


def test_a_reader_goes_on_while_a_step_is_written(store: Store, reader: Reader) -> None:
    add_lead(store)

    def look(step: Step) -> int:
        write_lead(step, "Wang Li")
        return len(reader.connection.execute(select(schema.lead.c.no)).all())

    assert do(store, look) == 1
    assert len(reader.connection.execute(select(schema.lead.c.no)).all()) == 2


def test_a_question_sees_one_moment(store: Store, reader: Reader) -> None:
    def ask(reading: Reader) -> tuple[int, int]:
        count = len(reading.connection.execute(select(schema.lead.c.no)).all())
        add_lead(store)
        return count, len(reading.connection.execute(select(schema.lead.c.no)).all())

    assert reader.ask(ask) == (0, 0)
    assert len(reader.connection.execute(select(schema.lead.c.no)).all()) == 1


def test_a_reader_can_be_made_on_another_thread(store: Store) -> None:
    add_lead(store)
    seen: list[object] = []

    def look() -> None:
        with store.reader() as reader:
            seen.extend(reader.connection.execute(select(schema.lead.c.name)).scalars())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == ["Anna Kowalska"]


def test_a_connection_stays_on_its_thread(store: Store) -> None:
    caught: list[BaseException] = []

    def trespass() -> None:
        try:
            add_lead(store)
        except Exception as error:  # noqa: BLE001 - whichever the driver raises
            caught.append(error)

    thread = threading.Thread(target=trespass)
    thread.start()
    thread.join()
    assert len(caught) == 1
    add_lead(store)


# ── disks and kills ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_full_disk_changes_nothing(store: Store) -> None:
    add_lead(store)
    before = entered(store)
    pages = store.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

    def much(step: Step) -> None:
        for n in range(500):
            write_lead(step, f"Lead {n} " + "x" * 500, company="Acme")

    with pytest.raises(DatabaseTrouble) as caught:
        do(store, much)
    assert caught.value.code == "full"
    assert entered(store) == before
    assert_sound(store)
    store.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    add_lead(store, "Wang Li")
    assert_sound(store)


_WRITES = """
import sys
from pathlib import Path
from leaddesk.db import schema
from leaddesk.db.store import Store

store = Store.open(Path(sys.argv[1]))

def add(step, name):
    return step.insert(schema.lead, name=name, stage="new", stage_since=1, created_at=1)

for n in range(100_000):
    store.run(add, f"Lead {n}", now=1_760_000_000_000 + n)
    print(n, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("after", [0, 7, 23])
def test_killed_while_it_writes_it_loses_no_step_it_told_of(tmp_path: Path, after: int) -> None:
    store_in(tmp_path).close()
    path = tmp_path / "leads.leaddesk"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITES, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(after + 1)]
        writer.send_signal(signal.SIGKILL)
        told += [int(line) for line in writer.stdout if line.endswith("\n")]
    with store_in(tmp_path) as store:
        names = list(store.connection.execute(select(schema.lead.c.name).order_by(schema.lead.c.no)).scalars())
        assert names[: len(told)] == [f"Lead {n}" for n in told]
        assert len(names) <= len(told) + 1
        assert_sound(store)
        last = store.undo(now=NOW)
        assert last is not None
        assert len(entered(store)["lead"]) == len(names) - 1
