"""While a job runs a person's steps are saved, undone and done again between its transactions."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.leads import list_order
from leaddesk.db.reads.overview import overview
from leaddesk.db.records import Changes, Progress
from leaddesk.db.store import Step, Store
from leaddesk.errors import Cancelled, LeadDeskError
from leaddesk.operations.leads import add_lead
from leaddesk.operations.verb import operation
from leaddesk.ui.desk import Desk
from tests.drivers import PATIENCE


@operation
def bring(step: Step, count: int, begun: threading.Event) -> Generator[Progress, None, int]:
    """Add leads one by one."""
    for done in range(count):
        add_lead(step, {"name": f"Lead {done}"})
        begun.set()
        yield Progress(done + 1, count)
    return count


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk()
    with qtbot.waitSignal(made.opened, timeout=PATIENCE):
        made.open(tmp_path / "leads.leaddesk")
    impatient: list[None] = []
    made.work(_be_impatient, impatient.append)
    qtbot.waitUntil(lambda: bool(impatient), timeout=PATIENCE)
    yield made
    made.close()


def _be_impatient(store: Store) -> None:
    store.patience = 0.0


def leads(desk: Desk) -> int:
    return desk.get(overview).leads


def test_a_step_in_between_is_saved_before_the_job_ends(qtbot: QtBot, desk: Desk) -> None:
    begun, order = threading.Event(), list[str]()
    desk.start(bring, 400, begun, then=lambda _: order.append("job"))
    assert begun.wait(PATIENCE / 1000)
    desk.do(add_lead, {"name": "Anna"}, then=lambda _: order.append("step"))
    qtbot.waitUntil(lambda: len(order) == 2, timeout=PATIENCE)
    assert order == ["step", "job"]
    assert leads(desk) == 401
    undone: list[Changes | None] = []
    desk.undo(undone.append)
    qtbot.waitUntil(lambda: bool(undone), timeout=PATIENCE)
    assert leads(desk) == 1
    assert desk.redoable is not None
    assert desk.redoable.name == "bring"


def test_undo_in_between_takes_back_what_the_person_did(qtbot: QtBot, desk: Desk) -> None:
    begun, order = threading.Event(), list[str]()
    desk.start(bring, 400, begun, then=lambda _: order.append("job"))
    assert begun.wait(PATIENCE / 1000)
    desk.do(add_lead, {"name": "Anna"})
    desk.undo(lambda changes: order.append(changes.name if changes is not None else "nothing"))
    qtbot.waitUntil(lambda: len(order) == 2, timeout=PATIENCE)
    assert order == ["add_lead", "job"]
    assert leads(desk) == 400


def test_a_second_job_waits_for_the_first(qtbot: QtBot, desk: Desk) -> None:
    begun, order = threading.Event(), list[int]()
    desk.start(bring, 60, begun, then=order.append)
    desk.start(bring, 5, begun, then=order.append)
    qtbot.waitUntil(lambda: len(order) == 2, timeout=PATIENCE)
    assert order == [60, 5]
    assert desk.undoable is not None
    undone: list[Changes | None] = []
    desk.undo(undone.append)
    desk.undo(undone.append)
    desk.undo(undone.append)
    qtbot.waitUntil(lambda: len(undone) == 3, timeout=PATIENCE)
    assert undone.count(None) == 1  # each took back its own, whichever was told first
    assert leads(desk) == 0


def test_stopped_it_is_taken_back_and_the_step_in_between_stays(qtbot: QtBot, desk: Desk) -> None:
    begun, ends = threading.Event(), list[LeadDeskError]()
    job = desk.start(bring, 100_000, begun, failed=ends.append)
    assert begun.wait(PATIENCE / 1000)
    saved: list[str] = []
    desk.do(add_lead, {"name": "Anna"}, then=saved.append)
    qtbot.waitUntil(lambda: bool(saved), timeout=PATIENCE)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE)
    assert isinstance(ends[0], Cancelled)
    assert leads(desk) == 1


def test_what_was_read_in_between_is_read_anew_after_it_was_stopped(qtbot: QtBot, desk: Desk) -> None:
    begun, ends, heard = threading.Event(), list[LeadDeskError](), list[Changes]()
    desk.changed.connect(heard.append)
    job = desk.start(bring, 100_000, begun, failed=ends.append)
    assert begun.wait(PATIENCE / 1000)
    qtbot.waitUntil(lambda: leads(desk) > 0, timeout=PATIENCE)
    job.cancel()
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE)
    qtbot.waitUntil(lambda: any(one.everything for one in heard), timeout=PATIENCE)
    assert leads(desk) == 0


def test_closing_takes_back_what_was_not_finished(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk()
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "leads.leaddesk")
    desk.work(_be_impatient)
    begun = threading.Event()
    desk.start(bring, 100_000, begun)
    assert begun.wait(PATIENCE / 1000)
    assert desk.close()
    with Store.open(tmp_path / "leads.leaddesk") as store:
        assert store.last_undoable() is None
        assert overview(store).leads == 0
    assert not list(tmp_path.glob("*.lock"))


def test_a_job_that_waits_is_not_run_in_another_database(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    begun = threading.Event()
    desk.start(bring, 400, begun)
    assert begun.wait(PATIENCE / 1000)
    failures: list[LeadDeskError] = []
    desk.failed.connect(failures.append)
    desk.start(bring, 5, begun)
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "other.leaddesk")
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE)
    assert isinstance(failures[0], Cancelled)
    assert leads(desk) == 0
    brought: list[int] = []
    desk.start(bring, 3, begun, then=brought.append)
    qtbot.waitUntil(lambda: bool(brought), timeout=PATIENCE)
    assert leads(desk) == 3


def test_a_job_after_another_database_would_not_open_is_done(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    begun, failures = threading.Event(), list[LeadDeskError]()
    desk.start(bring, 400, begun)
    assert begun.wait(PATIENCE / 1000)
    desk.failed.connect(failures.append)
    with qtbot.waitSignal(desk.open_failed, timeout=PATIENCE):
        desk.open(tmp_path)
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE)
    with qtbot.waitSignal(desk.opened, timeout=PATIENCE):
        desk.open(tmp_path / "other.leaddesk")
    brought: list[int] = []
    desk.start(bring, 3, begun, then=brought.append)
    qtbot.waitUntil(lambda: bool(brought), timeout=PATIENCE)
    assert leads(desk) == 3


def test_with_many_leads_orders_are_held_in_memory(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaddesk.db.reader.FEWEST", 20)
    begun, done = threading.Event(), list[int]()
    desk.start(bring, 30, begun, then=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    desk.warm()

    def held(reading: object) -> bool:
        return getattr(reading, "orders", None) is not None

    warm: list[bool] = []

    def ask() -> bool:
        desk.read(held, then=warm.append)
        return bool(warm) and warm[-1]

    qtbot.waitUntil(ask, timeout=PATIENCE)
    orders: list[object] = []
    listed = partial(list_order, filters=Filters(), sort=Sort.URGENCY, as_of=desk.now(), as_kept=True)
    desk.read(listed, then=orders.append)
    qtbot.waitUntil(lambda: bool(orders), timeout=PATIENCE)
    assert orders == [desk.get(listed)]
