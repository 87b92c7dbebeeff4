"""Invents leads by the million: what happened with some thousand sample leads, told again of ever other people.

Each lead has on average 2 events, 2 answers and 0.6 moves between stages; half a company, a phone number and a mail
address; now and then a task, a note, a tag. Leads that share a story share its standing too, so that only the first of
them has to be assessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeAlias

from sqlalchemy import Table, select

from leaddesk.db.ids import id_of
from leaddesk.db.schema import (
    account,
    answer,
    call,
    contact_point,
    event,
    lead,
    lead_tag,
    lifecycle_change,
    note,
    stage_change,
    standing,
    task,
)
from leaddesk.db.states import Known, Point
from leaddesk.db.store import Step, Store
from leaddesk.operations.sample_people import Person, vocabulary
from leaddesk.operations.samples import plan_samples
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.terms import Instant

Row: TypeAlias = dict[str, object]

STORIES = 8_000
#: The first sample leads are chosen to be looked at one by one; those after them are as thousands are.
_CHOSEN = 600
#: Of a hundred rows of a sample lead so many are kept; of other tables none.
_KEPT: Mapping[Table, int] = {
    event: 84,
    answer: 66,
    stage_change: 56,
    call: 10,
    task: 55,
    note: 50,
    lead_tag: 100,
    lifecycle_change: 0,  # the program records its own
}
#: Tables of a story in the order in which they are written.
TABLES = (account, lead, contact_point, event, call, answer, task, note, lead_tag, stage_change, lifecycle_change)
_BORN: Instant = 1_600_000_000_000


@dataclass(frozen=True, slots=True)
class Story:
    """One lead to tell again: its rows by table, and the standing that follows from them."""

    rows: Mapping[Table, list[Row]]
    standing: Row


def stories(folder: Path, now: Instant) -> list[Story]:
    """The leads whose stories are told, assessed by the program itself in a database of their own."""
    path = folder / "stories.leaddesk"
    with Store.open(path) as store:
        store.run(_write, now=now)
        found = _read(store)
    for left in folder.glob(f"{path.name}*"):
        left.unlink()
    return found


def _write(step: Step) -> None:
    random = Random(7)
    rows: dict[Table, list[Row]] = {table: [] for table in TABLES}
    companies: set[object] = set()
    for sample in islice(plan_samples(STORIES + _CHOSEN, 1, step.now, step.playbook), _CHOSEN, None):
        _thin(sample, random)
        person = sample[lead][0]
        if person["account_id"] not in companies and account not in sample:
            person["account_id"] = None  # its company came with one of the chosen
        companies.update(row["id"] for row in sample.get(account, ()))
        for table in TABLES:
            rows[table].extend(sample.get(table, ()))
    for table in TABLES:
        step.bulk_insert(table, rows[table])


def _thin(sample: dict[Table, list[Row]], random: Random) -> None:
    for table in list(sample):
        if table in (account, lead, contact_point):
            continue
        share = _KEPT.get(table, 0)
        kept = [row for row in sample[table] if random.random() * 100 < share]
        if table is stage_change:  # where a lead began is not a move
            kept = [row for row in kept if row["from_stage"] is not None]
        sample[table] = kept
    sample[contact_point] = [row for row in sample[contact_point] if row["kind"] != "mobile"]
    calls = {row["id"] for row in sample.get(call, ())}
    for row in (*sample.get(answer, ()), *sample.get(note, ())):
        row["call_id"] = row["call_id"] if row["call_id"] in calls else None


def _read(store: Store) -> list[Story]:
    def rows(table: Table) -> list[Row]:
        return [dict(row) for row in store.connection.execute(select(table).order_by(table.columns[0])).mappings()]

    firms = {row["id"]: row for row in rows(account)}
    by_lead: dict[object, dict[Table, list[Row]]] = {}
    for row in rows(lead):
        firm = firms.get(row["account_id"])
        by_lead[row["id"]] = {account: [firm] if firm else [], lead: [row]}
    for table in TABLES[2:]:
        for row in rows(table):
            by_lead[row["lead_id"]].setdefault(table, []).append(row)
    standings = rows(standing)
    return [Story(told, kept) for told, kept in zip(by_lead.values(), standings, strict=True)]


# ── told again ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Telling:
    """Tells stories of invented people, one lead after the other; `rows` of each table are lists of tuples."""

    def __init__(self, told: list[Story]) -> None:
        self._stories = told
        self._random = Random(11)
        self._places = {place.country: place for place in vocabulary()._places}
        self._numbers = dict.fromkeys(TABLES, 0)
        self._firms: dict[int, tuple[str, str]] = {}  # of every second telling: the company's id and name

    def leads(self, count: int) -> Iterator[tuple[Known, dict[Table, list[Row]], Row]]:
        """Each lead as the search index wants it, its rows by table, and its standing."""
        for number in range(count):
            yield self._tell(number)

    def _tell(self, number: int) -> tuple[Known, dict[Table, list[Row]], Row]:
        round_, which = divmod(number, len(self._stories))
        story = self._stories[which]
        told = story.rows[lead][0]
        place = self._places[str(told["country"])]
        person = vocabulary().person(self._random, number + _CHOSEN, place, near=False)
        lead_id = self._id(number, 0)
        rows: dict[Table, list[Row]] = {}
        firm = self._firm(rows, story, which, number, round_)
        row = told | {
            "id": lead_id,
            "account_id": firm[0] if firm else None,
            "name": person.name,
            "given_name": person.given,
            "family_name": person.family,
            "external_id": f"L{number + 1:07d}",
        }
        points = _points(person, self._id(number, 1), self._id(number, 2), lead_id)
        rows[lead], rows[contact_point] = [row], points
        for table in TABLES[3:]:
            if table in story.rows:
                rows[table] = [
                    more | {"id": self._id(number, 3 + place), "lead_id": lead_id}
                    for place, more in enumerate(story.rows[table])
                ]
        for some in rows.items():
            self._count(*some)
        known = Known(
            lead_id,
            self._numbers[lead],
            row | {"firm_company": firm[1] if firm else None},
            [Point(*(point[name] for name in Point._fields)) for point in points],  # type: ignore[arg-type]
            None,
            [str(tag["tag"]) for tag in rows.get(lead_tag, ())],
            _NOTHING,
        )
        kept = story.standing | {"lead_no": known.no, "title": person.name, "company": firm[1] if firm else None}
        if kept["next_id"] is not None:
            due = next(place for place, one in enumerate(story.rows[task]) if one["id"] == kept["next_id"])
            kept["next_id"] = rows[task][due]["id"]
        return known, rows, kept

    def _firm(
        self, rows: dict[Table, list[Row]], story: Story, which: int, number: int, round_: int
    ) -> tuple[str, str] | None:
        """Two tellings of a story work at the same company."""
        if not story.rows[account]:
            return None
        if round_ % 2 == 0:
            place = self._places[str(story.rows[lead][0]["country"])]
            made = vocabulary().company(self._random, number + _CHOSEN, place, near=False)
            self._firms[which] = (self._id(number, 0), made.name)
            kept = story.rows[account][0] | {"id": self._id(number, 0), "company": made.name, "match_key": made.key}
            rows[account] = [kept | {"website": made.website}]
        return self._firms[which]

    def _id(self, number: int, place: int) -> str:
        return id_of(_BORN + number, place, number)

    def _count(self, table: Table, some: list[Row]) -> None:
        for row in some:
            self._numbers[table] += 1
            row["no"] = self._numbers[table]


def _points(person: Person, one: str, two: str, lead_id: str) -> list[Row]:
    return [
        {"id": key, "lead_id": lead_id, "kind": kind, "value": value, "normal": _normal(kind, value)}
        for key, kind, value in ((one, "phone", person.phone), (two, "email", person.mail))
        if value is not None
    ]


def _normal(kind: str, value: str) -> str:
    return value.casefold() if kind == "email" else value.replace(" ", "")


_NOTHING = LeadState("", {}, (), (), (), (), None, None, None)
