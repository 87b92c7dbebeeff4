"""What a person filters by, remembered per room between two starts, for the database it was put together in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leaddesk.qualify.filtering.packed import BrokenFilter, packed, unpacked
from leaddesk.qualify.filtering.tree import Where
from leaddesk.settings import change_settings, read_settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What one room shows: conditions, order, the view they came from, and how it looked before that view."""

    where: Where | None = None
    order: str = ""
    view: str = ""
    own: Mapping[str, object] = field(default_factory=dict)


def kept_in(room: str, database: Path | None) -> Kept:
    """What a room showed when it was last left; nothing for another database, or where it cannot be read.

    How it looked before a view is the same for all databases.
    """
    entry = _all().get(room)
    if not isinstance(entry, dict):
        return Kept()
    looked = entry.get("own")
    own = looked if isinstance(looked, dict) else {}
    if entry.get("database") != str(database):
        return Kept(own=own)
    try:
        where = unpacked(entry["where"]) if entry.get("where") is not None else None
    except BrokenFilter:
        where = None
    return Kept(where, _text(entry.get("order")), _text(entry.get("view")), own)


def keep(room: str, database: Path | None, kept: Kept) -> None:
    """Remembers what a room shows."""
    rooms = _all()
    where = packed(kept.where) if kept.where is not None else None
    rooms[room] = {
        "database": str(database),
        "where": where,
        "order": kept.order,
        "view": kept.view,
        "own": dict(kept.own),
    }
    change_settings(filters=json.dumps(rooms, ensure_ascii=False))


def _all() -> dict[str, Any]:
    try:
        kept = json.loads(read_settings().filters or "{}")
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
