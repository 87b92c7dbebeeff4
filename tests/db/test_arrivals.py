"""Leads that come in with what is derived from them: the same as if each had been written and read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from leaddesk.db import schema
from leaddesk.db.arrivals import Intake, Newcomer
from leaddesk.db.store import Step, Store
from tests.builders import NOW, assert_sound, change_lead, do, entered, store_in

NAMES: tuple[dict[str, Any], ...] = (
    {"name": "Anna Kowalska", "source": "fair", "owner": "Tom"},
    {"given_name": "晓明", "family_name": "王", "city": "上海", "title": "物流总监"},
    {
        "given_name": "Zoë",
        "family_name": "Novák",
        "title": "Head of Logistics",
        "value": 50_000,
        "value_currency": "EUR",
    },
    {"external_id": "L-7", "do_not_call": 1, "source": ""},
    {},
    {"name": "Old Friend", "existing_customer": 1, "value": 7, "value_currency": "CNY", "owner": "Tom"},
)
FIRMS: tuple[dict[str, Any], ...] = (
    {},
    {"company": "Müller Logistik GmbH", "industry": "Logistics", "size": 230},
    {"company": "上海远达物流有限公司", "industry": "物流", "size": 2000},
    {"company": "", "industry": "Farming"},
)
STAGES = ("new", "sql", "lost", "parked", "new")
POINTS: tuple[list[tuple[str, str, str | None]], ...] = (
    [],
    [("email", "Anna@Example.com", "anna@example.com"), ("phone", "030 1234567", "+49301234567")],
    [
        ("mobile", "+86 138 0013 8000", "+8613800138000"),
        ("other_phone", "138 0013 8000", None),
        ("wechat", "zoe", "zoe"),
    ],
)


def newcomers(step: Step, count: int, first: int = 0) -> list[Newcomer]:
    """Leads of all sorts, with the accounts that are theirs."""
    made = []
    for number in range(first, first + count):
        firm = FIRMS[number % len(FIRMS)]
        account = {"id": step.new_id(), "company": "", "match_key": f"{number}", "created_at": step.now} | firm
        stage = STAGES[number % len(STAGES)]
        row = {
            "id": step.new_id(),
            "stage": stage,
            "stage_since": step.now,
            "created_at": step.now,
            "account_id": account["id"] if firm else None,
            **NAMES[number % len(NAMES)],
        }
        if firm:
            step.bulk_insert(schema.account, [account])
        reached = None
        if lifecycle := step.playbook.stage[stage].lifecycle:
            row |= {"lifecycle": lifecycle, "lifecycle_at": step.now}
            reached = '{"by": "import"}'
        made.append(
            Newcomer(
                row,
                {f"firm_{name}": value for name, value in account.items()} if firm else {},
                POINTS[number % len(POINTS)],
                {"Segment": "A"} if number % 4 == 0 else {},
                ["vip", "hot"] if number % 7 == 0 else [],
                ["met at the fair", "wants a call"] if number % 5 == 0 else [],
                reached,
            )
        )
    return made


def take(step: Step, count: int, first: int = 0) -> None:
    Intake(step).take(newcomers(step, count, first))


def write(step: Step, count: int) -> None:
    """The same, as rows that a refresh reads back."""
    ones = newcomers(step, count)
    step.bulk_insert(schema.lead, [one.row for one in ones])
    for one in ones:
        at, lead_id = step.now, one.row["id"]
        rows: list[tuple[Any, list[dict[str, object]]]] = [
            (
                schema.contact_point,
                [dict(zip(("kind", "value", "normal"), point, strict=True)) for point in one.points],
            ),
            (schema.custom_value, [{"name": name, "value": value} for name, value in one.custom.items()]),
            (schema.lead_tag, [{"tag": tag} for tag in one.tags]),
            (schema.note, [{"at": at, "text": text} for text in one.notes]),
            (schema.stage_change, [{"to_stage": one.row["stage"], "at": at}]),
        ]
        if one.reached is not None:
            reached = {"to_key": one.row["lifecycle"], "at": at, "evidence": one.reached}
            rows.append((schema.lifecycle_change, [reached]))
        for table, values in rows:
            step.bulk_insert(table, [{"lead_id": lead_id, **row} for row in values])


def derived(store: Store) -> dict[str, Sequence[Any]]:
    """Standings, totals and every word of the search index with its place."""
    found: dict[str, Sequence[Any]] = {
        table.name: store.connection.execute(select(table).order_by(*table.primary_key)).all()
        for table in (schema.standing, schema.stage_total)
    }
    store.connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'search', 'instance')")
    found["search"] = store.connection.exec_driver_sql("SELECT doc, col, offset, term FROM word ORDER BY 1, 2, 3").all()
    store.connection.exec_driver_sql("DROP TABLE temp.word")
    return found


def without_ids(store: Store) -> dict[str, list[list[object]]]:
    """Entered data, each id told by when it first comes."""
    seen: dict[object, object] = {}
    found = {}
    for name, rows in entered(store).items():
        if name == schema.playbook_version.name:  # adopted when the database was made
            continue
        found[name] = [[seen.setdefault(value, len(seen)) if _is_id(value) else value for value in row] for row in rows]
    return found


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == 16 and value.isascii() and " " not in value


def test_what_is_derived_is_what_a_refresh_derives(store: Store) -> None:
    do(store, lambda step: take(step, 420))
    assert_sound(store)
    at_once = derived(store)
    assert len(at_once["standing"]) == 420
    list(store.rebuild(now=NOW))
    assert derived(store) == at_once


def test_entered_one_way_or_the_other_is_the_same(store: Store, tmp_path: Path) -> None:
    with store_in(tmp_path, "other.leaddesk") as other:
        do(store, lambda step: take(step, 60))
        do(other, lambda step: write(step, 60))
        assert_sound(other)
        mine, theirs = without_ids(store), without_ids(other)
        # Why each is where it is in the lifecycle is told, in whichever order.
        told = [sorted(repr(row[2:]) for row in one.pop("lifecycle_change")) for one in (mine, theirs)]
        assert told[0] == told[1]
        assert mine == theirs


def test_undo_takes_all_of_it_and_redo_brings_it_back(store: Store) -> None:
    before = entered(store)
    # So many that the triggers are taken away meanwhile.
    do(store, lambda step: take(step, 1100))
    after, at_once = entered(store), derived(store)
    store.undo(now=NOW)
    assert entered(store) == before
    assert_sound(store)
    assert derived(store)["standing"] == []
    store.redo(now=NOW)
    assert entered(store) == after
    assert derived(store) == at_once


def test_who_is_changed_after_coming_in_is_looked_at_again(store: Store) -> None:
    def both(step: Step) -> None:
        take(step, 30)
        take(step, 30, 30)
        rows = step.connection.execute(select(schema.lead.c.id, schema.lead.c.account_id)).all()
        step.update(schema.lead, rows[0].id, name="Somebody Else", owner="Ines")
        account = next(row.account_id for row in rows if row.account_id)
        step.update(schema.account, account, industry="Logistics", company="Renamed")
        step.delete(schema.lead, rows[-1].id)

    do(store, both)
    assert_sound(store)
    at_once = derived(store)
    assert len(at_once["standing"]) == 59
    list(store.rebuild(now=NOW))
    assert derived(store) == at_once


def test_changes_name_them_and_a_later_step_finds_them(store: Store) -> None:
    _, changes = store.run(lambda step: take(step, 8), now=NOW)
    ids = set(store.connection.execute(select(schema.lead.c.id)).scalars())
    assert changes.leads == ids
    assert {"lead", "contact_point", "stage_change", "lifecycle_change"} <= changes.tables
    change_lead(store, min(ids), owner="Ines")
    assert_sound(store)
