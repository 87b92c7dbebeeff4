"""Builds what tests of the database need: a store in a folder, leads in a line, many at once, a look from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from leaddesk.db import schema
from leaddesk.db.check import check, dump
from leaddesk.db.store import Step, Store
from leaddesk.qualify.terms import DAY, Instant

T = TypeVar("T")

#: Thursday, 9 October 2025, 08:53:20 UTC.
NOW: Instant = 1_760_000_000_000

NAME = "leads.leaddesk"


def store_in(folder: Path, name: str = NAME) -> Store:
    """A store on a database in a folder, made when missing."""
    return Store.open(folder / name)


def do(store: Store, change: Callable[[Step], T], now: Instant = NOW) -> T:
    """Runs a change as one step and returns what it returns."""
    return store.run(change, now=now)[0]


def add_lead(store: Store, name: str = "Anna Kowalska", now: Instant = NOW, **columns: object) -> str:
    """Adds a lead in one step and returns its id; `company` puts it at an account of its own."""
    return do(store, lambda step: write_lead(step, name, **columns), now)


def write_lead(step: Step, name: str | None, **columns: object) -> str:
    """Adds a lead within a step; `company`, `phone`, `email` and `note` go where they belong."""
    company = columns.pop("company", None)
    points = {kind: columns.pop(kind) for kind in ("phone", "email") if kind in columns}
    note = columns.pop("note", None)
    if company is not None:
        account = {"company": company, "match_key": str(company).casefold(), "created_at": step.now}
        columns["account_id"] = step.insert(schema.account, **account)
    stage = columns.pop("stage", "new")
    lead_id = step.insert(schema.lead, name=name, stage=stage, stage_since=step.now, created_at=step.now, **columns)
    for kind, value in points.items():
        step.insert(schema.contact_point, lead_id=lead_id, kind=kind, value=value, normal=str(value).replace(" ", ""))
    if note is not None:
        step.insert(schema.note, lead_id=lead_id, at=step.now, text=note)
    return lead_id


def add_many(store: Store, count: int, now: Instant = NOW, **columns: object) -> list[str]:
    """Adds leads in bulk, with phone numbers and, every second one, an account; returns their ids."""

    def many(step: Step) -> list[str]:
        ids = [step.new_id() for _ in range(count)]
        accounts = {n: step.new_id() for n in range(0, count, 2)}
        step.bulk_insert(schema.account, [_account(accounts[n], n, step.now) for n in accounts])
        step.bulk_insert(
            schema.lead,
            [
                {
                    "id": lead_id,
                    "name": f"Lead {n}",
                    "account_id": accounts.get(n),
                    "stage": "new",
                    "stage_since": step.now,
                    "created_at": step.now,
                    **columns,
                }
                for n, lead_id in enumerate(ids)
            ],
        )
        step.bulk_insert(
            schema.contact_point,
            [{"lead_id": lead_id, "kind": "phone", "value": f"+48 600 {n:06d}"} for n, lead_id in enumerate(ids)],
        )
        return ids

    return do(store, many, now)


def _account(account_id: str, number: int, now: Instant) -> dict[str, object]:
    return {"id": account_id, "company": f"Firm {number}", "match_key": f"firm{number}", "created_at": now}


def add_event(store: Store, lead_id: str, kind: str, at: Instant = NOW, now: Instant = NOW) -> str:
    """Records something a lead did."""
    return do(store, lambda step: step.insert(schema.event, lead_id=lead_id, kind=kind, at=at), now)


def add_task(store: Store, lead_id: str, due_on: str, due_time: str | None = None, now: Instant = NOW) -> str:
    """Plans a next step."""
    values = {"text": "Call again", "due_on": due_on, "due_time": due_time, "created_at": now}
    return do(store, lambda step: step.insert(schema.task, lead_id=lead_id, **values), now)


def add_call(
    store: Store, lead_id: str, ended_at: Instant | None, outcome: str = "no_answer", now: Instant = NOW
) -> str:
    """Records a call; one without an end is going on."""
    values = {"started_at": now, "ended_at": ended_at, "outcome": outcome if ended_at is not None else None}
    return do(store, lambda step: step.insert(schema.call, lead_id=lead_id, **values), now)


def add_answer(store: Store, lead_id: str, question: str, keys: str, at: Instant = NOW, now: Instant = NOW) -> str:
    """Gives an answer by its keys."""
    values = {"question": question, "keys": keys, "at": at}
    return do(store, lambda step: step.insert(schema.answer, lead_id=lead_id, **values), now)


def change_lead(store: Store, lead_id: str, now: Instant = NOW, **columns: object) -> None:
    """Sets columns of a lead."""
    do(store, lambda step: step.update(schema.lead, lead_id, **columns), now)


def entered(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All entered data."""
    return dump(store)


def assert_sound(store: Store) -> None:
    """Nothing is wrong with the database: derived data is what it would be if made anew."""
    findings = check(store)
    assert findings == []


__all__ = [
    "DAY",
    "NAME",
    "NOW",
    "add_answer",
    "add_call",
    "add_event",
    "add_lead",
    "add_many",
    "add_task",
    "assert_sound",
    "change_lead",
    "do",
    "entered",
    "store_in",
    "write_lead",
]
