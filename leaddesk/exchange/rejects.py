"""Writes the rows an import could not take to a table of its own, with line and reason, to be mended and read again."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import check_target


class Rejects:
    """A file that comes to be with its first row, under another name until `keep`; without a path nothing is written.

    `staying`: files it must not be written over. Raises FileTrouble: cannot_write, exists.
    """

    def __init__(self, path: Path | None, columns: Sequence[str], *staying: Path) -> None:
        if path is not None:
            check_target(path, *staying)
        self._path = path
        self._part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}") if path else None
        self._columns = columns
        self._file: TextIOWrapper | None = None
        self._written = False

    def write(self, line: int, reason: str, row: Sequence[str] | str) -> None:
        """Adds a row: its cells, or its text as it stands. Raises FileTrouble: cannot_write."""
        if self._part is None:
            return
        cells = [row] if isinstance(row, str) else list(row)
        try:
            if self._file is None:
                # A mark of UTF-8, since spreadsheets guess wrong without it.
                self._file = self._part.open("w", encoding="utf-8-sig", newline="")
                self._written = True
                csv.writer(self._file).writerow(["line", "reason", *self._columns])
            csv.writer(self._file).writerow([line, reason, *cells])
        except (OSError, csv.Error) as trouble:
            raise FileTrouble("cannot_write", path=str(self._path), why=str(trouble)) from None

    def finish(self) -> None:
        """No row follows: what was written is on its way to the disk. Raises FileTrouble: cannot_write."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
        except OSError as trouble:
            raise FileTrouble("cannot_write", path=str(self._path), why=str(trouble)) from None

    def keep(self) -> Path | None:
        """Gives the file its name; None where there was nothing to write. Raises FileTrouble: cannot_write."""
        self.finish()
        if not self._written or self._part is None or self._path is None:
            return None
        try:
            self._part.replace(self._path)
        except OSError as trouble:
            raise FileTrouble("cannot_write", path=str(self._path), why=str(trouble)) from None
        self._written = False
        return self._path

    def close(self) -> None:
        """Lets go; a file that was not kept goes."""
        with suppress(FileTrouble):  # it goes anyway
            self.finish()
        if self._written and self._part is not None:
            self._part.unlink(missing_ok=True)
            self._written = False

    def __enter__(self) -> Rejects:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
