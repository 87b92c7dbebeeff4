"""Killed at any moment while it does something with many leads, the program did all of it or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from leaddesk.db import journal, schema
from leaddesk.db.check import dump
from leaddesk.db.store import Store
from leaddesk.operations import bulk
from leaddesk.operations.bulk import Edit, change_leads
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from tests.builders import DAY, NOW, add_many, assert_sound

ROOT = Path(__file__).parents[2]
MANY = 300
#: So many in a transaction.
FEW = 40
KILLS = 3
#: So long after the leads were touched last, all of them are due for the pool.
LATER = NOW + 60 * DAY

_KILLED = """
import os, random, signal, sys, threading
from pathlib import Path
from leaddesk.db.days import local_day
from leaddesk.db.store import Store
from leaddesk.operations import bulk, moves
from leaddesk.operations.bulk import Edit, change_leads, delete_many
from leaddesk.operations.moves import move_leads
from leaddesk.operations.pool import due_for_pool, return_untouched
from tests.operations.test_killed import FEW, LATER, MANY, their_ids

bulk.CHUNK = moves.CHUNK = FEW
store = Store.open(Path(sys.argv[1]))
store.patience = 0.0
what, after = sys.argv[2], float(sys.argv[3])
everybody = range(1, MANY + 1)
edit = Edit({"source": "Fair", "owner": "Dan"}, tags_on=("vip",))
due = due_for_pool(store, local_day(LATER), MANY)
assert what != "pool" or len(due) == MANY
work = {
    "edit": lambda: store.job(change_leads, everybody, edit, now=LATER),
    "delete": lambda: store.job(delete_many, everybody, now=LATER),
    "move": lambda: store.job(move_leads, their_ids(store), "nurture", now=LATER),
    "undo": lambda: store.undoing(now=LATER),
    "pool": lambda: iter([store.run(return_untouched, due, now=LATER)]),
}[what]()
threading.Timer(after, os.kill, (os.getpid(), signal.SIGKILL)).start()
for _ in work:
    pass
print("done", flush=True)
threading.Event().wait()
"""


def their_ids(store: Store) -> list[str]:
    """The ids of all leads."""
    return list(store.connection.exec_driver_sql("SELECT id FROM lead ORDER BY no").scalars())


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many leads of one owner, changed in several transactions, so that this can be undone so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "CHUNK", FEW)
        return _begun(tmp_path_factory.mktemp("killed") / "begun.leaddesk")


def _begun(path: Path) -> Path:
    with Store.open(path) as store:
        store.run(adopt_playbook, text_of("playbooks", "default.toml") + "\n[pool]\ndays = 10\n", now=NOW)
        add_many(store, MANY, owner="Lee")
        store.patience = 0.0
        for _ in store.job(change_leads, range(1, MANY + 1), Edit({"city": "Ulm"}, tags_on=("old",)), now=NOW):
            pass
        assert store.connection.exec_driver_sql("SELECT count(*) FROM step_part").scalar_one() > 5
    return path


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("what", ["edit", "delete", "move", "undo", "pool"])
def test_all_or_nothing(begun: Path, tmp_path: Path, what: str) -> None:
    with Store.open(begun) as store:
        before = dump(store)
    chance = random.Random(what)
    for kill in range(KILLS):
        path = tmp_path / f"{what}-{kill}.leaddesk"
        shutil.copy(begun, path)
        line = [sys.executable, "-c", _KILLED, str(path), what, str(chance.uniform(0.0, 0.5))]
        ran = subprocess.run(line, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert ran.returncode == -signal.SIGKILL, ran.stderr
        with Store.open(path) as store:
            stands = _how_it_stands(store, what, before)
            assert stands == "all" if ran.stdout else stands in ("nothing", "all")
            assert journal.underway(store.connection) == []
            assert store.left == set()
            assert_sound(store)
            if stands == "all":
                store.redo(now=LATER) if what == "undo" else store.undo(now=LATER)
                assert dump(store) == before
        assert not list(tmp_path.glob("*.lock"))


def _how_it_stands(store: Store, what: str, before: object) -> str:
    """Whether all was done, or nothing; else what is there."""
    if dump(store) == before:
        return "nothing"
    leads = [dict(row) for row in store.connection.execute(schema.lead.select()).mappings()]
    tags = Counter(row["tag"] for row in store.connection.execute(schema.lead_tag.select()).mappings())
    done = {
        "edit": lambda: tags["vip"] == MANY and {(one["source"], one["owner"]) for one in leads} == {("Fair", "Dan")},
        "delete": lambda: not leads,
        "move": lambda: {one["stage"] for one in leads} == {"nurture"},
        "undo": lambda: not tags and {one["city"] for one in leads} == {None},
        "pool": lambda: {one["owner"] for one in leads} == {None},
    }[what]()
    return "all" if done else f"{len(leads)} leads, {tags}"


_MOVES = """
import sys, threading, os, signal
from pathlib import Path
from leaddesk.db.store import Store
from leaddesk.operations.pipeline import move_with_answers
from leaddesk.qualify.state import Said
from tests.operations.test_killed import LATER, their_ids

store = Store.open(Path(sys.argv[1]))
ids = their_ids(store)
threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL)).start()
for lead_id in ids:
    said = {"difficulty": Said(keys=("ours",))}
    store.run(move_with_answers, lead_id, "sql", answers=said, override="known from before", now=LATER)
threading.Event().wait()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("after", [0.05, 0.21])
def test_what_a_gate_asked_and_the_move_are_there_together_or_not_at_all(
    begun: Path, tmp_path: Path, after: float
) -> None:
    path = tmp_path / "moves.leaddesk"
    shutil.copy(begun, path)
    line = [sys.executable, "-c", _MOVES, str(path), str(after)]
    ran = subprocess.run(line, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    with Store.open(path) as store:
        asked = store.connection.exec_driver_sql
        moved = set(asked("SELECT id FROM lead WHERE stage = 'sql'").scalars())
        assert set(asked("SELECT lead_id FROM answer").scalars()) == moved
        assert set(asked("SELECT lead_id FROM stage_change WHERE to_stage = 'sql'").scalars()) == moved
        assert_sound(store)
