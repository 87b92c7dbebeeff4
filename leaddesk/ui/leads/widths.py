"""How wide the columns of the table are: as wide as their words need, as far as there is room, or as set by hand."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.ui.leads.table_model import Col

#: The least width of each column, and its part of what is left over when all have what they need.
LEAST = {
    Col.CHECK: (34, 0),
    Col.NAME: (120, 3),
    Col.COMPANY: (110, 3),
    Col.SOURCE: (76, 1),
    Col.STAGE: (76, 1),
    Col.KNOWN: (126, 0),
    Col.SCORE: (54, 0),
    Col.UP_TO: (54, 0),
    Col.VALUE: (64, 0),
    Col.IN_STAGE: (64, 0),
    Col.NEXT_STEP: (118, 3),
}
#: Words longer than this are cut before another column has to go.
_ENOUGH = {Col.NAME: 140, Col.COMPANY: 124, Col.SOURCE: 90, Col.STAGE: 90, Col.NEXT_STEP: 118}
#: Words longer than this are cut however much room there is for other columns' words.
_MOST = {Col.NAME: 260, Col.COMPANY: 260, Col.SOURCE: 180, Col.STAGE: 160, Col.NEXT_STEP: 280}
_MOST_FIGURES = 100
#: Where there is little room these go first.
_SPARED = (Col.SOURCE, Col.UP_TO, Col.IN_STAGE, Col.STAGE, Col.VALUE, Col.COMPANY)


def needed(column: Col, words: int) -> int:
    """What a column wants whose longest words are so many pixels wide, with the space around them."""
    return max(LEAST[column][0], min(words + 16, _MOST.get(column, _MOST_FIGURES)))


def share(room: int, needs: Mapping[Col, int], by_hand: Mapping[Col, int]) -> dict[Col, int]:
    """The columns that are shown, from the left, with their widths; together they fill the room.

    `needs`: see `needed`; `by_hand`: widths a person gave, which hold as far as the others keep their least.
    """
    shown = list(Col)
    wants = {column: max(LEAST[column][0], needs.get(column, 0)) for column in Col}
    for column in _SPARED:
        if sum(min(wants[one], _ENOUGH.get(one, wants[one])) for one in shown) > room:
            shown.remove(column)
    # Figures and letters are never cut short; only words give way.
    widths = {column: LEAST[column][0] if LEAST[column][1] else wants[column] for column in shown}
    _give(widths, {one: by_hand[one] for one in shown if one in by_hand}, room)
    _give(widths, {one: wants[one] for one in shown if one not in by_hand}, room)
    left = room - sum(widths.values())
    parts = {one: LEAST[one][1] for one in shown if one not in by_hand and LEAST[one][1]}
    for one, part in parts.items():
        widths[one] += max(0, left) * part // sum(parts.values())
    last = shown[-1]
    widths[last] = max(LEAST[last][0], widths[last] + room - sum(widths.values()))
    return widths


def _give(widths: dict[Col, int], wanted: Mapping[Col, int], room: int) -> None:
    """Let columns grow towards what they want, all by the same share where there is not room for all."""
    missing = {column: want - widths[column] for column, want in wanted.items() if want > widths[column]}
    left, whole = max(0, room - sum(widths.values())), sum(missing.values())
    for column, more in missing.items():
        widths[column] += more if whole <= left else more * left // whole


def read_widths(kept: str) -> dict[Col, int]:
    """Widths given by hand, as `written` wrote them; what cannot be read is left out."""
    pairs = (part.partition("=") for part in kept.split(","))
    names = Col.__members__
    return {
        names[name.upper()]: int(width)
        for name, _, width in pairs
        if name.upper() in names and width.isascii() and width.isdigit()
    }


def written(by_hand: Mapping[Col, int]) -> str:
    """As it is kept among the settings: `name=180,company=140`."""
    return ",".join(f"{column.name.lower()}={width}" for column, width in sorted(by_hand.items()))
