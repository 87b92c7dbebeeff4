"""A board of ten thousand leads: only what is looked at is read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from leaddesk.db import schema
from leaddesk.db.check import check, dump
from leaddesk.db.store import Step, Store
from leaddesk.operations.verb import operation
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.leads.bulk_panel import BulkPanel
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import WindowDriver, running
from tests.ui.board.hands import Board
from tests.ui.pipeline import now

MANY = 10_000


@operation
def add_many(step: Step) -> None:
    """Leads that have a name and nothing else."""
    rows = [
        {"id": step.new_id(), "name": f"Lead {number}", "stage": "new", "stage_since": step.now, "created_at": step.now}
        for number in range(MANY)
    ]
    step.bulk_insert(schema.lead, rows)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with many leads, made once; each test works on a copy."""
    path = tmp_path_factory.mktemp("many") / "many.leaddesk"
    with Store.open(path) as store:
        store.run(add_many, now=now())
    return path


@pytest.fixture
def window(qtbot: QtBot, many: Path, tmp_path: Path) -> Iterator[WindowDriver]:
    """The program on many leads."""
    path = tmp_path / "many.leaddesk"
    shutil.copy(many, path)
    with running(qtbot, path) as driver:
        yield driver


def test_scrolling_reads_only_what_is_seen(window: WindowDriver) -> None:
    window.trigger("go.board")
    room = window.page
    assert isinstance(room, BoardRoom)
    column = room.model.columns["new"]
    window.wait_for(lambda: column.whole and len(column.nos) == MANY)
    view = room.lanes.lanes["new"].view
    bar = view.verticalScrollBar()
    for part in (0.25, 0.5, 0.99):
        bar.setValue(round(bar.maximum() * part))
        window.settle()
        assert all(room.model.card(column.nos[index]) is not None for index in view.visible())
    read = sum(room.model.card(no) is not None for no in column.nos)
    assert read < 120
    room.lanes.setFocus()
    window.press("End")
    assert room.selected_lead() is not None
    assert bar.value() == bar.maximum()
    spoken = QAccessible.queryAccessibleInterface(view)
    assert spoken is not None
    assert spoken.role() is QAccessible.Role.List
    assert spoken.childCount() == MANY
    last = spoken.child(MANY - 1)
    assert last is not None
    assert "Lead" in last.text(QAccessible.Text.Name)
    assert last.state().focused

    window.trigger("go.leads")
    table = window.page
    assert isinstance(table, LeadsRoom)
    window.wait_for(lambda: len(table.model.nos) == MANY)
    table.table.setFocus()
    window.press("End")
    window.wait_for(lambda: table.sheet.lead is not None)
    assert table.table.currentIndex().row() == MANY - 1


def test_ten_thousand_are_moved_and_brought_back_with_true_heads(window: WindowDriver) -> None:
    board = Board(window)
    board.driver.wait_for(lambda: len(board.room.model.columns["new"].nos) == MANY)
    board.room.lanes.setFocus()
    window.press("Home", "Ctrl+A")
    assert len(board.room.lanes.selection) == MANY
    first = board.room.selected_lead()
    assert first is not None
    board.room.move_to(first, "nurture")
    window.wait_for(lambda: len(board.room.model.columns["nurture"].nos) == MANY)
    window.wait_for(lambda: board.room.model.columns["new"].leads == 0)
    board.assert_heads_true()
    assert "10,000" in window.toast or "10000" in window.toast
    window.press("Ctrl+Z")
    window.wait_for(lambda: len(board.room.model.columns["new"].nos) == MANY)
    window.wait_for(lambda: board.room.model.columns["nurture"].leads == 0)
    board.assert_heads_true()


def test_a_move_of_many_can_be_stopped_and_leaves_nothing(window: WindowDriver) -> None:
    board = Board(window)
    window.wait_for(lambda: len(board.room.model.columns["new"].nos) == MANY)
    board.room.lanes.setFocus()
    window.press("Home", "Ctrl+A")
    first = board.room.selected_lead()
    assert first is not None
    board.room.move_to(first, "nurture")
    window.wait_for(board.room.progress.isVisible)
    board.room.progress.stopped.emit()
    window.wait_for(lambda: not board.room.progress.isVisible())
    window.wait_saved()
    assert board.stage_of(first) == "new"
    board.assert_heads_true()
    assert not board.room.model.pending
    assert len(board.room.lanes.selection) == MANY


def test_ten_thousand_are_changed_at_once_stopped_and_undone_exactly(window: WindowDriver) -> None:
    """Shift+F2 on the board: progress is shown, stopped it leaves nothing, and one undo takes all of it back."""
    board = Board(window)
    window.wait_for(lambda: len(board.room.model.columns["new"].nos) == MANY)
    board.room.lanes.setFocus()
    before = window.ask(dump)

    def change() -> BulkPanel:
        window.press("Home", "Ctrl+A", "Shift+F2")
        panel = next(one for one in window.window.findChildren(BulkPanel) if one.isVisible())
        panel.tags_on.setFocus()
        window.type("vip")
        assert panel.add_field("value") is not None
        window.type("1000 EUR")
        window.press("Return")
        return panel

    stopped = change()
    window.wait_for(lambda: stopped.progress.isVisible() and stopped.job is not None)
    shares = list[int]()
    assert stopped.job is not None
    stopped.job.progressed.connect(lambda progress: shares.append(progress.done))
    window.wait_for(lambda: shares)
    window.press("Escape")
    window.wait_for(lambda: stopped.job is None)
    window.wait_saved()
    assert window.ask(dump) == before
    board.assert_heads_true()
    window.press("Escape")
    window.wait_for(board.room.lanes.hasFocus)

    change()
    window.wait_for(lambda: _sums(board) == {"EUR": MANY * 100_000})
    window.wait_saved()
    board.assert_heads_true()
    window.press("Ctrl+Z")
    told = set[str]()
    window.wait_for(lambda: _noted(told, window.toast) and not _sums(board))
    window.wait_saved()
    assert any("Undoing" in one and "%" in one for one in told)
    board.assert_heads_true()
    assert window.ask(dump) == before
    assert window.ask(check) == []


def _sums(board: Board) -> dict[str, int]:
    total = board.room.model.columns["new"].total
    return dict(total.values) if total is not None else {}


def _noted(told: set[str], text: str) -> bool:
    told.add(text)
    return True
