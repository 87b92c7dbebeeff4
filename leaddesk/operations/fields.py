"""Fields of a team's own: defined, renamed, made another kind, put in order, removed with what they hold."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import delete, func, select, update

from leaddesk.db.reads.custom_fields import fields_in, use_in
from leaddesk.db.schema import custom_field, custom_value
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.rows import wanted_text
from leaddesk.operations.verb import operation
from leaddesk.operations.views import rename_field_in_views
from leaddesk.qualify.custom import KINDS, CustomField
from leaddesk.qualify.fields import FieldKind

#: A question a form asked is a name too; what is longer is a text that was pasted by mistake.
LONGEST_NAME = 200


@operation
def add_field(step: Step, name: str, kind: str = FieldKind.TEXT, choices: Sequence[str] = ()) -> str:
    """Defines a field and returns its id; values kept under this name already become its values.

    Refused `field_taken` (name). BadValue `empty_text`, `field_name_long` (most), `field_kind` (name,
    choices), `no_choices`.
    """
    name = _free_name(step, name, None)
    step.name_it(field=name)
    places = step.connection.execute(select(func.coalesce(func.max(custom_field.c.place), -1))).scalar_one()
    return step.insert(
        custom_field,
        name=name,
        kind=str(_kind(kind)),
        choices=_choices(_kind(kind), choices),
        place=places + 1,
        created_at=step.now,
    )


@operation
def change_field(
    step: Step,
    field_id: str,
    name: str | None = None,
    kind: str | None = None,
    choices: Sequence[str] | None = None,
    anyway: bool = False,
) -> None:
    """Renames a field with its values, makes it another kind, or gives it other choices; what is None stays.

    Refused `values_unfit` (field, kind, n, examples) where values do not fit the kind or choices, unless `anyway`: then
    they are kept as they are; `field_taken`, `field_has_values` (name, n) where others are kept under the new name.
    """
    field = _field(step, field_id)
    step.name_it(field=field.name)
    wanted = CustomField(
        field_id,
        field.name if name is None else _free_name(step, name, field_id),
        field.kind if kind is None else _kind(kind),
        field.choices if choices is None else _cleaned(choices),
    )
    if wanted == field:
        return
    if (wanted.kind, wanted.choices) != (field.kind, field.choices) and not anyway:
        _all_fit(step, wanted, field.name)
    step.update(
        custom_field,
        field_id,
        name=wanted.name,
        kind=str(wanted.kind),
        choices=_choices(wanted.kind, wanted.choices),
    )
    if wanted.name != field.name:
        _rename_values(step, field.name, wanted.name)
        rename_field_in_views(step, field.name, wanted.name)


@operation
def place_field(step: Step, field_id: str, place: int) -> None:
    """Puts a field before the one that stands at `place`, counted from 0 without it."""
    field = _field(step, field_id)
    step.name_it(field=field.name)
    order = [one.id for one in fields_in(step.connection) if one.id != field_id]
    order.insert(max(0, min(place, len(order))), field_id)
    for number, one in enumerate(order):
        step.update(custom_field, one, place=number)


@operation
def remove_field(step: Step, field_id: str) -> int:
    """Removes a field with all its values, and returns how many leads had one; undo brings both back."""
    field = _field(step, field_id)
    gone = step.connection.execute(delete(custom_value).where(custom_value.c.name == field.name)).rowcount
    step.delete(custom_field, field_id)
    step.name_it(field=field.name, n=gone)
    return gone


def _field(step: Step, field_id: str) -> CustomField:
    for field in fields_in(step.connection):
        if field.id == field_id:
            return field
    raise NotFound("no_custom_field", name=field_id, choices="")


def _free_name(step: Step, name: str, field_id: str | None) -> str:
    name = " ".join(wanted_text(name).split())
    if len(name) > LONGEST_NAME:
        raise BadValue("field_name_long", most=LONGEST_NAME)
    for field in fields_in(step.connection):
        if field.id != field_id and field.name.casefold() == name.casefold():
            raise Refused("field_taken", name=field.name)
    return name


def _kind(kind: str) -> FieldKind:
    if kind not in KINDS:
        raise BadValue("field_kind", name=kind, choices=", ".join(KINDS))
    return FieldKind(kind)


def _cleaned(choices: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(choice.split()) for choice in choices if choice.strip()))


def _choices(kind: FieldKind, choices: Sequence[str]) -> str | None:
    if kind is not FieldKind.CHOICE:
        return None
    wanted = _cleaned(choices)
    if not wanted:
        raise BadValue("no_choices")
    return json.dumps(wanted, ensure_ascii=False)


def _all_fit(step: Step, wanted: CustomField, name: str) -> None:
    use = use_in(step.connection, wanted, name)
    if use.unfit:
        raise Refused(
            "values_unfit",
            field=name,
            kind=str(wanted.kind),
            n=use.unfit,
            examples=", ".join(f"“{text}”" for text in use.examples),
        )


def _rename_values(step: Step, before: str, name: str) -> None:
    there = step.connection.execute(
        select(func.count()).select_from(custom_value).where(custom_value.c.name == name)
    ).scalar_one()
    if there:
        raise Refused("field_has_values", name=name, n=there)
    step.connection.execute(update(custom_value).where(custom_value.c.name == before).values(name=name))
