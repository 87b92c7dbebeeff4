"""Loads what qualification looks at, for many leads with a handful of reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, RowMapping, Table, select

from leaddesk.db.engine import fetch, quoted
from leaddesk.db.reading import Columns
from leaddesk.db.schema import (
    account,
    answer,
    call,
    contact_point,
    event,
    lead,
    lead_tag,
    note,
    owner_change,
    signoff,
    task,
)
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FIELDS, FieldKind, Home
from leaddesk.qualify.state import Event, FactValue, Given, LeadState, PastCall, Said, Signoff
from leaddesk.qualify.terms import Instant, Money, Standing

#: A database row; each column has its own type, which only the schema knows.
AnyRow: TypeAlias = Row[Any]

#: Leads read in one go.
CHUNK = 500


class Point(NamedTuple):
    """A contact point. `normal`: the form it is matched by."""

    id: str
    kind: str
    value: str
    normal: str | None


class Planned(NamedTuple):
    """An open task. `due_on`: an ISO day; `due_time`: HH:MM."""

    id: str
    text: str
    due_on: str
    due_time: str | None
    no: int


class Touch(NamedTuple):
    """That somebody did something about a lead. `what`: call, stage, owner, task, note or answer."""

    at: Instant
    what: str


@dataclass(frozen=True, slots=True)
class Known:
    """A lead as entered. `row`: columns of lead, and of account after `firm_`; `task`: the next open one.

    `touches`: those that qualification does not look at, in no order.
    """

    id: str
    no: int
    row: Columns
    points: Sequence[Point]
    task: Planned | None
    tags: Sequence[str]
    state: LeadState
    touches: Sequence[Touch] = ()


#: Under which a connection keeps who says which own fields the playbook in force asks for.
_ASKED_FOR = "own_facts"


def ask_for(connection: Connection, own: Callable[[], Collection[str]]) -> None:
    """Leads read here have the values of these own fields among their facts, since the playbook in force asks for them.

    Which playbook that is the connection knows, so that no read of a lead can leave them out.
    """
    connection.info[_ASKED_FOR] = own


def load(connection: Connection, lead_ids: Iterable[str], own: Collection[str] | None = None) -> list[Known]:
    """The leads with these ids that exist, in order of their numbers.

    `own`: the names of a team's own fields that are to be among the facts; else those the playbook in force asks for.
    """
    ids = sorted(set(lead_ids))
    names = own_asked_for(connection) if own is None else tuple(own)
    if len(ids) == 1:
        known = _load_one(connection, ids[0], names)
        return [] if known is None else [known]
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return [known for chunk in chunks for known in _load(connection, chunk, names)]


def load_one(connection: Connection, lead_id: str) -> Known | None:
    """One lead, as `load` does."""
    return _load_one(connection, lead_id, own_asked_for(connection))


def _load_one(connection: Connection, lead_id: str, own: Sequence[str]) -> Known | None:
    rows = fetch(connection, _ONE_LEAD, lead_id)
    if not rows:
        return None
    told = {name: _told_of(connection, name, lead_id) for name in _TOLD}
    theirs = _own_of(connection, [lead_id], own).get(lead_id, {}) if own else {}
    return _known(dict(zip(_COLUMNS, rows[0], strict=True)), **told, own=theirs)


def load_again(connection: Connection, known: Known, changed: Collection[str]) -> Known | None:
    """A lead that was loaded before, of which only what these tables tell is read anew; None where it is gone."""
    row = known.row
    if not _OF_ROW.isdisjoint(changed):
        rows = fetch(connection, _ONE_LEAD, known.id)
        if not rows:
            return None
        row = dict(zip(_COLUMNS, rows[0], strict=True))
    state = known.state
    told: dict[str, Sequence[Any]] = {
        "points": known.points,
        "tags": known.tags,
        "events": state.events,
        "answers": state.answers,
        "signoffs": state.signoffs,
        "calls": state.calls,
        "tasks": () if known.task is None else (known.task,),
        "touches": known.touches,
    }
    for name, one in _TOLD.items():
        if not one.tables.isdisjoint(changed):
            told[name] = _told_of(connection, name, known.id)
    own = own_asked_for(connection)
    theirs = _own_of(connection, [known.id], own).get(known.id, {}) if own else {}
    return _known(row, **told, own=theirs)


def ids_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Lead ids by lead number."""
    wanted, found = sorted(numbers), {}
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        found.update(
            {row.no: row.id for row in connection.execute(select(lead.c.no, lead.c.id).where(lead.c.no.in_(chunk)))}
        )
    return found


def title_of(row: Columns, points: Sequence[Point | AnyRow]) -> str:
    """What a lead is shown as: its name, else its company, a mail address, its external id, any handle, its id."""
    name = row["name"] or full_name(row["given_name"], row["family_name"])
    if name or row["firm_company"]:
        return str(name or row["firm_company"])
    mail = next((point.value for point in points if "email" in point.kind), None)
    handle = next((point.value for point in points), None)
    return str(mail or row["external_id"] or handle or row["id"])


