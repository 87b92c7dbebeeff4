"""The saved views: filters under a name, in the order a team gave them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from leaddesk.db.reading import Columns, Reading
from leaddesk.db.reads.filter_sql import subjects_of
from leaddesk.db.schema import custom_value, saved_view
from leaddesk.errors import NotFound
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.filtering.checking import problems_of
from leaddesk.qualify.filtering.packed import BrokenFilter, FilterProblem, unpacked
from leaddesk.qualify.filtering.subjects import Subject
from leaddesk.qualify.filtering.tree import Where, leaves


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name. `where` is None where it cannot be read: `problems` say why. `look`: order, lanes …"""

    id: str
    name: str
    where: Where | None
    look: Mapping[str, Any]
    pinned: bool
    problems: tuple[FilterProblem, ...] = ()


def saved_views(reading: Reading) -> list[SavedView]:
    """All of them, in order."""
    asked = select(saved_view).order_by(saved_view.c.place, saved_view.c.no)
    return [_view(row) for row in reading.connection.execute(asked).mappings()]


def find_view(reading: Reading, name: str) -> SavedView:
    """The view with this name, whatever its case. NotFound `view` (name, choices), `view_none` (name)."""
    views = saved_views(reading)
    for view in views:
        if view.name.casefold() == " ".join(name.split()).casefold():
            return view
    name = name if len(name) <= 60 else name[:60] + "…"
    if not views:
        raise NotFound("view_none", name=name)
    raise NotFound("view", name=name, choices=", ".join(view.name for view in views))


def problems_in(reading: Reading, where: Where) -> list[FilterProblem]:
    """What keeps conditions of a filter from ever being met in this database: a stage or a field is gone."""
    return _problems(reading, where, subjects_of(reading))


def problems_in_each(reading: Reading, wheres: Sequence[Where]) -> list[list[FilterProblem]]:
    """The same of several filters."""
    known = subjects_of(reading)
    return [_problems(reading, where, known) for where in wheres]


def _problems(reading: Reading, where: Where, known: Mapping[str, Subject]) -> list[FilterProblem]:
    found = list(problems_of(where, known))
    for key in dict.fromkeys(leaf.subject for leaf in leaves(where)):
        if key.startswith(CUSTOM) and key not in known:
            held = select(custom_value.c.no).where(custom_value.c.name == key.removeprefix(CUSTOM)).limit(1)
            if reading.connection.execute(held).first() is None:
                found.append(FilterProblem("", "field_gone", {"subject": key}))
    return found


def _view(row: Columns) -> SavedView:
    where, problems = _where(row["filters"])
    look = _json(row["look"])
    return SavedView(
        row["id"], row["name"], where, look if isinstance(look, dict) else {}, bool(row["pinned"]), problems
    )


def _where(kept: str) -> tuple[Where | None, tuple[FilterProblem, ...]]:
    try:
        return unpacked(_json(kept)), ()
    except BrokenFilter as trouble:
        return None, trouble.problems


def _json(kept: str) -> object:
    try:
        return json.loads(kept)
    except (ValueError, RecursionError):
        return None
