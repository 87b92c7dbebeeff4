"""Playbooks as files of their own: read from one with clear troubles, written to one that may be written over."""

from __future__ import annotations

import tomllib
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


def write_file(path: Path, text: str, *staying: Path, over_any: bool = False) -> None:
    """Writes a playbook to a file, whole or not at all.

    `over_any`: a person said that whatever is there may go; else only a playbook may. Raises FileTrouble: cannot_write,
    exists (it must stay), other_file (it is no playbook).
    """
    check_target(path, *staying)
    if not over_any and path.exists() and path.stat().st_size and not _is_playbook(path):
        raise FileTrouble("other_file", path=path)
    write_whole(path, text.encode("utf-8"))


def _is_playbook(path: Path) -> bool:
    """Whether a file holds what only a playbook does, be it with mistakes."""
    try:
        found = tomllib.loads(read_file(path))
    except (FileTrouble, tomllib.TOMLDecodeError, RecursionError):
        return False
    return found.keys() >= {"key", "questions", "stages"}
