"""Playbooks as files of their own: read from one with clear troubles, written to one that may be written over."""

from __future__ import annotations

from pathlib import Path

from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import check_target, write_whole

#: A playbook is a few ten thousand bytes.
LARGEST = 5_000_000


def read_file(path: Path) -> str:
    """The text of a playbook's file. Raises FileTrouble: unreadable, playbook_binary (no text), playbook_large."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)  # a device has no size that could be asked, and no end
    except (OSError, ValueError):
        raise FileTrouble("unreadable", path=path) from None
    if len(content) > LARGEST:
        raise FileTrouble("playbook_large", path=path)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise FileTrouble("playbook_binary", path=path) from None


def write_file(path: Path, text: str, *staying: Path) -> None:
    """Writes a playbook to a file, whole or not at all. Raises FileTrouble: cannot_write, exists (it must stay)."""
    check_target(path, *staying)
    write_whole(path, text.encode("utf-8"))
