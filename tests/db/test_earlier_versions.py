"""A database as earlier versions left it: longer ids, ends of phone numbers as words, prefixes, points in full."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.db import schema
from leaddesk.db.check import check
from leaddesk.db.engine import Opened, begin, commit, engine_of, pragma
from leaddesk.db.ids import LENGTH
from leaddesk.db.journal import unrecorded
from leaddesk.db.migrations import LATEST
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.search import search
from leaddesk.db.store import Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.state import Said
from tests.builders import NAME, NOW, add_many, add_task, assert_sound, entered, store_in

_ID_COLUMNS = ("id", "lead_id", "account_id", "call_id", "playbook_id")
_ENDS = "48600100200 8600100200 600100200 00100200 0100200 100200 00200 0200"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Made by this program, then turned back to version 7."""
    facts = {"name": "Anna Kowalska", "company": "Acme", "phone": "+48 600 100 200", "email": "anna@acme.example"}
    with store_in(tmp_path) as store:
        lead_id, _ = store.run(add_lead, facts, now=NOW)
        store.run(give_answer, lead_id, "priority", Said(keys=("first",)), now=NOW)
        add_task(store, lead_id, "2025-10-10")
        add_many(store, 30)
    path = tmp_path / NAME
    opened = Opened(path, engine_of(path))
    try:
        begin(opened.connection)
        with unrecorded(opened.connection):
            _turn_back(opened.connection)
        commit(opened.connection)
    finally:
        opened.close()
    return path


def _turn_back(connection: Connection) -> None:
    ask = connection.exec_driver_sql
    ask("PRAGMA defer_foreign_keys = ON")
    for table in schema.JOURNALLED:
        for column in set(_ID_COLUMNS) & set(table.c.keys()):
            for value in ask(f"SELECT DISTINCT {column} FROM {table.name} WHERE {column} IS NOT NULL").scalars().all():
                ask(f"UPDATE {table.name} SET {column} = ? WHERE {column} = ?", (_uuid(value), value))
                ask("UPDATE standing SET next_id = ? WHERE next_id = ?", (_uuid(value), value))
                for text in ('"row"', "lead", "old", "new"):
                    ask(f"UPDATE change SET {text} = replace({text}, ?, ?)", (value, _uuid(value)))
    judge = int(ask("SELECT id FROM playbook_version").scalar_one()[-8:], 16)
    for number, parts in ask("SELECT lead_no, parts FROM standing").all():
        full = json.dumps({"fit": 0, "engagement": 0, **json.loads(parts)})
        ask("UPDATE standing SET parts = ?, judged_by = ? WHERE lead_no = ?", (full, judge, number))
    ask("DROP TABLE search")
    ask(
        "CREATE VIRTUAL TABLE search USING fts5(title, company, contact, other, content='', contentless_delete=1, "
        "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
    )
    for number, name in ask("SELECT no, lower(name) FROM lead").all():
        ask("INSERT INTO search (rowid, title, contact) VALUES (?, ?, ?)", (number, name, _ENDS if number == 1 else ""))
    ask("CREATE INDEX ix_contact_point_normal ON contact_point (normal)")
    ask("DROP INDEX call_open")
    ask("PRAGMA user_version = 7")


def _uuid(value: str) -> str:
    """An id as version 7 made them."""
    noise = int.from_bytes(hashlib.sha256(value.encode()).digest()[:8], "big")
    return str(uuid.UUID(int=NOW << 80 | 0x7 << 76 | 0b10 << 62 | noise >> 2))


@pytest.fixture
def store(old: Path) -> Iterator[Store]:
    with store_in(old.parent) as opened:
        yield opened


def test_opens_and_is_sound(store: Store) -> None:
    assert pragma(store.connection, "user_version") == LATEST
    assert store.path.with_name("leads-version-7.leaddesk").exists()
    assert_sound(store)
    assert {len(key) for key in store.connection.exec_driver_sql("SELECT id FROM lead").scalars()} == {36}


def test_what_was_done_can_be_undone_and_redone(store: Store) -> None:
    before = entered(store)
    for _ in range(4):
        assert store.undo(now=NOW) is not None
    assert store.connection.exec_driver_sql("SELECT count(*) FROM lead").scalar_one() == 0
    for _ in range(4):
        assert store.redo(now=NOW) is not None
    assert entered(store) == before
    assert_sound(store)


def test_new_rows_stand_after_the_old_ones(store: Store) -> None:
    lead_id = find_lead(store, str(store.connection.exec_driver_sql("SELECT id FROM lead").scalars().first()).upper())
    added, _ = store.run(add_lead, {"name": "Ewa Nowak", "phone": "+48 700 300 400"}, now=NOW)
    answer, _ = store.run(give_answer, lead_id, "priority", Said(keys=("among",)), now=NOW)
    for table in ("lead", "answer"):
        ids = store.connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY no").scalars().all()
        assert ids[-1] == max(ids) in (added, answer)
        assert len(ids[-1]) == LENGTH
    assert_sound(store)


@pytest.mark.parametrize("typed", ["600100200", "+48 600", "0600", "0200", "an", "anna 600"])
def test_finds_what_an_old_index_holds_and_what_a_new_one_does(store: Store, typed: str) -> None:
    assert search(store, typed)[0] == 1
    before = search(store, typed)
    list(store.rebuild(now=NOW))
    assert set(before) <= set(search(store, typed))
    assert check(store) == []
