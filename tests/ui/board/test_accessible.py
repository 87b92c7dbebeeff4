"""What a screen reader finds on the board: columns with their counts, cards by name, what is selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled, now


def _walk(top: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield top
    for place in range(top.childCount()):
        child = top.child(place)
        if child is not None and not child.state().invisible:
            yield from _walk(child)


def _named(board: Board) -> list[tuple[QAccessible.Role, str]]:
    top = QAccessible.queryAccessibleInterface(board.driver.window)
    assert top is not None
    return [(one.role(), one.text(QAccessible.Text.Name)) for one in _walk(top)]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three leads in a stage that is meant for two."""
    path = tmp_path / "board.leaddesk"
    filled(path, ANNA, CHEN, MARKUP)
    limited = text_of("playbooks", "default.toml").replace('kind = "open"\n', 'kind = "open"\nlimit = 2\n', 1)
    with Store.open(path) as store:
        store.run(adopt_playbook, limited, now=now())
    return path


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_columns_counts_and_cards_are_found_by_name(qtbot: QtBot, database: Path, language: str) -> None:
    with running(qtbot, database, language) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        found = _named(board)
        columns = [name for role, name in found if role is QAccessible.Role.List]
        cards = [name for role, name in found if role is QAccessible.Role.ListItem]
        over = "over the limit of 2" if language == "en" else "超过上限 2 条"
        first = next(name for name in columns if over in name)
        assert ("New: 3 leads" if language == "en" else "新线索") in first
        assert ("€380k" if language == "en" else "€38万") in first
        assert [name for name in columns if "SQL" in name]
        for person in ("Anna Kowalska", "陈志强", "<img src=x>"):
            assert any(person in name for name in cards), person
        strips = [name for role, name in found if role is QAccessible.Role.PushButton]
        assert any(("Lost: 0 leads" if language == "en" else "输单") in name for name in strips)
        assert driver.unnamed_controls() == []


def test_the_card_the_keyboard_is_on_and_the_selected_ones_say_so(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        board.room.lanes.setFocus()
        driver.press("Home", "Shift+Down")
        column = QAccessible.queryAccessibleInterface(board.view("new"))
        assert column is not None
        states = [child.state() for place in range(3) if (child := column.child(place)) is not None]
        assert [bool(state.selected) for state in states] == [True, True, False]
        assert [bool(state.focused) for state in states] == [False, True, False]
        third = column.child(2)
        assert third is not None
        below = column.childAt(third.rect().center().x(), third.rect().center().y())
        assert below is not None
        assert column.indexOfChild(below) == 2


def test_too_many_in_a_stage_is_said_not_only_coloured(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        board = Board(driver)
        head = board.room.lanes.lanes["new"].head
        assert head._count == "▲ 3 / 2"
        assert "over the limit of 2" in head.toolTip()
        assert "Weighted" in head.accessibleDescription()
        assert "over the limit" in board.room.lanes.lanes["new"].strip.accessibleName()
