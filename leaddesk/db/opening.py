"""Opens a database file, made when missing and brought up to date; or says in a code why not, writing nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from leaddesk.db.engine import (
    APPLICATION_ID,
    JOURNAL_MODE,
    Opened,
    begin,
    commit,
    engine_of,
    gate,
    is_open,
    pragma,
    roll_back,
)
from leaddesk.db.header import read_header
from leaddesk.db.migrations import MIGRATIONS, Migration, lay_down, migrate
from leaddesk.db.snapshot import take_snapshot
from leaddesk.errors import DatabaseTrouble


def open_writer(
    path: Path,
    *,
    create: bool,
    fill: Callable[[Connection], None],
    migrations: Sequence[Migration] = MIGRATIONS,
) -> Opened:
    """The writing connection to a database that is ready for this program. `fill` gives a new one its first rows.

    DatabaseTrouble: not_found, is_folder, unreadable, read_only, not_ours, newer, locked, full, corrupt, disk_error. On
    a file that is not ours, or newer, nothing is written, nor beside it.
    """
    with gate():
        examine(path, create=create, latest=len(migrations))
        opened = Opened(path, engine_of(path, create=create))
    try:
        _make_ready(opened.connection, path, fill, migrations)
    except BaseException:
        opened.close()
        raise
    return opened


def examine(path: Path, *, create: bool, latest: int) -> None:
    """Refuses what cannot be opened, by looking at names, rights and the first bytes. Call it within the gate."""
    if is_open(path):
        return
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        if create and path.parent.is_dir():
            _check_rights(path.parent, path)
            return
        raise DatabaseTrouble("not_found", path=str(path)) from error
    except OSError as error:  # a folder that may not be looked into, a name that is too long
        raise DatabaseTrouble("unreadable", path=str(path)) from error
    if stat.S_ISDIR(found.st_mode):
        raise DatabaseTrouble("is_folder", path=str(path))
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseTrouble("not_ours", path=str(path))
    if found.st_size or not create:  # an empty file is what is left of one that was never begun
        _check_header(path, latest)
    _check_rights(path, path)
    _check_rights(path.resolve().parent, path)


def _check_header(path: Path, latest: int) -> None:
    try:
        header = read_header(path)
    except OSError as error:
        raise DatabaseTrouble("unreadable", path=str(path)) from error
    if header is None or header.application_id != APPLICATION_ID:
        raise DatabaseTrouble("not_ours", path=str(path))
    if header.user_version > latest:
        raise DatabaseTrouble("newer", path=str(path))


def _check_rights(place: Path, path: Path) -> None:
    """SQLite keeps its log beside the database: the folder must be writable too."""
    if not os.access(place, os.W_OK):
        raise DatabaseTrouble("read_only", path=str(path))


def _make_ready(
    connection: Connection, path: Path, fill: Callable[[Connection], None], migrations: Sequence[Migration]
) -> None:
    if _is_empty(connection):
        begin(connection)
        try:
            if _is_empty(connection):  # else another program was quicker
                lay_down(connection)
                fill(connection)
            commit(connection)
        except BaseException:
            roll_back(connection)
            raise
    version = pragma(connection, "user_version")
    if pragma(connection, "application_id") != APPLICATION_ID:
        raise DatabaseTrouble("not_ours", path=str(path))
    if version > len(migrations):
        raise DatabaseTrouble("newer", path=str(path))
    if version < 1:  # tables, but of no version: laid down in one with the number, so somebody tampered with it
        raise DatabaseTrouble("corrupt", path=str(path))
    if version < len(migrations):
        take_snapshot(connection, _backup_before(path, version))
        migrate(connection, migrations)
    connection.exec_driver_sql(f"PRAGMA journal_mode = {JOURNAL_MODE}")


def _is_empty(connection: Connection) -> bool:
    return connection.execute(text("SELECT 1 FROM sqlite_schema LIMIT 1")).first() is None


def _backup_before(path: Path, version: int) -> Path:
    """Where the database goes as it was before it was brought up to date: never over an older one."""
    for number in range(1, 1000):
        tail = f"-version-{version}{'' if number == 1 else f'-{number}'}"
        target = path.with_name(f"{path.stem}{tail}{path.suffix}")
        if not target.exists():
            return target
    raise DatabaseTrouble("full", path=str(path.parent))
