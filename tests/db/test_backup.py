"""Copies of a database are whole; putting one back keeps what was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leaddesk.db import backup, snapshot
from leaddesk.db.backup import FEWEST, KEPT, backups, daily_backup, restore
from leaddesk.db.engine import driver
from leaddesk.db.migrations import LATEST
from leaddesk.db.snapshot import copy_database, verify
from leaddesk.db.store import Store
from leaddesk.errors import Cancelled, DatabaseTrouble
from tests.builders import DAY, NAME, NOW, add_lead, add_many, assert_sound, entered, store_in


def _code(restored: Path, backup: Path) -> str:
    with pytest.raises(DatabaseTrouble) as caught:
        restore(restored, backup, now=NOW)
    return caught.value.code


def test_a_backup_is_the_same_database(store: Store, tmp_path: Path) -> None:
    add_many(store, 30)
    target = tmp_path / "copy.leaddesk"
    store.backup(target)
    assert verify(target) == LATEST
    with store_in(tmp_path, "copy.leaddesk") as copy:
        assert entered(copy) == entered(store)
        assert_sound(copy)
        assert copy.undo(now=NOW) is not None
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_of_a_large_database_fewer_backups_are_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    size = store.path.stat().st_size
    monkeypatch.setattr(backup, "ROOM", 5 * size)
    for day in range(8):
        daily_backup(store.path, folder, now=NOW + day * DAY)
    assert FEWEST <= len(backups(store.path, folder)) < 8
    monkeypatch.setattr(backup, "ROOM", 1)
    daily_backup(store.path, folder, now=NOW + 9 * DAY)
    assert len(backups(store.path, folder)) == FEWEST


def test_a_backup_that_is_stopped_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_many(store, 300)
    monkeypatch.setattr(snapshot, "_OFTEN", 1_000)
    looks = iter([False])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        copy_database(store.path, tmp_path / "copy.leaddesk", stop=lambda: next(looks, True))
    assert sorted(tmp_path.iterdir()) == before
    copy_database(store.path, tmp_path / "copy.leaddesk")
    assert verify(tmp_path / "copy.leaddesk") == LATEST


def test_a_backup_replaces_an_older_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.leaddesk"
    target.touch()
    store.backup(target)
    add_lead(store)
    store.backup(target)
    with store_in(tmp_path, target.name) as copy:
        assert entered(copy) == entered(store)


def test_a_backup_never_replaces_anything_else(store: Store, tmp_path: Path) -> None:
    table, device = tmp_path / "leads.csv", tmp_path / "device"
    table.write_text("name,phone")
    device.symlink_to(os.devnull)
    for target, code in ((table, "exists"), (device, "exists"), (tmp_path / ("x" * 300), "cannot_write")):
        with pytest.raises(DatabaseTrouble) as caught:
            store.backup(target)
        assert caught.value.code == code
    assert table.read_text() == "name,phone"
    assert device.is_symlink()


def test_a_backup_does_not_meet_the_log_of_what_it_replaces(store: Store, tmp_path: Path) -> None:
    live = tmp_path / "live"
    live.mkdir()
    with store_in(live) as other:
        add_many(other, 3)
        for tail in ("", "-wal", "-shm"):
            found = live / (NAME + tail)
            if found.exists():
                # As a program leaves it that was killed.
                subprocess.run(["cp", str(found), str(tmp_path / ("copy.leaddesk" + tail))], check=True)
    add_lead(store)
    store.backup(tmp_path / "copy.leaddesk")
    with store_in(tmp_path, "copy.leaddesk") as copy:
        assert entered(copy) == entered(store)
        assert_sound(copy)


def test_a_backup_is_not_put_over_a_database_another_program_has_open(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "other.leaddesk"
    store.backup(target)
    code = "import sys; from leaddesk.db.store import Store; s = Store.open(__import__('pathlib').Path(sys.argv[1]));"
    code += "s.connection.exec_driver_sql('BEGIN IMMEDIATE'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with pytest.raises(DatabaseTrouble) as caught:
            store.backup(target)
        assert caught.value.code == "locked"
        other.stdin.close()
    store.backup(target)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_no_backup(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _code(tmp_path / NAME, tmp_path / "pipe") == "not_ours"
    assert _code(tmp_path / NAME, tmp_path / ("x" * 300)) == "unreadable"


def test_a_backup_is_never_written_over_an_open_database(store: Store, tmp_path: Path) -> None:
    for target, code in (
        (store.path, "in_use"),
        (tmp_path, "is_folder"),
        (tmp_path / "nowhere" / "copy.leaddesk", "not_found"),
    ):
        with pytest.raises(DatabaseTrouble) as caught:
            store.backup(target)
        assert caught.value.code == code
    add_lead(store)
    assert_sound(store)


def test_one_backup_a_day_and_the_newest_are_kept(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "mine.leaddesk").write_text("not ours to delete")
    for day in range(KEPT + 3):
        assert daily_backup(store.path, folder, now=NOW + day * DAY) is not None
        assert daily_backup(store.path, folder, now=NOW + day * DAY) is None
    kept = backups(store.path, folder)
    assert len(kept) == KEPT
    assert kept[0].name.endswith("2025-10-25.leaddesk")
    assert (folder / "mine.leaddesk").exists()


def test_restore_keeps_the_present_one(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        add_lead(store)
        store.backup(tmp_path / "copy.leaddesk")
        before = entered(store)
        add_lead(store, "Wang Li")
        later = entered(store)
    kept = restore(tmp_path / NAME, tmp_path / "copy.leaddesk", now=NOW)
    assert kept is not None
    assert kept.name == "leads-before-2025-10-09.leaddesk"
    with store_in(tmp_path) as store, store_in(tmp_path, kept.name) as present:
        assert entered(store) == before
        assert entered(present) == later
        assert_sound(store)
    again = restore(tmp_path / NAME, tmp_path / "copy.leaddesk", now=NOW)
    assert again is not None
    assert again.name == "leads-before-2025-10-09-2.leaddesk"


def test_restore_where_nothing_is(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.backup(tmp_path / "copy.leaddesk")
    assert restore(tmp_path / "other.leaddesk", tmp_path / "copy.leaddesk", now=NOW) is None
    with store_in(tmp_path, "other.leaddesk") as store:
        assert_sound(store)


def test_restore_over_a_damaged_database(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.backup(tmp_path / "copy.leaddesk")
    whole = bytearray((tmp_path / NAME).read_bytes())
    whole[100:4096] = b"\xff" * 3996
    (tmp_path / NAME).write_bytes(whole)
    kept = restore(tmp_path / NAME, tmp_path / "copy.leaddesk", now=NOW)
    assert kept is not None
    assert kept.read_bytes() == bytes(whole)
    with store_in(tmp_path) as store:
        assert_sound(store)


def test_a_bad_backup_leaves_everything_as_it_is(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        store.backup(tmp_path / "copy.leaddesk")
    database = tmp_path / NAME
    before = database.read_bytes()
    whole = bytearray((tmp_path / "copy.leaddesk").read_bytes())
    for place in range(3 * 4096, len(whole), 4096):
        whole[place : place + 200] = b"\xff" * 200
    (tmp_path / "damaged.leaddesk").write_bytes(whole)
    (tmp_path / "text.leaddesk").write_text("name,phone")
    assert _code(database, tmp_path / "damaged.leaddesk") == "no_backup"
    assert _code(database, tmp_path / "text.leaddesk") == "not_ours"
    assert _code(database, tmp_path / "missing.leaddesk") == "not_found"
    assert _code(database, tmp_path) == "is_folder"
    assert _code(database, database) == "no_backup"
    newer = driver.connect(str(tmp_path / "copy.leaddesk"))
    newer.execute(f"PRAGMA user_version = {LATEST + 1}")
    newer.close()
    assert _code(database, tmp_path / "copy.leaddesk") == "newer"
    assert database.read_bytes() == before


def test_restore_refuses_while_another_program_has_it_open(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        add_lead(store)
        store.backup(tmp_path / "copy.leaddesk")
    other = driver.connect(str(tmp_path / NAME), isolation_level=None)
    other.execute("SELECT * FROM lead").fetchall()
    assert _code(tmp_path / NAME, tmp_path / "copy.leaddesk") == "locked"
    other.close()
    assert restore(tmp_path / NAME, tmp_path / "copy.leaddesk", now=NOW) is not None
