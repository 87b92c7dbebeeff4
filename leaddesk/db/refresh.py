"""Makes derived data anew for the leads a step touched (standings, totals, search text) and records lifecycle."""

from __future__ import annotations

import gc
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select

from leaddesk.db import search
from leaddesk.db.days import local_day
from leaddesk.db.engine import fetch, write, write_many
from leaddesk.db.ids import new_id
from leaddesk.db.journal import record_range, unrecorded
from leaddesk.db.judging import EVERYONE, judge, judged_up_to, note_judged
from leaddesk.db.reading import Reading
from leaddesk.db.records import Progress
from leaddesk.db.replay import bulk_sql
from leaddesk.db.schema import lead, lifecycle_change, stage_total, standing
from leaddesk.db.standings import standing_row, summed_up
from leaddesk.db.states import CHUNK, Known, ids_of, load
from leaddesk.db.texts import texts_of
from leaddesk.db.touched import Touched
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.summary import Summary, summary_of
from leaddesk.qualify.terms import Instant, points

#: After a sweep over so many leads the search index is merged: else single edits stall later.
SWEEP = 5000

#: A new playbook moves at most so many leads within its step; with more, all are made stale and freshened by and by.
AT_ONCE = 1000

# Changed standings that are remembered by number, at least; looked after where so many change at once.
_REMEMBERED = 100_000
_MANY = 100

_TOTALED = ("stage", "source", "owner", "currency")
_STANDING = tuple(column.name for column in standing.columns)
#: The values of a standing in the order of its columns, but for the last: who judged.
columns_of = itemgetter(*_STANDING[:-1])
_head = itemgetter(*(_STANDING.index(name) for name in (*_TOTALED, "value")))
_OLD_ONE = f"SELECT {', '.join(_STANDING)} FROM standing WHERE lead_no = ?"  # noqa: S608
_OLD = _OLD_ONE.replace("= ?", "IN (SELECT value FROM json_each(?))")
_NEW = bulk_sql(standing, _STANDING)
_DELETE = "DELETE FROM standing WHERE lead_no = ?"
_CHANGED = "INSERT INTO standing_change (lead_no) VALUES (?)"
_NEWEST = "SELECT max(no) FROM standing_change"
_FORGET = "DELETE FROM standing_change WHERE no <= ?"
_ADD = (
    bulk_sql(stage_total, (*_TOTALED, "leads", "value"))
    + f" ON CONFLICT ({', '.join(_TOTALED)})"
    + " DO UPDATE SET leads = leads + excluded.leads, value = value + excluded.value"
)
_EMPTY = f"DELETE FROM stage_total WHERE {' AND '.join(f'{name} = ?' for name in _TOTALED)} AND leads = 0"  # noqa: S608


def refresh(
    connection: Connection,
    playbook: Playbook,
    touched: Touched,
    now: Instant,
    step: int | None,
    *,
    sweep: bool = True,
) -> None:
    """Brings derived data up to date with what was touched, as `refreshing` does, in one go."""
    for _ in refreshing(connection, playbook, touched, now, step, sweep=sweep):
        pass


def refreshing(
    connection: Connection,
    playbook: Playbook,
    touched: Touched,
    now: Instant,
    step: int | None,
    *,
    sweep: bool = True,
) -> Iterator[Progress]:
    """Brings derived data up to date with what was touched, some hundred leads at a time.

    `step`: the open step that records lifecycle reached by rule; None on undo and redo, where it is played itself.
    `sweep`: whether many leads are followed by `settling`; a caller that comes in parts does that itself at their end.
    """
    if "playbook_version" in touched.tables:
        _follow_playbook(connection, touched)
    wanted = [lead_id for lead_id in touched.leads if lead_id not in touched.settled]
    there: set[str] = set()
    totals = _Totals()
    yield Progress(0, len(wanted), "scores")
    for start in range(0, len(wanted), CHUNK):
        with uncollected():
            found = _found(connection, wanted[start : start + CHUNK], touched)
            there.update([known.id for known in found])
            if len(wanted) < _MANY:
                touched.left = {known.id: known for known in found}
            _write(connection, playbook, found, touched, now, step, totals)
            if touched.searched:
                search.index(connection, texts_of(connection, found))
        yield Progress(min(start + CHUNK, len(wanted)), len(wanted), "scores")
    gone = [number for lead_id in wanted if (number := touched.leads[lead_id]) is not None and lead_id not in there]
    _forget(connection, gone, totals)
    totals.write(connection)
    if sweep:
        for _ in settling(connection, len(touched.leads)):
            yield Progress(len(wanted), None, "scores")


def _found(connection: Connection, wanted: Sequence[str], touched: Touched) -> list[Known]:
    """The leads that are there; those that are known already are not read again."""
    held = [touched.held[lead_id] for lead_id in wanted if lead_id in touched.held]
    return [*held, *load(connection, [lead_id for lead_id in wanted if lead_id not in touched.held])]


