"""Everything the board does, done by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Order
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.operations.pipeline import move_lead
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.board.card_art import Density
from leaddesk.ui.gate.reason_panel import ReasonPanel
from leaddesk.ui.gate.several_panel import SeveralPanel
from leaddesk.ui.leads.form import LeadForm
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import filled

PEOPLE = [
    {"name": f"Lead {number}", "owner": owner, "source": "Fair", "value": "1000 EUR", "phone": "+48 58 555 01 42"}
    for number, owner in enumerate(["Carol White", "Carol White", "Lee Wong", None, None])
]


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """Five leads in the first stage, the oldest first."""
    return list(filled(tmp_path / "board.leaddesk", *PEOPLE).values())


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path, ids: list[str]) -> Iterator[Board]:
    """The board with them, in own order, the keyboard on the first card."""
    change_settings(person="Carol White")
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        made = Board(driver)
        made.room.filters.ordered.chosen.emit(Order.OWN)
        driver.wait_for(lambda: made.shown_in("new") == ids)
        made.stand_on(ids[0])
        yield made


def _selected(board: Board) -> list[str]:
    model = board.room.model
    return [card.id for no in board.room.lanes.selection.nos if (card := model.card(no)) is not None]


def test_arrows_walk_both_ways(board: Board, ids: list[str]) -> None:
    press, here = board.driver.press, board.room.selected_lead
    press("Down", "Down")
    assert here() == ids[2]
    press("Up")
    assert here() == ids[1]
    press("End")
    assert here() == ids[4]
    press("Home")
    assert here() == ids[0]
    press("PgDown")
    assert here() == ids[4]
    press("PgUp")
    assert here() == ids[0]
    press("Right")
    assert board.room.lanes.current_stage() == "mql"
    press("Left")
    assert here() == ids[0]


def test_alt_and_arrows_put_a_card_up_and_down(board: Board, ids: list[str]) -> None:
    board.driver.press("Alt+Down")
    board.driver.wait_for(lambda: board.shown_in("new") == [ids[1], ids[0], *ids[2:]])
    assert board.room.selected_lead() == ids[0]
    board.driver.press("End", "Alt+Up")
    board.driver.wait_for(lambda: board.shown_in("new") == [ids[1], ids[0], ids[2], ids[4], ids[3]])
    assert board.room.selected_lead() == ids[4]
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: board.shown_in("new") == [ids[1], ids[0], *ids[2:]])
    board.driver.press("Home", "Alt+Up")  # it is the first already
    board.driver.wait_saved()
    assert board.shown_in("new") == [ids[1], ids[0], *ids[2:]]


def test_in_another_order_it_is_said_that_cards_cannot_be_placed(board: Board, ids: list[str]) -> None:
    board.room.filters.ordered.chosen.emit(Order.SCORE)
    board.wait_read()
    board.stand_on(ids[0])
    board.driver.press("Alt+Down")
    board.driver.wait_for(lambda: "order" in board.driver.toast)


def test_several_are_selected_moved_and_brought_back_as_one(board: Board, ids: list[str]) -> None:
    board.driver.press("Shift+Down", "Shift+Down")
    assert _selected(board) == ids[:3]
    assert board.room.chosen.isVisible()
    assert "3" in board.room.chosen.told.text()
    board.driver.press("Shift+Up")
    assert _selected(board) == ids[:2]
    board.driver.press("End", "Ctrl+Space")
    assert _selected(board) == [*ids[:2], ids[4]]
    board.room.move_to(ids[4], "lost")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, ReasonPanel))
    board.driver.press("1")
    board.driver.wait_for(lambda: {board.stage_of(one) for one in (ids[0], ids[1], ids[4])} == {"lost"})
    board.driver.wait_for(lambda: "3" in board.driver.toast)
    board.driver.wait_for(lambda: not board.room.lanes.selection)
    assert not board.room.chosen.isVisible()
    board.assert_heads_true()
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: {board.stage_of(one) for one in ids} == {"new"})
    board.driver.wait_for(lambda: board.shown_in("new") == ids)
    board.assert_heads_true()


def test_a_gate_asks_once_for_several(board: Board, ids: list[str]) -> None:
    board.driver.press("Ctrl+A")
    assert len(board.room.lanes.selection) == 5
    board.driver.press("Alt+Right")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, SeveralPanel))
    board.driver.press("Escape")
    board.driver.wait_for(lambda: board.room.mover.panel is None)
    assert {board.stage_of(one) for one in ids} == {"new"}
    assert not board.room.model.pending
    assert len(board.room.lanes.selection) == 5
    board.driver.press("Alt+Right")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, SeveralPanel))
    board.driver.press("A")
    board.driver.type("a fair")
    board.driver.press("Return")
    board.driver.wait_for(lambda: {board.stage_of(one) for one in ids} == {"mql"})
    board.assert_heads_true()


def test_escape_lets_all_go(board: Board) -> None:
    board.driver.press("Ctrl+A", "Escape")
    assert not board.room.lanes.selection


def test_several_are_deleted_in_one_step(board: Board, ids: list[str]) -> None:
    board.driver.press("Shift+Down", "Delete")
    board.driver.wait_for(lambda: board.shown_in("new") == ids[2:])
    assert not board.room.lanes.selection
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: board.shown_in("new") == ids)


def test_space_peeks_and_the_look_follows_the_keyboard(board: Board, ids: list[str]) -> None:
    assert ids
    board.driver.press("Space")
    assert board.room.peek.isVisible()
    assert "Lead 0" in board.room.peek.accessibleName()
    assert "1 of 7" in board.room.peek.accessibleDescription() or "Untouched" in board.room.peek.accessibleDescription()
    board.driver.press("Down")
    board.driver.wait_for(lambda: "Lead 1" in board.room.peek.accessibleName())
    assert board.room.lanes.hasFocus()
    board.driver.press("Space")
    assert not board.room.peek.isVisible()
    board.driver.press("Space", "Escape")
    assert not board.room.peek.isVisible()
    board.driver.press("Space", "Up", "Space")  # quicker than the look follows
    glance = board.room.findChild(QTimer, "glance")
    assert glance is not None
    board.driver.wait_for(lambda: not glance.isActive())
    assert not board.room.peek.isVisible()


def test_letters_move_call_edit_and_open(board: Board, ids: list[str]) -> None:
    board.driver.press("M")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClicks(menu, str(list(board.driver.desk.playbook.stage).index("nurture") + 1))
    board.driver.wait_for(lambda: board.stage_of(ids[0]) == "nurture")
    board.driver.wait_for(lambda: board.room.lanes.current_stage() == "nurture")
    board.stand_on(ids[1])
    board.driver.press("Return")
    board.driver.wait_for(lambda: isinstance(board.driver.page, LeadsRoom))
    board.driver.trigger("go.board")
    board.stand_on(ids[1])
    board.driver.press("C")
    board.driver.wait_for(lambda: board.driver.room == "call")


def test_a_column_and_the_look_of_cards_are_remembered(board: Board) -> None:
    board.driver.press("D")
    assert board.room.look.density is Density.THREE_LINES
    board.driver.press("D")
    assert "density=dense" in read_settings().board
    high = board.view("new").pitch
    assert high < 40
    board.driver.press("D")
    assert board.view("new").pitch > 2 * high
    board.driver.press("W")
    assert "new=0" in read_settings().folds
    board.driver.press("Return")
    assert board.room.lanes.lanes["new"].wide


def test_swimlanes_are_walked_through_and_folded(board: Board, ids: list[str]) -> None:
    board.driver.press("G")
    assert board.room.model.by is Grouping.OWNER
    board.driver.wait_for(lambda: board.room.model.lanes == ["Carol White", "Lee Wong", ""])
    board.driver.wait_for(lambda: board.shown_in("new") == ids)
    words = [board.room.lanes.arrangement.words_over(place) for place in range(3)]
    assert [one.split("  ")[0][2:] for one in words] == ["Carol White", "Lee Wong", "Public pool"]
    assert "2" in words[0]
    board.stand_on(ids[1])
    board.driver.press("Down")
    assert board.room.selected_lead() == ids[2]
    board.driver.press("Ctrl+G", "Up", "Down")
    assert board.room.selected_lead() == ids[3]
    assert "▸" in board.room.lanes.arrangement.words_over(1)
    board.driver.press("G")
    board.driver.wait_for(lambda: board.room.model.lanes == ["Fair"])
    board.driver.press("G")
    board.driver.wait_for(lambda: board.room.model.lanes == ["cold"])
    board.driver.press("G")
    board.driver.wait_for(lambda: board.room.model.by is Grouping.NONE and board.shown_in("new") == ids)


def test_a_lead_of_the_pool_is_claimed_and_given_back(board: Board, ids: list[str]) -> None:
    board.stand_on(ids[3])
    board.driver.press("Ctrl+Shift+K")
    board.driver.wait_for(lambda: board.driver.ask(leads.state_of, ids[3]).facts.get("owner") == "Carol White")
    board.driver.wait_for(lambda: "Claimed" in board.driver.toast)
    board.driver.trigger("lead.release")
    board.driver.wait_for(lambda: "owner" not in board.driver.ask(leads.state_of, ids[3]).facts)
    board.stand_on(ids[2])
    board.driver.trigger("lead.claim")
    board.driver.wait_for(lambda: "Lee Wong" in board.driver.toast)


def test_the_search_is_a_key_away_and_back(board: Board, ids: list[str]) -> None:
    board.driver.press("/")
    board.driver.wait_for(board.room.filters.search.hasFocus)
    board.driver.type("lead 3")
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 1)
    board.driver.press("Down")
    board.driver.wait_for(board.room.lanes.hasFocus)
    assert board.room.selected_lead() == ids[3]


def test_it_goes_back_is_edited_and_the_next_one_is_called(board: Board, ids: list[str]) -> None:
    board.driver.desk.do(move_lead, ids[0], "mql", override="a fair")
    board.driver.wait_for(lambda: ids[0] in board.shown_in("mql"))
    board.stand_on(ids[0])
    board.driver.press("Alt+Left")
    board.driver.wait_for(lambda: board.stage_of(ids[0]) == "new")
    board.stand_on(ids[1])
    board.driver.press("E")
    board.driver.wait_for(lambda: board.driver.window.findChild(LeadForm) is not None)
    board.driver.press("Escape")
    board.driver.wait_for(board.room.lanes.hasFocus)
    board.driver.press("N")
    board.driver.wait_for(lambda: board.driver.room == "call")


def test_typing_a_name_finds_it_and_lets_go_of_what_is_selected(board: Board, ids: list[str]) -> None:
    board.driver.press("Shift+Down")
    board.driver.type("Lead 2")
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 1)
    assert board.room.filters.search.text() == "Lead 2"
    assert not board.room.lanes.selection
    board.driver.press("Return")
    assert board.room.selected_lead() == ids[2]
    board.driver.press("/", "Escape", "Escape")
    board.driver.wait_for(lambda: board.shown_in("new") == ids)
    board.driver.type("3")
    board.driver.wait_for(lambda: board.room.filters.search.text() == "3")
