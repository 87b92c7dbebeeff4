"""Drops that are cancelled, filtered away or overtaken by another program: cards stand where they should.

The other program is a process of its own, `leaddesk` on the same database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.db.check import dump
from leaddesk.db.reads.board import Order
from leaddesk.db.reads.overview import overview
from leaddesk.operations.pipeline import move_lead
from leaddesk.qualify.filtering.tree import Is
from leaddesk.settings import change_settings
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.gate.reason_panel import ReasonPanel
from leaddesk.ui.gate.several_panel import SeveralPanel
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import filled

ROOT = Path(__file__).parents[3]
PEOPLE = [
    {
        "name": f"Lead {number:02}",
        "owner": ("Carol White", "Lee Wong")[number % 2],
        "value": f"{number + 1}000 {('EUR', 'CNY')[number % 3 == 0]}",
    }
    for number in range(24)
]


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path) -> Iterator[Board]:
    """Two dozen leads in the first stage, in own order: more than are seen at once."""
    change_settings(person="Carol White")
    filled(tmp_path / "board.leaddesk", *PEOPLE)
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        made = Board(driver)
        driver.window.resize(1100, 560)
        made.room.filters.ordered.chosen.emit(Order.OWN)
        made.room.lanes.fold("new", False)
        driver.wait_for(lambda: len(made.shown_in("new")) == len(PEOPLE))
        driver.settle()
        yield made


class Look:
    """Everything a person sees of where cards stand."""

    def __init__(self, board: Board) -> None:
        lanes = board.room.lanes
        self.places = {stage: board.shown_in(stage) for stage in board.room.model.columns}
        self.selected = lanes.selection.nos
        self.current = board.room.selected_lead()
        self.scrolled = {stage: lane.view.verticalScrollBar().value() for stage, lane in lanes.lanes.items()}
        self.aside = lanes.horizontalScrollBar().value()
        self.wide = {stage: lane.wide for stage, lane in lanes.lanes.items()}
        self.pending = dict(board.room.model.pending)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Look) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return repr(vars(self))

    __hash__ = None  # type: ignore[assignment]


def elsewhere(board: Board, *verb: str) -> None:
    """Another program does something with the same database, to its end."""
    line = [sys.executable, "-m", "leaddesk", "--db", str(board.driver.database), *verb]
    done = subprocess.run(line, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def _by_mouse(board: Board, ids: list[str], stage: str) -> None:
    board.drop(ids, stage)


def _by_keys(board: Board, ids: list[str], stage: str) -> None:
    assert board.room.selected_lead() in ids
    board.driver.press("M")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClicks(menu, str(list(board.driver.desk.playbook.stage).index(stage) + 1))
    board.driver.settle()


@pytest.mark.parametrize("way", [_by_mouse, _by_keys])
@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(("stage", "kind"), [("won", GatePanel), ("lost", ReasonPanel), ("sql", GatePanel)])
def test_cancelled_everything_stands_exactly_where_it_was(
    board: Board, way: Callable[[Board, list[str], str], None], several: bool, stage: str, kind: type
) -> None:
    board.room.lanes.fold(stage, False)
    board.room.lanes.setFocus()
    board.stand_on(board.shown_in("new")[14])
    if several:
        board.driver.press("Shift+Down", "Shift+Down")
    board.driver.settle()
    first = 14
    ids = board.shown_in("new")[first : first + (3 if several else 1)]
    before, data = Look(board), board.driver.ask(dump)
    assert before.scrolled["new"] > 0
    way(board, ids, stage)
    wanted = SeveralPanel if several and kind is GatePanel else kind
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, wanted))
    board.driver.press("Escape")
    board.driver.wait_for(lambda: board.room.mover.panel is None)
    board.driver.wait_saved()
    assert Look(board) == before
    assert board.room.lanes.hasFocus()
    assert board.driver.ask(dump) == data
    board.assert_heads_true()


def test_a_card_leaves_when_the_filter_no_longer_holds_and_stays_when_it_does(board: Board) -> None:
    first, second = board.shown_in("new")[:2]
    board.room.filters.show_where(Is("stage", ("new", "nurture")))
    board.driver.wait_for(lambda: len(board.shown_in("new")) == 24)
    board.room.lanes.fold("nurture", False)
    board.drop(first, "nurture")
    board.driver.wait_for(lambda: board.shown_in("nurture") == [first])
    board.assert_heads_true()
    board.room.filters.show_where(Is("stage", ("new",)))
    board.driver.wait_for(lambda: len(board.shown_in("new")) == 23)
    board.drop(second, "nurture")
    board.driver.wait_for(lambda: len(board.shown_in("new")) == 22)
    board.driver.wait_for(lambda: board.shown_in("nurture") == [])
    board.assert_heads_true()
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: second in board.shown_in("new"))
    board.assert_heads_true()
    board.room.filters.show_all()
    board.driver.wait_for(lambda: board.shown_in("nurture") == [first])
    board.assert_heads_true()


@pytest.mark.parametrize("verb", ["move", "delete"])
def test_while_a_card_is_carried_another_program_moves_or_deletes_it(board: Board, verb: str) -> None:
    """The window has not looked yet when the card falls: what holds is what the database says."""
    first, *others = board.shown_in("new")
    board.driver.desk._look.stop()
    elsewhere(board, verb, first, *(("lost", "--reason", "price") if verb == "move" else ()))
    assert first in board.shown_in("new")
    board.room.lanes.fold("nurture", False)
    board.drop(first, "nurture")
    board.driver.wait_saved()
    board.driver.desk.look()
    board.driver.wait_for(lambda: board.shown_in("new") == others)
    board.driver.wait_for(lambda: board.shown_in("nurture") == ([first] if verb == "move" else []))
    assert not board.room.model.pending
    board.assert_heads_true()
    assert board.driver.ask(overview).leads == len(others) + (verb == "move")


def test_several_are_carried_and_one_of_them_is_deleted_by_another_program(board: Board) -> None:
    gone, first, second, *others = board.shown_in("new")
    board.driver.desk._look.stop()
    board.fetch()
    elsewhere(board, "delete", gone)
    board.room.lanes.fold("nurture", False)
    board.drop([gone, first, second], "nurture")
    board.driver.wait_for(lambda: set(board.shown_in("nurture")) == {first, second})
    board.driver.desk.look()
    board.driver.wait_for(lambda: board.shown_in("new") == others)
    assert not board.room.model.pending
    board.assert_heads_true()


@pytest.mark.parametrize("verb", ["move", "delete"])
def test_while_the_gate_asks_another_program_moves_or_deletes_the_lead(board: Board, verb: str) -> None:
    first, *others = board.shown_in("new")
    board.room.lanes.fold("sql", False)
    board.drop(first, "sql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    elsewhere(board, verb, first, *(("nurture",) if verb == "move" else ()))
    board.driver.wait_for(lambda: first not in board.shown_in("new"))
    board.driver.press("A")
    board.driver.type("known from before")
    board.driver.press("Return")
    board.driver.wait_for(lambda: board.room.mover.panel is None)
    board.driver.wait_saved()
    if verb == "move":
        board.driver.wait_for(lambda: board.shown_in("sql") == [first])
    else:
        board.driver.wait_for(lambda: board.driver.toast)
        assert board.shown_in("sql") == []
    board.driver.wait_for(lambda: board.shown_in("new") == others)
    assert not board.room.model.pending
    board.assert_heads_true()


def test_two_windows_show_the_same_totals_after_each_step(board: Board, qtbot: QtBot) -> None:
    first, second, *_ = board.shown_in("new")
    with running(qtbot, board.driver.database) as other:
        mirror = Board(other)
        for act in (
            lambda: board.driver.desk.do(move_lead, first, "nurture"),
            lambda: other.desk.do(move_lead, second, "lost", reason="price"),
            board.driver.desk.undo,
            other.desk.undo,
        ):
            act()
            board.driver.wait_saved()
            other.wait_saved()
            for one in (board, mirror):
                one.driver.desk.look()
                one.assert_heads_true()
        assert len(board.shown_in("new")) == len(mirror.shown_in("new")) == 24


def test_a_lead_deleted_before_its_gate_is_shown_is_told_and_nothing_breaks(board: Board) -> None:
    first, *others = board.shown_in("new")
    elsewhere(board, "delete", first)
    board.room.mover.move(first, "sql")
    board.driver.wait_for(lambda: board.driver.toast)
    assert board.room.mover.panel is None
    board.driver.wait_for(lambda: board.shown_in("new") == others)
    board.assert_heads_true()
