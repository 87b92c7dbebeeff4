"""Derived data is at all times what it would be if made anew."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from leaddesk.db import refresh, schema
from leaddesk.db.check import check
from leaddesk.db.judging import judge
from leaddesk.db.reads.board import Filters, cards, totals
from leaddesk.db.reads.leads import lead
from leaddesk.db.store import Step, Store
from leaddesk.qualify.terms import Temperature
from leaddesk.resources import text_of
from tests.builders import (
    DAY,
    NOW,
    add_answer,
    add_call,
    add_event,
    add_lead,
    add_many,
    add_task,
    assert_sound,
    change_lead,
    do,
    store_in,
    write_lead,
)

stages = st.sampled_from(["new", "mql", "discovery", "sql", "lost"])
choices = st.sampled_from(["fair", "web", "", None])
leads = st.tuples(stages, choices, choices, st.sampled_from([None, "EUR", "CNY"]), st.integers(0, 10**9))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(leads, max_size=12), st.lists(st.tuples(st.integers(0, 11), leads), max_size=6))
def test_totals_equal_a_count_of_everything(
    made: list[tuple[str, str | None, str | None, str | None, int]],
    changed: list[tuple[int, tuple[str, str | None, str | None, str | None, int]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, store_in(Path(folder)) as store:
        ids = [add_lead(store, **_columns(*one)) for one in made]
        for place, one in changed:
            if ids:
                change_lead(store, ids[place % len(ids)], **_columns(*one))
        _assert_totals(store)
        for _ in range(len(changed) // 2):
            store.undo(now=NOW)
        _assert_totals(store)


def _columns(stage: str, source: str | None, owner: str | None, currency: str | None, value: int) -> dict[str, Any]:
    money = {"value": value if currency else None, "value_currency": currency}
    return {"stage": stage, "source": source, "owner": owner, **money}


def _assert_totals(store: Store) -> None:
    table = schema.lead
    for source in (None, "fair", ""):
        asked = select(table.c.stage, table.c.value_currency, func.count(), func.sum(table.c.value))
        if source is not None:
            asked = asked.where(func.coalesce(table.c.source, "") == source)
        leads: dict[str, int] = {}
        values: dict[tuple[str, str], int] = {}
        for stage, currency, count, value in store.connection.execute(asked.group_by(table.c.stage, "value_currency")):
            leads[stage] = leads.get(stage, 0) + count
            if currency:
                values[stage, currency] = value
        told = totals(store, Filters(source=source))
        assert {stage: total.leads for stage, total in told.items() if total.leads} == leads
        assert {(stage, code): sum_ for stage, total in told.items() for code, sum_ in total.values.items()} == values
        assert set(store.playbook.stage) <= set(told)


def test_a_company_that_changes_moves_all_its_leads(store: Store) -> None:
    one = add_lead(store, company="Acme")
    account = store.connection.execute(select(schema.account.c.id)).scalar_one()
    two = add_lead(store, "Wang Li", account_id=account)
    before = {card.id: card.score for card in cards(store, [1, 2], NOW)}
    _, changes = store.run(lambda step: step.update(schema.account, account, industry="Logistics"), now=NOW)
    assert changes.leads == {one, two}
    after = {card.id: card.score for card in cards(store, [1, 2], NOW)}
    assert all(after[lead_id] > before[lead_id] for lead_id in (one, two))
    assert_sound(store)


def test_in_bulk_and_one_by_one_are_the_same(tmp_path: Path) -> None:
    with store_in(tmp_path, "bulk.leaddesk") as bulk, store_in(tmp_path, "single.leaddesk") as single:
        add_many(bulk, 30)

        def one_by_one(step: Step) -> None:
            for n in range(30):
                write_lead(step, f"Lead {n}", company=f"Firm {n}" if n % 2 == 0 else None, phone=f"+48 600 {n:06d}")

        do(single, one_by_one)
        assert_sound(bulk)
        assert_sound(single)
        columns = [column for column in schema.standing.c if column.name not in ("next_id", "judged_by")]
        rows = [store.connection.execute(select(*columns)).all() for store in (bulk, single)]
        assert rows[0] == rows[1]


def test_lifecycle_is_recorded_in_the_same_step(store: Store) -> None:
    one = add_lead(store, company="Acme")
    assert lead(store, one, NOW).lifecycle == store.playbook.lifecycle[0].key
    count = len(store.connection.execute(select(schema.lifecycle_change)).all())
    account = store.connection.execute(select(schema.account.c.id)).scalar_one()

    def interested(step: Step) -> None:
        step.update(schema.account, account, industry="Logistics", size=400)
        for kind in ("demo_request", "pricing_page", "webinar"):
            step.insert(schema.event, lead_id=one, kind=kind, at=NOW)

    _, changes = store.run(interested, now=NOW)
    assert lead(store, one, NOW).lifecycle == "mql"
    assert "lifecycle_change" in changes.tables
    assert len(store.connection.execute(select(schema.lifecycle_change)).all()) == count + 1
    store.undo(now=NOW)
    assert lead(store, one, NOW).lifecycle == store.playbook.lifecycle[0].key
    assert_sound(store)


def test_lifecycle_of_a_bulk_insert_goes_and_comes_with_it(store: Store) -> None:
    add_many(store, 20)
    assert set(store.connection.execute(select(schema.lead.c.lifecycle)).scalars()) == {store.playbook.lifecycle[0].key}
    store.undo(now=NOW)
    assert store.connection.execute(select(schema.lifecycle_change)).all() == []
    store.redo(now=NOW)
    assert set(store.connection.execute(select(schema.lead.c.lifecycle)).scalars()) == {store.playbook.lifecycle[0].key}
    assert_sound(store)


def test_time_moves_scores_without_a_write(store: Store) -> None:
    one = add_lead(store)
    add_event(store, one, "pricing_page")
    [now] = cards(store, [1], NOW)
    [later] = cards(store, [1], NOW + 60 * DAY)
    assert later.score < now.score
    assert later.score == lead(store, one, NOW + 60 * DAY).assessment.score
    assert cards(store, [1], NOW) == [now]


def test_a_standing_of_the_past_ignores_what_came_later(store: Store) -> None:
    one = add_lead(store)
    [before] = cards(store, [1], NOW)
    add_event(store, one, "pricing_page", at=NOW + DAY, now=NOW + DAY)
    add_answer(store, one, "approver", "on_call", at=NOW + DAY, now=NOW + DAY)
    [past] = cards(store, [1], NOW)
    [today] = cards(store, [1], NOW + DAY)
    assert past.score == before.score
    assert today.score > before.score


def test_freshen_computes_what_time_moved_and_nothing_else(store: Store) -> None:
    one, _ = add_lead(store), add_lead(store, "Wang Li")
    add_event(store, one, "pricing_page")
    before = store.last_undoable()
    changes = store.freshen(now=NOW + 60 * DAY)
    assert changes is not None
    assert changes.leads == {one}
    assert store.freshen(now=NOW + 60 * DAY) is None
    assert store.last_undoable() == before
    kept = store.connection.execute(select(schema.standing.c.score).where(schema.standing.c.lead_no == 1)).scalar_one()
    assert kept == cards(store, [1], NOW + 60 * DAY)[0].score
    assert_sound(store)


def test_freshen_makes_way_once_it_is_enough(store: Store) -> None:
    many = {add_lead(store, f"Lead {number}") for number in range(30)}
    for one in sorted(many):
        add_event(store, one, "pricing_page")
    later = NOW + 60 * DAY
    some = store.freshen(now=later, is_enough=lambda: True)
    assert some is not None
    assert 0 < len(some.leads) < len(many)
    rest = store.freshen(now=later, is_enough=lambda: False)
    assert rest is not None
    assert some.leads | rest.leads == many
    assert store.freshen(now=later, is_enough=lambda: False) is None
    assert_sound(store)


def test_another_playbook_moves_all_leads(store: Store) -> None:
    one = add_lead(store)
    add_event(store, one, "pricing_page")
    before = cards(store, [1], NOW)[0].score
    toml = text_of("playbooks", "default.toml").replace('key = "bant-fit"', 'key = "other"')
    halved = toml.replace("half_life_days = 7", "half_life_days = 1")

    def adopt(step: Step) -> None:
        step.insert(schema.playbook_version, number=2, name="Other", toml=halved, adopted_at=step.now)

    _, changes = store.run(adopt, now=NOW + DAY)
    assert changes.everything
    assert store.playbook.key == "other"
    with store.reader() as reader:
        assert reader.playbook.key == "other"
    assert_sound(store)
    store.undo(now=NOW)
    assert store.playbook.key != "other"
    assert cards(store, [1], NOW)[0].score == before
    assert_sound(store)


def test_what_was_judged_by_a_playbook_taken_back_is_judged_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "AT_ONCE", 0)  # as with very many leads: they follow by and by
    one = add_lead(store)
    add_event(store, one, "pricing_page")
    while store.freshen(now=NOW):
        pass
    halved = text_of("playbooks", "default.toml").replace("half_life_days = 7", "half_life_days = 1")

    def adopt(step: Step) -> None:
        step.insert(schema.playbook_version, number=2, name="Other", toml=halved, adopted_at=step.now)

    store.run(adopt, now=NOW + DAY)
    do(store, lambda step: step.insert(schema.note, lead_id=one, at=step.now, text="met"), NOW + DAY)
    store.undo(now=NOW + DAY)
    store.undo(now=NOW + DAY)
    while store.freshen(now=NOW + DAY):
        pass
    judges = set(store.connection.execute(select(schema.standing.c.judged_by)).scalars())
    assert judges == {judge(store.connection)}


def test_hot_and_not_yet_called_has_a_clock(store: Store) -> None:
    one = add_lead(store)
    add_event(store, one, "demo_request", at=NOW - 2 * DAY)
    add_event(store, one, "demo_request", at=NOW - DAY)
    [card] = cards(store, [1], NOW)
    assert (card.temperature, card.waiting, card.hot_since) == (Temperature.HOT, True, NOW - 2 * DAY)
    add_call(store, one, ended_at=NOW)
    [card] = cards(store, [1], NOW)
    assert (card.temperature, card.waiting) == (Temperature.HOT, False)
    add_event(store, one, "demo_request", at=NOW + 5, now=NOW + 5)
    [card] = cards(store, [1], NOW + 5)
    assert (card.waiting, card.hot_since) == (True, NOW + 5)
    change_lead(store, one, do_not_call=1, now=NOW + 5)
    assert not cards(store, [1], NOW + 5)[0].waiting


def test_the_earliest_open_task_is_the_next_step(store: Store) -> None:
    one = add_lead(store)
    add_task(store, one, "2025-10-20")
    add_task(store, one, "2025-10-12")
    timed = add_task(store, one, "2025-10-12", "09:30")
    [card] = cards(store, [1], NOW)
    assert card.next_step is not None
    assert (card.next_step.id, card.next_step.due_time) == (timed, "09:30")
    do(store, lambda step: step.update(schema.task, timed, done_at=NOW))
    [card] = cards(store, [1], NOW)
    assert card.next_step is not None
    assert card.next_step.due_time is None
    assert_sound(store)


def test_check_finds_what_was_spoiled(store: Store) -> None:
    add_lead(store)
    run = store.connection.exec_driver_sql
    run("UPDATE standing SET score = score + 1")
    run("UPDATE stage_total SET leads = leads + 1")
    run("DELETE FROM search")
    run("UPDATE recording SET step = 7")
    assert [finding.code for finding in check(store)] == ["journal", "standing", "search", "totals"]
    run("UPDATE recording SET step = NULL")
    list(store.rebuild(now=NOW))
    assert_sound(store)


def test_check_finds_missing_triggers_and_broken_references(store: Store) -> None:
    one = add_lead(store)
    run = store.connection.exec_driver_sql
    run("DROP TRIGGER journal_note_insert")
    run("PRAGMA foreign_keys = OFF")
    run("INSERT INTO note (id, lead_id, at, text) VALUES ('x', 'nobody', 1, 'x')")
    assert {finding.code for finding in check(store)} == {"journal", "broken_reference"}
    do(store, lambda step: step.update(schema.lead, one, stage="elsewhere"))
    assert "unknown_stage" in {finding.code for finding in check(store)}
