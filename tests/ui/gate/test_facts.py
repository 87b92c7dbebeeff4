"""A gate that misses facts: each is asked with the editor of its kind, and written with the move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.store import Store
from leaddesk.operations.fields import add_field
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from leaddesk.ui.gate.fact_ask import FactAsk
from leaddesk.ui.gate.gate_panel import GatePanel
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import ANNA, filled, now

_WANTED = """{ all = [
  { fact = "custom.Seats planned", at_least = 10 },
  { fact = "custom.Region", is = "north" },
  { fact = "custom.Worth", sums = { EUR = 1000 } },
  { fact = "custom.Start", known = true },
  { fact = "custom.Pilot", is = "yes" },
  { fact = "city", known = true } ] }"""


@pytest.fixture
def anna(tmp_path: Path) -> str:
    """A lead before a stage that wants six facts, one of which nobody defined."""
    path = tmp_path / "board.leaddesk"
    ids = filled(path, {**ANNA, "city": None})
    toml = text_of("playbooks", "default.toml")
    begin = toml.index("gate = [", toml.index('[[stages]]\nkey = "mql"'))
    end = toml.index("\n]\n", begin) + 3
    gate = f'gate = [{{ code = "facts", label = {{ en = "Facts", zh_CN = "信息" }}, when = {_WANTED} }}]\n'
    with Store.open(path) as store:
        store.run(adopt_playbook, toml[:begin] + gate + toml[end:], now=now())
        store.run(add_field, "Seats planned", "number", now=now())
        store.run(add_field, "Region", "choice", ("north", "south"), now=now())
        store.run(add_field, "Start", "date", now=now())
        store.run(add_field, "Pilot", "yes_no", now=now())
    return ids["Anna Kowalska"]


@pytest.fixture
def board(qtbot: QtBot, tmp_path: Path, anna: str) -> Iterator[Board]:
    """The board with her."""
    assert anna
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        yield Board(driver)


def _panel(board: Board, lead: str) -> GatePanel:
    board.drop(lead, "mql")
    board.driver.wait_for(lambda: isinstance(board.room.mover.panel, GatePanel))
    panel = board.room.mover.panel
    assert isinstance(panel, GatePanel)
    return panel


def _ask(panel: GatePanel, fact: str) -> FactAsk:
    QApplication.processEvents()  # rows made anew are shown with the next layout
    return next(one for one in panel.findChildren(FactAsk) if one.fact == fact and one.isVisible())


def _type(board: Board, panel: GatePanel, fact: str, text: str) -> None:
    _ask(panel, fact).chips[0].choose()
    board.driver.type(text)
    board.driver.press("Return")


def test_each_fact_has_its_editor_and_all_are_saved_with_the_move(board: Board, anna: str) -> None:
    panel = _panel(board, anna)
    editors = {one.fact: type(one.edit.edit) for one in panel.findChildren(FactAsk)}
    assert editors == {
        "custom.Seats planned": QLineEdit,
        "custom.Region": QComboBox,
        "custom.Worth": QLineEdit,
        "custom.Start": QLineEdit,
        "custom.Pilot": QComboBox,
        "city": QLineEdit,
    }
    assert [chip.words for chip in _ask(panel, "custom.Region").chips] == ["north", "south"]
    _ask(panel, "custom.Region").chips[0].choose()
    _ask(panel, "custom.Pilot").chips[0].choose()
    _type(board, panel, "custom.Seats planned", "a few")
    assert _ask(panel, "custom.Seats planned").edit.edit.accessibleDescription()
    assert panel.draft.facts.keys() == {"custom.Region", "custom.Pilot"}
    _ask(panel, "custom.Seats planned").edit.fill("40")
    board.driver.press("Return")
    _type(board, panel, "custom.Worth", "64k eur")
    _type(board, panel, "custom.Start", "2027-03-01")
    assert not panel.draft.check.open
    _type(board, panel, "city", "Gdynia")
    board.driver.wait_for(lambda: board.stage_of(anna) == "mql")
    state = board.driver.ask(leads.state_of, anna)
    assert state.facts["city"] == "Gdynia"
    assert {name: state.facts[f"custom.{name}"] for name in ("Seats planned", "Region", "Worth", "Start", "Pilot")} == {
        "Seats planned": "40",
        "Region": "north",
        "Worth": "64000 EUR",
        "Start": "2027-03-01",
        "Pilot": "yes",
    }
    board.driver.press("Ctrl+Z")
    board.driver.wait_for(lambda: board.stage_of(anna) == "new")
    assert "custom.Region" not in board.driver.ask(leads.state_of, anna).facts


def test_what_was_told_is_changed_and_taken_back(board: Board, anna: str) -> None:
    panel = _panel(board, anna)
    _ask(panel, "custom.Region").chips[1].choose()
    assert panel.draft.facts["custom.Region"] == "south"
    assert not panel.draft.check.open
    chips = _ask(panel, "custom.Region").chips
    assert [chip.isChecked() for chip in chips] == [False, True]
    chips[1].choose()
    assert not panel.draft.facts
    _type(board, panel, "custom.Worth", "500 EUR")
    assert panel.draft.facts["custom.Worth"] == "500 EUR"
    _type(board, panel, "custom.Worth", "2000 EUR")
    assert panel.draft.facts["custom.Worth"] == "2000 EUR"
    board.driver.press("Escape")
    assert board.stage_of(anna) == "new"
    assert "custom.Worth" not in board.driver.ask(leads.state_of, anna).facts


def test_what_was_typed_and_not_entered_outlives_another_answer(board: Board, anna: str) -> None:
    panel = _panel(board, anna)
    _ask(panel, "custom.Seats planned").chips[0].choose()
    board.driver.type("40")
    _ask(panel, "custom.Region").chips[0].choose()
    assert panel.draft.facts == {"custom.Region": "north", "custom.Seats planned": "40"}


def test_the_rows_are_still_in_sight_after_one_was_told(board: Board, anna: str) -> None:
    panel = _panel(board, anna)
    _ask(panel, "custom.Pilot").chips[0].choose()
    QApplication.processEvents()
    asked = _ask(panel, "custom.Seats planned")
    board.driver.wait_for(lambda: not asked.visibleRegion().isEmpty())
