"""A job in several transactions is one step all the same: undone, redone, taken back, whatever others do meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from leaddesk.db import journal, replay, schema
from leaddesk.db.check import dump
from leaddesk.db.records import Changes, Progress
from leaddesk.db.store import Step, Store
from leaddesk.errors import Cancelled, DatabaseTrouble
from tests.builders import NAME, NOW, add_lead, assert_sound, change_lead, do, entered, store_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(store: Store) -> Store:
    store.patience = 0.0  # every yield is the end of a transaction
    return store


def bring(step: Step, count: int = 6, rename: str = "") -> Generator[Progress, None, str]:
    """Adds leads one by one, and gives one that is there another name on the way."""
    for number in range(count):
        rows = [{"name": f"Bo {number}", "stage": "new", "stage_since": step.now, "created_at": step.now}]
        step.bulk_insert(schema.lead, rows)
        if rename and number == count // 2:
            step.update(schema.lead, rename, name="Renamed")
        yield Progress(number + 1, count)
    step.name_it(n=count)
    return "brought"


def finish(job: Generator[Progress, None, tuple[str, Changes]]) -> tuple[str, Changes]:
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: tuple[str, Changes] = end.value
            return result


def names(store: Store) -> list[str]:
    return list(store.connection.execute(select(schema.lead.c.name).order_by(schema.lead.c.no)).scalars())


def test_others_write_in_between_and_it_is_one_step(store: Store, tmp_path: Path) -> None:
    anna = add_lead(store)
    job = store.job(bring, 6, anna, now=NOW)
    assert next(job).between
    assert store.last_undoable() is not None
    change_lead(store, anna, city="Ulm")
    assert_sound(store)
    result, changes = finish(job)
    assert result == "brought"
    assert len(changes.leads) == 7
    last = store.last_undoable()
    assert last is not None
    assert (last.name, last.details, last.no) == ("bring", {"n": 6}, changes.step)
    assert_sound(store)
    after = dump(store)
    assert not list(tmp_path.glob("*.lock"))

    undone = store.undo(now=NOW)
    assert undone is not None
    assert undone.details == {"n": 6}
    assert names(store) == ["Anna Kowalska"]
    assert store.connection.execute(select(schema.lead.c.city)).scalar() == "Ulm"
    assert_sound(store)
    assert store.redo(now=NOW) is not None
    assert dump(store) == after
    assert_sound(store)


def test_closed_between_two_transactions_it_takes_all_back(store: Store, tmp_path: Path) -> None:
    anna = add_lead(store)
    before = entered(store)
    job = store.job(bring, 6, anna, now=NOW)
    for _ in range(5):
        next(job)
    assert names(store)[0] == "Renamed"
    job.close()
    assert entered(store) == before
    last = store.last_undoable()
    assert last is not None
    assert last.name != "bring"
    assert store.connection.execute(select(schema.step_part)).first() is None
    assert_sound(store)
    assert not list(tmp_path.glob("*.lock"))


def test_cancelled_it_takes_all_back_bit_by_bit(store: Store) -> None:
    before = entered(store)
    job = store.job(bring, now=NOW)
    for _ in range(5):
        next(job)
    assert job.throw(Cancelled()).between
    add_lead(store)
    with pytest.raises(Cancelled):
        finish(job)
    assert names(store) == ["Anna Kowalska"]
    assert entered(store) != before
    store.undo(now=NOW)
    assert entered(store) == before
    assert_sound(store)


def test_what_it_is_about_to_take_back_others_may_have_changed(store: Store) -> None:
    """A field written since keeps what others wrote; steps about leads that go can no longer be undone or redone."""
    anna = add_lead(store)
    job = store.job(bring, 6, anna, now=NOW)
    for _ in range(5):
        next(job)
    change_lead(store, anna, name="By hand")
    brought = store.connection.execute(select(schema.lead.c.id).where(schema.lead.c.name == "Bo 1")).scalar_one()
    do(store, lambda step: step.insert(schema.note, lead_id=brought, at=NOW, text="met"))
    job.close()
    assert names(store) == ["By hand"]
    last = store.last_undoable()
    assert last is not None
    assert_sound(store)
    assert store.undo(now=NOW) is not None
    assert store.undo(now=NOW) is not None
    assert store.undo(now=NOW) is None
    assert names(store) == []
    assert_sound(store)


@pytest.mark.parametrize("shared", [False, True])
def test_what_was_undone_before_it_is_done_again_after_it(store: Store, shared: bool) -> None:
    """Whether or not others wrote while it was made."""
    anna = add_lead(store)
    job = store.job(bring, 6, anna, now=NOW)
    next(job)
    if shared:
        change_lead(store, anna, city="Ulm")
    finish(job)
    states = [dump(store)]
    first, last = list(store.connection.execute(select(schema.lead.c.id).order_by(schema.lead.c.no)).scalars())[1::4]
    for change in (
        lambda step: step.update(schema.lead, first, city="Bonn"),
        lambda step: step.insert(schema.note, lead_id=last, at=NOW, text="Met"),
        lambda step: step.delete(schema.lead, first),
        lambda step: step.update(schema.lead, anna, name="Anna K."),
    ):
        do(store, change)
        states.append(dump(store))
    for state in reversed(states[:-1]):
        assert store.undo(now=NOW) is not None
        assert dump(store) == state
    assert store.undo(now=NOW) is not None
    assert names(store) == ["Anna Kowalska"]
    assert_sound(store)
    redone = store.redo(now=NOW)
    assert redone is not None
    assert redone.name == "bring"
    assert dump(store) == states[0]
    for state in states[1:]:
        assert store.redo(now=NOW) is not None
        assert dump(store) == state
        assert_sound(store)
    assert store.redo(now=NOW) is None


def test_what_others_undid_meanwhile_cannot_be_done_again_once_it_is_taken_back(store: Store) -> None:
    job = store.job(bring, now=NOW)
    next(job)
    next(job)
    brought = store.connection.execute(select(schema.lead.c.id).limit(1)).scalar_one()
    do(store, lambda step: step.insert(schema.note, lead_id=brought, at=NOW, text="Met"))
    store.undo(now=NOW)
    assert store.last_redoable() is not None
    job.close()
    assert names(store) == []
    assert store.last_redoable() is None
    assert_sound(store)


def test_a_company_others_took_stays(store: Store) -> None:
    def found(step: Step) -> Generator[Progress, None, str]:
        rows = [{"company": "Acme", "match_key": "acme", "created_at": NOW}, {"company": "B", "created_at": NOW}]
        step.bulk_insert(schema.account, [row | {"match_key": row["company"]} for row in rows])
        yield Progress(1)
        return "founded"

    job = store.job(found, now=NOW)
    next(job)
    acme = store.connection.execute(select(schema.account.c.id).where(schema.account.c.company == "Acme")).scalar_one()
    add_lead(store, account_id=acme)
    job.close()
    assert list(store.connection.execute(select(schema.account.c.company)).scalars()) == ["Acme"]
    assert_sound(store)


def test_an_unfinished_step_is_nothing_undo_takes_back(store: Store) -> None:
    job = store.job(bring, now=NOW)
    next(job)
    assert store.undo(now=NOW) is None
    add_lead(store)
    assert store.undo(now=NOW) is not None
    finish(job)
    assert len(names(store)) == 6
    assert_sound(store)


def test_another_program_leaves_alone_what_is_being_done(store: Store, tmp_path: Path) -> None:
    job = store.job(bring, now=NOW)
    next(job)
    next(job)
    with store_in(tmp_path) as other:
        assert len(names(other)) == 2
        add_lead(other)
    finish(job)
    assert len(names(store)) == 7
    assert_sound(store)


@pytest.mark.parametrize("backwards", [True, False])
def test_an_undo_lets_others_in_between(store: Store, backwards: bool) -> None:
    finish(store.job(bring, now=NOW))
    whole = dump(store)
    if not backwards:
        store.undo(now=NOW)
    half = store.undoing(now=NOW) if backwards else store.redoing(now=NOW)
    assert next(half).between
    next(half)
    assert 0 < len(names(store)) < 6
    assert_sound(store)
    half.close()
    assert len(names(store)) == (0 if backwards else 6)
    if backwards:
        store.redo(now=NOW)
    assert dump(store) == whole
    assert_sound(store)


def test_what_others_do_to_leads_that_an_undo_takes_away_can_no_longer_be_undone(store: Store, tmp_path: Path) -> None:
    anna = add_lead(store)
    finish(store.job(bring, now=NOW))
    brought = store.connection.execute(select(schema.lead.c.id).order_by(schema.lead.c.no)).scalars().all()[1]
    undoing = store.undoing(now=NOW)
    next(undoing)
    with store_in(tmp_path) as other:
        made = do(other, lambda step: step.insert(schema.note, lead_id=brought, at=NOW, text="Met"))
        do(other, lambda step: step.delete(schema.note, made))
        change_lead(other, anna, city="Ulm")
    for _ in undoing:
        pass
    assert names(store) == ["Anna Kowalska"]
    assert_sound(store)
    taken_back = [store.undo(now=NOW) for _ in range(3)]
    assert [one.leads for one in taken_back if one is not None] == [{anna}, {anna}]
    assert names(store) == []
    assert_sound(store)


_KILLED = """
import sys
from pathlib import Path
from leaddesk.db.store import Store
from tests.builders import NOW
from tests.db.test_parts import bring
store = Store.open(Path(sys.argv[1]))
store.patience = 0.0
if sys.argv[2] == "job":
    work = store.job(bring, 6, now=NOW)
