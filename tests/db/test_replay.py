"""Thousands of rows come, go and come back, and whatever happens meanwhile the triggers are there again."""

from __future__ import annotations

import gc

import pytest

from leaddesk.db import journal, schema
from leaddesk.db.store import Step, Store
from tests.builders import NOW, add_many, assert_sound, change_lead, do, entered

MANY = journal.MANY_ROWS + 50


def _triggers(store: Store) -> dict[str, str]:
    rows = store.connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    return {row.name: row.sql for row in rows}


def test_many_rows_come_go_and_come_back(store: Store) -> None:
    nothing = entered(store)
    ids = add_many(store, MANY)
    came = entered(store)
    change_lead(store, ids[-1], name="Ewa Nowak")
    changed = entered(store)
    store.undo(now=NOW)
    assert entered(store) == came
    store.undo(now=NOW)
    assert entered(store) == nothing
    store.redo(now=NOW)
    assert entered(store) == came
    store.redo(now=NOW)
    assert entered(store) == changed
    assert _triggers(store) == journal.triggers()
    assert gc.isenabled()
    assert_sound(store)


def test_rows_deleted_one_by_one_come_back(store: Store) -> None:
    ids = add_many(store, MANY)
    before = entered(store)

    def drop(step: Step) -> None:
        for one in ids:
            step.delete(schema.lead, one)

    do(store, drop)
    after = entered(store)
    store.undo(now=NOW)
    assert entered(store) == before
    store.redo(now=NOW)
    assert entered(store) == after
    store.undo(now=NOW)
    assert _triggers(store) == journal.triggers()
    assert_sound(store)


def test_what_fails_among_many_rows_leaves_everything_as_it_was(store: Store) -> None:
    before = entered(store)
    rows = [{"name": f"Lead {n}", "stage": "new", "stage_since": NOW, "created_at": NOW} for n in range(MANY)]
    rows[-1] |= {"id": "twice"}
    rows[-2] |= {"id": "twice"}
    with pytest.raises(Exception, match="UNIQUE"):
        do(store, lambda step: step.bulk_insert(schema.lead, rows))
    assert entered(store) == before
    assert _triggers(store) == journal.triggers()
    add_many(store, 2)
    assert_sound(store)
