"""Puts leads in order: in SQL from their standings, or exactly as of an instant where time has moved some of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, case, func, literal_column, select

from leaddesk.db.days import local_day
from leaddesk.db.judging import stale
from leaddesk.db.reading import Columns, Reading
from leaddesk.db.reads.filters import Filters, Sort, bound, conditions
from leaddesk.db.schema import standing
from leaddesk.db.standings import live_row
from leaddesk.db.states import CHUNK, ids_of, load
from leaddesk.qualify.places import place_of
from leaddesk.qualify.terms import Instant

_LATE = "~"  # sorts after every time of day
_FETCH = 2000

#: Orders that move with time alone.
_MOVING = frozenset({Sort.URGENCY, Sort.SCORE, Sort.UP_TO})


def numbers(
    reading: Reading,
    filters: Filters,
    sort: Sort,
    as_of: Instant,
    *,
    as_kept: bool = False,
    limit: int | None = None,
    descending: bool = False,
) -> array[int]:
    """Numbers of the leads that meet the filters, in order, as of an instant; its day is "today" for urgency.

    `as_kept`: standings are taken as they were last written, which is quick; else every lead that time has moved since,
    or had not yet moved then, is assessed anew. `descending` turns the order round.
    """
    filters = bound(reading, filters, as_of, as_kept=as_kept)
    if as_kept and (orders := reading.orders) is not None:
        held = orders.numbers(reading, filters, sort, local_day(as_of).isoformat())
        if held is not None:
            if descending:
                held.reverse()
            return held[:limit] if limit is not None else held
    moved = {} if as_kept else _moved(reading, filters, as_of)
    if moved and (sort in _MOVING or filters.temperature is not None):
        found = _exact(reading, filters, sort, as_of, moved)
    else:
        found = _quick(reading, filters, sort, local_day(as_of).isoformat(), None if descending else limit)
    if descending:
        found.reverse()
    return found[:limit] if limit is not None else found


def urgency_key(row: Columns, today: str) -> tuple[Any, ...]:
    """Hot and not yet called (longest waiting first), overdue and today, none planned (by score), future; then age."""
    planned = row["next_on"]
    if not row["waiting"]:
        group, when = 0, (row["hot_since"] or 0, "", "")
    elif planned is not None and planned <= today:
        group, when = 1, (0, planned, row["next_time"] or _LATE)
    elif planned is None:
        group, when = 2, (0, "", "")
    else:
        group, when = 3, (0, planned, row["next_time"] or _LATE)
    return (group, *when, -row["score"], row["lead_no"])


# ── as kept ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_S = standing.c
_TIME = func.coalesce(_S.next_time, _LATE)


#: A part of an order: a condition, and an order an index can serve under it.
_Group: TypeAlias = tuple[Sequence[ColumnElement[bool]], Sequence[ColumnElement[Any]]]


# Said in SQL, not as a parameter: only so the index of those who wait serves.
_WAITS = _S.waiting == literal_column("0")


def urgency_groups(today: str) -> Iterator[_Group]:
    """Who waits for a first call, overdue and due today, none planned, future."""
    yield (_WAITS,), (_S.hot_since, _S.score.desc(), _S.lead_no)
    yield (_S.waiting == 1, _S.next_on <= today), (_S.next_on, _TIME, _S.score.desc(), _S.lead_no)
    yield (_S.waiting == 1, _S.next_on.is_(None)), (_S.score.desc(), _S.lead_no)
    yield (_S.waiting == 1, _S.next_on > today), (_S.next_on, _TIME, _S.score.desc(), _S.lead_no)


def _quick(reading: Reading, filters: Filters, sort: Sort, today: str, limit: int | None) -> array[int]:
    if sort is Sort.OWN:
        return _own(reading, filters, limit)
    groups = _GROUPS.get(sort) or (urgency_groups(today) if sort is Sort.URGENCY else [((), _order(reading, sort))])
    found = array("q")
    for here, order in groups:
        asked = select(_S.lead_no).where(*conditions(filters), *here).order_by(*order)
        if limit is not None:
            asked = asked.limit(limit - len(found))
        rows = reading.connection.execute(asked).scalars()
        for some in rows.partitions(_FETCH):
            found.extend(some)
        if limit is not None and len(found) >= limit:
            break
    return found


def _own(reading: Reading, filters: Filters, limit: int | None) -> array[int]:
    """Few leads are placed by hand: they are put between the others, who stand by number."""
    met = conditions(filters)
    others = select(_S.lead_no).where(*met, _S.place.is_(None)).order_by(_S.lead_no)
    unplaced = array("q", reading.connection.execute(others.limit(limit) if limit is not None else others).scalars())
    placed = select(_S.place, _S.lead_no).where(*met, _S.place.is_not(None)).order_by(_S.place, _S.lead_no)
    found, taken = array("q"), 0
    for place, number in reading.connection.execute(placed):
        ahead = bisect_left(unplaced, place, lo=taken, key=place_of)
        found.extend(unplaced[taken:ahead])
        found.append(number)
        taken = ahead
    found.extend(unplaced[taken:])
    return found[:limit] if limit is not None else found


def found_in_order(
    reading: Reading, filters: Filters, sort: Sort, today: str
) -> Iterator[tuple[int, str, str | None, int | None]]:
    """(number, stage, currency, value) of what meets the filters, in order, in one statement: for searches.

    `numbers` asks for each stage and group by itself, which is quick by index but repeats a search each time.
    """
    asked = select(_S.lead_no, _S.stage, _S.currency, _S.value).where(*conditions(filters))
    for rows in reading.connection.execute(asked.order_by(*_whole_order(reading, sort, today))).partitions(_FETCH):
        yield from ((number, stage, currency, value) for number, stage, currency, value in rows)


def _whole_order(reading: Reading, sort: Sort, today: str) -> Sequence[ColumnElement[Any]]:
    """Groups of an order one after the other, as the order of a single statement."""
    if sort is Sort.VALUE:
        return _S.currency.nulls_last(), _S.value.desc(), _S.lead_no
    if sort is Sort.OWN:
        return func.coalesce(_S.place, func.printf("n%012d1", _S.lead_no)), _S.lead_no  # as `place_of` has it
    if sort is not Sort.URGENCY:
        return _order(reading, sort)
    planned = _S.next_on.is_not(None)
    return (
        case((_WAITS, 0), (_S.next_on <= today, 1), (_S.next_on.is_(None), 2), else_=3),
        case((_WAITS, _S.hot_since), else_=0),
        case((_WAITS, ""), (planned, _S.next_on), else_=""),
        case((_WAITS, ""), (planned, _TIME), else_=""),
        _S.score.desc(),
        _S.lead_no,
    )


def _order(reading: Reading, sort: Sort) -> Sequence[ColumnElement[Any]]:
    if sort is Sort.STAGE:
        places = {stage.key: place for place, stage in enumerate(reading.playbook.stages)}
        return case(places, value=_S.stage, else_=len(places)), _S.score.desc(), _S.lead_no
    return _ORDERS[sort]


_ORDERS: Mapping[Sort, Sequence[ColumnElement[Any]]] = {
    Sort.SCORE: (_S.score.desc(), _S.lead_no),
    Sort.UP_TO: (_S.up_to.desc(), _S.lead_no),
    Sort.TITLE: (func.lower(_S.title), _S.lead_no),
    Sort.COMPANY: (func.lower(_S.company).nulls_last(), _S.lead_no),
    Sort.SOURCE: (func.lower(_S.source).nulls_last(), _S.lead_no),
    Sort.OWNER: (func.lower(_S.owner).nulls_last(), _S.lead_no),
    Sort.NEXT_STEP: (_S.next_on.nulls_last(), _TIME, _S.lead_no),
    Sort.STAGE_SINCE: (_S.stage_since, _S.lead_no),
    Sort.NEWEST: (_S.lead_no.desc(),),
}


_GROUPS: Mapping[Sort, Sequence[_Group]] = {
    Sort.VALUE: (  # sums of two currencies are not compared
        ((_S.currency.is_not(None),), (_S.currency, _S.value.desc(), _S.lead_no)),
        ((_S.currency.is_(None),), (_S.lead_no,)),
    ),
}


# ── exactly, as of an instant ────────────────────────────────────────────────────────────────────────────────────────


def _moved(reading: Reading, filters: Filters, as_of: Instant) -> dict[int, Columns]:
    """Leads whose kept standing is not the one of that instant, with the one that is."""
    kept_wrong = stale(reading.connection, as_of)
    asked = select(_S.lead_no).where(kept_wrong, *conditions(replace(filters, temperature=None)))
    wrong = list(reading.connection.execute(asked).scalars())
    playbook = reading.playbook
    moved: dict[int, Columns] = {}
    for start in range(0, len(wrong), CHUNK):
        for known in load(reading.connection, ids_of(reading.connection, wrong[start : start + CHUNK]).values()):
            moved[known.no] = live_row(playbook, known, as_of)
    return moved


def _exact(reading: Reading, filters: Filters, sort: Sort, as_of: Instant, moved: Mapping[int, Columns]) -> array[int]:
    anyhow = replace(filters, temperature=None)
    if sort in _MOVING:
        columns = ("lead_no", "score", "up_to", "waiting", "hot_since", "next_on", "next_time", "temperature")
        asked = select(*(_S[name] for name in columns)).where(*conditions(anyhow))
        rows = [moved.get(row["lead_no"], row) for row in reading.connection.execute(asked).mappings()]
        rows.sort(key=_key(sort, as_of))
    else:
        kept = _quick(reading, anyhow, sort, "", None)
        asked = select(_S.lead_no, _S.temperature).where(*conditions(anyhow))
        by_number = {row["lead_no"]: row for row in reading.connection.execute(asked).mappings()}
        rows = [moved.get(number, by_number[number]) for number in kept]
    wanted = filters.temperature
    return array("q", (row["lead_no"] for row in rows if wanted is None or row["temperature"] == wanted))


def _key(sort: Sort, as_of: Instant) -> Callable[[Columns], tuple[Any, ...]]:
    if sort is Sort.URGENCY:
        today = local_day(as_of).isoformat()
        return lambda row: urgency_key(row, today)
    return lambda row: (-row[sort.value], row["lead_no"])