else:
    for _ in store.job(bring, 6, now=NOW): pass
    if sys.argv[2] == "redo": store.undo(now=NOW)
    work = store.undoing(now=NOW) if sys.argv[2] == "undo" else store.redoing(now=NOW)
next(work), next(work), next(work)
print("half way", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("what", "left"), [("job", 0), ("undo", 0), ("redo", 6)])
def test_what_a_killed_program_left_the_next_one_ends(tmp_path: Path, what: str, left: int) -> None:
    line = [sys.executable, "-c", _KILLED, str(tmp_path / NAME), what]
    with subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "half way\n"
        os.kill(program.pid, signal.SIGKILL)
    with store_in(tmp_path) as store:
        assert len(names(store)) == left
        assert journal.underway(store.connection) == []
        assert_sound(store)
        last = store.last_undoable()
        assert (last is not None and last.name == "bring") is (what == "redo")
        assert store.last_redoable() is None or what == "undo"
    assert not list(tmp_path.glob("*.lock"))


# ── where the disk refuses half-way ──────────────────────────────────────────────────────────────────────────────────


def _refuse(store: Store, *, refused: bool) -> None:
    store.connection.exec_driver_sql(f"PRAGMA query_only = {int(refused)}")


def take_out(step: Step) -> Generator[Progress, None, str]:
    """Deletes all leads one by one."""
    for lead_id in step.connection.execute(select(schema.lead.c.id)).scalars().all():
        step.delete(schema.lead, lead_id)
        yield Progress(1)
    return "taken out"


