"""What takes the keyboard has a name: in each room, panel and menu about the board and the leads, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations.fields import add_field
from leaddesk.operations.leads import add_note
from leaddesk.operations.tasks import add_task
from leaddesk.operations.views import save_view
from leaddesk.qualify.filtering.tree import Is
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.gate.reason_panel import ReasonPanel
from leaddesk.ui.gate.several_panel import SeveralPanel
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import WindowDriver, running
from tests.ui.board.hands import Board
from tests.ui.pipeline import ANNA, CHEN, filled, now


@pytest.fixture(params=["en", "zh_CN"])
def driver(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    """Two leads, a view, a note and a next step, a field of one's own."""
    path = tmp_path / "named.leaddesk"
    ids = filled(path, ANNA, CHEN)
    with Store.open(path) as store:
        store.run(save_view, "Fair", Is("source", ("Inbound",)), {}, True, now=now())
        store.run(add_field, "Renewal", "date", now=now())
        store.run(add_note, ids["Anna Kowalska"], "Met at the fair", now=now())
        store.run(add_task, ids["Anna Kowalska"], "Call again", date(2031, 1, 2), now=now())
    with running(qtbot, path, str(request.param)) as made:
        yield made


def _assert_named(driver: WindowDriver) -> None:
    driver.settle()
    assert driver.unnamed_controls() == []
    for panel in driver.window.findChildren(Overlay):
        assert not panel.isVisible() or panel.accessibleName(), type(panel).__name__
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        assert all(one.text() for one in menu.actions() if not one.isSeparator())
        menu.close()


def test_the_board_and_all_that_it_asks(driver: WindowDriver) -> None:
    board = Board(driver)
    board.room.lanes.fold("new", False)
    board.room.lanes.setFocus()
    _assert_named(driver)
    board.room.filters.show_where(Is("owner", ("Carol White", "李婷")))
    driver.wait_for(lambda: len(board.shown_in("new")) == 2)
    _assert_named(driver)
    board.room.lanes.setFocus()
    for key in ("G", "Space", "Ctrl+A"):
        driver.press("Home", key)
        _assert_named(driver)
    driver.press("Escape", "Escape")
    mover = board.room.mover
    lead = board.shown_in("new")[0]
    for to in ("sql", "parked", "lost"):
        board.room.move_to(lead, to)
        driver.wait_for(lambda: mover.panel is not None)
        assert isinstance(mover.panel, GatePanel if to == "sql" else ReasonPanel)
        _assert_named(driver)
        driver.press("Escape")
    mover.move_several(board.shown_in("new"), "sql")
    driver.wait_for(lambda: isinstance(mover.panel, SeveralPanel))
    driver.press("A")
    _assert_named(driver)
    driver.press("Escape")


@pytest.mark.parametrize("room", ["board", "leads"])
def test_what_opens_over_a_room(driver: WindowDriver, room: str) -> None:
    driver.trigger(f"go.{room}")
    page = driver.page
    assert isinstance(page, BoardRoom | LeadsRoom)
    driver.wait_for(lambda: driver.window.selected_lead() is not None)
    if room == "leads":
        driver.wait_for(lambda: page.sheet.lead is not None if isinstance(page, LeadsRoom) else True)
    for key in ("Ctrl+N", "Ctrl+E", "Ctrl+Shift+O", "Ctrl+Shift+U", "Shift+F2", "Ctrl+Shift+F", "Ctrl+K", "Shift+F9"):
        driver.press(key)
        _assert_named(driver)
        driver.press("Escape")
    for key in ("Ctrl+M", "Ctrl+Shift+V"):
        driver.press(key)
        assert isinstance(QApplication.activePopupWidget(), QMenu)
        _assert_named(driver)
    driver.trigger("filter.save")
    _assert_named(driver)
    driver.press("Escape")
    if room == "leads":
        driver.press("Ctrl+Shift+T")
        _assert_named(driver)
        driver.press("Escape")


def test_the_cells_of_the_table(driver: WindowDriver) -> None:
    driver.trigger("go.leads")
    page = driver.page
    assert isinstance(page, LeadsRoom)
    driver.wait_for(lambda: len(page.model.nos) == 2)
    table = QAccessible.queryAccessibleInterface(page.table)
    assert table is not None
    assert table.text(QAccessible.Text.Name)
    told = [child.text(QAccessible.Text.Name) for n in range(table.childCount()) if (child := table.child(n))]
    assert any("Anna Kowalska" in text for text in told)
    assert any("€38" in text for text in told)
    columns = page.model.columnCount()
    heads = [child for n in range(table.childCount()) if (child := table.child(n)) and _is_head(child.role())]
    assert len([head for head in heads if head.text(QAccessible.Text.Name)]) >= columns - 1


def _is_head(role: QAccessible.Role) -> bool:
    return role in (QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader)
