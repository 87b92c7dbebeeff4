"""The board by keys and by mouse, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidgetAction
from pytestqt.qtbot import QtBot

from leaddesk import words
from leaddesk.db.reads import board as reads
from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Filters
from leaddesk.operations.leads import add_lead
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.board.look_chip import LookChip
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.gate.reason_panel import ReasonPanel
from leaddesk.ui.text import Text
from tests.drivers import WindowDriver, running
from tests.ui.board.hands import Board
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    return str(request.param)


@pytest.fixture
def ids(tmp_path: Path) -> dict[str, str]:
    """Three known leads."""
    return filled(tmp_path / "board.leaddesk", ANNA, CHEN, MARKUP)


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> Iterator[Board]:
    """The board with them."""
    assert ids
    change_settings(person="Carol White")
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        yield Board(driver)


def test_heads_say_true_counts_and_sums_per_currency(
    qtbot: QtBot, tmp_path: Path, ids: dict[str, str], language: str
) -> None:
    assert ids
    with running(qtbot, tmp_path / "board.leaddesk", language) as driver:
        board = Board(driver)
        totals = driver.ask(reads.totals, Filters())
        assert totals["new"].leads == board.room.model.columns["new"].leads == 3
        spoken = board.room.lanes.lanes["new"].head.accessibleName()
        assert (
            ("€380k" in spoken and "¥210k" in spoken) if language == "en" else ("€38万" in spoken and "¥21万" in spoken)
        )
        assert ("New" if language == "en" else "新线索") in spoken


def test_a_key_moves_a_card_and_undo_brings_it_back(board: Board, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    board.stand_on(anna)
    board.driver.press("M")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    stages = list(board.driver.desk.playbook.stage)
    QTest.keyClick(menu, Qt.Key(Qt.Key.Key_1 + stages.index("nurture")))
    board.driver.wait_for(lambda: board.stage_of(anna) == "nurture")
    assert anna in board.shown_in("nurture")
    assert anna not in board.shown_in("new")
    board.driver.wait_for(lambda: "Anna Kowalska" in board.driver.toast)
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: board.stage_of(anna) == "new")
    board.driver.wait_for(lambda: anna in board.shown_in("new"))


def test_the_keyboard_goes_along_with_the_card(board: Board, ids: dict[str, str]) -> None:
    chen = ids["陈志强"]
    board.stand_on(chen)
    board.room.move_to(chen, "nurture")
    board.driver.wait_for(lambda: board.stage_of(chen) == "nurture")
    board.driver.wait_for(lambda: board.room.lanes.current_stage() == "nurture")
    assert board.room.selected_lead() == chen


def test_the_keyboard_goes_to_a_lead_just_added(board: Board, ids: dict[str, str]) -> None:
    board.stand_on(ids["陈志强"])
    board.driver.desk.do(add_lead, {"name": "Zoë Zweig"})
    board.driver.wait_for(lambda: board.room.selected_lead() not in ids.values())
    (added,) = (lead for lead in board.shown_in("new") if lead not in ids.values())
    assert board.room.selected_lead() == added
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: added not in board.shown_in("new"))
    assert board.room.selected_lead() in ids.values()


def test_the_gate_is_asked_on_the_move_and_answered_by_digits(
    qtbot: QtBot, tmp_path: Path, ids: dict[str, str], language: str
) -> None:
    anna = ids["Anna Kowalska"]
    change_settings(person="Carol White")
    with running(qtbot, tmp_path / "board.leaddesk", language) as driver:
        board = Board(driver)
        driver.wait_for(lambda: board.room.model.find(anna) is not None)
        board.stand_on(anna)
        before = driver.ask(leads.state_of, anna)
        board.room.move_to(anna, "sql")
        driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
        panel = board.room.mover.panel
        assert isinstance(panel, GatePanel)
        assert board.room.model.pending[board.room.model.find(anna).no] == "sql"  # type: ignore[union-attr]
        presses = 0
        while not panel.draft.check.open:
            driver.press("1")
            presses += 1
            assert presses < 15, [need.code for need in panel.draft.check.unmet]
        driver.press("Return")
        driver.wait_for(lambda: board.stage_of(anna) == "sql")
        after = driver.ask(leads.state_of, anna)
        assert len(after.answers) > len(before.answers)
        assert after.signoffs
        driver.wait_for(lambda: not board.room.model.pending)
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: board.stage_of(anna) == "new")
        undone = driver.ask(leads.state_of, anna)
        assert undone.answers == before.answers
        assert undone.signoffs == before.signoffs


def test_escape_changes_nothing(board: Board, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    board.stand_on(anna)
    board.room.move_to(anna, "sql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    board.driver.press("1", "Escape")
    board.driver.wait_for(lambda: board.room.mover.panel is None)
    assert board.stage_of(anna) == "new"
    assert not board.driver.ask(leads.state_of, anna).answers
    assert not board.room.model.pending
    board.driver.wait_for(board.room.lanes.hasFocus)


def test_it_moves_anyway_with_a_reason(board: Board, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    board.stand_on(anna)
    board.room.move_to(anna, "sql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    board.driver.press("A")
    board.driver.type("met at the fair")
    board.driver.press("Return")
    board.driver.wait_for(lambda: board.stage_of(anna) == "sql")
    story = board.driver.ask(leads.lead, anna, board.driver.desk.now()).timeline
    assert "met at the fair" in {entry.details.get("override") for entry in story}


def test_lost_wants_a_reason_and_parked_a_day_too(board: Board, ids: dict[str, str]) -> None:
    anna, chen = ids["Anna Kowalska"], ids["陈志强"]
    board.stand_on(anna)
    board.room.move_to(anna, "lost")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, ReasonPanel))
    board.driver.press("2")
    board.driver.wait_for(lambda: board.stage_of(anna) == "lost")
    reasons = board.driver.desk.playbook.reasons["lost"]
    assert board.driver.ask(leads.lead, anna, board.driver.desk.now()).reason == reasons[1].key
    board.stand_on(chen)
    board.room.move_to(chen, "parked")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, ReasonPanel))
    board.driver.press("1", "Right", "Return")
    board.driver.wait_for(lambda: board.stage_of(chen) == "parked")
    parked = board.driver.ask(leads.lead, chen, board.driver.desk.now())
    assert parked.parked_until is not None
    assert (parked.parked_until - board.driver.desk.today()).days == 91


@pytest.mark.parametrize(
    ("keys", "place"), [(("0",), 9), (("Down", "Down", "Down", "Up", "Return"), 1), (("Up", "Return"), 9)]
)
def test_every_reason_is_chosen_by_keys(board: Board, ids: dict[str, str], keys: tuple[str, ...], place: int) -> None:
    anna = ids["Anna Kowalska"]
    board.stand_on(anna)
    board.room.move_to(anna, "lost")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, ReasonPanel))
    board.driver.press(*keys)
    board.driver.wait_for(lambda: board.stage_of(anna) == "lost")
    reasons = board.driver.desk.playbook.reasons["lost"]
    assert board.driver.ask(leads.lead, anna, board.driver.desk.now()).reason == reasons[place].key


def test_a_card_is_dropped_by_mouse_on_a_column_and_on_a_strip(board: Board, ids: dict[str, str]) -> None:
    anna, chen = ids["Anna Kowalska"], ids["陈志强"]
    board.drop(anna, "sql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    board.driver.press("Escape")
    board.driver.wait_for(lambda: board.room.mover.panel is None)
    card = board.room.model.find(chen)
    assert card is not None
    board.room.lanes.lanes["nurture"].strip.dropped.emit([card.no])
    board.driver.wait_for(lambda: board.stage_of(chen) == "nurture")


def test_a_name_with_markup_is_shown_as_it_is(board: Board, ids: dict[str, str]) -> None:
    markup = ids["<img src=x>"]
    board.stand_on(markup)
    assert "<img src=x>" in board.room.lanes.accessibleDescription()
    board.room.move_to(markup, "nurture")
    board.driver.wait_for(lambda: "<img src=x>" in board.driver.toast)


def test_filters_narrow_and_an_empty_board_says_what_to_do(board: Board) -> None:
    board.driver.press("/")
    board.driver.wait_for(board.room.filters.search.hasFocus)
    board.driver.type("kowal")
    lane = board.room.lanes.lanes["sql"]
    drop = words.say("en", "board", "empty_column")
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 1)
    board.driver.wait_for(lambda: lane.empty.text() == words.say("en", "board", "empty_filtered"))
    board.driver.type("xyz")
    board.driver.wait_for(board.room.empty.isVisible)
    board.room.filters.show_all()
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 3)
    assert board.room.lanes.isVisible()
    board.driver.wait_for(lambda: lane.empty.text() == drop)


def test_a_new_board_offers_the_first_lead(empty_window: WindowDriver) -> None:
    empty_window.trigger("go.board")
    room = empty_window.page
    assert isinstance(room, BoardRoom)
    empty_window.wait_for(room.empty.isVisible)


def test_arrows_walk_and_letters_act(board: Board, ids: dict[str, str]) -> None:
    lanes = board.room.lanes
    lanes.setFocus()
    board.driver.press("Home")
    first = board.room.selected_lead()
    board.driver.press("Down")
    assert board.room.selected_lead() != first
    board.driver.press("Up")
    assert board.room.selected_lead() == first
    board.driver.press("End")
    assert lanes.current() is not None
    board.driver.press("Right")
    assert lanes.current_stage() == "mql"
    assert board.room.selected_lead() is None
    board.driver.press("Left")
    assert lanes.current_stage() == "new"
    lead = board.room.selected_lead()
    board.driver.press("Delete")
    board.driver.wait_for(lambda: board.room.model.columns["new"].leads == 2)
    assert lead not in board.shown_in("new")
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: set(board.shown_in("new")) == set(ids.values()))


def test_a_folded_column_stays_folded(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> None:
    assert ids
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        board = Board(driver)
        board.room.lanes.setFocus()
        board.driver.press("Right", "W")
        assert not board.room.lanes.lanes["mql"].wide
        assert "mql=0" in read_settings().folds
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        assert not Board(driver).room.lanes.lanes["mql"].wide


def test_what_is_cut_short_is_told_to_a_resting_pointer(board: Board, ids: dict[str, str]) -> None:
    lanes = board.room.lanes.lanes
    view = lanes["new"].view
    told = [view.whole(index) for index in range(len(view.column.nos))]
    assert any("Baltic Freight" in one and "Head of Operations" in one and "Score" in one for one in told)
    sql = board.driver.desk.playbook.stage["sql"]
    assert all(requirement.label["en"] in lanes["sql"].head.toolTip() for requirement in sql.gate)
    assert ids


def test_the_menu_of_stages_marks_where_the_lead_stands(board: Board, ids: dict[str, str]) -> None:
    menu = board.room.stage_menu(ids["Anna Kowalska"])
    here = [action for action in menu.actions() if action.isChecked()]
    assert [action.isEnabled() for action in here] == [False]
    assert "New" in here[0].text()
    menu.deleteLater()


def test_a_change_from_elsewhere_redraws_that_card(board: Board, ids: dict[str, str]) -> None:
    from leaddesk.operations.leads import set_facts

    chen = ids["陈志强"]
    board.driver.desk.do(set_facts, chen, {"name": "陈小强"})
    board.driver.wait_for(lambda: (card := board.room.model.find(chen)) is not None and card.title == "陈小强")


def test_everything_has_a_name(board: Board) -> None:
    assert board.driver.unnamed_controls() == []


def test_the_parts_of_the_layout_menu_have_their_titles(qtbot: QtBot) -> None:
    chip = LookChip()
    qtbot.addWidget(chip)
    chip.say("en")
    menu = chip.menu()
    menu.aboutToShow.emit()
    titles = [one.defaultWidget() for one in menu.actions() if isinstance(one, QWidgetAction) and not one.isEnabled()]
    assert [title.text() for title in titles if isinstance(title, Text)] == ["Cards", "Swimlanes"]
