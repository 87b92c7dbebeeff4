"""Looks at where a file is to be written before anything is done: what must stay is not written over."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from leaddesk.errors import FileTrouble


def check_target(target: Path, *staying: Path) -> None:
    """Refuses a target that cannot be a file, or that is one of the files that must stay.

    Raises FileTrouble: cannot_write (a folder, a device, no such folder, no right), exists (it must stay).
    """
    try:
        kind = target.stat().st_mode if target.exists() else None
        possible = target.parent.is_dir() and os.access(target.parent, os.W_OK) and bool(target.name)
        if not possible or (kind is not None and not stat.S_ISREG(kind)):
            raise FileTrouble("cannot_write", path=str(target), why="")
        if kind is not None and any(other.exists() and other.samefile(target) for other in staying):
            raise FileTrouble("exists", path=str(target))
    except OSError as trouble:
        raise FileTrouble("cannot_write", path=str(target), why=trouble.strerror or "") from None


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file that is there whole or, where the disk is full, as it was. Raises FileTrouble: cannot_write."""
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as trouble:
        draft.unlink(missing_ok=True)
        raise FileTrouble("cannot_write", path=str(target), why=trouble.strerror or "") from None
