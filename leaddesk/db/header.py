"""Reads the first bytes of a file no connection is open on: whose database it is, without writing a thing.

Opening a foreign database in WAL mode, even to read, would leave files beside it or move its log into it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MAGIC = b"SQLite format 3\0"
_USER_VERSION, _APPLICATION_ID, _SIZE = 60, 68, 100
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGICS = (0x377F0682, 0x377F0683)


@dataclass(frozen=True, slots=True)
class Header:
    """Who wrote an SQLite file, and in which version of its tables."""

    application_id: int
    user_version: int


def read_header(path: Path) -> Header | None:
    """The header of an SQLite file as of its last commit, its log included; None when it is no SQLite file.

    Raises OSError. Only for files this process has no connection to: closing the file would drop its locks.
    """
    with path.open("rb") as file:
        first = file.read(_SIZE)
    if len(first) < _SIZE or not first.startswith(_MAGIC):
        return None
    log = path.with_name(path.name + "-wal")
    if log.is_file():
        with log.open("rb") as file:
            first = _newest_first_page(file) or first
    return Header(
        application_id=int.from_bytes(first[_APPLICATION_ID : _APPLICATION_ID + 4], "big"),
        user_version=int.from_bytes(first[_USER_VERSION : _USER_VERSION + 4], "big"),
    )


def _newest_first_page(log: BinaryIO) -> bytes | None:
    """The head of page 1 as last committed to a write-ahead log."""
    head = log.read(_WAL_HEADER)
    if len(head) < _WAL_HEADER:
        return None
    magic, _, page_size, _, *salts = struct.unpack(">6I", head[:24])
    if magic not in _WAL_MAGICS:
        return None
    newest = waiting = None
    while len(frame := log.read(_FRAME_HEADER)) == _FRAME_HEADER:
        page, committed_pages, *frame_salts = struct.unpack(">4I", frame[:16])
        if frame_salts != salts:
            break  # left over from before the log was last started anew
        if page == 1:
            waiting = log.read(_SIZE)
            log.seek(page_size - len(waiting), 1)
        else:
            log.seek(page_size, 1)
        if committed_pages and waiting is not None:
            newest, waiting = waiting, None
    return newest if newest is not None and newest.startswith(_MAGIC) else None
