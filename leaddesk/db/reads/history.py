"""What the journal tells of one lead: which step wrote each row, and what was changed of its facts and people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from leaddesk.db.engine import fetch
from leaddesk.db.journal import DONE, RANGE, ROW
from leaddesk.db.reading import Reading
from leaddesk.db.records import TimelineEntry
from leaddesk.qualify.fields import FIELD, FIELDS, FieldKind, Home
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money

#: So many of the newest changes of a lead are looked through.
_MOST = 3000

_COLUMNS = 'c.no, c.step, s.at, c."table", c."row", c.field, c.old, c.new'
_OF_LEAD = (
    f"SELECT {_COLUMNS} FROM change c JOIN step s ON s.no = c.step"  # noqa: S608
    f" WHERE c.lead = ? AND s.undone = {DONE} ORDER BY c.no DESC LIMIT {_MOST}"
)
_OF_FIRM = (
    f"SELECT {_COLUMNS} FROM change c JOIN step s ON s.no = c.step"  # noqa: S608
    f' WHERE c."table" = \'account\' AND c."row" = ? AND s.undone = {DONE} ORDER BY c.no DESC LIMIT {_MOST}'
)

_Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    """One thing that became another. `of`: fact (`key`: of the field), custom (its name), tag or person (who)."""

    of: str
    key: str
    old: FactValue | None
    new: FactValue | None


@dataclass(frozen=True, slots=True)
class History:
    """Steps by the id of the row they added (`<id>.done_at`: that changed this last), and changes of facts by step.

    `entries`: of kind `facts`, details `step` and `changes` (a tuple of FactChange), the newest first.
    """

    step_of: Mapping[str, int]
    entries: tuple[TimelineEntry, ...]


def history(reading: Reading, lead_id: str) -> History:
    """What the journal tells of a lead and its company; nothing of one that is gone."""
    found = fetch(reading.connection, "SELECT account_id FROM lead WHERE id = ?", lead_id)
    if not found:
        return History({}, ())
    rows = fetch(reading.connection, _OF_LEAD, lead_id)
    if found[0][0] is not None:
        rows += fetch(reading.connection, _OF_FIRM, found[0][0])
    rows.sort()
    step_of: dict[str, int] = {}
    by_step: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        _, step, _, _, row_id, field, old, new = row
        if field == ROW and new is not None and old is None:
            step_of[row_id] = step
        elif field not in (ROW, RANGE):
            step_of[f"{row_id}.{field}"] = step
        if field != RANGE:
            by_step[step].append(row)
    entries = []
    for step in sorted(by_step, reverse=True):
        changes = tuple(_told(by_step[step], lead_id))
        if changes:
            entries.append(TimelineEntry(by_step[step][0][2], "facts", {"step": step, "changes": changes}))
    return History(step_of, tuple(entries))


def _told(rows: Sequence[_Row], lead_id: str) -> Iterator[FactChange]:
    """What one step changed, each thing once; nothing of the step that added the lead, whose facts are the lead."""
    tables = {(row[3], row[5]) for row in rows if row[4] == lead_id}
    if ("lead", ROW) in tables:
        return
    moved_owner = any(row[3] == "owner_change" for row in rows)
    columns: dict[str, tuple[Any, Any]] = {}
    for _, _, _, table, _, field, old, new in rows:
        if table in ("lead", "account") and field != ROW:
            before = columns.get(field, (old, None))[0]
            columns[field] = (before, new)
        elif table in _OF_ROWS:
            yield from _OF_ROWS[table](field, old, new)
    for key in _COLUMN_KEYS:
        if (key in columns or f"{key}_currency" in columns) and not (key == "owner" and moved_owner):
            old, new = (_value(key, columns, side) for side in (0, 1))
            if old != new:
                yield FactChange("fact", key, old, new)


_COLUMN_KEYS = tuple(
    field.key for field in FIELDS if field.home in (Home.LEAD, Home.ACCOUNT) and field.kind is not FieldKind.STAGE
)


def _value(key: str, columns: Mapping[str, tuple[Any, Any]], side: int) -> FactValue | None:
    kept = columns.get(key, (None, None))[side]
    kind = FIELD[key].kind
    if kind is FieldKind.MONEY:
        # Where only one half of a sum changed, the other half is in neither: then the sum is told without it.
        currency = columns.get(f"{key}_currency", ("", ""))[side]
        return Money(int(kept), str(currency or "")) if kept is not None else None
    if kept is None or kept == "":
        return None
    if kind is FieldKind.DATE:
        return date.fromisoformat(str(kept))
    if kind is FieldKind.YES_NO:
        return bool(int(kept))
    return str(kept)


def _image(text: Any) -> dict[str, Any]:
    image: dict[str, Any] = json.loads(text)
    return image


def _points(field: str, old: Any, new: Any) -> Iterator[FactChange]:
    if field == ROW:
        image = _image(new if new is not None else old)
        value = image["value"]
        yield FactChange("fact", image["kind"], value if new is None else None, value if new is not None else None)
    elif field == "value":
        yield FactChange("point", "", old, new)


def _customs(field: str, old: Any, new: Any) -> Iterator[FactChange]:
    if field == ROW:
        image = _image(new if new is not None else old)
        value = image["value"]
        yield FactChange("custom", image["name"], value if new is None else None, value if new is not None else None)
    elif field == "value":
        yield FactChange("custom", "", old, new)


def _tags(field: str, old: Any, new: Any) -> Iterator[FactChange]:
    if field == ROW:
        tag = _image(new if new is not None else old)["tag"]
        yield FactChange("tag", tag, tag if new is None else None, tag if new is not None else None)


def _people(field: str, old: Any, new: Any) -> Iterator[FactChange]:
    if field == ROW:
        name = _image(new if new is not None else old)["name"]
        yield FactChange("person", name, name if new is None else None, name if new is not None else None)
    elif field in ("name", "title", "role", "attitude", "note"):
        yield FactChange("person", "", old, new)


_OF_ROWS = {"contact_point": _points, "custom_value": _customs, "lead_tag": _tags, "stakeholder": _people}
