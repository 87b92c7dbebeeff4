"""What can be offered for a filter: values that leads have, fields a team defined, currencies in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, func, select

from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import custom_fields, undefined_names
from leaddesk.db.reads.filters import distinct_values
from leaddesk.db.schema import account, custom_value, lead, lead_tag, stage_total
from leaddesk.qualify.custom import CUSTOM, CustomField

#: Values of fields without an index are gathered from so many of the newest leads.
_LOOKED_AT = 3000
_MOST = 60

_OF_LEAD = ("title", "department", "country", "region", "city", "language", "campaign")
_OF_ACCOUNT = ("industry", "technology")


@dataclass(frozen=True, slots=True)
class KnownValues:
    """By subject, values leads have, the commonest of them; `custom`: fields of a team's own, values as text too."""

    values: Mapping[str, tuple[str, ...]]
    currencies: tuple[str, ...] = ()
    custom: tuple[CustomField, ...] = ()


def known_values(reading: Reading) -> KnownValues:
    """For the reader thread: a few short reads however many leads there are."""
    found = {name: tuple(distinct_values(reading, name)) for name in ("owner", "source")}
    found["tags"] = tuple(_tags(reading))
    found |= _newest(reading, lead.c.no, [lead.c[name] for name in _OF_LEAD])
    found |= _newest(reading, account.c.no, [account.c[name] for name in _OF_ACCOUNT])
    found |= _custom(reading)
    custom = (*custom_fields(reading), *(CustomField("", name) for name in undefined_names(reading)))
    asked = select(stage_total.c.currency).where(stage_total.c.currency != "").group_by(stage_total.c.currency)
    used = reading.connection.execute(asked.order_by(func.sum(stage_total.c.leads).desc())).scalars()
    return KnownValues(found, tuple(used), custom)


def _tags(reading: Reading) -> Iterator[str]:
    """From tag to tag along the index, however many leads wear each."""
    last = ""
    for _ in range(_MOST * 4):
        tag = reading.connection.execute(select(func.min(lead_tag.c.tag)).where(lead_tag.c.tag > last)).scalar()
        if tag is None:
            return
        last = tag
        yield tag


def _newest(reading: Reading, number: Column[int], columns: list[Column[str]]) -> dict[str, tuple[str, ...]]:
    rows = reading.connection.execute(select(*columns).order_by(number.desc()).limit(_LOOKED_AT)).all()
    return {column.name: _commonest([row[place] for row in rows]) for place, column in enumerate(columns)}


def _custom(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Values of fields of a team's own."""
    columns = custom_value.c
    asked = select(columns.name, columns.value).order_by(columns.no.desc()).limit(_LOOKED_AT)
    values: dict[str, list[str | None]] = {}
    for name, value in reading.connection.execute(asked):
        values.setdefault(name, []).append(value)
    return {CUSTOM + name: _commonest(some) for name, some in values.items()}


def _commonest(values: list[str | None]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts, key=lambda value: (-counts[value], value.casefold()))[:_MOST])
