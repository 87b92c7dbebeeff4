"""What a person does with a lead itself: add, change, delete, and what is written down about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from leaddesk.db import schema
from leaddesk.db.states import CHUNK
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.accounts import drop_if_empty
from leaddesk.operations.answers import withdraw_told
from leaddesk.operations.facts import lead_columns, read_facts, write_custom, write_facts
from leaddesk.operations.pipeline import enter_first_stage, move_lead
from leaddesk.operations.rows import lead_row, name_after, row_of, shown_as, wanted_text
from leaddesk.operations.verb import operation
from leaddesk.qualify.conditions import is_known
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant

ATTITUDES = ("for", "neutral", "against")

# What hangs on a lead, deleted before it so that undo brings it back after it.
_BELONGINGS = tuple(table for table in schema.JOURNALLED if "lead_id" in table.c)


@operation
def add_lead(
    step: Step,
    facts: Mapping[str, FactValue | None],
    custom: Mapping[str, str | None] | None = None,
    sample: bool = False,
) -> str:
    """Adds a lead and returns its id.

    `facts` by field key, typed or as text. A stage other than the first is entered through its gate. Refused `no_facts`
    when nothing says who it is, `external_id_taken` when another lead has the external id.
    """
    read = read_facts(facts)
    if not any(value for key, value in read.items() if key in _IDENTIFYING):
        raise Refused("no_facts")
    _free_external_id(step, read.get("external_id"), None)
    columns = lead_columns(read)
    lead_id = step.insert(
        schema.lead,
        **columns,
        stage=step.playbook.stages[0].key,
        stage_since=step.now,
        sample=int(sample),
        created_at=step.now,
    )
    row = lead_row(step, lead_id)
    write_facts(step, row, {key: value for key, value in read.items() if FIELD[key].home is not Home.LEAD})
    write_custom(step, lead_id, custom or {})
    enter_first_stage(step, lead_id)
    if read.get("stage"):
        move_lead(step, lead_id, str(read["stage"]))
    name_after(step, lead_row(step, lead_id))
    return lead_id


@operation
def set_facts(
    step: Step,
    lead_id: str,
    facts: Mapping[str, FactValue | None],
    custom: Mapping[str, str | None] | None = None,
) -> None:
    """Sets facts by field key, typed or as text; None or an empty text empties one. A stage goes through its gate.

    Answers that told a fact which is emptied are taken back with it.
    """
    row = lead_row(step, lead_id)
    read = read_facts(facts)
    _free_external_id(step, read.get("external_id"), lead_id)
    write_facts(step, row, read)
    withdraw_told(step, lead_id, [key for key, value in read.items() if not is_known(value)])
    write_custom(step, lead_id, custom or {})
    name_after(step, lead_row(step, lead_id), fields=[*facts, *(custom or {})])
    if read.get("stage"):
        move_lead(step, lead_id, str(read["stage"]))


@operation
def delete_leads(step: Step, lead_ids: Sequence[str]) -> None:
    """Deletes leads with everything that hangs on them; a company without any lead left goes too."""
    rows = [row_of(step, schema.lead, lead_id) for lead_id in dict.fromkeys(lead_ids)]
    if not rows:
        raise NotFound("no_lead", id="")
    step.name_it(lead=shown_as(step, rows[0]), n=len(rows))
    for start in range(0, len(rows), CHUNK):
        _delete(step, [row["id"] for row in rows[start : start + CHUNK]])
    for account_id in {row["account_id"] for row in rows}:
        drop_if_empty(step, account_id)


@operation
def add_note(step: Step, lead_id: str, text: str) -> str:
    """Writes a note and returns its id."""
    name_after(step, lead_row(step, lead_id))
    return step.insert(schema.note, lead_id=lead_id, at=step.now, text=wanted_text(text))


@operation
def change_note(step: Step, note_id: str, text: str) -> None:
    """Rewrites a note."""
    row = row_of(step, schema.note, note_id)
    name_after(step, lead_row(step, row["lead_id"]))
    step.update(schema.note, note_id, text=wanted_text(text))


@operation
def delete_note(step: Step, note_id: str) -> None:
    """Deletes a note."""
    row = row_of(step, schema.note, note_id)
    name_after(step, lead_row(step, row["lead_id"]))
    step.delete(schema.note, note_id)


@operation
def add_tag(step: Step, lead_id: str, tag: str) -> None:
    """Puts a tag on a lead; one it has already changes nothing."""
    tag = " ".join(wanted_text(tag).split())
    name_after(step, lead_row(step, lead_id), tag=tag)
    if _tag(step, lead_id, tag) is None:
        step.insert(schema.lead_tag, lead_id=lead_id, tag=tag)


@operation
def remove_tag(step: Step, lead_id: str, tag: str) -> None:
    """Takes a tag off a lead."""
    name_after(step, lead_row(step, lead_id), tag=tag)
    found = _tag(step, lead_id, tag)
    if found is None:
        raise NotFound("no_tag", name=tag)
    step.delete(schema.lead_tag, found)


@operation
def add_event(step: Step, lead_id: str, kind: str, at: Instant | None = None, note: str = "") -> str:
    """Records something the lead did, now or at a past instant, and returns its id."""
    known = step.playbook.event_kind
    row = lead_row(step, lead_id)
    if kind not in known:
        raise NotFound("event_kind", name=kind, choices=", ".join(known))
    name_after(step, row, kind=dict(known[kind].label))
    at = step.now if at is None else at
    if at > step.now:
        raise BadValue("in_future")
    return step.insert(schema.event, lead_id=lead_id, kind=kind, at=at, note=note.strip() or None)


@operation
def remove_event(step: Step, event_id: str) -> None:
    """Deletes an event that did not happen."""
    row = row_of(step, schema.event, event_id)
    name_after(step, lead_row(step, row["lead_id"]))
    step.delete(schema.event, event_id)


@operation
def add_stakeholder(
    step: Step, lead_id: str, name: str, title: str = "", role: str = "", attitude: str = "", note: str = ""
) -> str:
    """Adds someone who takes part in the decision and returns the id. `role`: a key of the playbook's roles."""
    name = wanted_text(name)
    name_after(step, lead_row(step, lead_id), name=name)
    columns = _about_person(step, title=title, role=role, attitude=attitude, note=note)
    return step.insert(schema.stakeholder, lead_id=lead_id, name=name, created_at=step.now, **columns)


