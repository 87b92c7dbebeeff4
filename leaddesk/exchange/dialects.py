"""Finds out how the cells of a text table are set apart: delimiter, quotes, escape sign."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: What a person can choose from.
DELIMITERS: tuple[str, ...] = (",", ";", "\t", "|", "^", "~", "\x1f", "，", " ")
#: Signs that also occur inside text: only believed when the table they make is wide and even.
_SHY = frozenset({"^", "~", "，", " ", ":"})
_SAMPLE_RECORDS = 120


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart. `escape`: a backslash where it stands before quotes inside quotes, else empty."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""


@dataclass(frozen=True, slots=True)
class _Trial:
    dialect: Dialect
    width: int
    score: float


def reader(lines: Iterable[str], dialect: Dialect, *, strict: bool) -> Iterator[list[str]]:
    """A standard reader of this dialect; `strict` raises csv.Error where quotes are broken."""
    if dialect.escape:
        # The reader's own escape sign would also eat the backslashes of `C:\\temp`.
        escaped, doubled = dialect.escape + dialect.quote, dialect.quote * 2
        lines = (line.replace(escaped, doubled) for line in lines)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        # `a, "b, c"` is common; between spaces and tabs an empty cell would be lost.
        skipinitialspace=dialect.delimiter not in " \t",
        strict=strict,
    )


def find_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """The dialect of a table whose first lines are given; a delimiter a person chose is kept."""
    offered = (delimiter,) if delimiter else DELIMITERS
    best = _best(lines, offered, '"')
    if any(f"{before}'" in line for line in lines for before in offered):
        single = _best(lines, offered, "'")
        if single.score > best.score + 0.05:
            best = single
    dialect = best.dialect
    if best.width < 2 and delimiter is None:
        dialect = _asked(lines) or Dialect()
    return _escaped(lines, dialect)


def _best(lines: Sequence[str], delimiters: Iterable[str], quote: str) -> _Trial:
    trials = [_try(lines, Dialect(delimiter, quote)) for delimiter in delimiters]
    return max(trials, key=lambda trial: trial.score)


def _try(lines: Sequence[str], dialect: Dialect) -> _Trial:
    rows = _records(lines, dialect)
    if not rows:
        return _Trial(dialect, 0, 0.0)
    counts = Counter(len(row) for row in rows)
    # Of equally common widths the larger: lines before the header are narrow.
    width, often = max(counts.items(), key=lambda item: (item[1], item[0]))
    if width < 2:
        return _Trial(dialect, width, 0.0)
    even = often / len(rows)
    if dialect.delimiter in _SHY and (width < 4 or even < 0.95):
        return _Trial(dialect, 1, 0.0)
    mixed = _mixed(lines, dialect)
    shy = 0.1 if dialect.delimiter in _SHY else 0.0
    return _Trial(dialect, width, even * (1 - mixed) + min(width, 10) / 100 - shy)


def _mixed(lines: Sequence[str], dialect: Dialect) -> float:
    """The share of cells, quoted ones apart, that still hold another delimiter: they speak against this one."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    quoted = re.compile(rf"(?:^|(?<=[{delimiter}\r\n]))\s?{quote}(?:[^{quote}]|{quote}{quote})*{quote}")
    cells = quoted.sub("", "".join(lines)).split(dialect.delimiter)
    others = [sign for sign in (";", "\t", "|", ",") if sign != dialect.delimiter]
    return sum(1 for cell in cells if any(sign in cell for sign in others)) / len(cells)


def _records(lines: Sequence[str], dialect: Dialect, *, strict: bool = False) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in reader(iter(lines), dialect, strict=strict):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) >= _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    return rows


def _asked(lines: Sequence[str]) -> Dialect | None:
    """What clevercsv says about an unusual table, where the answer makes an even one."""
    if len(lines) < 2:
        return None
    import clevercsv

    try:
        found = clevercsv.Detector().detect("".join(lines[:60])[:16_000])
    except (clevercsv.Error, csv.Error, ValueError, IndexError):
        return None
    if found is None or not found.delimiter or found.delimiter.isalnum() or found.delimiter in " .-@_/'\"":
        return None
    dialect = Dialect(found.delimiter, found.quotechar if found.quotechar in {'"', "'"} else '"')
    widths = Counter(len(row) for row in _records(lines, dialect))
    width, often = widths.most_common(1)[0]
    return dialect if width > 1 and often >= 0.9 * widths.total() else None


def _escaped(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """Quotes inside quotes may follow a backslash instead of being doubled: whichever breaks fewer lines."""
    if not any(f"\\{dialect.quote}" in line for line in lines):
        return dialect
    other = Dialect(dialect.delimiter, dialect.quote, "\\")
    return other if _breaks(lines, other) < _breaks(lines, dialect) else dialect


def _breaks(lines: Sequence[str], dialect: Dialect) -> int:
    broken = 0
    for line in lines:
        try:
            list(reader([line], dialect, strict=True))
        except csv.Error:
            broken += 1
    return broken
