"""Playbooks as files of their own: read from one with clear troubles, written to one that may be written over."""

from __future__ import annotations

from pathlib import Path

from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import check_target, write_whole

#: A playbook is a few ten thousand bytes.
LARGEST = 5_000_000


def read_file(path: Path) -> str:
    """The text of a playbook's file. Raises FileTrouble: unreadable, binary (no text, or far too large)."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileTrouble("binary", path=path)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileTrouble("binary", path=path) from None
    except OSError:
        raise FileTrouble("unreadable", path=path) from None


def write_file(path: Path, text: str, *staying: Path) -> None:
    """Writes a playbook to a file, whole or not at all. Raises FileTrouble: cannot_write, exists (it must stay)."""
    check_target(path, *staying)
    write_whole(path, text.encode("utf-8"))
