"""Brings in leads that are new, many at once: their rows, and what is derived from them, from what is in memory.

What a refresh would find when it read them back is known already: nothing hangs on them but what is entered here. Leads
whose watched facts are alike are summed up once.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Table

from leaddesk.db import journal, refresh, search
from leaddesk.db.days import local_day
from leaddesk.db.ids import new_ids
from leaddesk.db.judging import judge
from leaddesk.db.schema import (
    contact_point,
    custom_value,
    lead,
    lead_tag,
    lifecycle_change,
    note,
    stage_change,
    standing,
)
from leaddesk.db.standings import standing_row
from leaddesk.db.states import BLANK, Point, Touch, newcomer, own_asked_for, title_of
from leaddesk.db.step import Step
from leaddesk.db.texts import text_of
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.fields import FIELD, Home
from leaddesk.qualify.likeness import Likeness, Watched, watched_by
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.summary import summary_of

# Sorts of leads that are remembered.
_MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class Newcomer:
    """A lead that is new, as it is entered.

    `row`: columns of `lead` that have a value, without `no`. `firm`: columns of its account, each behind `firm_`.
    `points`: (kind, value, normal). `reached`: why its lifecycle is what the row says, as JSON, where it says one.
    """

    row: dict[str, Any]
    firm: Mapping[str, Any] = field(default_factory=dict)
    points: Sequence[tuple[str, str, str | None]] = ()
    custom: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    notes: Sequence[str] = ()
    reached: str | None = None


class Intake:
    """Takes new leads in, batch by batch, for one step."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._playbook: Playbook | None = None
        self._sorts = _Sorts(step)

    def take(self, newcomers: Sequence[Newcomer]) -> None:
        """Writes the rows of leads, recorded as ranges, and everything that is derived from them."""
        if not newcomers:
            return
        step = self._step
        if self._playbook is not step.playbook:  # between two transactions another may have come into force
            self._playbook, self._sorts = step.playbook, _Sorts(step)
        since = journal.last_change(step.connection)
        with refresh.uncollected():
            batch = _Batch(step, newcomers, self._sorts)
            batch.write()
        step.settled.add(batch.numbers, since, journal.last_change(step.connection))


# ── what leads that are alike have in common ─────────────────────────────────────────────────────────────────────────


class _Sort(NamedTuple):
    """`standing`: the row of one of them; `raised`: the lifecycle a rule reaches and its evidence."""

    standing: list[Any]
    raised: tuple[str, str] | None


class _Sorts:
    """Sums up new leads, once for each sort."""

    def __init__(self, step: Step) -> None:
        self._playbook = step.playbook
        self._now = step.now
        self._today = local_day(step.now)
        self._judge = judge(step.connection)
        self._watched = watched_by(step.playbook)
        self._columns = _columns_of(self._watched)
        self._own_fields = own_asked_for(step.connection)
        self._known: dict[Hashable, _Sort] = {}

    def of(self, row: Mapping[str, Any], points: Sequence[Point], one: Newcomer) -> _Sort:
        """The sort of a lead. `row`: all columns of the lead, and of its account after `firm_`."""
        alike = self._likeness(row, points, one)
        key = (row["stage"], row["lifecycle"], row["do_not_call"], bool(one.notes), alike)
        sort = self._known.get(key)
        if sort is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            sort = self._known[key] = self._made(row, points, one)
        return sort

    def _own(self, one: Newcomer) -> dict[str, FactValue]:
        """What a team's own fields hold, of those that the playbook asks for."""
        return {CUSTOM + name: one.custom[name] for name in self._own_fields if name in one.custom}

    def _likeness(self, row: Mapping[str, Any], points: Sequence[Point], one: Newcomer) -> Likeness:
        facts: dict[str, Hashable] = {}
        for fact, names in self._columns:
            facts[fact] = row[names[0]] if len(names) == 1 else tuple([row[name] for name in names])
        for point in points:
            facts.setdefault(point.kind, point.value)
        if one.tags:
            facts["tags"] = tuple(one.tags)
        return self._watched.likeness({**facts, **self._own(one)})

    def _made(self, row: Mapping[str, Any], points: Sequence[Point], one: Newcomer) -> _Sort:
        """Made of one lead, the way of every refresh."""
        touches = [Touch(self._now, "note")] if one.notes else []
        known = newcomer(row, points, one.tags, touches, self._own(one))
        summary = summary_of(self._playbook, known.state, self._now, self._today)
        made = standing_row(self._playbook, known, summary)
        raised = None
        if summary.lifecycle is not None and refresh.is_higher(
            self._playbook, summary.lifecycle, known.state.lifecycle
        ):
            raised = (summary.lifecycle, refresh.evidence_of(summary))
            made["lifecycle"] = summary.lifecycle
        return _Sort([*refresh.columns_of(made), self._judge], raised)


