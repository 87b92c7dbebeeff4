"""Tells whether the program that began a long step is still at it: it holds a file beside the database locked.

The system lets go of the lock when a program ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import IO


class Claim:
    """The lock of one unfinished step."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file = file
        self._path = path

    def let_go(self) -> None:
        """Give it up, and leave no file behind."""
        with contextlib.suppress(OSError):  # another program looks at it just now: then that one takes it away
            if sys.platform == "win32":
                self._file.close()
                self._path.unlink()
            else:
                self._path.unlink()
        self._file.close()


def claim(database: Path, step: int) -> Claim | None:
    """Takes the lock of a step; None when another program, or another store of this one, holds it."""
    path = database.with_name(f"{database.stem}-step-{step}.lock")
    try:
        file = path.open("ab")
    except OSError:
        return None
    if _lock(file) and _is_at(file, path):
        return Claim(file, path)
    file.close()
    return None


def sweep(database: Path, besides: Collection[int]) -> None:
    """Takes away the files of programs that died before they wrote anything of their step; `besides` these steps."""
    before, after = f"{database.stem}-step-", ".lock"
    for path in database.parent.iterdir():
        if path.name.startswith(before) and path.name.endswith(after):
            number = path.name[len(before) : -len(after)]
            taken = claim(database, int(number)) if number.isdecimal() and int(number) not in besides else None
            if taken is not None:
                taken.let_go()


def _is_at(file: IO[bytes], path: Path) -> bool:
    """Whether a file is still the one of this name: it may have been taken away before it was locked."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> bool:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(file: IO[bytes]) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
