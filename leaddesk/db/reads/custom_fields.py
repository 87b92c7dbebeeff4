"""The fields a team defined itself, and what of their values does not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from leaddesk.db.reading import Reading
from leaddesk.db.schema import custom_field, custom_value
from leaddesk.qualify.custom import CustomField, fits
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.own import own_facts
from leaddesk.qualify.playbook import Playbook

_FETCH = 2000


@dataclass(frozen=True, slots=True)
class FieldUse:
    """How a field is used: leads that have a value, and those whose value does not fit, with some of these texts."""

    values: int
    unfit: int
    examples: tuple[str, ...] = ()


def custom_fields(reading: Reading) -> tuple[CustomField, ...]:
    """The fields a team defined, in their order."""
    return fields_in(reading.connection)


def fields_in(connection: Connection) -> tuple[CustomField, ...]:
    """The fields a team defined, in their order."""
    asked = select(custom_field).order_by(custom_field.c.place, custom_field.c.no)
    return tuple(
        CustomField(row["id"], row["name"], FieldKind(row["kind"]), tuple(json.loads(row["choices"] or "[]")))
        for row in connection.execute(asked).mappings()
    )


def unknown_in(reading: Reading, playbook: Playbook) -> tuple[str, ...]:
    """The own fields a playbook asks for that nobody defined here, and of which no lead has a value."""
    known = {field.name for field in custom_fields(reading)}
    value = custom_value.c
    return tuple(
        name
        for name in sorted(own_facts(playbook), key=str.casefold)
        if name not in known
        and reading.connection.execute(select(value.no).where(value.name == name).limit(1)).first() is None
    )


def undefined_names(reading: Reading) -> Sequence[str]:
    """Names under which leads have values that nobody defined a field for: what imports brought."""
    known = {field.name for field in custom_fields(reading)}
    # One step through the index a name: a plain DISTINCT would read it whole.
    found = reading.connection.exec_driver_sql(
        "WITH RECURSIVE named(name) AS (SELECT min(name) FROM custom_value UNION ALL"
        " SELECT (SELECT min(name) FROM custom_value WHERE name > named.name) FROM named WHERE named.name IS NOT NULL)"
        " SELECT name FROM named WHERE name IS NOT NULL"
    ).scalars()
    return sorted((name for name in found if name not in known), key=str.casefold)


def uses(reading: Reading) -> Mapping[str, int]:
    """How many leads have a value, by the name it is kept under."""
    value = custom_value.c
    rows = reading.connection.execute(select(value.name, func.count()).group_by(value.name))
    return {name: count for name, count in rows}  # noqa: C416 -- a result is no mapping


def use_in(connection: Connection, field: CustomField, name: str, examples: int = 3) -> FieldUse:
    """How values kept under a name would fit a field."""
    asked = select(custom_value.c.value, func.count()).where(custom_value.c.name == name)
    values = unfit = 0
    shown: list[str] = []
    for rows in connection.execute(asked.group_by(custom_value.c.value)).partitions(_FETCH):
        for text, count in rows:
            values += count
            if not fits(field, text):
                unfit += count
                shown += [text] if len(shown) < examples else []
    return FieldUse(values, unfit, tuple(shown))
