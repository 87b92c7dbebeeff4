"""The table by keys: columns chosen, moved, widened, sorted, and kept across starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from leaddesk.settings import read_settings
from leaddesk.ui.leads.columns import read_look
from leaddesk.ui.leads.columns_panel import ColumnsPanel
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.table import LeadTable
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    """The leads room in front, with three leads."""
    filled(tmp_path / "leads.leaddesk", ANNA, CHEN, MARKUP)
    with running(qtbot, tmp_path / "leads.leaddesk") as window:
        table_of(window)
        yield window


def table_of(driver: WindowDriver) -> LeadTable:
    """The table, with its order there and the keyboard on it."""
    driver.trigger("go.leads")
    page = driver.page
    assert isinstance(page, LeadsRoom)
    driver.wait_for(lambda: len(page.model.nos))
    page.table.setFocus()
    page.table.stand_on(0)
    return page.table


def keys(table: LeadTable) -> list[str]:
    """The shown columns."""
    return [column.key for column in table.shown_columns]


def stand_in(driver: WindowDriver, table: LeadTable, key: str) -> None:
    """Walk to a column by the arrow key."""
    for _ in range(20):
        column = table.current_column()
        if column is not None and column.key == key:
            return
        driver.press("Right")
    raise AssertionError(key)


def panel_of(driver: WindowDriver) -> ColumnsPanel:
    """The panel in front."""
    return next(panel for panel in driver.window.findChildren(ColumnsPanel) if panel.isVisible())


def test_columns_are_chosen_by_keys_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    filled(tmp_path / "leads.leaddesk", ANNA)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        table = table_of(driver)
        driver.press("Ctrl+Shift+T")
        panel = panel_of(driver)
        driver.wait_for(panel.list.hasFocus)
        driver.press("Tab")
        panel.search.setFocus()
        driver.type("city")
        driver.press("Down", "Space", "Return")
        driver.wait_for(lambda: keys(table)[-1] == "city")
        city = table.rows.index(0, table.rows.place_of("city"))
        assert city.data() == "Gdańsk"
        driver.wait_for(lambda: "city" in read_look(read_settings().columns).columns)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        assert "city" in keys(table_of(driver))


def test_escape_leaves_the_columns_as_they_are(driver: WindowDriver) -> None:
    table = table_of(driver)
    before = keys(table)
    driver.press("Ctrl+Shift+T", "Down", "Space", "Escape")
    assert keys(table) == before
    assert table.hasFocus()


def test_a_column_moves_in_the_panel_and_in_the_table(driver: WindowDriver) -> None:
    table = table_of(driver)
    driver.press("Ctrl+Shift+T", "Alt+Down", "Return")
    driver.wait_for(lambda: keys(table)[:2] == ["company", "name"])
    stand_in(driver, table, "name")
    driver.press("Alt+Left")
    assert keys(table)[:2] == ["name", "company"]
    stand_in(driver, table, "company")
    driver.press("Alt+Right")
    assert keys(table)[:3] == ["name", "source", "company"]


def test_a_column_is_sorted_by_and_widened_by_keys(driver: WindowDriver) -> None:
    table = table_of(driver)
    driver.press("Alt+Up")
    driver.wait_for(lambda: table.rows.index(0, table.rows.place_of("name")).data() == "<img src=x>")
    driver.press("Alt+Down")
    driver.wait_for(lambda: table.rows.index(0, table.rows.place_of("name")).data() == "陈志强")
    before = table.columnWidth(1)
    driver.press("Alt+Shift+Right")
    driver.wait_for(lambda: table.columnWidth(1) > before)
    assert read_look(read_settings().columns).sort == "title"


def test_the_menu_of_a_head(driver: WindowDriver) -> None:
    table = table_of(driver)
    table.head_menu_wanted.emit("source", table.mapToGlobal(table.rect().center()))
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    actions = {action.text(): action for action in menu.actions() if action.text()}
    actions["Sort downwards"].trigger()
    driver.wait_for(lambda: table.rows.sorted_by == "source")
    actions["Hide this column"].trigger()
    assert "source" not in keys(table)
    actions["Sort by what is due"].trigger()
    assert table.rows.sorted_by == "urgency"
    menu.close()


def test_chosen_columns_scroll_where_there_is_no_room(driver: WindowDriver) -> None:
    table = table_of(driver)
    table.show_columns(tuple(key for key in table.rows.known_columns() if "." not in key))
    bar = table.horizontalScrollBar()
    driver.wait_for(lambda: bar.maximum() > 0)
    assert not table.checks.isVisible()
    driver.press(*["Right"] * 30)
    assert bar.value() > 0
    assert table.checks.isVisible()
    place = QPoint(10, table.rowViewportPosition(2) + 5)
    QTest.mouseClick(table.checks, Qt.MouseButton.LeftButton, pos=place)
    assert set(table.chosen_nos()) == {table.rows.nos[0], table.rows.nos[2]}
    driver.press(*["Left"] * 30)
    assert table.columnViewportPosition(1) >= table.columnWidth(0)
    driver.wait_for(lambda: not table.checks.isVisible())


def test_a_late_next_step_stands_out(driver: WindowDriver) -> None:
    table = table_of(driver)
    cells = [table.rows.cells(row) for row in range(3)]
    place = table.rows.place_of("next_step")
    steps = [one[place] for one in cells if one is not None]
    assert {step.bold for step in steps if step.role == "not-met"} == {True}
    assert {step.bold for step in steps if step.role != "not-met"} <= {False}


def test_all_are_chosen_at_once_and_stay_chosen_while_cells_are_walked(driver: WindowDriver) -> None:
    table = table_of(driver)
    driver.press("Ctrl+A")
    assert table.chosen_count() == 3
    assert list(table.chosen_nos()) == list(table.rows.nos)
    driver.press("Right", "Space")
    assert table.chosen_count() == 2
    driver.press("Down")
    assert table.chosen_count() == 1
    driver.press("Shift+Down")
    assert table.chosen_count() == 2


def test_heads_ask_no_row_whether_it_is_chosen(driver: WindowDriver) -> None:
    """With a million rows chosen, Qt would ask a million times for each head, whenever one is drawn."""
    table = table_of(driver)
    driver.press("Ctrl+A")
    assert table.chosen_count() == len(table.rows.nos)
    assert not table.horizontalHeader().selectionModel().hasSelection()


def test_chosen_leads_stay_chosen_in_another_order(driver: WindowDriver) -> None:
    table = table_of(driver)
    driver.press("Shift+Down")
    chosen = set(table.chosen_nos())
    driver.press("Alt+Down")
    driver.wait_for(lambda: table.rows.sorted_by != "urgency" and len(table.rows.nos) == 3)
    driver.wait_for(lambda: set(table.chosen_nos()) == chosen)


def test_every_column_says_its_cells(driver: WindowDriver) -> None:
    table = table_of(driver)
    table.show_columns(tuple(table.rows.known_columns()))
    anna = next(row for row in range(3) if table.rows.index(row, table.rows.place_of("name")).data() == ANNA["name"])
    said = {
        column.key: table.rows.index(anna, place).data(Qt.ItemDataRole.AccessibleTextRole)
        for place, column in enumerate(table.rows.columns)
    }
    assert said["size"] == "240"
    assert said["phone"] == "+48 58 555 01 42"
    assert said["owner"] == "Carol White"
    assert str(said["grade"])[:1] in "ABC"
    assert said["do_not_call"] == "no"
