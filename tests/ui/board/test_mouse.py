"""The board by mouse: picking, selecting, opening, menus, folding, and how a drag looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.ui.board.carrying import _faded, carried, carried_leads
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import filled

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path) -> Iterator[Board]:
    """Five leads of two owners in the first stage, that column wide."""
    people = [{"name": f"Lead {number}", "owner": "Bo" if number < 3 else "Cy"} for number in range(5)]
    filled(tmp_path / "board.leaddesk", *people)
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        made = Board(driver)
        made.room.lanes.fold("new", False)
        made.fetch()
        yield made


def _at(board: Board, index: int) -> QPoint:
    return board.view("new").rect_of(index).center()


def _click(board: Board, index: int, held: Qt.KeyboardModifier = _NONE) -> None:
    QTest.mouseClick(board.view("new").viewport(), _LEFT, held, _at(board, index))
    board.driver.settle()


def test_clicks_pick_and_with_control_or_shift_select(board: Board) -> None:
    nos = board.view("new").column.nos
    _click(board, 1)
    assert board.room.lanes.current() is not None
    assert not board.room.lanes.selection
    _click(board, 3, Qt.KeyboardModifier.ControlModifier)
    assert board.room.lanes.selection.nos == (nos[1], nos[3])
    _click(board, 2)
    assert not board.room.lanes.selection
    _click(board, 0, Qt.KeyboardModifier.ShiftModifier)
    assert set(board.room.lanes.selection.nos) == set(nos[:3])
    _click(board, 1)  # to take all of them up, not to let them go
    assert len(board.room.lanes.selection) == 3


def test_the_bar_below_does_with_all_what_its_buttons_say(board: Board) -> None:
    _click(board, 0)
    _click(board, 1, Qt.KeyboardModifier.ControlModifier)
    assert board.room.chosen.isVisible()
    board.room.chosen.buttons["delete"].click()
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 3)
    assert not board.room.chosen.isVisible()


def test_a_double_click_opens_and_a_right_click_offers(board: Board) -> None:
    view = board.view("new").viewport()
    where = _at(board, 2)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.mapToGlobal(where)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert any("Claim" in action.text() for action in menu.actions())
    menu.close()
    QTest.mouseDClick(view, _LEFT, _NONE, where)
    board.driver.wait_for(lambda: isinstance(board.driver.page, LeadsRoom))


def test_the_menu_key_offers_the_same(board: Board) -> None:
    board.room.lanes.setFocus()
    board.driver.press("Home")
    QTest.keyClick(board.room.lanes, Qt.Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_a_click_on_the_line_of_a_swimlane_folds_it_and_columns_scroll_as_one(board: Board) -> None:
    board.room.look.next_grouping()
    board.driver.wait_for(lambda: board.room.model.lanes == ["Bo", "Cy"])
    view = board.view("new")
    board.driver.wait_for(lambda: len(view.column.nos) == 5)
    high = view.piles.layout.height
    QTest.mouseClick(view.viewport(), _LEFT, _NONE, QPoint(20, 5))
    assert view.piles.layout.height < high
    QTest.mouseClick(view.viewport(), _LEFT, _NONE, QPoint(20, 5))
    assert view.piles.layout.height == high
    board.driver.window.resize(1000, 420)
    board.driver.settle()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    assert board.view("sql").verticalScrollBar().value() == bar.value()


def test_the_chip_remembers_what_was_chosen(board: Board) -> None:
    board.room.look._fill()
    offered = [action for action in board.room.look._menu.actions() if action.isCheckable()]
    assert len(offered) == 3 + 4
    dense = next(action for action in offered if "One line" in action.text())
    dense.trigger()
    assert board.view("new").pitch < 40
    assert "One line" in board.room.look.accessibleName()


def test_a_drag_carries_numbers_and_shows_how_many(qtbot: QtBot) -> None:
    assert qtbot
    assert carried_leads(carried([3, 1, 2])) == [3, 1, 2]
    for odd in ("", "1,x", "²", "-1"):
        data = carried([])
        data.setData("application/x-leaddesk-lead", odd.encode())
        assert carried_leads(data) == []
    picture = QPixmap(200, 100)
    picture.fill(Qt.GlobalColor.white)
    one, many = _faded(picture, 1).toImage(), _faded(picture, 12).toImage()
    assert one.size() == many.size()
    assert one != many
