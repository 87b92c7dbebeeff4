"""Reads tables from text files as people's programs write them: row by row, telling which rows cannot be read."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from leaddesk.errors import FileTrouble
from leaddesk.exchange.dialects import Dialect, find_dialect, reader
from leaddesk.exchange.encodings import guess_encoding, known_encoding
from leaddesk.exchange.headers import column_names, find_header
from leaddesk.exchange.lines import RECORD_LIMIT, Lines, TooLong

_SAMPLE_LINES = 400
_SAMPLE_LETTERS = 1 << 18

# Spreadsheets let a file say its delimiter in a line before the header.
_ANNOUNCED = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)

csv.field_size_limit(2 * RECORD_LIMIT)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read. `header_line`: the physical line, from 1, of the column names; 0: there are none.

    `first_line`: the line at which data starts. `confidence`: of the encoding, 0–1. `lines`: line ends in the file.
    """

    path: Path
    encoding: str
    confidence: float
    dialect: Dialect
    header_line: int
    first_line: int
    columns: tuple[str, ...]
    lines: int


class Row(NamedTuple):
    """One row of data, as wide as the table has columns. `line`: where it starts."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, as it stands. Reasons: too_long, broken_quotes, too_many_cells, too_few_cells."""

    line: int
    reason: str
    text: str


def find_layout(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: int | None = None,
    is_known: Callable[[str], bool] = lambda _: False,
) -> Layout:
    """How to read a file; what a person chose is kept. `is_known`: whether a name is known as one of a lead's columns.

    Raises FileTrouble: not_found, is_folder, unreadable, empty, binary, unknown_encoding.
    """
    chosen = known_encoding(encoding) if encoding else None
    guess = guess_encoding(path)
    sample = _sample(path, chosen or guess.encoding)
    if not any(line.strip() for line in sample):
        raise FileTrouble("empty", path=str(path))
    announced = _ANNOUNCED.match(sample[0])
    if announced:
        delimiter = delimiter or announced[1]
    layout = Layout(
        path=path,
        encoding=chosen or guess.encoding,
        confidence=1.0 if chosen else guess.confidence,
        dialect=find_dialect(sample[1:] if announced else sample, delimiter),
        header_line=0,
        first_line=1,
        columns=(),
        lines=guess.lines,
    )
    return _with_header(layout, header_line, is_known, above=1 if announced else 0)


def rows(layout: Layout) -> Iterator[Row | BadRow]:
    """The rows of a table in order, those of empty cells too; not blank lines, nor a header that comes again."""
    header = [cell.casefold() for cell in layout.columns] if layout.header_line else []
    for row in _Records(layout).read():
        if isinstance(row, Row):
            if row.line < layout.first_line:
                continue
            if header and _is_header_again(row.cells, header):
                continue
        elif row.line < layout.first_line:
            continue
        yield row


def _sample(path: Path, encoding: str) -> list[str]:
    lines = Lines(path, encoding)
    sample: list[str] = []
    letters = 0
    try:
        for line in islice(lines, _SAMPLE_LINES):
            lines.begin()
            sample.append(line)
            letters += len(line)
            if letters > _SAMPLE_LETTERS:
                break
    except TooLong:
        sample = sample or ["".join(lines.taken)[:_SAMPLE_LETTERS]]
    finally:
        lines.close()
    return sample


def _with_header(layout: Layout, header_line: int | None, is_known: Callable[[str], bool], *, above: int = 0) -> Layout:
    """With what the header says. `above`: lines at the top that are no part of the table."""
    records = islice(_Records(layout).read(), 60)
    first = [row for row in records if isinstance(row, Row) and row.line > above]
    if not first:
        return replace(layout, columns=column_names([], 1))
    width = max((len(row.cells) for row in first), default=1)
    if header_line is None:
        at, start = find_header([row.cells for row in first], is_known)
    else:
        at = next((index for index, row in enumerate(first) if row.line >= header_line > 0), None)
        start = 0 if at is None else at + 1
    following = [row.cells for row in first[start:] if any(cell.strip() for cell in row.cells)]
    if at is None:
        line = first[start].line if start < len(first) else 1
        return replace(layout, first_line=line, columns=column_names([], max(map(len, following), default=width)))
    names = _trimmed(first[at].cells)
    return replace(
        layout,
        header_line=first[at].line,
        first_line=first[at].line + 1,
        columns=column_names(names, max(len(names), _common([len(_trimmed(cells)) for cells in following]))),
    )


def _common(widths: Sequence[int]) -> int:
    return max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 0


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    end = len(cells)
    while end > 1 and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    if len(header) < 2 or cells[0].casefold().strip() != header[0]:
        return False
    filled = [(cell.casefold().strip(), name) for cell, name in zip(cells, header, strict=False) if cell.strip()]
    return len(filled) > 1 and all(cell == name for cell, name in filled)


