"""What a screen reader finds on the board: columns with their counts, cards by name, what is selected."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from leaddesk.ui.board import accessible
from tests.drivers import WindowDriver, running
from tests.ui.board.hands import Board
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled, moved, now


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


def test_a_card_says_score_and_where_it_stands_and_a_folded_column_that_it_is_folded(
    qtbot: QtBot, database: Path
) -> None:
    with running(qtbot, database) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        column = QAccessible.queryAccessibleInterface(board.view("new"))
        assert column is not None
        cards = [child for place in range(3) if (child := column.child(place)) is not None]
        anna = next(card for card in cards if "Anna Kowalska" in card.text(QAccessible.Text.Name))
        spoken = anna.text(QAccessible.Text.Name)
        for told in ("Baltic Freight", "Score 15", "up to 85", "Authority not asked", "€380k", "In stage 0d"):
            assert told in spoken
        assert anna.text(QAccessible.Text.Description) == "New"
        strip = QAccessible.queryAccessibleInterface(board.room.lanes.lanes["lost"].strip)
        assert strip is not None
        assert strip.text(QAccessible.Text.Name) == "Lost: 0 leads"
        assert "Folded" in strip.text(QAccessible.Text.Description)
        board.room.lanes.setFocus()
        driver.press(*["Right"] * 12)
        assert "Folded" in board.room.lanes.accessibleDescription()


def test_a_rotting_card_says_so(qtbot: QtBot, database: Path) -> None:
    clock = lambda: now() + 40 * 86_400_000  # noqa: E731
    driver = WindowDriver(qtbot, database, clock=clock).open()
    try:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        board.driver.wait_for(lambda: all("Stuck: untouched" in name for role, name in _named(board) if _is_card(role)))
    finally:
        driver.close()


def _is_card(role: QAccessible.Role) -> bool:
    return role is QAccessible.Role.ListItem


def test_swimlanes_are_found_with_their_counts_and_say_whether_they_are_folded(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        board.room.look.next_grouping()
        driver.wait_for(lambda: board.room.model.lanes == ["Carol White", "李婷", ""])
        driver.wait_for(lambda: len(board.view("new").column.nos) == 3)
        column = QAccessible.queryAccessibleInterface(board.view("new"))
        assert column is not None
        found = [child for place in range(column.childCount()) if (child := column.child(place)) is not None]
        lines = [child for child in found if child.role() is QAccessible.Role.Heading]
        assert [line.text(QAccessible.Text.Name).split("  ")[0] for line in lines] == [
            "Carol White",
            "李婷",
            "Public pool",
        ]
        assert "1" in lines[0].text(QAccessible.Text.Name)
        assert "€380k" in lines[0].text(QAccessible.Text.Name)
        cards = found[len(lines) :]
        assert "Anna Kowalska" in cards[0].text(QAccessible.Text.Name)
        assert cards[0].text(QAccessible.Text.Description).startswith("New. Carol White")
        for place, child in enumerate(found):
            middle = child.rect().center()
            there = column.childAt(middle.x(), middle.y())
            assert there is not None
            assert column.indexOfChild(there) == column.indexOfChild(child) == place
        assert lines[1].state().expanded
        board.stand_on(board.shown_in("new")[1])
        driver.press("Ctrl+G")
        assert lines[1].state().collapsed
        assert not lines[0].state().collapsed
        other = QAccessible.queryAccessibleInterface(board.view("sql"))
        assert other is not None
        assert other.childCount() == 0


def test_what_a_screen_reader_holds_on_to_may_be_gone(
    qtbot: QtBot, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It remembers cards by number; asking for one that was let go leads nowhere, and not into freed memory."""
    monkeypatch.setattr(accessible, "_CARDS", 1)
    with running(qtbot, database) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        column = QAccessible.queryAccessibleInterface(board.view("new"))
        assert column is not None
        numbers = [QAccessible.uniqueId(card) for place in range(3) if (card := column.child(place)) is not None]
        gc.collect()
        assert [QAccessible.accessibleInterface(number) is None for number in numbers] == [True, True, False]
        board.room.lanes.build()  # other columns take the place of these
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        assert QAccessible.accessibleInterface(numbers[-1]) is None


def test_the_head_says_its_sums_and_what_entering_asks(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "sums.leaddesk"
    ids = filled(path, ANNA, CHEN)
    for lead in ids.values():
        moved(path, lead, "sql")
    with running(qtbot, path) as driver:
        board = Board(driver)
        head = QAccessible.queryAccessibleInterface(board.room.lanes.lanes["sql"].head)
        assert head is not None
        named, described = head.text(QAccessible.Text.Name), head.text(QAccessible.Text.Description)
        assert "SQL: 2 leads" in named
        assert "€380k" in named
        assert "¥210k" in named
        assert "Weighted" in described
        assert "To enter" in described


def test_every_card_of_a_walk_is_named_whatever_is_folded_or_selected(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        board = Board(driver)
        board.room.lanes.fold("new", False)
        board.room.lanes.setFocus()
        driver.press("Home", "Ctrl+A")
        found = _named(board)
        assert sum(_is_card(role) for role, _ in found) == 3
        assert all(name for role, name in found if _is_card(role))
        assert driver.unnamed_controls() == []
