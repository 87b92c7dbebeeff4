"""A file that cannot be a database of ours is refused by a code, and left exactly as it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from leaddesk.db.engine import APPLICATION_ID, driver
from leaddesk.db.header import read_header
from leaddesk.db.migrations import LATEST
from leaddesk.db.store import Store
from leaddesk.errors import DatabaseTrouble
from tests.builders import NAME, add_lead, assert_sound, store_in


def _code(path: Path, *, create: bool = True) -> str:
    with pytest.raises(DatabaseTrouble) as caught:
        Store.open(path, create=create)
    assert str(caught.value.details["path"])
    return caught.value.code


def _folder(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.iterdir() if found.is_file()}


def _foreign(path: Path, *, wal: bool = False) -> None:
    other = sqlite3.connect(path)
    if wal:
        other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE lead (id TEXT)")
    other.commit()
    other.close()


def test_missing_is_made(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        assert store.playbook.stages
    assert (tmp_path / NAME).stat().st_size > 0


def test_missing_is_not_found_when_nothing_may_be_made(tmp_path: Path) -> None:
    assert _code(tmp_path / NAME, create=False) == "not_found"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
def test_missing_folder(tmp_path: Path, create: bool) -> None:
    assert _code(tmp_path / "nowhere" / NAME, create=create) == "not_found"


def test_name_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert _code(tmp_path / "file" / NAME) == "not_found"


def test_folder(tmp_path: Path) -> None:
    assert _code(tmp_path) == "is_folder"


def test_name_too_long(tmp_path: Path) -> None:
    assert _code(tmp_path / ("x" * 300)) == "unreadable"


def test_empty_file_is_filled(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with store_in(tmp_path) as store:
        add_lead(store)
        assert_sound(store)


def test_empty_file_is_not_ours_when_nothing_may_be_made(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    assert _code(tmp_path / NAME, create=False) == "not_ours"
    assert (tmp_path / NAME).stat().st_size == 0


@pytest.mark.parametrize(
    "content",
    [
        b"name,phone\nAnna,1\n",
        b"\0" * 5000,
        b"SQLite format 3\0",
        b"SQLite format 3\0" + b"\xff" * 5000,
        os.urandom(8192),
    ],
    ids=["text", "nuls", "cut", "noise after the magic", "noise"],
)
def test_other_files_are_not_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    assert _code(path) == "not_ours"
    assert _folder(tmp_path) == {NAME: content}


@pytest.mark.parametrize("wal", [False, True])
def test_database_of_another_program(tmp_path: Path, wal: bool) -> None:
    path = tmp_path / NAME
    _foreign(path, wal=wal)
    before = _folder(tmp_path)
    assert _code(path) == "not_ours"
    assert _folder(tmp_path) == before


def test_pipe_is_not_ours(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    os.mkfifo(tmp_path / NAME)
    assert _code(tmp_path / NAME) == "not_ours"


def test_newer_is_left_byte_identical(tmp_path: Path) -> None:
    path = tmp_path / NAME
    store_in(tmp_path).close()
    connection = driver.connect(str(path))
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    before = _folder(tmp_path)
    assert _code(path) == "newer"
    assert _folder(tmp_path) == before


def test_newer_only_in_its_log_is_left_byte_identical(tmp_path: Path) -> None:
    live, copy = tmp_path / "live", tmp_path / "copy"
    live.mkdir()
    store_in(live).close()
    connection = driver.connect(str(live / NAME), isolation_level=None)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    shutil.copytree(live, copy)  # as a program leaves it that was killed
    connection.close()
    assert (copy / f"{NAME}-wal").stat().st_size > 0
    assert int.from_bytes((copy / NAME).read_bytes()[60:64], "big") == LATEST
    before = _folder(copy)
    assert _code(copy / NAME) == "newer"
    assert _folder(copy) == before


def test_header_of_a_database(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    header = read_header(tmp_path / NAME)
    assert header is not None
    assert (header.application_id, header.user_version) == (APPLICATION_ID, LATEST)


def test_damaged_pages_are_corrupt(tmp_path: Path) -> None:
    path = tmp_path / NAME
    store_in(tmp_path).close()
    whole = bytearray(path.read_bytes())
    whole[100:4096] = b"\xff" * 3996
    path.write_bytes(whole)
    assert _code(path) == "corrupt"


def test_a_table_that_another_program_took_away_is_damage(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    connection = driver.connect(str(tmp_path / NAME))
    connection.execute("DROP TABLE note")
    connection.close()
    with store_in(tmp_path) as store, pytest.raises(DatabaseTrouble) as caught:
        add_lead(store)
    assert caught.value.code == "corrupt"


def test_tables_of_no_version_are_damage(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    connection = driver.connect(str(tmp_path / NAME))
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    assert _code(tmp_path / NAME) == "corrupt"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_two_stores_see_each_other(tmp_path: Path) -> None:
    with store_in(tmp_path) as one, store_in(tmp_path) as two:
        before = two.data_version()
        add_lead(one)
        assert two.data_version() != before
        add_lead(two)
        assert_sound(one)


def _opened_by_nobody(path: Path) -> str:
    """The code opening gives a person with few rights; a child process, since this one may be root."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            Store.open(path).close()
            os.write(theirs, b"opened")
        except DatabaseTrouble as trouble:
            os.write(theirs, trouble.code.encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        code = answer.read()
    os.waitpid(child, 0)
    return code


@pytest.mark.skipif(not hasattr(os, "fork"), reason="rights of files are told by other means here")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "code"),
    [
        (0o666, 0o777, "opened"),
        (0o000, 0o777, "unreadable"),
        (0o444, 0o777, "read_only"),
        (0o666, 0o555, "read_only"),
        (0o666, 0o666, "unreadable"),
    ],
)
def test_rights(tmp_path: Path, file_mode: int, folder_mode: int, code: str) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    store_in(folder).close()
    for place in (tmp_path, *tmp_path.parents):
        if place.name.startswith("pytest-of-"):
            place.chmod(0o755)
            break
        place.chmod(0o755)
    before = _folder(folder)
    (folder / NAME).chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        assert _opened_by_nobody(folder / NAME) == code
    finally:
        folder.chmod(0o755)
        (folder / NAME).chmod(0o644)
    assert code == "opened" or _folder(folder) == before
