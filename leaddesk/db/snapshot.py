"""Makes and verifies whole copies of a database: the only way a live one is ever copied."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import Connection

from leaddesk.db.engine import APPLICATION_ID, Opened, engine_of, gate, is_open, pragma
from leaddesk.db.header import read_header
from leaddesk.errors import DatabaseTrouble


def take_snapshot(connection: Connection, target: Path) -> None:
    """Writes a verified copy of the connection's database to `target`, over an older file there, or not at all.

    DatabaseTrouble `in_use` when the target is an open database, `full`, `read_only`, `unreadable`, `no_backup`.
    """
    with gate():
        if is_open(target):
            raise DatabaseTrouble("in_use", path=str(target))
    if target.is_dir():
        raise DatabaseTrouble("is_folder", path=str(target))
    if not target.parent.is_dir():
        raise DatabaseTrouble("not_found", path=str(target.parent))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))
        verify(draft)
        make_durable(draft)
        draft.replace(target)
        make_durable(target.parent)
    except OSError as error:
        raise DatabaseTrouble("unreadable", path=str(target)) from error
    finally:
        draft.unlink(missing_ok=True)


def verify(path: Path) -> int:
    """Checks that a file nobody writes to is one of our databases and whole; returns its user_version.

    DatabaseTrouble: `not_found`, `is_folder`, `unreadable`, `not_ours`, or `no_backup` when it is damaged.
    """
    try:
        with gate():
            _check_header(path)
            opened = Opened(path, engine_of(path, query_only=True))
        try:
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


def _check_header(path: Path) -> None:
    if path.is_dir():
        raise DatabaseTrouble("is_folder", path=str(path))
    try:
        header = None if is_open(path) else read_header(path)
    except FileNotFoundError as error:
        raise DatabaseTrouble("not_found", path=str(path)) from error
    except OSError as error:
        raise DatabaseTrouble("unreadable", path=str(path)) from error
    if not is_open(path) and (header is None or header.application_id != APPLICATION_ID):
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
