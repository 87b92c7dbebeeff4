"""Writes rows to a CSV file, with nothing in it that a spreadsheet would take for a formula; whole or not at all."""

from __future__ import annotations

import csv
import re
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from leaddesk.errors import FileTrouble
from leaddesk.exchange.cells import Cell, text_of
from leaddesk.exchange.targets import check_target

#: What a spreadsheet takes for the begin of a formula; a number with a sign in front is none.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[\d\s().,/-]+")


class CsvFile:
    """A file that comes to be under another name and gets its own with `keep`; closed before, it goes.

    `staying`: a file that must not be written over. Raises FileTrouble: cannot_write, exists.
    """

    def __init__(self, path: Path, heads: Sequence[str], *staying: Path) -> None:
        check_target(path, *staying)
        self._path = path
        self._part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
        self._file: TextIOWrapper | None = None
        try:
            # A mark of UTF-8, since spreadsheets guess wrong without it.
            self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        except OSError as trouble:
            raise self._trouble(trouble) from None
        self.write([heads])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Adds rows of cells."""
        file = self._file
        if file is None:
            return
        try:
            csv.writer(file).writerows([guarded(text_of(cell)) for cell in row] for row in rows)
        except (OSError, csv.Error, ValueError) as trouble:
            if self._file is file:  # else it was let go meanwhile, in another thread
                raise self._trouble(trouble) from None

    def keep(self) -> None:
        """Gives the file its name; an older one of that name is replaced."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.close()
            self._part.replace(self._path)
        except OSError as trouble:
            self._part.unlink(missing_ok=True)
            raise self._trouble(trouble) from None

    def stop(self) -> None:
        """Giving it its name takes no time that could be cut short."""

    def close(self) -> None:
        """Lets go; what was not kept goes."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()
            self._part.unlink(missing_ok=True)

    def _trouble(self, trouble: Exception) -> FileTrouble:
        return FileTrouble("cannot_write", path=str(self._path), why=str(trouble))


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: such a begin gets a ' before it, as spreadsheets do it."""
    if _FORMULA.match(cell) and _NUMBER.fullmatch(cell) is None:
        return f"'{cell}"
    return cell