def points_of(connection: Connection, lead_id: str) -> list[Point]:
    """A lead's contact points in the order they came."""
    return _told_of(connection, "points", lead_id)


def full_name(given: str | None, family: str | None) -> str:
    """Given and family name in the order their script asks for."""
    given, family = (given or "").strip(), (family or "").strip()
    if not (given and family):
        return given or family
    both = f"{given} {family}"
    if not both.isascii() and all("\u3400" <= letter <= "\u9fff" for letter in given + family):
        return family + given
    return both


# ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# Plain SQL read as plain tuples: what a sweep over many leads costs, it costs here.
_GIVEN = "(SELECT value FROM json_each(?1))"

_COLUMNS = (*(column.name for column in lead.columns), *(f"firm_{column.name}" for column in account.columns))
_PARTS = (*(f"l.{quoted(one.name)}" for one in lead.columns), *(f"a.{quoted(one.name)}" for one in account.columns))
_LEADS = (
    f"SELECT {', '.join(_PARTS)} FROM lead l LEFT JOIN account a ON a.id = l.account_id"  # noqa: S608
    f" WHERE l.id IN {_GIVEN} ORDER BY +l.no"
)


def _of_leads(table: Table, columns: Sequence[str], order: str, where: str = "TRUE") -> str:
    # A sign before a column keeps SQLite from reading the whole table in its order.
    names = ", ".join(quoted(name) for name in ("lead_id", *columns))
    return f"SELECT {names} FROM {quoted(table.name)} WHERE lead_id IN {_GIVEN} AND {where} ORDER BY {order}"  # noqa: S608


#: The columns of `answer` that say what was said.
SAID = ("keys", "money", "currency", "number", "day", "text", "heard")
# What the program does by itself, and what is given up, is no touch.
_OWNED = ("assigned", "claimed")
_TOUCHES = " UNION ALL ".join(
    f"SELECT lead_id, {quoted(when)}, '{what}' FROM {quoted(table.name)} WHERE lead_id IN {_GIVEN} AND {which}"  # noqa: S608
    for table, when, what, which in (
        (note, "at", "note", "TRUE"),
        (task, "done_at", "task", "done_at IS NOT NULL"),
        (owner_change, "at", "owner", f"why IN {_OWNED}"),
    )
)


def _as_given(key: str, question: str, at: Instant, by: str, remark: str, *words: Any) -> Given:
    return Given(key, question, at, said_in(*words), by, remark)


def _as_past(key: str, at: Instant, outcome: str | None) -> PastCall:
    return PastCall(key, at, outcome or "")


class _Told(NamedTuple):
    """What some tables tell of leads. `sql`: rows that begin with whose they are; `made`: of the rest, what is kept."""

    tables: frozenset[str]
    sql: str
    made: Callable[..., Any]

    @property
    def of_one(self) -> str:
        """The statement for a single lead: without a list of them it costs half."""
        return _of_one(self.sql)


@cache
def _of_one(sql: str) -> str:
    return sql.replace(f"IN {_GIVEN}", "= ?1")


def _told(table: Table, columns: Sequence[str], order: str, made: Callable[..., Any], where: str = "TRUE") -> _Told:
    return _Told(frozenset({table.name}), _of_leads(table, columns, order, where), made)


_TOLD: Mapping[str, _Told] = {
    "points": _told(contact_point, Point._fields, "+no", Point),
    "tags": _told(lead_tag, ("tag",), "+no", str),
    "events": _told(event, ("id", "kind", "at"), "+at, no", Event),
    "answers": _told(
        answer, ("id", "question", "at", "by", "note", *SAID), "+at, no", _as_given, where="withdrawn_at IS NULL"
    ),
    "signoffs": _told(signoff, ("code", "by", "at"), "+at, no", Signoff),
    "calls": _told(call, ("id", "ended_at", "outcome"), "+ended_at, no", _as_past, where="ended_at IS NOT NULL"),
    # On one day tasks with a time come first.
    "tasks": _told(
        task, Planned._fields, "+due_on, coalesce(nullif(due_time, ''), '99'), no", Planned, where="done_at IS NULL"
    ),
    "touches": _Told(frozenset({note.name, task.name, owner_change.name}), _TOUCHES, Touch),
}
_OF_ROW = frozenset({lead.name, account.name})
_ONE_LEAD = _of_one(_LEADS)


def _told_of(connection: Connection, name: str, lead_id: str) -> list[Any]:
    told = _TOLD[name]
    return [told.made(*columns) for _, *columns in fetch(connection, told.of_one, lead_id)]


def own_asked_for(connection: Connection) -> tuple[str, ...]:
    """The names of the own fields whose values are among the facts of leads read here."""
    own = connection.info.get(_ASKED_FOR)
    return tuple(own()) if own is not None else ()


_OWN = (
    f"SELECT lead_id, name, value FROM custom_value WHERE lead_id IN {_GIVEN}"  # noqa: S608
    " AND name IN (SELECT value FROM json_each(?2)) ORDER BY +no DESC"
)


