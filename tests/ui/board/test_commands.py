"""Every command that is about the board or its cards, carried out by each of its keys alone.

Which commands these are is read from the program's own table, and so are their keys: a new one without a test fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Order
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.db.reads.views import saved_views
from leaddesk.operations.leads import add_lead
from leaddesk.operations.pipeline import move_lead
from leaddesk.qualify.filtering.tree import Is
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import lead_menu
from leaddesk.ui.board import keys
from leaddesk.ui.board.card_art import Density
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.commands import COMMAND, COMMANDS, label
from leaddesk.ui.filtering.chooser import Chooser
from leaddesk.ui.filtering.views import NamePanel
from leaddesk.ui.gate.gate_panel import GatePanel
from leaddesk.ui.leads.bulk_panel import BulkPanel
from leaddesk.ui.leads.event_panel import EventPanel
from leaddesk.ui.leads.form import LeadForm
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import running
from tests.ui.board.hands import Board
from tests.ui.pipeline import filled

PEOPLE = [
    {"name": f"Lead {number}", "owner": owner, "source": "Fair", "value": "1000 EUR", "phone": "+48 58 555 01 42"}
    for number, owner in enumerate(["Carol White", "Carol White", "Lee Wong", None])
]
#: What can be done with a card from its menu, and what changes the board as a whole.
_ABOUT = {command for group in lead_menu._VERBS for command in group}
_ABOUT |= {"edit.undo", "edit.redo", "lead.change_many"}
BOARD = sorted(
    command.id
    for command in COMMANDS
    if command.id in _ABOUT or command.id.startswith("card.") or command.room == "board" or "board" in command.while_in
)

Scenario = Callable[["Hands", str], object]
SCENARIOS: dict[str, Scenario] = {}


class Hands(Board):
    """The board with four leads in their own order, the keyboard on the first."""

    ids: list[str]

    def press(self, *keys: str) -> None:
        """Press keys, with the board in front and the keyboard on it."""
        self.driver.press(*keys)

    def await_(self, condition: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.driver.wait_for(condition)

    def menu(self) -> QMenu:
        """The menu that is open."""
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        return found

    def pick(self, words: str) -> None:
        """Walk through the open menu by arrows to an entry, and take it."""
        menu = self.menu()
        for _ in range(2 * len(menu.actions())):
            QTest.keyClick(menu, Qt.Key.Key_Down)
            active = menu.activeAction()
            if active is not None and words in active.text().replace("&", ""):
                QTest.keyClick(menu, Qt.Key.Key_Return)
                self.driver.settle()
                return
        raise AssertionError(words)

    def back(self) -> None:
        """To the board again, on the first card."""
        self.press("Ctrl+1")
        self.await_(lambda: self.driver.room == "board")
        self.stand_on(self.ids[0])

    def undo(self) -> None:
        """Take the last step back and wait for it."""
        self.press("Ctrl+Z")
        self.await_(lambda: self.shown_in("new") == self.ids)
        self.stand_on(self.ids[0])

    def owner(self, place: int) -> object:
        """Who owns a lead."""
        return self.driver.ask(leads.state_of, self.ids[place]).facts.get("owner")


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    """The program, with Carol at work."""
    change_settings(person="Carol White")
    ids = list(filled(tmp_path / "board.leaddesk", *PEOPLE).values())
    with running(qtbot, tmp_path / "board.leaddesk") as driver:
        made = Hands(driver)
        made.ids = ids
        made.room.filters.ordered.chosen.emit(Order.OWN)
        driver.wait_for(lambda: made.shown_in("new") == ids)
        made.room.lanes.fold("new", False)
        made.stand_on(ids[0])
        yield made


def test_every_command_of_the_board_is_tried() -> None:
    assert set(SCENARIOS) == set(BOARD)


def test_every_key_the_board_listens_to_is_that_of_a_command_which_is_tried() -> None:
    tried = {QKeySequence(key) for command in BOARD for key in COMMAND[command].keys}
    heard = {QKeySequence(QKeyCombination(held, Qt.Key(key))) for key, held in keys.VERBS if key != Qt.Key.Key_Enter}
    assert [one.toString() for one in heard if one not in tried] == []


@pytest.mark.parametrize("command", BOARD)
def test_a_command_is_carried_out_by_each_of_its_keys(hands: Hands, command: str) -> None:
    for key in COMMAND[command].keys or ("",):
        hands.driver.pressed.clear()
        SCENARIOS[command](hands, key)
        assert not key or key in hands.driver.pressed, key


def _does(*commands: str) -> Callable[[Scenario], Scenario]:
    def keep(scenario: Scenario) -> Scenario:
        SCENARIOS.update(dict.fromkeys(commands, scenario))
        return scenario

    return keep


# ── moving ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@_does("card.move_to", "lead.move_to")
def _move_to(hands: Hands, key: str) -> None:
    hands.press(key)
    digit = list(hands.driver.desk.playbook.stage).index("nurture") + 1
    QTest.keyClicks(hands.menu(), str(digit))
    hands.await_(lambda: hands.stage_of(hands.ids[0]) == "nurture")
    hands.assert_heads_true()
    hands.undo()


@_does("card.move_forward", "lead.move_forward")
def _move_forward(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: isinstance(hands.room.mover.panel, GatePanel))
    hands.press("A")
    hands.driver.type("a fair")
    hands.press("Return")
    hands.await_(lambda: hands.stage_of(hands.ids[0]) == "mql")
    hands.undo()


@_does("card.move_back", "lead.move_back")
def _move_back(hands: Hands, key: str) -> None:
    hands.driver.desk.do(move_lead, hands.ids[0], "mql", override="a fair")
    hands.await_(lambda: hands.shown_in("mql") == [hands.ids[0]])
    hands.stand_on(hands.ids[0])
    hands.press(key)
    hands.await_(lambda: hands.shown_in("new") == hands.ids)
    assert hands.room.selected_lead() == hands.ids[0]


@_does("card.place")
def _place(hands: Hands, key: str) -> None:
    first, second, third, *others = hands.ids
    hands.stand_on(second)
    hands.press(key)
    moved = [second, first, third] if key == "Alt+Up" else [first, third, second]
    hands.await_(lambda: hands.shown_in("new") == [*moved, *others])
    assert hands.room.selected_lead() == second
    hands.undo()


@_does("edit.undo", "edit.redo")
def _undo(hands: Hands, key: str) -> None:
    hands.press("Delete")
    hands.await_(lambda: hands.shown_in("new") == hands.ids[1:])
    hands.press("Ctrl+Z")
    hands.await_(lambda: hands.shown_in("new") == hands.ids)
    if key != "Ctrl+Z":
        hands.press(key)
        hands.await_(lambda: hands.shown_in("new") == hands.ids[1:])
        hands.undo()


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@_does("card.open", "lead.open")
def _open(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: isinstance(hands.driver.page, LeadsRoom) and hands.driver.page.selected_lead() == hands.ids[0])
    hands.back()


@_does("go.board")
def _go(hands: Hands, key: str) -> None:
    hands.press("Ctrl+2", key)
    hands.await_(lambda: hands.driver.room == "board" and hands.room.lanes.hasFocus())


@_does("card.peek")
def _peek(hands: Hands, key: str) -> None:
    hands.press(key)
    assert hands.room.peek.isVisible()
    assert "Lead 0" in hands.room.peek.accessibleName()
    hands.press(key)
    assert not hands.room.peek.isVisible()


@_does("card.find")
def _find(hands: Hands, key: str) -> None:
    hands.press(key)
    assert hands.room.filters.search.hasFocus()
    hands.driver.type("Lead 2")
    hands.await_(lambda: hands.room.model.columns["new"].leads == 1)
    hands.press("Return")
    assert hands.room.selected_lead() == hands.ids[2]


@_does("card.fold")
def _fold(hands: Hands, key: str) -> None:
    for wide in (False, True):
        hands.press(key)
        assert hands.room.lanes.lanes["new"].wide is wide
        assert f"new={int(wide)}" in read_settings().folds


@_does("card.density")
def _density(hands: Hands, key: str) -> None:
    seen = []
    for _ in Density:
        seen.append(hands.room.look.density)
        hands.press(key)
    assert set(seen) == set(Density)
    assert hands.room.look.density is seen[0]
    assert hands.room.selected_lead() == hands.ids[0]


@_does("card.group")
def _group(hands: Hands, key: str) -> None:
    seen = []
    for _ in Grouping:
        seen.append(hands.room.look.grouping)
        hands.press(key)
        hands.await_(lambda: sorted(hands.shown_in("new")) == sorted(hands.ids))
    assert set(seen) == set(Grouping)


@_does("card.fold_lane")
def _fold_lane(hands: Hands, key: str) -> None:
    hands.press("G")
    hands.await_(lambda: len(hands.room.model.lanes) == 3 and hands.shown_in("new") == hands.ids)
    hands.stand_on(hands.ids[0])
    hands.press(key, "Down")
    assert hands.room.selected_lead() == hands.ids[2]  # over the two that are folded away
    hands.press("Up")
    assert hands.room.selected_lead() == hands.ids[2]


# ── several ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@_does("card.select")
def _select(hands: Hands, key: str) -> None:
    hands.stand_on(hands.ids[1])
    hands.press(key)
    model = hands.room.model
    chosen = {card.id for no in hands.room.lanes.selection.nos if (card := model.card(no)) is not None}
    first, second, third, _ = hands.ids
    assert chosen == {"Ctrl+Space": {second}, "Shift+Up": {first, second}, "Shift+Down": {second, third}}[key]
    hands.press("Escape")


@_does("card.select_all", "card.let_go")
def _select_all(hands: Hands, key: str) -> None:
    hands.press("Ctrl+A")
    assert len(hands.room.lanes.selection) == 4
    assert hands.room.chosen.isVisible()
    hands.press("Esc")
    assert not hands.room.lanes.selection
    assert not hands.room.chosen.isVisible()


@_does("card.delete", "lead.delete")
def _delete(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: hands.shown_in("new") == hands.ids[1:])
    hands.undo()
    hands.press("Shift+Down", key)
    hands.await_(lambda: hands.shown_in("new") == hands.ids[2:])
    hands.assert_heads_true()
    hands.undo()
    hands.press("Shift+Down", "Menu")
    hands.pick(label("lead.delete", "en"))
    hands.await_(lambda: hands.shown_in("new") == hands.ids[2:])
    hands.undo()


@_does("lead.change_many")
def _change_many(hands: Hands, key: str) -> None:
    hands.press("Shift+Down", key)
    panel = next(one for one in hands.driver.window.findChildren(BulkPanel) if one.isVisible())
    assert hands.driver.room == "board"
    panel.tags_on.setFocus()
    hands.driver.type("vip")
    line = panel.add_field("owner")
    assert line is not None
    hands.driver.type("Eve")
    hands.press("Return")
    hands.await_(lambda: [hands.owner(place) for place in range(3)] == ["Eve", "Eve", "Lee Wong"])
    assert hands.driver.ask(leads.state_of, hands.ids[1]).facts["tags"] == ("vip",)
    hands.await_(hands.room.lanes.hasFocus)
    hands.press("Ctrl+Z")
    hands.await_(lambda: hands.owner(0) == "Carol White")


# ── a card ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@_does("lead.claim", "lead.release")
def _claim(hands: Hands, key: str) -> None:
    hands.stand_on(hands.ids[3])
    hands.press(key or "Ctrl+Shift+K")
    hands.await_(lambda: hands.owner(3) == "Carol White")
    hands.press("Menu")
    hands.pick(label("lead.release", "en"))
    hands.await_(lambda: hands.owner(3) is None)


@_does("card.edit", "lead.edit")
def _edit(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: hands.driver.window.findChild(LeadForm) is not None)
    hands.driver.type("Anna")
    hands.press("Ctrl+Return")
    hands.await_(lambda: "Anna" in str(hands.driver.ask(leads.state_of, hands.ids[0]).facts["name"]))
    hands.await_(hands.room.lanes.hasFocus)
    hands.undo()


@_does("lead.note", "lead.task", "lead.person")
def _add(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: hands.driver.room == "leads")
    focused = QApplication.focusWidget()
    assert focused is not None
    hands.driver.type("Bo")
    hands.press("Ctrl+Return" if key == "Ctrl+Shift+M" else "Return")

    def kept() -> bool:
        lead = hands.driver.ask(leads.lead, hands.ids[0], hands.driver.desk.now())
        return bool(lead.tasks or lead.stakeholders or any(entry.kind == "note" for entry in lead.timeline))

    hands.await_(kept)
    hands.back()


@_does("lead.event")
def _event(hands: Hands, key: str) -> None:
    hands.press(key)
    panel = next(one for one in hands.driver.window.findChildren(EventPanel) if one.isVisible())
    assert panel
    hands.press("Return")
    hands.await_(lambda: hands.driver.ask(leads.state_of, hands.ids[0]).events)
    hands.await_(hands.room.lanes.hasFocus)


@_does("card.call", "call.start")
def _call(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: hands.driver.room == "call")
    assert hands.driver.page.selected_lead() == hands.ids[0]


@_does("card.next")
def _next(hands: Hands, key: str) -> None:
    hands.press(key)
    hands.await_(lambda: hands.driver.room == "call")


@_does("call.log")
def _log(hands: Hands, key: str) -> None:
    hands.press(key, "1", "Tab", "Tab")
    hands.driver.type("12")
    hands.press("Return")
    hands.await_(lambda: hands.driver.ask(leads.state_of, hands.ids[0]).calls)
    hands.await_(hands.room.lanes.hasFocus)


@_does("call.copy_number")
def _copy(hands: Hands, key: str) -> None:
    QApplication.clipboard().clear()
    hands.press(key)
    hands.await_(lambda: "555" in QApplication.clipboard().text())


# ── filters and views ────────────────────────────────────────────────────────────────────────────────────────────────


@_does("filter.add", "filter.chips", "filter.clear")
def _filter(hands: Hands, key: str) -> None:
    hands.press("Ctrl+Shift+F")
    chooser = next(one for one in hands.driver.window.findChildren(Chooser) if one.isVisible())
    assert chooser
    hands.driver.type("owner lee")
    hands.press("Return")
    hands.await_(lambda: hands.shown_in("new") == [hands.ids[2]])
    if key == "Ctrl+Shift+B":
        hands.press(key, "Delete")
    else:
        hands.press("Ctrl+Shift+A")
    hands.await_(lambda: hands.shown_in("new") == hands.ids)
    assert not hands.room.filters.narrowed


@_does("filter.views", "filter.save")
def _views(hands: Hands, key: str) -> None:
    room = hands.room
    assert isinstance(room, BoardRoom)
    room.filters.show_where(Is("owner", ("Lee Wong",)))
    hands.await_(lambda: hands.shown_in("new") == [hands.ids[2]])
    hands.press("Ctrl+Shift+V")
    hands.pick("Save")
    panel = next(one for one in hands.driver.window.findChildren(NamePanel) if one.isVisible())
    assert panel.field.hasFocus()
    hands.driver.type("Of Lee")
    hands.press("Return")
    hands.await_(lambda: [view.name for view in hands.driver.ask(saved_views)] == ["Of Lee"])
    hands.press("Ctrl+Shift+V")
    QTest.keyClicks(hands.menu(), "0")
    hands.await_(lambda: hands.shown_in("new") == hands.ids)
    hands.press("Ctrl+Shift+V")
    QTest.keyClicks(hands.menu(), "1")
    hands.await_(lambda: hands.shown_in("new") == [hands.ids[2]])


# ── what only the mouse seems to reach ───────────────────────────────────────────────────────────────────────────────


def test_every_control_above_the_board_is_reached_by_tab_and_opened_by_space(hands: Hands) -> None:
    bar = hands.room.filters
    bar.search.setFocus()
    wanted = {bar.mine, bar.source, bar.owner, bar.ordered, bar.add, bar.views, hands.room.look, bar.search}
    reached = {QApplication.focusWidget()}
    for _ in range(40):
        hands.press("Tab")
        reached.add(QApplication.focusWidget())
    assert not wanted - reached
    for chip in (bar.source, bar.owner, bar.ordered, hands.room.look):
        assert chip.accessibleName()
    bar.source.setFocus()
    # The menu of a chip is shown in a loop of its own: walk in it as soon as it is there.
    QTimer.singleShot(200, lambda: hands.pick("Fair"))
    hands.press("Space")
    hands.await_(lambda: bar.filters.source == "Fair")


def test_a_lead_that_comes_while_the_keyboard_is_elsewhere_leaves_it_there(hands: Hands) -> None:
    hands.press("/")
    hands.driver.desk.do(add_lead, {"name": "From another window"})
    hands.await_(lambda: len(hands.shown_in("new")) == 5)
    assert hands.room.filters.search.hasFocus()
