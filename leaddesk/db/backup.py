"""Keeps copies of a database: by itself once a day, and puts one back in its place when asked."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from leaddesk.db.days import local_day, this_instant
from leaddesk.db.engine import BUSY_MS, gate, is_open
from leaddesk.db.migrations import LATEST
from leaddesk.db.opening import examine
from leaddesk.db.snapshot import Stop, close_log, copy_database, make_durable, verify
from leaddesk.errors import DatabaseTrouble
from leaddesk.qualify.terms import Instant

#: Automatic backups kept of each database: so many, or fewer of a large one, as many as have room in so many bytes.
KEPT, FEWEST, ROOM = 14, 3, 10 * 2**30

_BESIDE = ("-wal", "-shm", "-journal")


def daily_backup(
    database: Path, folder: Path, *, now: Instant, keep: int = KEPT, stop: Stop = lambda: False
) -> Path | None:
    """Writes the backup of the day unless there is one, and lets old ones go; returns it where it was written now.

    On a connection of its own: whoever writes need not wait. Cancelled once `stop` says yes.
    """
    target = folder / f"{_name_of(database)}-{local_day(now).isoformat()}{database.suffix}"
    if target.exists():
        return None
    copy_database(database, target, stop)
    kept = backups(database, folder)
    for old in kept[max(FEWEST, min(keep, ROOM // target.stat().st_size)) :]:
        old.unlink(missing_ok=True)
    return target


def backups(database: Path, folder: Path) -> list[Path]:
    """The automatic backups of a database, the newest first."""
    pattern = re.compile(re.escape(_name_of(database)) + r"-\d{4}-\d\d-\d\d" + re.escape(database.suffix))
    found = [path for path in folder.iterdir() if pattern.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, reverse=True)


def restore(database: Path, backup: Path, *, now: Instant | None = None) -> Path | None:
    """Puts a backup in the place of a database; returns where the present one is kept, None when there was none.

    The backup is verified first and stays as it is. DatabaseTrouble: `no_backup`, `newer`, `not_ours` and the others of
    opening for the backup; `in_use` or `locked` when the database is open here or elsewhere. Nothing is half done.
    """
    database = database.absolute()
    if backup.absolute() == database:
        raise DatabaseTrouble("no_backup", path=str(backup))
    if verify(backup) > LATEST:
        raise DatabaseTrouble("newer", path=str(backup))
    if not database.parent.is_dir():
        raise DatabaseTrouble("not_found", path=str(database.parent))
    if not os.access(database.parent, os.W_OK):
        raise DatabaseTrouble("read_only", path=str(database))
    draft = database.with_name(f".{database.name[:100]}.{secrets.token_hex(4)}")
    try:
        copy_database(backup, draft)
        kept = _set_aside(database, local_day(this_instant() if now is None else now))
        draft.replace(database)
        make_durable(database.parent)
    except OSError as error:
        raise DatabaseTrouble("cannot_write", path=str(database)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return kept


def _set_aside(database: Path, today: date) -> Path | None:
    """Moves the present database beside, whole: what is in its log goes into it first where it is sound."""
    _wait_until_closed(database)
    with gate():
        if is_open(database):
            raise DatabaseTrouble("in_use", path=str(database))
        if not database.exists():
            return None
        try:
            examine(database, create=True, latest=LATEST)
            close_log(database)
        except DatabaseTrouble as trouble:
            if trouble.code not in ("corrupt", "not_ours", "newer", "disk_error"):
                raise
        kept = _free_name(database, f"-before-{today.isoformat()}")
        left = [tail for tail in _BESIDE if database.with_name(database.name + tail).exists()]
        if left or not _linked(database, kept):
            for tail in left:
                database.with_name(database.name + tail).replace(kept.with_name(kept.name + tail))
            database.replace(kept)
    return kept


def _linked(database: Path, kept: Path) -> bool:
    """Gives the file a second name, so that there is a database at every moment; some disks know no second names."""
    try:
        os.link(database, kept)
    except OSError:
        return False
    return True


def _wait_until_closed(database: Path) -> None:
    """A reader of this process may be at its last question."""
    end = time.monotonic() + BUSY_MS / 1000
    while is_open(database) and time.monotonic() < end:
        time.sleep(0.02)


def _free_name(database: Path, tail: str) -> Path:
    for number in range(1, 10_000):
        counted = tail if number == 1 else f"{tail}-{number}"
        path = database.with_name(f"{database.stem}{counted}{database.suffix}")
        if not path.exists():
            return path
    raise DatabaseTrouble("full", path=str(database.parent))


def _name_of(database: Path) -> str:
    """A name for backups that tells databases of the same name in two folders apart."""
    place = hashlib.sha256(os.fsencode(database.absolute())).hexdigest()[:6]
    return f"{database.stem}-{place}"
