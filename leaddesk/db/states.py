"""Loads what qualification looks at, for many leads with a handful of reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Connection, Row, RowMapping, Select, Table, bindparam, select

from leaddesk.db.reading import Columns
from leaddesk.db.schema import account, answer, call, contact_point, event, lead, lead_tag, signoff, task
from leaddesk.qualify.fields import FIELDS, FieldKind, Home
from leaddesk.qualify.state import Event, FactValue, Given, LeadState, PastCall, Said, Signoff
from leaddesk.qualify.terms import Money, Standing

#: A database row; each column has its own type, which only the schema knows.
AnyRow: TypeAlias = Row[Any]

#: Leads read in one go.
CHUNK = 500

_COLUMN_FIELDS = tuple(
    field for field in FIELDS if field.home in (Home.LEAD, Home.ACCOUNT) and field.kind is not FieldKind.STAGE
)


@dataclass(frozen=True, slots=True)
class Known:
    """A lead as entered. `row`: columns of lead, and of account after `firm_`; `task`: the next open one."""

    id: str
    no: int
    row: Columns
    points: Sequence[AnyRow]
    task: AnyRow | None
    state: LeadState


def load(connection: Connection, lead_ids: Iterable[str]) -> list[Known]:
    """The leads with these ids that exist, in order of their numbers."""
    ids = sorted(set(lead_ids))
    return [known for start in range(0, len(ids), CHUNK) for known in _load(connection, ids[start : start + CHUNK])]


def ids_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Lead ids by lead number."""
    wanted, found = sorted(numbers), {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        found.update(
            {row.no: row.id for row in connection.execute(select(lead.c.no, lead.c.id).where(lead.c.no.in_(chunk)))}
        )
    return found


def title_of(row: Columns, points: Sequence[AnyRow]) -> str:
    """What a lead is shown as: its name, else its company, a mail address, its external id, any handle, its id."""
    name = row["name"] or full_name(row["given_name"], row["family_name"])
    if name or row["firm_company"]:
        return str(name or row["firm_company"])
    mail = next((point.value for point in points if "email" in point.kind), None)
    handle = next((point.value for point in points), None)
    return str(mail or row["external_id"] or handle or row["id"])


def full_name(given: str | None, family: str | None) -> str:
    """Given and family name in the order their script asks for."""
    both = (given or "").strip(), (family or "").strip()
    if all(both) and all("\u3400" <= letter <= "\u9fff" for letter in both[0] + both[1]):
        return both[1] + both[0]
    return " ".join(part for part in both if part)


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)

_LEADS = (
    select(lead, *(column.label(f"firm_{column.name}") for column in account.columns))
    .select_from(lead.outerjoin(account, lead.c.account_id == account.c.id))
    .where(lead.c.id.in_(_IDS))
    .order_by(lead.c.no)
)


def _of_leads(table: Table, *order: str) -> Select[Any]:
    return select(table).where(table.c.lead_id.in_(_IDS)).order_by(*(table.c[name] for name in order), table.c.no)


# Statements made once: building one costs as much as running it.
_POINTS, _TAGS = _of_leads(contact_point), _of_leads(lead_tag)
_EVENTS, _ANSWERS, _SIGNOFFS = _of_leads(event, "at"), _of_leads(answer, "at"), _of_leads(signoff, "at")
_CALLS, _TASKS = _of_leads(call, "ended_at"), _of_leads(task, "due_on", "due_time")


def _load(connection: Connection, ids: Sequence[str]) -> list[Known]:
    def of(asked: Select[Any]) -> dict[str, list[AnyRow]]:
        found: dict[str, list[AnyRow]] = defaultdict(list)
        for row in connection.execute(asked, {"ids": ids}):
            found[row.lead_id].append(row)
        return found

    rows = connection.execute(_LEADS, {"ids": ids}).mappings().all()
    points, tags = of(_POINTS), of(_TAGS)
    events, answers, signoffs = of(_EVENTS), of(_ANSWERS), of(_SIGNOFFS)
    calls, tasks = of(_CALLS), of(_TASKS)
    found = []
    for row in rows:
        key = row["id"]
        planned = _first_open(tasks.get(key, ()))
        mine = points.get(key, [])
        state = LeadState(
            stage=row["stage"],
            facts=_facts(row, mine, tags.get(key, ())),
            answers=tuple(given(one) for one in answers.get(key, ()) if one.withdrawn_at is None),
            events=tuple(Event(one.id, one.kind, one.at) for one in events.get(key, ())),
            calls=tuple(
                PastCall(one.id, one.ended_at, one.outcome or "")
                for one in calls.get(key, ())
                if one.ended_at is not None
            ),
            signoffs=tuple(Signoff(one.code, one.by, one.at) for one in signoffs.get(key, ())),
            next_step_on=date.fromisoformat(planned.due_on) if planned is not None else None,
            stage_before=row["stage_before"],
            lifecycle=row["lifecycle"],
        )
        found.append(Known(key, row["no"], row, mine, planned, state))
    return found


def _first_open(tasks: Iterable[AnyRow]) -> AnyRow | None:
    """The earliest open task; on one day those with a time come first."""
    still_open = [one for one in tasks if one.done_at is None]
    return min(still_open, key=lambda one: (one.due_on, one.due_time or "99", one.no), default=None)


def given(row: AnyRow | RowMapping) -> Given:
    """An answer as it was given."""
    return Given(id=row.id, question=row.question, at=row.at, said=said(row), by=row.by, note=row.note)


def said(row: AnyRow | RowMapping) -> Said:
    """What was said, from a row of `answer`."""
    keys = row["keys"] if isinstance(row, RowMapping) else row.keys  # a mapping has keys of its own
    return Said(
        keys=tuple(keys.split(",")) if keys else (),
        money=Money(row.money, row.currency) if row.money is not None else None,
        number=float(row.number) if row.number is not None else None,
        day=date.fromisoformat(row.day) if row.day else None,
        text=row.text,
        heard=Standing(row.heard) if row.heard else None,
    )


def _facts(row: Columns, points: Iterable[AnyRow], tags: Iterable[AnyRow]) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    for field in _COLUMN_FIELDS:
        name = field.key if field.home is Home.LEAD else f"firm_{field.key}"
        value = row[name]
        if value is None or value == "":
            continue
        if field.kind is FieldKind.MONEY:
            facts[field.key] = Money(value, row[f"{name}_currency"])
        elif field.kind is FieldKind.DATE:
            facts[field.key] = date.fromisoformat(value)
        elif field.kind is FieldKind.YES_NO:
            facts[field.key] = bool(value)
        else:
            facts[field.key] = value
    for point in points:
        facts.setdefault(point.kind, point.value)
    words = tuple(tag.tag for tag in tags)
    if words:
        facts["tags"] = words
    return facts