@contextmanager
def uncollected() -> Iterator[None]:
    """Within it nothing looks for cycles: of what a chunk makes there are none, and looking costs a tenth of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def freshen(reading: Reading, now: Instant, limit: int = CHUNK) -> list[str]:
    """Computes anew the standings time has moved since, those first that moved first; returns their leads' ids.

    Within the caller's transaction: call it on the writer's thread until it returns nothing. Entered data stays
    untouched.
    """
    connection = reading.connection
    found = load(connection, ids_of(connection, _due(connection, now, limit)).values())
    rows = [standing_row(reading.playbook, known, summed_up(reading.playbook, known.state, now)) for known in found]
    totals = _Totals()
    _replace(connection, rows, [known.no for known in found], totals)
    totals.write(connection)
    return [known.id for known in found]


def _due(connection: Connection, now: Instant, limit: int) -> Sequence[int]:
    """Those that time has moved; where there are none, those another version of the playbook judged."""
    due = select(standing.c.lead_no).where(standing.c.changes_at <= now).order_by(standing.c.changes_at).limit(limit)
    numbers = connection.execute(due).scalars().all()
    by = judge(connection)
    up_to = judged_up_to(connection, by)
    if numbers or up_to == EVERYONE:
        return numbers
    due = select(standing.c.lead_no).where(standing.c.lead_no > up_to, standing.c.judged_by != by)
    numbers = connection.execute(due.order_by(standing.c.lead_no).limit(limit)).scalars().all()
    note_judged(connection, by, numbers[-1] if numbers else EVERYONE)
    return numbers


def rebuilding(connection: Connection, playbook: Playbook, now: Instant) -> Iterator[Progress]:
    """Throws all derived data away and makes it anew, within the caller's transaction, some hundred leads at a time."""
    for table in (standing, stage_total):
        connection.execute(delete(table))
    connection.exec_driver_sql(_CHANGED, (None,))
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    search.make_index(connection)
    everyone = dict.fromkeys(connection.execute(select(lead.c.id)).scalars())
    yield from refreshing(connection, playbook, Touched(leads=everyone, tables={"lead"}, searched=True), now, None)


def settling(connection: Connection, swept: int) -> Iterator[None]:
    """After a sweep: statistics to choose indexes by, and the search index in one piece where much of it is new.

    Nothing where few leads were swept. Where no transaction is open, each part of it is one of its own.
    """
    if swept < SWEEP:
        return
    yield
    connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    connection.exec_driver_sql("ANALYZE")
    if swept * 10 >= connection.execute(select(func.count()).select_from(standing)).scalar_one():
        yield from search.optimizing(connection)


# ── standings and totals ─────────────────────────────────────────────────────────────────────────────────────────────


def _write(
    connection: Connection,
    playbook: Playbook,
    found: Sequence[Known],
    touched: Touched,
    now: Instant,
    step: int | None,
    totals: _Totals,
) -> None:
    today = local_day(now)
    rows, raised = [], []
    for known in found:
        summary = summary_of(playbook, known.state, now, today)
        row = standing_row(playbook, known, summary)
        if step is not None and is_higher(playbook, summary.lifecycle, known.state.lifecycle):
            row["lifecycle"] = summary.lifecycle
            raised.append((known, summary))
        rows.append(row)
    if raised and step is not None:
        _record_lifecycle(connection, raised, touched, now, step)
    _replace(connection, rows, [known.no for known in found], totals)


def _replace(
    connection: Connection, rows: Sequence[Mapping[str, object]], numbers: Sequence[int], totals: _Totals
) -> None:
    """Puts new standings in the place of old ones, and the differences into the totals.

    Of a standing that was there only what differs is written, so that few indexes have to follow.
    """
    if not numbers:
        return
    if len(numbers) == 1:
        found = fetch(connection, _OLD_ONE, numbers[0])
    else:
        found = fetch(connection, _OLD, json.dumps(list(numbers)))
    old = {one[0]: one for one in found}
    by = judge(connection) if rows else 0
    fresh: list[tuple[Any, ...]] = []
    changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        new = (*columns_of(row), by)
        former = old.pop(new[0], None)
        if former is None:
            fresh.append(new)
        else:
            places = tuple([place for place, value in enumerate(new) if value != former[place]])
            changed[places].append((*[new[place] for place in places], new[0]))
            totals.move(_head(former), _head(new))
    totals.count(map(_head, fresh), 1)
    totals.count(map(_head, old.values()), -1)
    write_many(connection, _NEW, fresh)
    for places, values in changed.items():
        if places:
            write_many(connection, _update_sql(places), values)
    write_many(connection, _DELETE, [(number,) for number in old])
    write_many(connection, _CHANGED, [(number,) for number in numbers])
    if len(numbers) >= _MANY:
        _forget_changes(connection)


@lru_cache(maxsize=500)
def _update_sql(places: tuple[int, ...]) -> str:
    here = ", ".join([f"{_STANDING[place]} = ?" for place in places])
    return f"UPDATE standing SET {here} WHERE lead_no = ?"  # noqa: S608


