"""Writes facts of a lead to where they live: its row, its company, contact points, tags, notes, custom values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from leaddesk.db.reads.custom_fields import fields_in
from leaddesk.db.schema import custom_value, lead, lead_tag, note
from leaddesk.db.store import Step
from leaddesk.errors import BadValue
from leaddesk.operations.accounts import place_at_account
from leaddesk.operations.contacts import region_of, set_contact_points
from leaddesk.operations.fields import LONGEST_NAME
from leaddesk.operations.pool import record_owner
from leaddesk.operations.rows import Row, wanted_text
from leaddesk.operations.values import custom_text, value_of
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, FieldKind, Home
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money


def read_facts(facts: Mapping[str, FactValue | None]) -> dict[str, FactValue | None]:
    """Facts by field key with their values read (text into money, days …); BadValue where one cannot be."""
    return {key: value_of(key, value) for key, value in facts.items()}


_AS_THEY_ARE = frozenset(
    field.key for field in FIELD.values() if field.home is Home.LEAD and field.kind is FieldKind.TEXT
)


def lead_columns(facts: Mapping[str, FactValue | None]) -> dict[str, object]:
    """The columns of the lead's row for the facts at home there; the stage is no fact to write."""
    columns: dict[str, object] = {}
    for key, value in facts.items():
        if key in _AS_THEY_ARE and value.__class__ is str:
            columns[key] = value
        elif FIELD[key].home is not Home.LEAD or key == "stage":
            continue
        elif key == "value":
            columns["value"] = value.minor if isinstance(value, Money) else None
            columns["value_currency"] = value.currency if isinstance(value, Money) else None
        elif key in ("do_not_call", "do_not_email"):
            columns[key] = int(bool(value))
        elif isinstance(value, bool):
            columns[key] = int(value)
        else:
            columns[key] = value.isoformat() if isinstance(value, date) else value
    return columns


def write_facts(step: Step, row: Row, facts: Mapping[str, FactValue | None]) -> None:
    """Writes read facts of an existing lead; what does not change is left alone. The stage is not written here."""
    columns = {key: value for key, value in lead_columns(facts).items() if row[key] != value}
    if columns:
        step.update(lead, row["id"], **columns)
    if "owner" in columns:
        owner = str(columns["owner"] or "") or None
        record_owner(step, row["id"], row["owner"], owner, "assigned" if owner else "released")
    at_account = {key: value for key, value in facts.items() if FIELD[key].home is Home.ACCOUNT}
    if at_account:
        place_at_account(step, row, at_account)
    points = {key: value for key, value in facts.items() if FIELD[key].home is Home.CONTACT_POINT}
    if points:
        country = columns.get("country", row["country"])
        set_contact_points(step, row["id"], points, region_of(str(country) if country else None))
    if "tags" in facts:
        _set_tags(step, row["id"], facts["tags"])
    if facts.get("note"):
        step.insert(note, lead_id=row["id"], at=step.now, text=wanted_text(str(facts["note"])))


def write_custom(step: Step, lead_id: str, custom: Mapping[str, str | None]) -> None:
    """Sets custom values by name; an empty one removes it. Of a field that is defined, in the form it keeps.

    BadValue as `custom_text` raises it where one does not fit, `field_name_long` (most) for a name no field can have.
    """
    for name, text in read_custom_values(step, custom).items():
        found = step.connection.execute(
            select(custom_value.c.id).where(custom_value.c.lead_id == lead_id, custom_value.c.name == name).limit(1)
        ).scalar()
        if found is None:
            if text:
                step.insert(custom_value, lead_id=lead_id, name=name, value=text)
        elif text:
            step.update(custom_value, found, value=text)
        else:
            step.delete(custom_value, found)


def read_custom_values(step: Step, custom: Mapping[str, str | None]) -> dict[str, str]:
    """Custom values as they are kept, under the names of the fields as defined; empty ones as empty texts."""
    known = {field.name.casefold(): field for field in fields_in(step.connection)} if custom else {}
    read = {}
    for header, value in custom.items():
        name, text = wanted_text(header), (value or "").replace("\0", "").strip()
        field = known.get(name.casefold())
        if field is None and text and len(name) > LONGEST_NAME:
            raise BadValue("field_name_long", most=LONGEST_NAME)
        name = field.name if field is not None else name
        read[name] = custom_text(field or CustomField("", name), text)
    return read


def _set_tags(step: Step, lead_id: str, tags: FactValue | None) -> None:
    wanted = dict.fromkeys(tags) if isinstance(tags, tuple) else {}
    there = step.connection.execute(select(lead_tag.c.id, lead_tag.c.tag).where(lead_tag.c.lead_id == lead_id)).all()
    for row_id, tag in there:
        if tag not in wanted:
            step.delete(lead_tag, row_id)
    for tag in wanted:
        if tag not in {present for _, present in there}:
            step.insert(lead_tag, lead_id=lead_id, tag=tag)
