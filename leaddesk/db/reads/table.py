"""What the table of leads asks beyond a card: further facts of a page of leads, an order by any of them, sums."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from leaddesk.db.engine import fetch, quoted
from leaddesk.db.judging import is_stale, judge
from leaddesk.db.reading import Reading
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.leads import list_order
from leaddesk.db.standings import live_row
from leaddesk.db.states import CHUNK, load
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, Field, FieldKind, Home
from leaddesk.qualify.lifecycle import engagement_grade, fit_grade
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, Money, Tenths

#: Before a name that is no field: a value of the team's own. Before a part of the score: its points.
CUSTOM, PART = "custom.", "part."
#: Before a field in an order: some orders of the list have the names of fields.
FACT = "fact."
#: The further things that are no facts: the grade, when a lead was added, when its last call ended.
GRADE, CREATED, LAST_CALL = "grade", "created", "last_call"

#: What is further known of a lead, by column key: facts, custom values as text, points in tenths, instants.
More: TypeAlias = Mapping[str, FactValue]

_THEIRS = "(SELECT value FROM json_each(?))"
#: So many leads are put in order by naming them; more by reading the whole order.
_NAMED = 20_000


def more(
    reading: Reading, nos: Sequence[int], keys: Collection[str], as_of: Instant
) -> dict[int, dict[str, FactValue]]:
    """By lead number, what these columns hold; a lead without anything of it has an empty mapping."""
    found: dict[int, dict[str, FactValue]] = {no: {} for no in nos}
    for start in range(0, len(nos), CHUNK):
        theirs = json.dumps(list(nos[start : start + CHUNK]))
        for no, key, value in _facts(reading, theirs, keys):
            found[no][key] = value
        for no, key, value in _belongings(reading, theirs, keys):
            found[no][key] = value
        for no, key, value in _scores(reading, theirs, keys, as_of):
            found[no][key] = value
    return found


def table_order(
    reading: Reading, filters: Filters, key: str, as_of: Instant, *, descending: bool = False
) -> array[int]:
    """Numbers of the leads that meet the filters in the order of a column, as kept; those without it come last.

    `key`: a `Sort`, or what `more` knows, facts after `fact.`.
    """
    if key in {str(sort) for sort in Sort}:
        return list_order(reading, filters, Sort(key), as_of, as_kept=True, descending=descending)
    met = list_order(reading, filters, Sort.NEWEST, as_of, as_kept=True)
    sql, joined, ordered = _order_sql(reading, key, descending=descending)
    if len(met) <= _NAMED:
        here = sql.format(here=f"WHERE l.no IN {_THEIRS}")
        rows = fetch(reading.connection, here, *joined, json.dumps(met.tolist()), *ordered)
        return array("q", (row[0] for row in rows))
    wanted = set(met)
    everyone = reading.connection.exec_driver_sql(sql.format(here=""), (*joined, *ordered))
    return array("q", (row[0] for row in everyone if row[0] in wanted))


def values_of(reading: Reading, nos: Sequence[int]) -> tuple[int, dict[str, int]]:
    """How many of these leads have a value, and the sums of their values by currency in minor units."""
    count, sums = 0, defaultdict[str, int](int)
    asked = f"SELECT currency, count(*), sum(value) FROM standing WHERE lead_no IN {_THEIRS} AND value IS NOT NULL"  # noqa: S608
    for start in range(0, len(nos), _NAMED):
        theirs = json.dumps(list(nos[start : start + _NAMED]))
        for currency, leads, value in fetch(reading.connection, f"{asked} GROUP BY currency", theirs):
            count += leads
            sums[currency] += value
    return count, dict(sums)


# ── what columns hold ────────────────────────────────────────────────────────────────────────────────────────────────


_Found: TypeAlias = Iterator[tuple[int, str, FactValue]]


def _facts(reading: Reading, theirs: str, keys: Collection[str]) -> _Found:
    """Facts kept in columns of the lead and of its company, and the day it was added."""
    fields = [FIELD[key] for key in keys if key in FIELD and FIELD[key].home in (Home.LEAD, Home.ACCOUNT)]
    parts = [_column(field) for field in fields]
    moneys = [_column(field, "_currency") for field in fields if field.kind is FieldKind.MONEY]
    if CREATED in keys:
        parts.append("l.created_at")
    if not parts:
        return
    sql = (
        f"SELECT l.no, {', '.join([*parts, *moneys])} FROM lead l LEFT JOIN account a ON a.id = l.account_id"  # noqa: S608
        f" WHERE l.no IN {_THEIRS}"
    )
    for no, *values in fetch(reading.connection, sql, theirs):
        currencies = iter(values[len(parts) :])
        for field, value in zip(fields, values, strict=False):
            currency = next(currencies) if field.kind is FieldKind.MONEY else None
            if value is not None and value != "":
                yield no, field.key, _fact(field, value, currency)
        if CREATED in keys:
            yield no, CREATED, values[len(parts) - 1]


def _column(field: Field, more_of_it: str = "") -> str:
    return f"{'l' if field.home is Home.LEAD else 'a'}.{quoted(field.key + more_of_it)}"


def _fact(field: Field, value: Any, currency: str | None) -> FactValue:
    if field.kind is FieldKind.MONEY:
        return Money(value, currency or "")
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if field.kind is FieldKind.YES_NO:
        return bool(value)
    fact: FactValue = value
    return fact


def _belongings(reading: Reading, theirs: str, keys: Collection[str]) -> _Found:
    """What lies in tables of its own: contact points, tags, custom values, calls."""

    def rows(what: str, table: str, tail: str = "", *values: object) -> list[tuple[Any, ...]]:
        sql = f"SELECT l.no, {what} FROM lead l JOIN {table} x ON x.lead_id = l.id WHERE l.no IN {_THEIRS} {tail}"  # noqa: S608
        return fetch(reading.connection, sql, theirs, *values)

    points = [key for key in keys if key in FIELD and FIELD[key].home is Home.CONTACT_POINT]
    if points:
        wanted = "AND x.kind IN (SELECT value FROM json_each(?)) ORDER BY x.no DESC"
        yield from rows("x.kind, x.value", "contact_point", wanted, json.dumps(points))
    if "tags" in keys:
        tags: dict[int, list[str]] = defaultdict(list)
        for no, tag in rows("x.tag", "lead_tag", "ORDER BY x.no"):
            tags[no].append(tag)
        for no, theirs_all in tags.items():
            yield no, "tags", tuple(theirs_all)
    names = [key.removeprefix(CUSTOM) for key in keys if key.startswith(CUSTOM)]
    if names:
        wanted = "AND x.name IN (SELECT value FROM json_each(?)) ORDER BY x.no DESC"
        for no, name, value in rows("x.name, x.value", "custom_value", wanted, json.dumps(names)):
            yield no, f"{CUSTOM}{name}", value
    if LAST_CALL in keys:
        for no, at in rows("max(x.ended_at)", "call", "AND x.ended_at IS NOT NULL GROUP BY l.no"):
            yield no, LAST_CALL, at


def _scores(reading: Reading, theirs: str, keys: Collection[str], as_of: Instant) -> _Found:
    """Points of the score's parts and the grade, right as of an instant."""
    wanted = [key for key in keys if key.startswith(PART)]
    if not wanted and GRADE not in keys:
        return
    columns = "s.lead_no, s.parts, s.changes_at, s.computed_at, s.judged_by, l.id"
    sql = f"SELECT {columns} FROM standing s JOIN lead l ON l.no = s.lead_no WHERE s.lead_no IN {_THEIRS}"  # noqa: S608
    by = judge(reading.connection)
    kept: dict[int, str] = {}
    moved: list[str] = []
    for no, parts, changes_at, computed_at, judged_by, lead_id in fetch(reading.connection, sql, theirs):
        if is_stale({"changes_at": changes_at, "computed_at": computed_at, "judged_by": judged_by}, by, as_of):
            moved.append(lead_id)
        else:
            kept[no] = parts
    for known in load(reading.connection, moved) if moved else ():
        kept[known.no] = str(live_row(reading.playbook, known, as_of)["parts"])
    for no, text in kept.items():
        points: dict[str, Tenths] = json.loads(text)
        for key in wanted:
            yield no, key, points.get(key.removeprefix(PART), 0)
        if GRADE in keys:
            yield no, GRADE, _grade(reading.playbook, points)


