"""Writes the rows an import could not take to a table of its own, with line and reason, to be mended and read again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from leaddesk.errors import FileTrouble


class Rejects:
    """A file that comes to be with its first row, under another name until `keep`."""

    def __init__(self, path: Path | None, columns: Sequence[str]) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part") if path else None
        self._columns = columns
        self._file: TextIOWrapper | None = None

    def write(self, line: int, reason: str, row: Sequence[str] | str) -> None:
        """Adds a row: its cells, or its text as it stands. Raises FileTrouble: cannot_write."""
        if self._part is None:
            return
        cells = [row] if isinstance(row, str) else list(row)
        try:
            if self._file is None:
                # A mark of UTF-8, since spreadsheets guess wrong without it.
                self._file = self._part.open("w", encoding="utf-8-sig", newline="")
                csv.writer(self._file).writerow(["line", "reason", *self._columns])
            csv.writer(self._file).writerow([line, reason, *cells])
        except (OSError, csv.Error) as trouble:
            raise FileTrouble("cannot_write", path=str(self._path), why=str(trouble)) from None

    def keep(self) -> Path | None:
        """Gives the file its name; None where there was nothing to write. Raises FileTrouble: cannot_write."""
        if self._file is None or self._part is None or self._path is None:
            return None
        try:
            self._file.close()
            self._file = None
            self._part.replace(self._path)
        except OSError as trouble:
            raise FileTrouble("cannot_write", path=str(self._path), why=str(trouble)) from None
        return self._path

    def close(self) -> None:
        """Lets go; a file that was not kept goes."""
        if self._file is not None and self._part is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)
