"""Finds the line of a table that names its columns, past whatever stands before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

_LOOK_AT = 30
_DATUM = re.compile(
    r"""
    [^@\s]+@[^@\s]+\.\w+                                # a mail address
    | (https?://|www\.)\S+
    | [+(]?\d[\d\s().,:/\-+x%]*                         # numbers, dates, times, phones
    | [$€£¥]\s*[\d.,]+ | [\d.,]+\s*[$€£¥%]
    | \d{4}年\d{1,2}月(\d{1,2}日)?
    | \d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}
    """,
    re.VERBOSE | re.IGNORECASE,
)


def looks_like_data(cell: str) -> bool:
    """Whether a cell holds a value (mail, number, date, link) rather than the name of a column."""
    return _DATUM.fullmatch(cell.strip()) is not None


def find_header(rows: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> tuple[int | None, int]:
    """The index of the header row (None: there is none) and that of the first row of data, blank rows included.

    `is_known`: whether a name is one that columns of leads are known by.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:_LOOK_AT]]
    if not any(filled):
        return None, 0
    widths = Counter(len(row) for row, cells in zip(rows, filled, strict=False) if cells)
    usual = max(widths.items(), key=lambda item: (item[1], item[0]))[0]
    enough = max(1, (usual + 1) // 2)
    first = next((at for at, cells in enumerate(filled) if cells >= enough), 0)
    known = [sum(1 for cell in row if is_known(cell)) for row in rows[:_LOOK_AT]]
    # A row of groups ("Person", "Company") may stand above the names.
    better = max(range(first, min(first + 4, len(filled))), key=lambda at: known[at])
    if known[better] >= 2 and known[better] > known[first] and not _is_data(rows[better]):
        return better, better + 1
    if _is_data(rows[first]) and known[first] * 2 < max(2, filled[first]):
        return None, first
    return first, first + 1


def column_names(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """A name for every column: the header's, made different where it says one twice, `#3` where it says none."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for at in range(max(width, len(cells))):
        name = " ".join(cells[at].split()) if at < len(cells) else ""
        name = name or f"#{at + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _is_data(row: Sequence[str]) -> bool:
    return any(looks_like_data(cell) for cell in row)