@operation
def change_stakeholder(
    step: Step,
    stakeholder_id: str,
    name: str | None = None,
    title: str | None = None,
    role: str | None = None,
    attitude: str | None = None,
    note: str | None = None,
) -> None:
    """Changes what is known of a stakeholder; what is None stays. Answers of one who is renamed stay that person's."""
    row = row_of(step, schema.stakeholder, stakeholder_id)
    given = {"title": title, "role": role, "attitude": attitude, "note": note}
    columns = _about_person(step, **{key: value for key, value in given.items() if value is not None})
    if name is not None:
        columns["name"] = wanted_text(name)
    name_after(step, lead_row(step, row["lead_id"]), name=columns.get("name") or row["name"])
    if columns:
        step.update(schema.stakeholder, stakeholder_id, **columns)
    if columns.get("name", row["name"]) != row["name"]:
        _rename_speaker(step, row["lead_id"], row["name"], str(columns["name"]))


@operation
def remove_stakeholder(step: Step, stakeholder_id: str) -> None:
    """Takes someone out of the decision."""
    row = row_of(step, schema.stakeholder, stakeholder_id)
    name_after(step, lead_row(step, row["lead_id"]), name=row["name"])
    step.delete(schema.stakeholder, stakeholder_id)


def _rename_speaker(step: Step, lead_id: str, before: str, name: str) -> None:
    answer = schema.answer
    given = select(answer.c.id).where(answer.c.lead_id == lead_id, answer.c.by == before)
    for answer_id in step.connection.execute(given).scalars().all():
        step.update(answer, answer_id, by=name)


#: Any one of these says who a lead is.
_IDENTIFYING = frozenset(
    {"name", "given_name", "family_name", "company", "external_id"}
    | {field.key for field in FIELD.values() if field.home is Home.CONTACT_POINT}
)


def _delete(step: Step, lead_ids: Sequence[str]) -> None:
    for table in _BELONGINGS:
        step.connection.execute(delete(table).where(table.c.lead_id.in_(lead_ids)))
    step.connection.execute(delete(schema.lead).where(schema.lead.c.id.in_(lead_ids)))


def _free_external_id(step: Step, external_id: FactValue | None, lead_id: str | None) -> None:
    if not external_id:
        return
    lead = schema.lead
    taken = step.connection.execute(
        select(lead).where(lead.c.external_id == str(external_id), lead.c.id != (lead_id or ""))
    ).mappings()
    for row in taken:
        raise Refused("external_id_taken", external_id=external_id, lead=shown_as(step, dict(row)))


def _tag(step: Step, lead_id: str, tag: str) -> str | None:
    table = schema.lead_tag
    return step.connection.execute(
        select(table.c.id).where(table.c.lead_id == lead_id, table.c.tag == tag).limit(1)
    ).scalar()


def _about_person(step: Step, **given: str) -> dict[str, str | None]:
    """The columns of a stakeholder, with role and attitude checked; blank is nothing."""
    columns = {key: value.strip() or None for key, value in given.items()}
    role, attitude = columns.get("role"), columns.get("attitude")
    known = [choice.key for choice in step.playbook.roles]
    if role and role not in known:
        raise NotFound("no_role", name=role, choices=", ".join(known))
    if attitude and attitude not in ATTITUDES:
        raise BadValue("no_attitude", name=attitude, choices=", ".join(ATTITUDES))
    return columns
