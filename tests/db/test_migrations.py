"""A database is brought up to date whole or not at all, and is kept as it was beforehand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.db.engine import Opened, engine_of, pragma
from leaddesk.db.migrations import LATEST, MIGRATIONS, Migration
from leaddesk.db.opening import open_writer
from leaddesk.db.schema import metadata
from leaddesk.errors import DatabaseTrouble
from tests.builders import NAME, add_lead, assert_sound, store_in


def _add_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE lead ADD COLUMN nickname TEXT")


def _fail_after_adding(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE lead ADD COLUMN mood TEXT")
    connection.exec_driver_sql("UPDATE lead SET mood = 'fine'")
    raise RuntimeError("the light went out")


def _break_reference(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM lead")


def _nothing(connection: Connection) -> None:
    raise AssertionError("a new database is laid down, not filled twice")


def _open(path: Path, *more: Migration) -> Opened:
    return open_writer(path, create=False, fill=_nothing, migrations=(*MIGRATIONS, *more))


def _columns(path: Path) -> tuple[int, set[str]]:
    opened = Opened(path, engine_of(path))
    try:
        names = {row.name for row in opened.connection.exec_driver_sql("PRAGMA table_info(lead)")}
        return pragma(opened.connection, "user_version"), names
    finally:
        opened.close()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with store_in(tmp_path) as store:
        add_lead(store, phone="+48 600 100 200")
    return tmp_path / NAME


def test_a_new_database_has_every_table(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        there = set(store.connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars())
        assert set(metadata.tables) <= there
        assert pragma(store.connection, "user_version") == LATEST
        assert pragma(store.connection, "foreign_keys") == 1


def test_runs_what_is_missing_and_keeps_what_was(old: Path) -> None:
    _open(old, _add_column).close()
    version, columns = _columns(old)
    assert version == LATEST + 1
    assert "nickname" in columns
    kept = old.with_name(f"leads-version-{LATEST}.leaddesk")
    version, columns = _columns(kept)
    assert version == LATEST
    assert "nickname" not in columns


def test_the_kept_one_opens_as_it_was(old: Path) -> None:
    _open(old, _add_column).close()
    with store_in(old.parent, f"leads-version-{LATEST}.leaddesk") as store:
        assert_sound(store)
        assert len(store.connection.exec_driver_sql("SELECT * FROM lead").all()) == 1


def test_an_error_leaves_the_database_as_it_was(old: Path) -> None:
    with pytest.raises(RuntimeError):
        _open(old, _add_column, _fail_after_adding)
    version, columns = _columns(old)
    assert version == LATEST
    assert not {"nickname", "mood"} & columns


def test_broken_references_are_not_committed(old: Path) -> None:
    with pytest.raises(DatabaseTrouble) as caught:
        _open(old, _break_reference)
    assert caught.value.code == "corrupt"
    with store_in(old.parent) as store:
        assert len(store.connection.exec_driver_sql("SELECT * FROM lead").all()) == 1


def test_without_room_for_the_backup_nothing_is_done(old: Path) -> None:
    for number in ("", *(f"-{n}" for n in range(2, 1000))):
        old.with_name(f"leads-version-{LATEST}{number}.leaddesk").touch()
    with pytest.raises(DatabaseTrouble):
        _open(old, _add_column)
    assert _columns(old)[0] == LATEST


_KILLED = """
import os, signal, sys
from pathlib import Path
from leaddesk.db.migrations import MIGRATIONS
from leaddesk.db.opening import open_writer

def long(connection):
    connection.exec_driver_sql("ALTER TABLE lead ADD COLUMN mood TEXT")
    connection.exec_driver_sql("PRAGMA cache_size = 1")
    for n in range(2000):
        connection.exec_driver_sql("INSERT INTO about VALUES (?, ?)", (f"key {n}", "x" * 4000))
    os.kill(os.getpid(), signal.SIGKILL)

open_writer(Path(sys.argv[1]), create=False, fill=lambda _: None, migrations=(*MIGRATIONS, long))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_half_way_it_never_began(old: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(old)], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    )
    assert killed.returncode == -signal.SIGKILL
    with store_in(old.parent) as store:
        assert pragma(store.connection, "user_version") == LATEST
        assert store.connection.exec_driver_sql("SELECT count(*) FROM about").scalar_one() == 0
        assert_sound(store)


# ── each migration ───────────────────────────────────────────────────────────────────────────────────────────────────


def _shape(path: Path) -> dict[str, object]:
    """Tables with their columns, keys and indexes, and the triggers, as SQLite knows them."""
    opened = Opened(path, engine_of(path))
    try:
        ask = opened.connection.exec_driver_sql
        tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").scalars().all()
        shape: dict[str, object] = {
            f"{table} {what}": sorted(str(tuple(row)[1:]) for row in ask(f'PRAGMA {what}("{table}")'))
            for table in tables
            for what in ("table_info", "foreign_key_list", "index_list")
        }
        triggers = ask("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").all()
        return {**shape, "triggers": [tuple(row) for row in triggers]}
    finally:
        opened.close()


def _back_to_the_first(path: Path) -> None:
    """Makes the database what the first version of the tables left."""
    opened = Opened(path, engine_of(path))
    try:
        ask = opened.connection.exec_driver_sql
        for trigger in ask("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars().all():
            ask(f"DROP TRIGGER {trigger}")
        for table in ("objection", "owner_change", "custom_field", "saved_view", "step_part", "standing_change"):
            ask(f"DROP TABLE {table}")
        added = {"call": ["script"], "standing": ["touched_at", "touched", "judged_by"]}
        for table, column in ((table, column) for table, columns in added.items() for column in columns):
            ask(f"ALTER TABLE {table} DROP COLUMN {column}")
        for index in ("change_lead", "change_account", "ix_custom_value_name"):
            ask(f"DROP INDEX {index}")
        ask("CREATE INDEX ix_contact_point_normal ON contact_point (normal)")
        ask("DROP INDEX call_open")
        ask("UPDATE playbook_version SET id = '01981d3a-5c2e-7b41-9d07-3f5a6b7c8d9e'")  # as ids were then
        ask("PRAGMA user_version = 1")
        opened.connection.commit()
    finally:
        opened.close()


def test_the_first_tables_become_those_of_a_new_database(old: Path, tmp_path: Path) -> None:
    _back_to_the_first(old)
    with store_in(tmp_path) as store:
        assert pragma(store.connection, "user_version") == LATEST
        assert_sound(store)
        assert len(store.connection.exec_driver_sql("SELECT * FROM lead").all()) == 1
    assert (tmp_path / "leads-version-1.leaddesk").exists()
    with store_in(tmp_path, "new.leaddesk"):
        pass
    assert _shape(old) == _shape(tmp_path / "new.leaddesk")
