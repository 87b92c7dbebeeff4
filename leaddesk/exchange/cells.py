"""What stands in a cell of a file that is written: a text, a number, a sum, a day, an instant, yes or no, nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeAlias

from leaddesk.qualify.custom import written
from leaddesk.qualify.terms import Money

Cell: TypeAlias = str | int | float | bool | date | datetime | Money | None


def text_of(cell: Cell) -> str:
    """A cell as a text that can be read again: sums to the cent with currency, days year first, numbers plain."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return written(cell)
