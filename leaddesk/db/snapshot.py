"""Makes and verifies whole copies of a database: the only way a live one is ever copied."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection

from leaddesk.db.engine import APPLICATION_ID, Opened, engine_of, gate, is_open, pragma
from leaddesk.db.header import read_header
from leaddesk.errors import Cancelled, DatabaseTrouble

#: Says whether to stop.
Stop: TypeAlias = Callable[[], bool]

# Instructions of SQLite between two looks at whether to stop, some hundredths of a second: a look takes a turn from all
# other threads.
_OFTEN = 1_000_000


def _never() -> bool:
    return False


def copy_database(database: Path, target: Path, stop: Stop = _never) -> None:
    """The same as `take_snapshot`, on a connection of its own: beside whoever writes, and from any thread."""
    copied = Opened(database, engine_of(database, query_only=True))
    try:
        # A copy counts as writing, although it leaves what it copies alone.
        copied.connection.exec_driver_sql("PRAGMA query_only = OFF")
        take_snapshot(copied.connection, target, stop)
    finally:
        copied.close()


def take_snapshot(connection: Connection, target: Path, stop: Stop = _never) -> None:
    """Writes a verified copy of the connection's database to `target`, over an older copy there, or not at all.

    `stop`: asked often; once it says yes, Cancelled is raised and nothing is left of the copy.
    DatabaseTrouble: `in_use` or `locked` when the target is an open database, `exists` when it is anything but a
    database of ours, `is_folder`, `not_found`, `full`, `read_only`, `unreadable`, `cannot_write`, `no_backup`.
    """
    try:
        _make_way(target)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise DatabaseTrouble("cannot_write", path=str(target)) from error
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with _stopped_by(stop, connection):
            # As an address: a name may hold what is no text.
            connection.exec_driver_sql("VACUUM INTO ?", (draft.absolute().as_uri(),))
        verify(draft, stop)
        make_durable(draft)
        draft.replace(target)
        make_durable(target.parent)
    except OSError as error:
        raise DatabaseTrouble("cannot_write", path=str(target)) from error
    except DatabaseTrouble as trouble:
        if trouble.code == "unreadable":  # what SQLite says of a file it may not make
            raise DatabaseTrouble("cannot_write", path=str(target)) from trouble
        raise
    finally:
        for left in (draft, *_beside(draft)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def close_log(database: Path) -> None:
    """Makes one file of database and log; DatabaseTrouble `locked` when anybody has it open."""
    opened = Opened(database, engine_of(database))
    try:
        opened.connection.exec_driver_sql("PRAGMA busy_timeout = 500")
        opened.connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        opened.connection.exec_driver_sql("BEGIN EXCLUSIVE")
        opened.connection.exec_driver_sql("ROLLBACK")
    finally:
        opened.close()


def _make_way(target: Path) -> None:
    """Refuses a target that holds something else; a log left beside an older copy would later go into the new one."""
    with gate():
        if is_open(target):
            raise DatabaseTrouble("in_use", path=str(target))
        if target.is_dir():
            raise DatabaseTrouble("is_folder", path=str(target))
        if not target.parent.is_dir():
            raise DatabaseTrouble("not_found", path=str(target.parent))
        if not target.exists() or (target.is_file() and target.stat().st_size == 0):
            return
        header = read_header(target) if target.is_file() else None
        if header is None or header.application_id != APPLICATION_ID:
            raise DatabaseTrouble("exists", path=str(target))
        try:
            close_log(target)
        except DatabaseTrouble as trouble:
            if trouble.code not in ("corrupt", "disk_error") or any(_beside(target)):
                raise


def _beside(database: Path) -> list[Path]:
    """What SQLite left beside a database that was not closed well."""
    found = (database.with_name(database.name + tail) for tail in ("-wal", "-journal", "-shm"))
    return [path for path in found if path.exists()]


def verify(path: Path, stop: Stop = _never) -> int:
    """Checks that a file nobody writes to is one of our databases and whole; returns its user_version.

    Cancelled once `stop` says yes.
    DatabaseTrouble: `not_found`, `is_folder`, `unreadable`, `not_ours`, or `no_backup` when it is damaged.
    """
    try:
        with gate():
            _check_header(path)
            opened = Opened(path, engine_of(path, query_only=True))
        try:
            with _stopped_by(stop, opened.connection):
                findings = opened.connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars().all()
            version = pragma(opened.connection, "user_version")
        finally:
            opened.close()
    except DatabaseTrouble as trouble:
        if trouble.code in ("corrupt", "disk_error"):
            raise DatabaseTrouble("no_backup", path=str(path), what=trouble.code) from trouble
        raise
    if findings != ["ok"]:
        raise DatabaseTrouble("no_backup", path=str(path), what=str(findings[0]))
    return version


@contextmanager
def _stopped_by(stop: Stop, connection: Connection) -> Iterator[None]:
    """Within it whatever the connection does ends with Cancelled once `stop` says yes."""
    driven: Any = connection.connection.dbapi_connection
    driven.set_progress_handler(stop, _OFTEN)
    try:
        yield
    except Exception as error:
        if stop():
            raise Cancelled from error
        raise
    finally:
        driven.set_progress_handler(None, _OFTEN)


def _check_header(path: Path) -> None:
    if is_open(path):
        return
    try:
        kind = path.stat().st_mode
        header = read_header(path) if stat.S_ISREG(kind) else None  # a pipe would be waited for
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DatabaseTrouble("not_found", path=str(path)) from error
    except OSError as error:
        raise DatabaseTrouble("unreadable", path=str(path)) from error
    if stat.S_ISDIR(kind):
        raise DatabaseTrouble("is_folder", path=str(path))
    if header is None or header.application_id != APPLICATION_ID:
        raise DatabaseTrouble("not_ours", path=str(path))


def make_durable(path: Path) -> None:
    """Puts a finished file, or a folder's list of names, on the disk; Windows does so for folders by itself."""
    if path.is_dir() and os.name == "nt":
        return
    number = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