class _Records:
    """Reads one file once. Before the columns are known every width is right."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._dialect = layout.dialect
        self._width = len(layout.columns)
        self._lines = Lines(layout.path, layout.encoding)

    def read(self) -> Iterator[Row | BadRow]:
        lines = self._lines
        records = reader(lines, self._dialect, strict=True)
        try:
            while True:
                start = lines.number + 1
                lines.begin()
                try:
                    cells = next(records)
                except StopIteration:
                    return
                except TooLong:
                    yield self._cut_short(start)
                except csv.Error:
                    yield self._mended(start)
                else:
                    if cells:
                        yield self._fitted(start, cells)
        finally:
            lines.close()

    def _fitted(self, start: int, cells: list[str]) -> Row | BadRow:
        """A row as wide as the table; or why it cannot be one."""
        width = self._width
        if not width or len(cells) == width:
            return Row(start, cells)
        if len(cells) > width:
            if not any(cell.strip() for cell in cells[width:]):
                return Row(start, cells[:width])
            again = self._split(self._text())
            return Row(start, again) if len(again) == width else self._bad(start, "too_many_cells")
        if not any(cell.strip() for cell in cells):
            return Row(start, [""] * width)
        inner = self._unwrapped(cells)
        if inner is not None:
            return Row(start, inner)
        if len(_trimmed(cells)) == 1 and width > 2 and start >= self._layout.first_line:
            return self._bad(start, "too_few_cells")
        return Row(start, cells + [""] * (width - len(cells)))

    def _unwrapped(self, cells: list[str]) -> list[str] | None:
        """A whole line that was put in quotes once more, read again."""
        cells = _trimmed(cells)
        if len(cells) != 1 or self._dialect.delimiter not in cells[0]:
            return None
        try:
            inner = next(reader([cells[0]], self._dialect, strict=True))
        except (csv.Error, StopIteration):
            inner = self._split(cells[0])
        return inner if len(inner) == self._width else None

    def _mended(self, start: int) -> Row | BadRow:
        """A record whose quotes are broken: its first line alone, else all of it, with only outer quotes believed."""
        taken = list(self._lines.taken)
        alone = self._split(taken[0])
        if len(taken) == 1:
            if self._width in {0, len(alone)}:
                return Row(start, alone)
            loose = next(reader([taken[0]], self._dialect, strict=False), [])
            return Row(start, loose) if len(loose) == self._width else self._bad(start, "broken_quotes")
        whole = self._split("".join(taken))
        if len(whole) == self._width and len(alone) != self._width:
            return Row(start, whole)
        self._lines.put_back(taken[1:])
        if self._width in {0, len(alone)}:
            return Row(start, alone)
        return BadRow(start, "broken_quotes", taken[0].rstrip("\r\n"))

    def _cut_short(self, start: int) -> Row | BadRow:
        """A record without end: one giant cell, or a quote that was never closed before rows that are well."""
        taken = list(self._lines.taken)
        later = taken[1:-1]
        well = sum(1 for line in later if self._width > 1 and len(self._split(line)) == self._width)
        if later and well * 2 >= len(later):
            self._lines.put_back(taken[1:])
            alone = self._split(taken[0])
            return Row(start, alone) if len(alone) == self._width else BadRow(start, "broken_quotes", taken[0].strip())
        self._lines.skip_record(self._dialect.quote)
        return BadRow(start, "too_long", taken[0][:200].rstrip("\r\n"))

    def _split(self, text: str) -> list[str]:
        """Cells where only a quote beside a delimiter or an end of line counts as one."""
        quote, delimiter = re.escape(self._dialect.quote), re.escape(self._dialect.delimiter)
        cell = re.compile(rf"\s*{quote}(.*?){quote}\s*(?={delimiter}|\Z)|([^{delimiter}]*)", re.DOTALL)
        text = text.rstrip("\r\n")
        if self._dialect.escape:
            text = text.replace(self._dialect.escape + self._dialect.quote, self._dialect.quote * 2)
        cells: list[str] = []
        at = 0
        while True:
            found = cell.match(text, at)
            quoted = found.group(1) if found else None
            value = text[at:] if found is None else found.group(2)
            if quoted is not None:
                cells.append(quoted.replace(self._dialect.quote * 2, self._dialect.quote))
            else:
                # A single quote at the start was opened and never closed.
                cells.append(
                    value.removeprefix(self._dialect.quote) if value.count(self._dialect.quote) == 1 else value
                )
            at = len(text) if found is None else found.end()
            if at >= len(text):
                return cells
            at += len(self._dialect.delimiter)
            if at == len(text):
                return [*cells, ""]

    def _text(self) -> str:
        return "".join(self._lines.taken)

    def _bad(self, start: int, reason: str) -> BadRow:
        return BadRow(start, reason, self._text().rstrip("\r\n"))
