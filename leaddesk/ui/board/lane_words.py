"""What the line over a swimlane says: whose or which it is, how many leads, worth what."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk import words
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.db.records import ColumnTotal
from leaddesk.ui import figures
from leaddesk.ui.board.head_words import total_words


def lane_title(lane: str, by: Grouping, leads: int, sums: Mapping[str, int], language: str) -> str:
    """Name, count and value per currency of a swimlane."""
    if by is Grouping.BAND:
        name = words.say(language, "temperatures", lane)
    else:
        name = " ".join(lane.split()) or words.say(language, "board", f"no_{by}")
    worth = total_words(ColumnTotal("", leads, sums), language)
    return "  ·  ".join(part for part in (name, figures.count(leads), worth) if part)