def add_standings(connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Standings of leads that had none, each with who judged; and what they change in the totals."""
    totals = _Totals()
    totals.count(map(_head, rows), 1)
    write_many(connection, _NEW, rows)
    write_many(connection, _CHANGED, [row[:1] for row in rows])
    if len(rows) >= _MANY:
        _forget_changes(connection)
    totals.write(connection)


class _Totals:
    """What a refresh changes in the heads of columns, gathered and written once."""

    def __init__(self) -> None:
        self._leads: Counter[tuple[str, ...]] = Counter()
        self._values: Counter[tuple[str, ...]] = Counter()

    def count(self, rows: Iterable[Sequence[Any]], sign: int) -> None:
        """Takes rows of (stage, source, owner, currency, value) in or out."""
        for (*keys, value), leads in Counter(rows).items():
            key = tuple([part or "" for part in keys])
            self._leads[key] += sign * leads
            self._values[key] += sign * leads * (value or 0)

    def move(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Takes a row out and another one in."""
        if old != new:
            self.count([old], -1)
            self.count([new], 1)

    def write(self, connection: Connection) -> None:
        """Adds the differences; a head nothing stands under goes."""
        rows = [(*key, leads, self._values[key]) for key, leads in self._leads.items() if leads or self._values[key]]
        write_many(connection, _ADD, rows)
        write_many(connection, _EMPTY, [key for key, leads in self._leads.items() if leads < 0])


def _forget_changes(connection: Connection) -> None:
    """Whoever keeps standings in memory and missed so many changes reads them all again."""
    ((newest,),) = fetch(connection, _NEWEST)
    write(connection, _FORGET, (newest or 0) - _REMEMBERED)


def _forget(connection: Connection, numbers: Sequence[int], totals: _Totals) -> None:
    for start in range(0, len(numbers), CHUNK):
        _replace(connection, [], numbers[start : start + CHUNK], totals)
    search.forget(connection, numbers)


def _follow_playbook(connection: Connection, touched: Touched) -> None:
    """A few leads follow in the same step; with many all standings are stale now, and say so by their judge.

    A version that comes back by undo has not judged what was written under the one that went.
    """
    note_judged(connection, judge(connection), 0)
    few = select(lead.c.no).limit(AT_ONCE + 1).subquery()
    if connection.execute(select(func.count()).select_from(few)).scalar_one() <= AT_ONCE:
        touched.leads.update({row.id: row.no for row in connection.execute(select(lead.c.id, lead.c.no))})


# ── lifecycle by rule ────────────────────────────────────────────────────────────────────────────────────────────────


def _record_lifecycle(
    connection: Connection, raised: Sequence[tuple[Known, Summary]], touched: Touched, now: Instant, step: int
) -> None:
    """As entered data of the step; of leads that came in bulk, in bulk: their image is taken when they are undone."""
    bulk = [one for one in raised if touched.is_bulk(one[0].no)]
    single = [one for one in raised if not touched.is_bulk(one[0].no)]
    touched.tables |= {"lead", "lifecycle_change"}
    touched.left = {}
    if bulk:
        with unrecorded(connection):
            _raise(connection, bulk, now)
            first = connection.execute(select(func.coalesce(func.max(lifecycle_change.c.no), 0))).scalar_one() + 1
            _insert(
                connection, lifecycle_change, [_evidence(*one, now) | {"no": first + n} for n, one in enumerate(bulk)]
            )
        record_range(connection, step, lifecycle_change, first, first + len(bulk) - 1)
    if single:
        _raise(connection, single, now)
        _insert(connection, lifecycle_change, [_evidence(*one, now) for one in single])


def _raise(connection: Connection, raised: Sequence[tuple[Known, Summary]], now: Instant) -> None:
    sql = "UPDATE lead SET lifecycle = ?, lifecycle_at = ? WHERE no = ?"
    write_many(connection, sql, [(summary.lifecycle, now, known.no) for known, summary in raised])


def is_higher(playbook: Playbook, reached: str | None, recorded: str | None) -> bool:
    """Whether a lifecycle comes after the one that is recorded."""
    order = [rule.key for rule in playbook.lifecycle]
    return reached in order and (recorded not in order or order.index(reached) > order.index(recorded))


def evidence_of(summary: Summary) -> str:
    """Why a rule reached a lifecycle, as it is kept."""
    evidence = {key: points(tenths) for key, tenths in summary.parts.items()}
    return json.dumps({"by": "rule", **evidence}, sort_keys=True)


def _evidence(known: Known, summary: Summary, now: Instant) -> dict[str, object]:
    return {
        "id": new_id(now),
        "lead_id": known.id,
        "from_key": known.state.lifecycle,
        "to_key": summary.lifecycle,
        "at": now,
        "evidence": evidence_of(summary),
    }


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    names = list(rows[0])
    write_many(connection, bulk_sql(table, names), [tuple(row[name] for name in names) for row in rows])