def test_a_disk_that_fills_up_during_an_undo_leaves_all_as_it_was(store: Store) -> None:
    for number in range(8):
        add_lead(store, f"Lead {number} " + "x" * 9_000)
    finish(store.job(take_out, now=NOW))
    gone = dump(store)
    work = store.undoing(now=NOW)
    next(work), next(work)
    assert len(names(store)) == 2
    store.connection.exec_driver_sql("PRAGMA incremental_vacuum")
    pages = store.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    free = store.connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
    ballast = "CREATE TABLE ballast AS SELECT zeroblob(?) AS bytes"
    store.connection.exec_driver_sql(ballast, (max(0, free - 6) * 4_000,))
    store.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseTrouble) as caught:
        for _ in work:
            pass
    assert caught.value.code == "full"
    store.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.connection.exec_driver_sql("DROP TABLE ballast")
    assert dump(store) == gone
    assert journal.underway(store.connection) == []
    assert store.left == set()
    assert_sound(store)
    last = store.last_undoable()
    assert last is not None
    assert last.name == "take_out"
    assert store.undo(now=NOW) is not None
    assert len(names(store)) == 8
    assert_sound(store)


@pytest.mark.parametrize("backwards", [True, False])
def test_what_can_be_neither_ended_nor_put_back_is_offered_again(store: Store, backwards: bool) -> None:
    """Undo takes it back, redo does it again, whichever of both was under way; later steps stay later."""
    finish(store.job(bring, now=NOW))
    whole = dump(store)
    if not backwards:
        store.undo(now=NOW)
    work = store.undoing(now=NOW) if backwards else store.redoing(now=NOW)
    next(work), next(work)
    _refuse(store, refused=True)
    with pytest.raises(DatabaseTrouble, match="half_done"):
        next(work)
    _refuse(store, refused=False)
    assert 0 < len(names(store)) < 6
    for offered in (store.last_undoable(), store.last_redoable()):
        assert offered is not None
        assert (offered.name, offered.details) == ("bring", {"n": 6})
    add_lead(store)
    undone = store.undo(now=NOW)
    assert undone is not None
    assert undone.name == "bring"
    assert names(store) == ["Anna Kowalska"]
    assert store.left == set()
    assert_sound(store)
    store.undo(now=NOW)
    assert store.redo(now=NOW) is not None
    assert dump(store) == whole
    assert_sound(store)