def _grade(playbook: Playbook, points: Mapping[str, Tenths]) -> str:
    fit, engagement = (points.get(part, 0) if part else 0 for part in _graded(playbook))
    return f"{fit_grade(playbook.grades, fit)}{engagement_grade(playbook.grades, engagement)}"


def _graded(playbook: Playbook) -> tuple[str | None, str | None]:
    """The keys of the parts a grade is made of."""
    of_kind = {part.kind: part.key for part in playbook.parts}
    return of_kind.get("fit"), of_kind.get("engagement")


# ── an order by any column ───────────────────────────────────────────────────────────────────────────────────────────


def _order_sql(reading: Reading, key: str, *, descending: bool) -> tuple[str, list[str], list[str]]:
    """A statement for lead numbers with `{here}` for a condition on `l.no`, and its values before and after that."""
    joins, joined, terms, ordered = _sorted_by(reading, key)
    turn = " DESC" if descending else ""
    order = ", ".join([f"{terms[0]} IS NULL", *(f"{term}{turn}" for term in terms), f"l.no{turn}"])
    return f"SELECT l.no FROM lead l {joins} {{here}} ORDER BY {order}", joined, ordered  # noqa: S608


_Sorted: TypeAlias = tuple[str, list[str], list[str], list[str]]


def _sorted_by(reading: Reading, key: str) -> _Sorted:
    """Joins and their values, terms of the order (the first one twice) and theirs, for a column."""
    standing = "JOIN standing s ON s.lead_no = l.no"
    if key == CREATED:
        return "", [], ["l.created_at"], []
    if key == LAST_CALL:
        calls = "SELECT lead_id, max(ended_at) AS at FROM call GROUP BY lead_id"
        return f"LEFT JOIN ({calls}) x ON x.lead_id = l.id", [], ["x.at"], []
    if key in ("temperature", "lifecycle"):
        places = json.dumps(_places(reading.playbook, key))
        return standing, [], [f"json_extract(?, '$.' || json_quote(s.{key}))"], [places, places]
    if key.startswith(PART):
        path = f"$.{json.dumps(key.removeprefix(PART))}"
        return standing, [], ["coalesce(json_extract(s.parts, ?), 0)"], [path, path]
    if key == GRADE:
        terms, values = _grade_terms(reading.playbook)
        return standing, [], terms, values
    if key.startswith(CUSTOM):
        name = key.removeprefix(CUSTOM)
        field = next((one for one in custom_fields(reading) if one.name == name), CustomField("", name))
        return _joined(
            "SELECT lead_id, min(value) AS value FROM custom_value WHERE name = ?", name, _custom_terms(field)
        )
    return _sorted_by_fact(FIELD[key.removeprefix(FACT)])