def _columns_of(watched: Watched) -> list[tuple[str, tuple[str, ...]]]:
    """The columns that tell the facts which are columns, by fact."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for fact in (*watched.valued, *watched.known):
        home = FIELD[fact].home if fact in FIELD else None
        if home in (Home.LEAD, Home.ACCOUNT):
            name = fact if home is Home.LEAD else f"firm_{fact}"
            found.append((fact, (name, f"{name}_currency") if f"{name}_currency" in BLANK else (name,)))
    return found


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Columns of `standing` of which even leads that are alike have each their own.
_STANDING = tuple(column.name for column in standing.columns)
_NO, _SOURCE, _OWNER, _VALUE, _CURRENCY, _TITLE, _COMPANY = map(
    _STANDING.index, ("lead_no", "source", "owner", "value", "currency", "title", "company")
)
_HANGING: Mapping[Table, tuple[str, ...]] = {
    contact_point: ("kind", "value", "normal"),
    custom_value: ("name", "value"),
    lead_tag: ("tag",),
    note: ("at", "text"),
    stage_change: ("to_stage", "at"),
    lifecycle_change: ("from_key", "to_key", "at", "evidence"),
}


class _Batch:
    """The rows of some leads, and what is derived from them."""

    def __init__(self, step: Step, newcomers: Sequence[Newcomer], sorts: _Sorts) -> None:
        self._step = step
        self._newcomers = newcomers
        self._hanging: dict[Table, list[tuple[Any, ...]]] = {table: [] for table in _HANGING}
        self._standings: list[list[Any]] = []
        self._texts: dict[int, tuple[str, str, str, str]] = {}
        #: Lead numbers by lead id.
        self.numbers: dict[str, int] = {}
        for number, one in enumerate(newcomers, step.next_number(lead)):
            self._take(number, one, sorts)

    def _take(self, number: int, one: Newcomer, sorts: _Sorts) -> None:
        row = {**BLANK, **one.row, **one.firm, "no": number}
        lead_id = row["id"]
        self.numbers[lead_id] = number
        points = [Point("", *point) for point in one.points]
        sort = sorts.of(row, points, one)
        columns = sort.standing.copy()
        columns[_NO] = number
        columns[_SOURCE] = row["source"] or None
        columns[_OWNER] = row["owner"] or None
        columns[_VALUE] = row["value"]
        columns[_CURRENCY] = row["value_currency"]
        columns[_TITLE] = title_of(row, points)
        columns[_COMPANY] = row["firm_company"]
        self._standings.append(columns)
        self._texts[number] = text_of(row, points, one.tags, one.notes)
        self._hang(lead_id, one, sort.raised)

    def _hang(self, lead_id: str, one: Newcomer, raised: tuple[str, str] | None) -> None:
        hanging, now, row = self._hanging, self._step.now, one.row
        for point in one.points:
            hanging[contact_point].append((lead_id, *point))
        for name, value in one.custom.items():
            hanging[custom_value].append((lead_id, name, value))
        for tag in one.tags:
            hanging[lead_tag].append((lead_id, tag))
        for text in one.notes:
            hanging[note].append((lead_id, now, text))
        hanging[stage_change].append((lead_id, row["stage"], now))
        before = row.get("lifecycle")
        if one.reached is not None:
            hanging[lifecycle_change].append((lead_id, None, before, now, one.reached))
        if raised is not None:
            hanging[lifecycle_change].append((lead_id, before, raised[0], now, raised[1]))
            row["lifecycle"], row["lifecycle_at"] = raised[0], now

    def write(self) -> None:
        """Writes it all."""
        step = self._step
        step.bulk_insert(lead, [one.row for one in self._newcomers])
        for table, rows in self._hanging.items():
            ids = new_ids(step.now, len(rows))
            step.bulk_rows(
                table, ("id", "lead_id", *_HANGING[table]), [(made, *row) for made, row in zip(ids, rows, strict=True)]
            )
        refresh.add_standings(step.connection, self._standings)
        search.add(step.connection, self._texts)
