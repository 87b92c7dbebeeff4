"""Saved views and the look they bring: order, cards, swimlanes, folded columns of the board; columns of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.board import Order
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.db.reads.views import SavedView, saved_views
from leaddesk.settings import read_settings
from leaddesk.ui.board.card_art import Density
from leaddesk.ui.board.looks import BoardLook, look_as_data, look_from
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.filter_bar import FilterBar
from leaddesk.ui.filtering.wearing import LookPart, Wearing
from leaddesk.ui.leads.columns import NAME
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, filled

# ── the rule, without a window ───────────────────────────────────────────────────────────────────────────────────────

_KEYS = ("board", "order", "table")
_LOOKS = st.dictionaries(st.sampled_from(_KEYS), st.integers(0, 3))


def _wearing(now: dict[str, object]) -> Wearing:
    wearing = Wearing()

    def part(key: str) -> LookPart:
        def wear(data: object) -> None:
            now[key] = data

        return LookPart(key, lambda: now[key], lambda kept: kept if isinstance(kept, int) else None, wear)

    wearing.parts.extend(part(key) for key in now)
    return wearing


@given(st.lists(_LOOKS, max_size=5), st.dictionaries(st.sampled_from(_KEYS), st.integers(4, 9), min_size=1))
def test_whatever_views_were_shown_the_own_look_comes_back(looks: list[dict[str, int]], own: dict[str, int]) -> None:
    now: dict[str, object] = dict(own)
    wearing = _wearing(now)
    for look in looks:
        wearing.show(look)
        assert not wearing.differs(look)
        assert {key: now[key] for key in now} == {key: look.get(key, own[key]) for key in own}
    wearing.show({})
    assert now == own
    assert not wearing.own


@given(_LOOKS, st.sampled_from(_KEYS))
def test_a_view_keeps_what_other_rooms_put_into_it(look: dict[str, int], here: str) -> None:
    now: dict[str, object] = {here: 7}
    wearing = _wearing(now)
    wearing.show(look)
    now[here] = 8
    assert wearing.differs(look) is (here in look)
    joined = wearing.joined(look)
    assert joined == {**look, here: 8}
    assert not wearing.differs(joined)


@given(
    st.sampled_from(list(Density)),
    st.sampled_from(list(Grouping)),
    st.dictionaries(st.text(max_size=5), st.booleans(), max_size=5),
)
def test_a_look_of_the_board_is_read_as_it_was_kept(
    density: Density, grouping: Grouping, folds: dict[str, bool]
) -> None:
    look = BoardLook(density, grouping, folds)
    assert look_from(look_as_data(look)) == look


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=4), st.lists) | st.just({"folds": 3}))
def test_a_damaged_look_does_no_harm(kept: object) -> None:
    assert look_from(kept) in (None, BoardLook())
    assert look_from({"density": kept, "lanes": kept, "folds": kept}) == BoardLook()


# ── in the window ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two leads."""
    path = tmp_path / "leads.leaddesk"
    filled(path, ANNA, CHEN)
    return path


@pytest.fixture
def driver(qtbot: QtBot, database: Path) -> Iterator[WindowDriver]:
    """The window."""
    with running(qtbot, database) as driver:
        yield driver


def _board(driver: WindowDriver) -> BoardRoom:
    driver.trigger("go.board")
    page = driver.page
    assert isinstance(page, BoardRoom)
    driver.wait_for(lambda: all(column.whole for column in page.model.columns.values()))
    return page


def _leads(driver: WindowDriver) -> LeadsRoom:
    driver.trigger("go.leads")
    page = driver.page
    assert isinstance(page, LeadsRoom)
    driver.wait_for(lambda: page.model.rowCount() == 2)
    return page


def _save(driver: WindowDriver, bar: FilterBar, name: str) -> None:
    driver.trigger("filter.save")
    driver.type(name)
    driver.press("Return")
    driver.wait_saved()
    driver.wait_for(lambda: bar.views.text().startswith(name))


def _from_menu(bar: FilterBar, word: str) -> Callable[[], object]:
    """What an entry of the menu of views does."""
    bar.views._fill()
    actions: list[QAction] = [one for one in bar.views._menu.actions() if word in one.text()]
    assert len(actions) == 1, [one.text() for one in bar.views._menu.actions()]
    return actions[0].trigger


def _look_of(room: BoardRoom) -> tuple[Order, Density, Grouping, bool]:
    return room.filters.order, room.look.density, room.look.grouping, room.lanes.lanes["lost"].wide


def _arrange(driver: WindowDriver, room: BoardRoom) -> None:
    room.lanes.setFocus()
    room.look.next_density()
    room.look.next_grouping()
    room.lanes.fold("lost", False)
    room.filters.ordered.chosen.emit(Order.VALUE)
    driver.settle()


def test_a_view_brings_order_cards_swimlanes_and_columns_of_the_board(driver: WindowDriver) -> None:
    room = _board(driver)
    usual = _look_of(room)
    _arrange(driver, room)
    arranged = _look_of(room)
    assert all(one != other for one, other in zip(usual, arranged, strict=True))
    _save(driver, room.filters, "Worth")
    _from_menu(room.filters, "All leads")()
    assert _look_of(room) == arranged  # it looked so when the view was made of it
    room.look.wear(Density.ROOMY, Grouping.NONE)
    room.lanes.fold("lost", True)
    room.filters.ordered.chosen.emit(Order.URGENCY)
    room.filters.chips.pins[0].click()
    assert _look_of(room) == arranged
    assert room.model.by is arranged[2]
    _from_menu(room.filters, "All leads")()
    assert _look_of(room) == usual
    assert room.model.by is Grouping.NONE