def test_a_job_that_could_not_be_taken_back_is_offered_to_undo(store: Store, tmp_path: Path) -> None:
    anna = add_lead(store)
    before = entered(store)
    job = store.job(bring, 6, anna, now=NOW)
    for _ in range(4):
        next(job)
    _refuse(store, refused=True)
    with pytest.raises(DatabaseTrouble, match="half_done"):
        finish(job)
    _refuse(store, refused=False)
    assert len(names(store)) > 1
    offered = store.last_undoable()
    assert offered is not None
    assert offered.name == "half_done"
    assert store.last_redoable() is None
    assert store.undo(now=NOW) is not None
    assert entered(store) == before
    last = store.last_undoable()
    assert last is not None
    assert last.name != "half_done"
    assert not list(tmp_path.glob("*.lock"))
    assert_sound(store)


def test_a_commit_that_fails_at_the_very_end_of_a_job_is_taken_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step had its new number, as the newest, only in the transaction that came to nothing."""
    anna = add_lead(store)
    job = store.job(bring, 6, now=NOW)
    for _ in range(6):
        next(job)
    change_lead(store, anna, city="Ulm")
    before = entered(store)["lead"][:1]
    refused: list[int] = []
    ending = journal.put_last

    def refuse(connection: Connection, number: int) -> int:
        refused.append(ending(connection, number))
        raise DatabaseTrouble("full")

    monkeypatch.setattr(journal, "put_last", refuse)
    with pytest.raises(DatabaseTrouble, match="full"):
        finish(job)
    assert refused
    assert entered(store)["lead"] == before
    assert journal.underway(store.connection) == []
    assert_sound(store)


def test_a_database_opens_though_what_was_left_cannot_be_ended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(store.job(bring, now=NOW))
    work = store.undoing(now=NOW)
    next(work), next(work)
    _refuse(store, refused=True)
    with pytest.raises(DatabaseTrouble, match="half_done"):
        next(work)
    store.close()
    played = replay.play

    def refuse(*_: object, **__: object) -> None:
        raise DatabaseTrouble("full")

    monkeypatch.setattr(replay, "play", refuse)
    with Store.open(store.path) as again:
        offered = again.last_undoable()
        assert offered is not None
        assert offered.name == "bring"
        monkeypatch.setattr(replay, "play", played)
        assert again.undo(now=NOW) is not None
        assert names(again) == []
        assert_sound(again)