def _own_of(connection: Connection, ids: Sequence[str], own: Sequence[str]) -> dict[str, dict[str, FactValue]]:
    """By lead, what these own fields hold, as facts."""
    found: dict[str, dict[str, FactValue]] = defaultdict(dict)
    for lead_id, name, value in fetch(connection, _OWN, json.dumps(ids), json.dumps(own)):
        found[lead_id][CUSTOM + name] = value
    return found


def _load(connection: Connection, ids: Sequence[str], own: Sequence[str]) -> list[Known]:
    wanted = json.dumps(ids)
    values_of = _own_of(connection, ids, own) if own else {}
    told = {name: _by_lead(one, fetch(connection, one.sql, wanted)) for name, one in _TOLD.items()}
    found = []
    for values in fetch(connection, _LEADS, wanted):
        row = dict(zip(_COLUMNS, values, strict=True))
        key = row["id"]
        mine = {name: theirs.get(key, ()) for name, theirs in told.items()}
        found.append(_known(row, **mine, own=values_of.get(key, {})))
    return found


def _by_lead(told: _Told, rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for lead_id, *columns in rows:
        found[lead_id].append(told.made(*columns))
    return found


def _known(
    row: Columns,
    points: Sequence[Point],
    tags: Sequence[str],
    events: Sequence[Event],
    answers: Sequence[Given],
    signoffs: Sequence[Signoff],
    calls: Sequence[PastCall],
    tasks: Sequence[Planned],
    touches: Sequence[Touch],
    own: Mapping[str, FactValue],
) -> Known:
    planned = tasks[0] if tasks else None
    state = LeadState(
        row["stage"],
        {**_facts(row, points, tags), **own} if own else _facts(row, points, tags),
        tuple(answers),
        tuple(events),
        tuple(calls),
        tuple(signoffs),
        date.fromisoformat(planned.due_on) if planned is not None else None,
        row["stage_before"],
        row["lifecycle"],
    )
    return Known(row["id"], row["no"], row, points, planned, tags, state, touches)


#: The columns of a lead of which nothing is known, those of its account after `firm_`.
BLANK: Columns = dict.fromkeys(_COLUMNS)


def newcomer(
    row: Columns,
    points: Sequence[Point],
    tags: Sequence[str],
    touches: Sequence[Touch],
    own: Mapping[str, FactValue],
) -> Known:
    """A lead that is new: nothing was asked of it, planned or done. `own`: as facts, what own fields hold."""
    return _known(row, points, tags, (), (), (), (), (), touches, own)


def given(row: AnyRow | RowMapping) -> Given:
    """An answer as it was given."""
    return Given(id=row.id, question=row.question, at=row.at, said=said(row), by=row.by, note=row.note)


def said(row: AnyRow | RowMapping) -> Said:
    """What was said, from a row of `answer`."""
    keys = row["keys"] if isinstance(row, RowMapping) else row.keys  # a mapping has keys of its own
    return said_in(keys, row.money, row.currency, row.number, row.day, row.text, row.heard)


@lru_cache(maxsize=20_000)
def said_in(
    keys: str | None,
    money: int | None,
    currency: str | None,
    number: str | None,
    day: str | None,
    text: str | None,
    heard: str | None,
) -> Said:
    """What was said, from the columns of SAID. Most leads say the same: each saying is made once."""
    return Said(
        keys=tuple(keys.split(",")) if keys else (),
        money=Money(money, currency or "") if money is not None else None,
        number=float(number) if number is not None else None,
        day=date.fromisoformat(day) if day else None,
        text=text,
        heard=Standing(heard) if heard else None,
    )


# Fields kept in columns, by how a column's value becomes a fact's: the field's key and the column's name.
_COLUMN_FIELDS = {
    field.key: (field.key if field.home is Home.LEAD else f"firm_{field.key}", field.kind)
    for field in FIELDS
    if field.home in (Home.LEAD, Home.ACCOUNT) and field.kind is not FieldKind.STAGE
}
_SPECIAL = (FieldKind.MONEY, FieldKind.DATE, FieldKind.YES_NO)
_PLAIN_FIELDS = tuple((key, name) for key, (name, kind) in _COLUMN_FIELDS.items() if kind not in _SPECIAL)
_MONEY_FIELDS, _DAY_FIELDS, _YES_NO_FIELDS = (
    tuple((key, name) for key, (name, kind) in _COLUMN_FIELDS.items() if kind is special) for special in _SPECIAL
)


def _facts(row: Columns, points: Iterable[Point], tags: Sequence[str]) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {
        key: value for key, name in _PLAIN_FIELDS if (value := row[name]) is not None and value != ""
    }
    for key, name in _MONEY_FIELDS:
        if row[name] is not None:
            facts[key] = Money(row[name], row[f"{name}_currency"])
    for key, name in _DAY_FIELDS:
        if row[name]:
            facts[key] = date.fromisoformat(row[name])
    for key, name in _YES_NO_FIELDS:
        if row[name] is not None:
            facts[key] = bool(row[name])
    for point in points:
        facts.setdefault(point.kind, point.value)
    if tags:
        facts["tags"] = tuple(tags)
    return facts
