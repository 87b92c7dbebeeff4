"""Reads a text file line by line with bounded memory, lines put back, and records that never end cut short."""

from __future__ import annotations

import io
from collections import deque
from pathlib import Path

from leaddesk.errors import FileTrouble

#: The most letters one record may have; a longer one is reported instead of read.
RECORD_LIMIT = 1 << 20


class TooLong(Exception):
    """The record at hand is longer than `RECORD_LIMIT`; what was read of it lies in `Lines.taken`."""


class Lines:
    """The physical lines of a text file, ends kept. `number`: of the line given last, from 1.

    `taken` gathers the lines since `begin()`, so that a record that went wrong can be looked at again.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        try:
            # Held open for the life of this object, closed by close().
            self._file = io.TextIOWrapper(path.open("rb"), encoding=encoding, errors="replace", newline="")
        except OSError as trouble:
            raise FileTrouble("unreadable", path=str(path), why=trouble.strerror or "") from None
        self._path = path
        self._encoding = encoding
        self._back: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self._letters = 0

    def begin(self) -> None:
        """A new record starts with the next line."""
        self.taken.clear()
        self._letters = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self._back:
            line = self._back.popleft()
        else:
            line = self._read()
            if not line:
                raise StopIteration
            if "\0" in line:
                line = line.replace("\0", "") or "\n"
        self.number += 1
        self.taken.append(line)
        self._letters += len(line)
        if self._letters > RECORD_LIMIT:
            raise TooLong
        return line

    def put_back(self, lines: list[str]) -> None:
        """Gives lines again, as if they had not been read."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)

    def skip_record(self, quote: str) -> None:
        """Passes over the rest of a record that is too long: to the line on which its quotes close."""
        odd = sum(line.count(quote) for line in self.taken) % 2 == 1
        ended = self.taken[-1].endswith(("\n", "\r"))
        while True:
            if ended and not odd:
                return
            line = self._back.popleft() if self._back else self._read()
            if not line:
                return
            self.number += ended
            odd ^= line.count(quote) % 2 == 1
            ended = line.endswith(("\n", "\r"))

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _read(self) -> str:
        try:
            return self._file.readline(RECORD_LIMIT + 1)
        except UnicodeError:
            raise FileTrouble("wrong_encoding", path=str(self._path), encoding=self._encoding) from None
        except OSError as trouble:
            raise FileTrouble("unreadable", path=str(self._path), why=trouble.strerror or "") from None
