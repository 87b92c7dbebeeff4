"""Connections: which driver serves, who has which file open, and a guard that sees who trespasses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leaddesk.db.engine import is_open, open_paths
from leaddesk.db.store import Store
from tests import live_databases
from tests.builders import NAME, add_lead, store_in

_WITHOUT_THE_DRIVER = """
import sys
sys.modules["sqlcipher3"] = None
from pathlib import Path
from leaddesk.db.engine import driver
from leaddesk.db.search import search
from tests.builders import NOW, add_lead, add_many, assert_sound, entered, store_in

assert driver.__name__ == "sqlite3"
folder = Path(sys.argv[1])
with store_in(folder) as store:
    before = entered(store)
    add_lead(store, "王晓明", company="Acme", phone="+48 600 100 200")
    add_many(store, 20)
    assert search(store, "晓") == [1]
    assert_sound(store)
    store.undo(now=NOW)
    store.undo(now=NOW)
    assert entered(store) == before
    store.redo(now=NOW)
    with store.reader() as reader:
        assert search(reader, "600100") == [1]
    store.backup(folder / "copy.leaddesk")
with store_in(folder, "copy.leaddesk") as store:
    assert_sound(store)
print("sound")
"""


def test_serves_without_the_driver_where_there_is_none(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", _WITHOUT_THE_DRIVER, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert asked.stdout.strip() == "sound", asked.stderr


def test_knows_which_files_are_open(tmp_path: Path) -> None:
    path = tmp_path / NAME
    assert not is_open(path)
    store = store_in(tmp_path)
    reader = store.reader()
    assert is_open(path)
    assert path.resolve() in open_paths()
    store.close()
    store.close()
    assert is_open(path)
    reader.close()
    assert not is_open(path)


def test_a_file_that_could_not_be_opened_is_not_open(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="not_ours"):
        Store.open(Path(__file__))
    assert not is_open(Path(__file__))


@pytest.mark.parametrize("tail", ["", "-wal", "-shm"])
def test_the_guard_sees_who_opens_a_live_database(store: Store, tail: str) -> None:
    add_lead(store)
    file = store.path.with_name(store.path.name + tail)
    if file.exists():
        file.read_bytes()
        assert live_databases.trespasses == [str(file)]
        live_databases.trespasses.clear()


def test_a_second_connection_of_ours_is_no_trespass(store: Store, tmp_path: Path) -> None:
    with store_in(tmp_path) as again:
        add_lead(again)
    assert live_databases.trespasses == []
