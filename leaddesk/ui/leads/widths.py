"""How wide the columns of the table are: as wide as their words need, as far as there is room, or as set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leaddesk.ui.leads.columns import CHECK, SPARED, USUAL, Column

#: Chosen columns are at least so wide where their words are, before the table scrolls.
_READABLE = 130


def needed(column: Column, words: int) -> int:
    """What a column wants whose longest words are so many pixels wide, with the space around them."""
    most = column.most if column.part else max(column.most, 100)
    return max(column.least, min(words + 16, most))


def share(room: int, columns: Sequence[Column], needs: Mapping[str, int], by_hand: Mapping[str, int]) -> dict[str, int]:
    """The columns that are shown, by key, from the left, with their widths; together they fill the room.

    `needs`: see `needed`; `by_hand`: widths a person gave, which hold as far as the others keep their least. Of the
    usual columns some go where there is little room; chosen ones all stay, and may then need more than there is.
    """
    shown = list(columns)
    wants = {one.key: max(one.least, needs.get(one.key, 0)) for one in columns}
    if {one.key for one in columns} == {CHECK, *(one.key for one in USUAL)}:
        for spared in SPARED:
            if sum(min(wants[one.key], one.enough or wants[one.key]) for one in shown) > room:
                shown = [one for one in shown if one.key != spared]
    else:
        readable = {one.key: by_hand.get(one.key, min(wants[one.key], _READABLE)) for one in columns}
        if sum(readable.values()) > room:
            wants, room = readable, sum(readable.values())
    # Figures and letters are never cut short; only words give way.
    widths = {one.key: one.least if one.part else wants[one.key] for one in shown}
    _give(widths, {key: by_hand[key] for key in widths if key in by_hand}, room)
    _give(widths, {key: wants[key] for key in widths if key not in by_hand}, room)
    left = room - sum(widths.values())
    parts = {one.key: one.part for one in shown if one.key not in by_hand and one.part}
    for key, part in parts.items():
        widths[key] += max(0, left) * part // sum(parts.values())
    last = shown[-1]
    widths[last.key] = max(last.least, widths[last.key] + room - sum(widths.values()))
    return widths


def _give(widths: dict[str, int], wanted: Mapping[str, int], room: int) -> None:
    """Let columns grow towards what they want, all by the same share where there is not room for all."""
    missing = {key: want - widths[key] for key, want in wanted.items() if want > widths[key]}
    left, whole = max(0, room - sum(widths.values())), sum(missing.values())
    for key, more in missing.items():
        widths[key] += more if whole <= left else more * left // whole


def steps(width: int, *, wider: bool) -> int:
    """The width after a key made a column wider or narrower."""
    return min(800, width + 24) if wider else max(40, width - 24)
