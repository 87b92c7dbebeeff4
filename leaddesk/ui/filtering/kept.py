"""What a person filters by, remembered per room between two starts, for the database it was put together in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaddesk.qualify.filtering.packed import BrokenFilter, packed, unpacked
from leaddesk.qualify.filtering.tree import Where
from leaddesk.settings import change_settings, read_settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What one room shows: conditions, order, the view they came from."""

    where: Where | None = None
    order: str = ""
    view: str = ""


def kept_in(room: str, database: Path | None) -> Kept:
    """What a room showed when it was last left; nothing for another database, or where it cannot be read."""
    entry = _all().get(room)
    if not isinstance(entry, dict) or entry.get("database") != str(database):
        return Kept()
    try:
        where = unpacked(entry["where"]) if entry.get("where") is not None else None
    except BrokenFilter:
        where = None
    return Kept(where, _text(entry.get("order")), _text(entry.get("view")))


def keep(room: str, database: Path | None, kept: Kept) -> None:
    """Remembers what a room shows."""
    rooms = _all()
    where = packed(kept.where) if kept.where is not None else None
    rooms[room] = {"database": str(database), "where": where, "order": kept.order, "view": kept.view}
    change_settings(filters=json.dumps(rooms, ensure_ascii=False))


def _all() -> dict[str, Any]:
    try:
        kept = json.loads(read_settings().filters or "{}")
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
