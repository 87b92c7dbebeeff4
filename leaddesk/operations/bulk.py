"""Changes many leads at once, as one step that can be watched, stopped and undone; deletes many likewise."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select, update

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.engine import quoted
from leaddesk.db.records import Progress
from leaddesk.db.states import CHUNK, Known, ids_of, load, title_of
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.accounts import drop_if_empty, place_at_account
from leaddesk.operations.facts import lead_columns, read_custom_values, read_facts
from leaddesk.operations.leads import delete_leads
from leaddesk.operations.pipeline import check_day, check_reason, record_lifecycle, wanted_stage, write_move
from leaddesk.operations.tasks import set_entry_tasks
from leaddesk.operations.verb import operation
from leaddesk.qualify.fields import FIELD, FIELDS, Home
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.state import FactValue, GateCheck
from leaddesk.qualify.summary import entry_of

#: What many leads can share; a name, a number to call or an id belongs to one.
SHARED_FIELDS = tuple(
    one.key
    for one in FIELDS
    if one.home in (Home.LEAD, Home.ACCOUNT)
    and one.key not in ("name", "given_name", "family_name", "external_id", "stage", "registration_number")
)
#: So many of those that stayed are told by name.
TOLD = 500

_THEIRS = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change: facts by field key, own fields by name (None empties), tags put on and taken off, a stage."""

    facts: Mapping[str, FactValue | None] = field(default_factory=dict)
    custom: Mapping[str, str | None] = field(default_factory=dict)
    tags_on: tuple[str, ...] = ()
    tags_off: tuple[str, ...] = ()
    stage: str | None = None
    reason: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A lead that a gate kept where it stands."""

    lead_id: str
    title: str
    check: GateCheck


@dataclass(frozen=True, slots=True)
class Changed:
    """How many leads an edit was for, how many of them stayed in their stage, and the first of these."""

    leads: int
    stayed: int
    held: tuple[Held, ...]


@operation
def change_leads(step: Step, numbers: Sequence[int], edit: Edit) -> Generator[Progress, None, Changed]:
    """Changes leads by number: facts, own fields, tags, and the stage of those whose gate is open.

    BadValue where a value cannot be read, `not_shared` (field) for what belongs to one lead alone; Refused
    `needs_reason` or `needs_date` as for one lead; `nothing_to_change` where the edit is empty, NotFound `no_lead`
    where nobody is left.
    """
    for key in edit.facts:
        if key in FIELD and key not in SHARED_FIELDS:
            raise BadValue("not_shared", field=key)
    writer = _Writer(step, edit)
    done = stayed = 0
    held: list[Held] = []
    first = ""
    for start in range(0, len(numbers), CHUNK):
        chunk = ids_of(step.connection, numbers[start : start + CHUNK])
        known = load(step.connection, chunk.values())
        first = first or (title_of(known[0].row, known[0].points) if known else "")
        writer.write(known)
        for one in writer.move([known_one.id for known_one in known]):
            stayed += 1
            held += [one] if len(held) < TOLD else []
        done += len(known)
        yield Progress(min(start + CHUNK, len(numbers)), len(numbers), "leads")
    if not done:
        raise NotFound("no_lead", id="")
    for account_id in writer.left:
        drop_if_empty(step, account_id)
    step.name_it(n=done, lead=first)
    return Changed(done, stayed, tuple(held))


@operation
def delete_many(step: Step, numbers: Sequence[int]) -> Generator[Progress, None, int]:
    """Deletes leads by number with everything that hangs on them, and returns how many."""
    done = 0
    for start in range(0, len(numbers), CHUNK):
        chunk = list(ids_of(step.connection, numbers[start : start + CHUNK]).values())
        if chunk:
            named = dict(step.details)
            delete_leads(step, chunk)
            step.name_it(**named)
            done += len(chunk)
        yield Progress(min(start + CHUNK, len(numbers)), len(numbers), "leads")
    if not done:
        raise NotFound("no_lead", id="")
    step.name_it(n=done)
    return done


class _Writer:
    """Writes an edit to some hundred leads at a time."""

    def __init__(self, step: Step, edit: Edit) -> None:
        self._step = step
        facts = read_facts(edit.facts)
        self._tags_on = _cleaned(edit.tags_on)
        self._tags_off = _cleaned(edit.tags_off)
        self._columns = lead_columns(facts)
        self._firm = {key: value for key, value in facts.items() if FIELD[key].home is Home.ACCOUNT}
        self._custom = read_custom_values(step, edit.custom)
        self._stage: Stage | None = None
        self._reason, self._until = edit.reason, edit.until
        self.left: set[str] = set()  # companies some lead left
        if edit.stage is not None:
            self._stage = wanted_stage(step, edit.stage)
            check_reason(step, self._stage, edit.reason)
            check_day(step, self._stage, edit.until)
        if not (facts or self._custom or self._tags_on or self._tags_off or self._stage):
            raise Refused("nothing_to_change")

    def write(self, known: Sequence[Known]) -> None:
        """Facts, own fields and tags."""
        ids = [one.id for one in known]
        if self._columns:
            self._write_owner(known)
            sets = ", ".join(f"{quoted(name)} = ?" for name in self._columns)
            sql = f"UPDATE lead SET {sets} WHERE id IN {_THEIRS}"  # noqa: S608
            self._step.connection.exec_driver_sql(sql, (*self._columns.values(), json.dumps(ids)))
        if self._firm:
            for one in known:
                self.left |= {one.row["account_id"]} - {None}
                place_at_account(self._step, one.row, self._firm)
        for name, text in self._custom.items():
            self._write_custom(ids, name, text)
        rows = [{"lead_id": one.id, "tag": tag} for one in known for tag in self._tags_on if tag not in one.tags]
        self._step.bulk_insert(schema.lead_tag, rows)
        if self._tags_off:
            tag = schema.lead_tag.c
            self._step.connection.execute(
                delete(schema.lead_tag).where(tag.lead_id.in_(ids), tag.tag.in_(self._tags_off))
            )

    def _write_owner(self, known: Sequence[Known]) -> None:
        if "owner" not in self._columns:
            return
        owner = str(self._columns["owner"] or "") or None
        why = "assigned" if owner else "released"
        rows = [
            {
                "lead_id": one.id,
                "from_owner": one.row["owner"] or None,
                "to_owner": owner,
                "at": self._step.now,
                "why": why,
            }
            for one in known
            if (one.row["owner"] or None) != owner
        ]
        self._step.bulk_insert(schema.owner_change, rows)

    def _write_custom(self, ids: Sequence[str], name: str, text: str) -> None:
        value, connection = schema.custom_value.c, self._step.connection
        theirs = (value.name == name, value.lead_id.in_(ids))
        if not text:
            connection.execute(delete(schema.custom_value).where(*theirs))
            return
        there = set(connection.execute(select(value.lead_id).where(*theirs)).scalars())
        connection.execute(update(schema.custom_value).where(*theirs).values(value=text))
        rows = [{"lead_id": one, "name": name, "value": text} for one in ids if one not in there]
        self._step.bulk_insert(schema.custom_value, rows)

    def move(self, ids: Sequence[str]) -> list[Held]:
        """Moves those whose gate is open, as they stand after they were written; returns the others."""
        stage, step = self._stage, self._step
        if stage is None:
            return []
        held: list[Held] = []
        today = local_day(step.now)
        for known in load(step.connection, ids):
            if known.state.stage == stage.key:
                continue
            check, parts = entry_of(step.playbook, known.state, step.now, today, stage.key)
            if not check.open:
                held.append(Held(known.id, title_of(known.row, known.points), check))
                continue
            write_move(step, known.row, stage, reason=self._reason, until=self._until, place=None, override=None)
            record_lifecycle(step, known.row, stage, parts)
            set_entry_tasks(step, known.id, stage.tasks)
        return held


def _cleaned(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))
