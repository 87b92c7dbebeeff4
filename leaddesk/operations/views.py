"""Filters kept under a name, for everybody who works with the database."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import func, select

from leaddesk.db.schema import saved_view
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, Refused
from leaddesk.operations.rows import row_of
from leaddesk.operations.verb import operation
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.filtering.packed import BrokenFilter, packed, unpacked
from leaddesk.qualify.filtering.tree import EVERYBODY, Where, with_subject

#: What lists of views have room for.
LONGEST_NAME = 60


@operation
def save_view(
    step: Step, name: str, where: Where | None, look: Mapping[str, object] | None = None, pinned: bool = False
) -> str:
    """Keeps a filter under a name, after the others, and returns its id. Refused `view_name_taken` (name).

    `look`: what else belongs to it, as JSON: order, lanes, columns.
    """
    name = _free_name(step, name)
    step.name_it(view=name)
    last = step.connection.execute(select(func.coalesce(func.max(saved_view.c.place), 0))).scalar_one()
    return step.insert(
        saved_view,
        name=name,
        filters=_written(where),
        look=json.dumps(dict(look or {}), ensure_ascii=False),
        pinned=int(pinned),
        place=last + 1,
        created_at=step.now,
    )


@operation
def change_view(step: Step, view_id: str, where: Where | None, look: Mapping[str, object] | None = None) -> None:
    """Keeps another filter under the same name; a `look` of None stays as it was."""
    step.name_it(view=row_of(step, saved_view, view_id)["name"])
    step.update(saved_view, view_id, filters=_written(where))
    if look is not None:
        step.update(saved_view, view_id, look=json.dumps(dict(look), ensure_ascii=False))


@operation
def rename_view(step: Step, view_id: str, name: str) -> None:
    """Gives a view another name. Refused `view_name_taken` (name)."""
    before = row_of(step, saved_view, view_id)["name"]
    name = _free_name(step, name, view_id)
    step.name_it(view=before, name=name)
    step.update(saved_view, view_id, name=name)


@operation
def pin_view(step: Step, view_id: str, pinned: bool = True) -> None:
    """Shows a view in the row above board and table, or only in the list of views."""
    step.name_it(view=row_of(step, saved_view, view_id)["name"], pinned=pinned)
    step.update(saved_view, view_id, pinned=int(pinned))


@operation
def place_view(step: Step, view_id: str, place: int) -> None:
    """Puts a view at a place among the others, counted from 0."""
    step.name_it(view=row_of(step, saved_view, view_id)["name"])
    asked = select(saved_view.c.id, saved_view.c.place).order_by(saved_view.c.place, saved_view.c.no)
    places: dict[str, int] = {row.id: row.place for row in step.connection.execute(asked)}
    order = [one for one in places if one != view_id]
    order.insert(max(0, min(place, len(order))), view_id)
    for number, one in enumerate(order, start=1):
        if places[one] != number:
            step.update(saved_view, one, place=number)


@operation
def delete_view(step: Step, view_id: str) -> None:
    """Forgets a view; the leads in it stay as they are."""
    step.name_it(view=row_of(step, saved_view, view_id)["name"])
    step.delete(saved_view, view_id)


def rename_field_in_views(step: Step, before: str, name: str) -> None:
    """Lets views ask for a field of a team's own, and show it, under its new name."""
    for row in step.connection.execute(select(saved_view.c.id, saved_view.c.filters, saved_view.c.look)).all():
        look = _look_renamed(row.look, CUSTOM + before, CUSTOM + name)
        if look != row.look:
            step.update(saved_view, row.id, look=look)
        try:
            where = unpacked(json.loads(row.filters))
        except (BrokenFilter, ValueError):
            continue
        renamed = with_subject(where, CUSTOM + before, CUSTOM + name)
        if renamed != where:
            step.update(saved_view, row.id, filters=_written(renamed))


def _look_renamed(look: str, before: str, name: str) -> str:
    """A look with another name for a column: among those shown, their widths and the order."""
    try:
        data = json.loads(look)
    except (ValueError, RecursionError):
        return look
    renamed = _renamed(data, before, name)
    return look if renamed == data else json.dumps(renamed, ensure_ascii=False)


def _renamed(data: object, before: str, name: str) -> object:
    match data:
        case dict():
            return {name if key == before else key: _renamed(value, before, name) for key, value in data.items()}
        case list():
            return [_renamed(one, before, name) for one in data]
        case _:
            return name if data == before else data


def _free_name(step: Step, name: str, besides: str = "") -> str:
    """The name tidied up; BadValue where it is empty or too long, Refused where another view has it."""
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise BadValue("view_name_wanted")
    if len(name) > LONGEST_NAME:
        raise BadValue("view_name_long", most=LONGEST_NAME)
    taken = select(saved_view.c.id, saved_view.c.name).where(saved_view.c.id != besides)
    for row in step.connection.execute(taken):
        if row.name.casefold() == name.casefold():
            raise Refused("view_name_taken", name=row.name)
    return name


def _written(where: Where | None) -> str:
    """A filter as its column keeps it; BrokenFilter where it could not be read again."""
    data = packed(where if where is not None else EVERYBODY)
    unpacked(data)
    return json.dumps(data, ensure_ascii=False)