def test_a_look_changed_afterwards_is_told_put_back_or_saved(driver: WindowDriver) -> None:
    room = _board(driver)
    _save(driver, room.filters, "Mine")
    kept = _look_of(room)
    room.look.next_grouping()
    assert room.filters.views.text().startswith("Mine • changed")
    assert room.filters.chips.pins[0].text() == "Mine •"
    _from_menu(room.filters, "as it was kept")()
    assert _look_of(room) == kept
    assert "changed" not in room.filters.views.text()
    room.lanes.fold("lost", False)
    assert "changed" in room.filters.views.text()
    room.filters.chips.pins[0].click()
    assert _look_of(room) == kept
    room.filters.ordered.chosen.emit(Order.SCORE)
    _from_menu(room.filters, "Save changes to")()
    driver.wait_saved()
    driver.wait_for(lambda: "changed" not in room.filters.views.text())
    (view,) = driver.ask(saved_views)
    assert view.look["order"] == "score"
    assert room.filters.order is Order.SCORE
    driver.press("Ctrl+Z")
    driver.wait_saved()
    driver.wait_for(lambda: "changed" in room.filters.views.text())


def test_what_one_room_keeps_in_a_view_the_other_leaves_alone(driver: WindowDriver) -> None:
    room = _board(driver)
    _arrange(driver, room)
    _save(driver, room.filters, "Worth")
    leads = _leads(driver)
    shown = leads.table.shown_columns
    leads.filters.chips.pins[0].click()
    assert leads.table.shown_columns == shown
    leads.table.show_columns(("name", "city"))
    assert "changed" not in leads.filters.views.text()  # the view says nothing of columns
    leads.filters.views.update_wanted.emit()
    driver.wait_saved()

    def view() -> SavedView:
        (one,) = driver.ask(saved_views)
        return one

    driver.wait_for(lambda: "table" in view().look)
    assert view().look["board"]["lanes"] == str(room.look.grouping)
    assert view().look["order"] == "value"
    leads.table.show_columns(("name",))
    assert "changed" in leads.filters.views.text()


def test_the_table_wears_a_view_and_its_own_look_again(driver: WindowDriver) -> None:
    leads = _leads(driver)
    leads.table.show_columns(("name", "city"))
    leads.table.sort_by(leads.table.shown_columns[0], backwards=True)
    _save(driver, leads.filters, "Towns")
    _from_menu(leads.filters, "All leads")()
    leads.table.show_columns(("name", "company", "score"))
    leads.table.sort_by_urgency()
    _from_menu(leads.filters, "Towns")()
    assert [column.key for column in leads.table.shown_columns] == [NAME, "city"]
    assert (leads.model.sorted_by, leads.model.backwards) == ("title", True)
    assert "changed" not in leads.filters.views.text()
    _from_menu(leads.filters, "All leads")()
    assert [column.key for column in leads.table.shown_columns] == [NAME, "company", "score"]
    assert leads.model.sorted_by == "urgency"


def test_look_and_what_was_changed_of_it_are_there_after_a_restart(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        room = _board(driver)
        own = _look_of(room)
        _arrange(driver, room)
        _save(driver, room.filters, "Worth")
        room.filters.wearing.own.clear()  # as though the view had been chosen, not made of what was there
        room.filters.wearing.own.update({"order": "urgency", "board": look_as_data(BoardLook())})
        room.look.next_density()
        changed = _look_of(room)
    with running(qtbot, database) as driver:
        room = _board(driver)
        assert _look_of(room) == changed
        assert room.filters.views.text().startswith("Worth • changed")
        _from_menu(room.filters, "All leads")()
        assert _look_of(room) == own


def test_the_own_look_is_back_in_another_database(qtbot: QtBot, database: Path, tmp_path: Path) -> None:
    with running(qtbot, database) as driver:
        room = _board(driver)
        _save(driver, room.filters, "Plain")
        room.look.next_grouping()
        _save(driver, room.filters, "Lanes")
        _from_menu(room.filters, "Plain")()
        _from_menu(room.filters, "Lanes")()
        assert room.look.grouping is not Grouping.NONE
    filled(tmp_path / "other.leaddesk", ANNA)
    with running(qtbot, tmp_path / "other.leaddesk") as driver:
        driver.trigger("go.board")
        other = driver.page
        assert isinstance(other, BoardRoom)
        assert other.look.grouping is Grouping.NONE
        assert "lanes=none" in read_settings().board


def test_a_deleted_view_leaves_the_look_as_it_is(driver: WindowDriver) -> None:
    room = _board(driver)
    _arrange(driver, room)
    _save(driver, room.filters, "Worth")
    arranged = _look_of(room)
    _from_menu(room.filters, "Delete")()
    driver.wait_saved()
    driver.wait_for(lambda: room.filters.views.text().startswith("Saved views"))
    assert _look_of(room) == arranged