def _sorted_by_fact(field: Field) -> _Sorted:
    if field.home is Home.CONTACT_POINT:
        points = "SELECT lead_id, min(value) AS value FROM contact_point WHERE kind = ?"
        return _joined(points, field.key, ["lower(x.value)"])
    if field.home is Home.TAG:
        return _joined("SELECT lead_id, group_concat(tag, ', ') AS tags FROM lead_tag WHERE ?", "1", ["lower(x.tags)"])
    return "LEFT JOIN account a ON a.id = l.account_id", [], _fact_terms(field), []


def _joined(belongings: str, value: str, terms: list[str]) -> _Sorted:
    return f"LEFT JOIN ({belongings} GROUP BY lead_id) x ON x.lead_id = l.id", [value], terms, []


def _fact_terms(field: Field) -> list[str]:
    column = _column(field)
    if field.kind is FieldKind.MONEY:
        return [_column(field, "_currency"), column]
    return (
        [column]
        if field.kind in (FieldKind.NUMBER, FieldKind.DATE, FieldKind.YES_NO)
        else [f"lower(nullif({column}, ''))"]
    )


def _custom_terms(field: CustomField) -> list[str]:
    """What does not fit its kind comes after what does."""
    if field.kind is FieldKind.NUMBER:
        return ["CASE WHEN x.value GLOB '[-0-9]*' THEN CAST(x.value AS REAL) END", "lower(x.value)"]
    if field.kind is FieldKind.MONEY:
        money = "x.value GLOB '[-0-9]* [A-Z][A-Z][A-Z]'"
        return [f"CASE WHEN {money} THEN substr(x.value, -3) END", "CAST(x.value AS REAL)"]
    return ["lower(x.value)"]


def _places(playbook: Playbook, key: str) -> dict[str, int]:
    if key == "temperature":
        return {"cold": 0, "warm": 1, "hot": 2}
    return {rule.key: place for place, rule in enumerate(playbook.lifecycle)}


def _grade_terms(playbook: Playbook) -> tuple[list[str], list[str]]:
    """Ranks instead of letters: A before B before C, then 1 before 2 before 3."""
    terms, values, grades = [], [], playbook.grades
    bounds = ((grades.fit_a, grades.fit_b), (grades.engagement_1, grades.engagement_2))
    for part, (first, second) in zip(_graded(playbook), bounds, strict=True):
        points = "coalesce(json_extract(s.parts, ?), 0)"
        terms.append(f"CASE WHEN {points} >= {first} THEN 0 WHEN {points} >= {second} THEN 1 ELSE 2 END")
        values += [f"$.{json.dumps(part or '')}"] * 2
    return terms, [*values[:2], *values]
