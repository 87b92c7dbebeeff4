"""A board of ten thousand leads: only what is looked at is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from leaddesk.db import schema
from leaddesk.db.store import Step, Store
from leaddesk.operations.verb import operation
from leaddesk.ui.board.room import BoardRoom
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


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    """The program on many leads."""
    path = tmp_path / "many.leaddesk"
    with Store.open(path) as store:
        store.run(add_many, now=now())
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
