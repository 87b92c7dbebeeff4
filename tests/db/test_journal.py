"""Undo restores exactly, redo makes it again exactly, also after a restart, whatever was done."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from leaddesk.db import schema
from leaddesk.db.records import Changes
from leaddesk.db.store import Step, Store
from leaddesk.errors import DatabaseTrouble, Refused
from tests.builders import (
    NAME,
    NOW,
    add_event,
    add_lead,
    add_many,
    assert_sound,
    change_lead,
    do,
    entered,
    store_in,
    write_lead,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
places = st.integers(0, 30)
fields = st.sampled_from(["name", "title", "source", "owner", "external_id", "place"])
commands = st.one_of(
    st.tuples(st.just("add"), texts, texts),
    st.tuples(st.just("edit"), places, fields, st.one_of(st.none(), texts)),
    st.tuples(st.just("value"), places, st.one_of(st.none(), st.integers(0, 2**53))),
    st.tuples(st.just("note"), places, texts),
    st.tuples(st.just("rename"), places, texts),
    st.tuples(st.just("give away"), places, places),
    st.tuples(st.just("drop"), places),
    st.tuples(st.just("bulk"), st.integers(1, 4), places, texts),
    st.just(("undo",)),
    st.just(("redo",)),
)


def _leads(step: Step) -> list[str]:
    return list(step.connection.execute(select(schema.lead.c.id).order_by(schema.lead.c.no)).scalars())


def _chosen(step: Step, place: int) -> str | None:
    ids = _leads(step)
    return ids[place % len(ids)] if ids else None


def _add(step: Step, name: str, company: str) -> None:
    write_lead(step, name, company=company or None, phone="+48 600 100 200", note=company)


def _edit(step: Step, place: int, field: str, text: str | None) -> None:
    if chosen := _chosen(step, place):
        step.update(schema.lead, chosen, **{field: text})


def _value(step: Step, place: int, value: int | None) -> None:
    if chosen := _chosen(step, place):
        step.update(schema.lead, chosen, value=value, value_currency=None if value is None else "EUR")


def _note(step: Step, place: int, text: str) -> None:
    if chosen := _chosen(step, place):
        step.insert(schema.note, lead_id=chosen, at=step.now, text=text)
        step.insert(schema.event, lead_id=chosen, kind="pricing_page", at=step.now)


def _rename(step: Step, place: int, text: str) -> None:
    ids = step.connection.execute(select(schema.account.c.id).order_by(schema.account.c.no)).scalars().all()
    if ids:
        step.update(schema.account, ids[place % len(ids)], company=text)


def _give_away(step: Step, place: int, other: int) -> None:
    notes = step.connection.execute(select(schema.note.c.id).order_by(schema.note.c.no)).scalars().all()
    if notes and (chosen := _chosen(step, other)):
        step.update(schema.note, notes[place % len(notes)], lead_id=chosen)


def _drop(step: Step, place: int) -> None:
    if chosen := _chosen(step, place):
        step.delete(schema.lead, chosen)


def _bulk(step: Step, count: int, place: int, text: str) -> None:
    ids = [step.new_id() for _ in range(count)]
    columns = {"stage": "new", "stage_since": step.now, "created_at": step.now}
    step.bulk_insert(schema.lead, [{"id": lead_id, "name": text, **columns} for lead_id in ids])
    step.bulk_insert(schema.note, [{"lead_id": lead_id, "at": step.now, "text": text} for lead_id in ids])
    step.update(schema.lead, ids[0], title=text)  # a row of the range changed in the same step
    if place % 3 == 0:
        step.delete(schema.lead, ids[-1])  # and one taken away


_DOES: dict[str, Callable[..., None]] = {
    "add": _add,
    "edit": _edit,
    "value": _value,
    "note": _note,
    "rename": _rename,
    "give away": _give_away,
    "drop": _drop,
    "bulk": _bulk,
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(commands, max_size=14))
def test_undo_and_redo_restore_exactly(script: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(Path(folder))
        done, undone = [entered(store)], []
        for place, (command, *arguments) in enumerate(script):
            if command == "undo":
                assert (store.undo(now=NOW + place) is not None) == (len(done) > 1)
                if len(done) > 1:
                    undone.append(done.pop())
            elif command == "redo":
                assert (store.redo(now=NOW + place) is not None) == bool(undone)
                if undone:
                    done.append(undone.pop())
            else:
                _, changes = store.run(_DOES[str(command)], *arguments, now=NOW + place)
                if changes.tables:
                    done.append(entered(store))
                    undone.clear()
            assert entered(store) == done[-1]
            if place % 5 == 4:  # as after a restart
                store.close()
                store = store_in(Path(folder))
        assert_sound(store)
        while len(done) > 1:
            store.undo(now=NOW)
            undone.append(done.pop())
            assert entered(store) == done[-1]
        assert_sound(store)
        while undone:
            store.redo(now=NOW)
            assert entered(store) == undone.pop()
        assert_sound(store)
        store.close()


def test_says_what_changed(store: Store) -> None:
    one, other = add_lead(store), add_lead(store, "Wang Li", company="Acme")
    account = store.connection.execute(select(schema.account.c.id)).scalar_one()
    _, changes = store.run(lambda step: step.update(schema.lead, one, title="Buyer"), now=NOW)
    assert changes.leads == {one}
    assert "lead" in changes.tables
    _, changes = store.run(lambda step: step.update(schema.account, account, company="Acme 2"), now=NOW)
    assert changes.leads == {other}
    assert not changes.everything


def test_many_are_not_named_one_by_one(store: Store) -> None:
    add_many(store, 600)
    undone = store.undo(now=NOW)
    assert undone is not None
    assert undone.everything
    assert undone.leads == frozenset()


def test_steps_have_names_and_words(store: Store) -> None:
    def move(step: Step) -> None:
        write_lead(step, "Anna")
        step.name_it(lead="Anna", n=1)

    store.run(move, now=NOW)
    step = store.last_undoable()
    assert step is not None
    assert (step.name, step.details, step.at) == ("move", {"lead": "Anna", "n": 1}, NOW)
    assert store.last_redoable() is None
    undone = store.undo(now=NOW)
    assert undone == Changes(step.no, "move", step.details, undone.leads if undone else frozenset(), _tables(undone))
    assert store.last_undoable() is None
    again = store.last_redoable()
    assert again is not None
    assert again.no == step.no


def _tables(changes: Changes | None) -> frozenset[str]:
    return changes.tables if changes else frozenset()


def test_nothing_to_undo_or_redo(store: Store) -> None:
    assert store.undo(now=NOW) is None
    assert store.redo(now=NOW) is None


def test_a_step_that_changes_nothing_is_none(store: Store) -> None:
    one = add_lead(store)
    store.undo(now=NOW)
    store.redo(now=NOW)
    add_lead(store, "Other")
    store.undo(now=NOW)
    _, changes = store.run(lambda step: step.update(schema.lead, one, name="Anna Kowalska"), now=NOW)
    assert changes.step == 0
    assert store.last_redoable() is not None, "what was undone can still be redone"


def test_a_new_step_overtakes_what_was_undone(store: Store) -> None:
    add_lead(store)
    store.undo(now=NOW)
    add_lead(store, "Other")
    assert store.last_redoable() is None
    assert store.redo(now=NOW) is None
    store.undo(now=NOW)
    assert store.undo(now=NOW) is None


def test_survives_a_restart(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        one = add_lead(store)
        before = entered(store)
        change_lead(store, one, name="Ewa")
    with store_in(tmp_path) as store:
        store.undo(now=NOW)
        assert entered(store) == before
    with store_in(tmp_path) as store:
        store.redo(now=NOW)
        assert store.connection.execute(select(schema.lead.c.name)).scalar_one() == "Ewa"


def test_a_refusal_takes_all_back(store: Store) -> None:
    before = entered(store)

    def refuse(step: Step) -> None:
        write_lead(step, "Anna", company="Acme")
        raise Refused("no")

    with pytest.raises(Refused):
        store.run(refuse, now=NOW)
    assert entered(store) == before
    assert store.last_undoable() is None
    assert_sound(store)


def test_writing_outside_a_step_fails(store: Store) -> None:
    row = {"id": "x", "name": "Anna", "stage": "new", "stage_since": 1, "created_at": 1}
    with pytest.raises(Exception, match=r"NOT NULL constraint failed: change\.step"):
        store.connection.execute(insert(schema.lead).values(row))


def test_even_a_replaced_row_is_journalled(store: Store) -> None:
    one = add_lead(store, external_id="X")
    before = entered(store)
    sql = "INSERT OR REPLACE INTO lead (no, id, name, stage, stage_since, created_at) VALUES (1, ?, 'New', 'new', 1, 1)"
    do(store, lambda step: step.connection.exec_driver_sql(sql, (one,)))
    assert entered(store) != before
    store.undo(now=NOW)
    assert entered(store) == before


def test_readers_cannot_write(store: Store) -> None:
    with store.reader() as reader, pytest.raises(DatabaseTrouble) as caught:
        reader.connection.exec_driver_sql("DELETE FROM lead")
    assert caught.value.code == "read_only"


# ── steps that become one ────────────────────────────────────────────────────────────────────────────────────────────


def _type(lead_id: str, text: str) -> Callable[[Step], None]:
    def type_note(step: Step) -> None:
        step.merge(f"title {lead_id}")
        step.update(schema.lead, lead_id, title=text)
        step.name_it(text=text)

    return type_note


def test_typing_within_a_minute_is_one_step(store: Store) -> None:
    one = add_lead(store)
    before = entered(store)
    for place, text in enumerate(["B", "Bu", "Buyer"]):
        _, changes = store.run(_type(one, text), now=NOW + place * 1000)
        assert changes.leads == {one}
    step = store.last_undoable()
    assert step is not None
    assert step.details == {"text": "Buyer"}
    kept = store.connection.execute(
        select(schema.change.c.old, schema.change.c.new).where(schema.change.c.step == step.no)
    ).all()
    assert [tuple(row) for row in kept] == [(None, "Buyer")]
    after = entered(store)
    store.undo(now=NOW)
    assert entered(store) == before
    store.redo(now=NOW)
    assert entered(store) == after


@pytest.mark.parametrize("later", [60_000, -1])
def test_typing_after_a_minute_is_a_new_step(store: Store, later: int) -> None:
    one = add_lead(store)
    do(store, _type(one, "B"))
    do(store, _type(one, "Bu"), NOW + later)
    store.undo(now=NOW)
    assert store.connection.execute(select(schema.lead.c.title)).scalar_one() == "B"


def test_typing_after_something_else_is_a_new_step(store: Store) -> None:
    one = add_lead(store)
    do(store, _type(one, "B"))
    change_lead(store, one, source="fair")
    do(store, _type(one, "Bu"))
    store.undo(now=NOW)
    assert store.connection.execute(select(schema.lead.c.title)).scalar_one() == "B"


def test_typing_after_an_undo_is_a_new_step_that_overtakes(store: Store) -> None:
    one = add_lead(store)
    do(store, _type(one, "B"))
    store.undo(now=NOW)
    do(store, _type(one, "C"))
    assert store.redo(now=NOW) is None
    store.undo(now=NOW)
    assert store.connection.execute(select(schema.lead.c.title)).scalar_one() is None


def test_what_rides_along_is_undone_with_the_step_before(store: Store) -> None:
    one = add_lead(store)
    before = entered(store)
    change_lead(store, one, title="Buyer")
    step = store.last_undoable()

    def place(step: Step) -> None:
        step.ride_along()
        step.update(schema.lead, one, place="m")

    _, changes = store.run(place, now=NOW + 500_000)
    assert changes.leads == {one}
    assert store.last_undoable() == step
    store.undo(now=NOW)
    assert entered(store) == before


def test_what_rides_along_leaves_redo_alone(store: Store) -> None:
    one = add_lead(store)
    change_lead(store, one, title="Buyer")
    store.undo(now=NOW)

    def place(step: Step) -> None:
        step.ride_along()
        step.update(schema.lead, one, place="m")

    store.run(place, now=NOW)
    store.redo(now=NOW)
    assert store.connection.execute(select(schema.lead.c.title)).scalar_one() == "Buyer"
    assert_sound(store)


# ── ranges ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bulk_insert_is_recorded_as_ranges_and_undone_into_images(store: Store) -> None:
    before = entered(store)
    add_many(store, 1500)
    after = entered(store)
    changes = select(schema.change.c.new, schema.change.c.old).where(
        schema.change.c.table == "lead", schema.change.c.field == "#"
    )
    assert [tuple(row) for row in store.connection.execute(changes)] == [("[1, 1000]", None), ("[1001, 1500]", None)]
    assert store.connection.execute(select(schema.change.c.no).where(schema.change.c.field == "*")).first() is None
    store.undo(now=NOW)
    assert entered(store) == before
    assert_sound(store)
    kept = store.connection.execute(changes).first()
    assert kept is not None
    assert len(json.loads(kept.old)["rows"]) == 1000
    store.redo(now=NOW)
    assert entered(store) == after
    assert [row.old for row in store.connection.execute(changes)] == [None, None]
    assert_sound(store)


def test_a_lead_deleted_brings_back_what_hung_on_it(store: Store) -> None:
    one = add_lead(store, company="Acme", phone="+48 600 100 200", note="Likes tea")
    add_event(store, one, "demo_request")
    before = entered(store)
    do(store, lambda step: step.delete(schema.lead, one))
    assert [name for name, rows in entered(store).items() if rows] == ["account", "playbook_version"]
    store.undo(now=NOW)
    assert entered(store) == before
    assert_sound(store)
    assert (Path(store.path).name) == NAME
