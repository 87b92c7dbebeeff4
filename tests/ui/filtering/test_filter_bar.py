"""Filters by keys in the real window: chooser, chips, views; on board and table, in both languages, after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.board import cards
from leaddesk.db.reads.views import saved_views
from leaddesk.db.schema import saved_view
from leaddesk.db.store import Store
from leaddesk.operations.leads import add_lead
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.tasks import add_task
from leaddesk.qualify.filtering.tree import All, AnyOf, Is, Not, Where
from leaddesk.resources import text_of
from leaddesk.ui.board.room import BoardRoom
from leaddesk.ui.filter_bar import FilterBar
from leaddesk.ui.filtering.chooser import Chooser
from leaddesk.ui.filtering.views import NamePanel
from leaddesk.ui.leads.room import LeadsRoom
from tests.builders import do
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled, moved, now


class Filtering:
    """A room with filters in front, with a person's hands."""

    def __init__(self, driver: WindowDriver, room: str) -> None:
        self.driver = driver
        self.go(room)

    def go(self, room: str) -> None:
        """Another room."""
        self.driver.trigger(f"go.{room}")
        page = self.driver.page
        assert isinstance(page, LeadsRoom | BoardRoom)
        self.driver.wait_for(lambda: len(self.shown()) or page.empty.isVisible())

    @property
    def bar(self) -> FilterBar:
        """Its row of filters."""
        bar = self.driver.page.filter_bar()
        assert bar is not None
        return bar

    @property
    def chooser(self) -> Chooser:
        """The chooser in front."""
        return next(one for one in self.driver.window.findChildren(Chooser) if one.isVisible())

    def choose(self, *typed: str, key: str = "Return") -> None:
        """Add conditions by typing a few letters each."""
        for text in typed:
            self.driver.press("Ctrl+Shift+F")
            self.driver.type(text)
            self.driver.press(key)

    def chips(self) -> list[str]:
        """What the chips say."""
        return [chip.said.text for chip in self.bar.chips.chips]

    def shown(self) -> set[str]:
        """The names of the leads that are seen."""
        page = self.driver.page
        if isinstance(page, LeadsRoom):
            cards = [page.model.card(row) for row in range(page.model.rowCount())]
            return {card.title for card in cards if card is not None}
        assert isinstance(page, BoardRoom)
        nos = [no for column in page.model.columns.values() for no in column.nos]
        page.model.fetch(nos)
        return {card.title for no in nos if (card := page.model.card(no)) is not None}

    def wait_empty(self) -> None:
        """Wait until it is said that nobody meets the filters."""
        page = self.driver.page
        assert isinstance(page, LeadsRoom | BoardRoom)
        self.driver.wait_for(page.empty.isVisible)

    def has_keyboard(self) -> bool:
        """Whether the room has the focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.driver.page.isAncestorOf(focused)

    def expect(self, *names: str) -> None:
        """Wait until these leads and no others are seen."""
        self.driver.wait_for(lambda: self.shown() == set(names))


ANNA_, CHEN_, MARKUP_ = "Anna Kowalska", "陈志强", "<img src=x>"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three known leads, one further on, one with a step that is overdue."""
    path = tmp_path / "leads.leaddesk"
    ids = filled(path, ANNA, CHEN, MARKUP)
    moved(path, ids[ANNA_], "discovery")
    with Store.open(path) as store:
        store.run(add_task, ids[CHEN_], "Call back", date(2020, 1, 1), now=now())
    return path


@pytest.fixture(params=["leads", "board"])
def room(request: pytest.FixtureRequest, qtbot: QtBot, database: Path) -> Iterator[Filtering]:
    """Table and board."""
    with running(qtbot, database) as driver:
        yield Filtering(driver, str(request.param))


@pytest.fixture
def leads(qtbot: QtBot, database: Path) -> Iterator[Filtering]:
    """The table."""
    with running(qtbot, database) as driver:
        yield Filtering(driver, "leads")


def test_conditions_are_chosen_by_typing_and_met_by_board_and_table(room: Filtering) -> None:
    room.expect(ANNA_, CHEN_, MARKUP_)
    room.choose("overdue")
    room.expect(CHEN_)
    assert room.chips() == ["Next step: overdue"]
    room.choose("value 300k eur")
    room.expect()
    room.wait_empty()
    room.driver.press("Ctrl+Shift+A")
    room.expect(ANNA_, CHEN_, MARKUP_)
    assert room.chips() == []


@pytest.mark.parametrize(
    ("language", "typed", "chip"), [("en", "authority", "Authority: not asked"), ("zh_CN", "权力", "权力：未问")]
)
def test_digits_choose_among_few(qtbot: QtBot, database: Path, language: str, typed: str, chip: str) -> None:
    with running(qtbot, database, language) as driver:
        room = Filtering(driver, "leads")
        driver.press("Ctrl+Shift+F")
        driver.type(typed)
        driver.press("Return")
        driver.press("2")
        assert room.chips() == [chip]
        room.expect(ANNA_, CHEN_, MARKUP_)
        assert not driver.unnamed_controls()


def test_how_many_a_condition_would_leave_is_told_before_it_is_taken(leads: Filtering) -> None:
    leads.driver.press("Ctrl+Shift+F")
    leads.driver.type("overdue")
    leads.driver.wait_for(lambda: leads.chooser.told.text().startswith("1 lead ·"))
    leads.driver.press("Escape")
    assert leads.chips() == []
    assert leads.has_keyboard()


def test_arrows_and_several_one_after_the_other(leads: Filtering) -> None:
    leads.driver.press("Ctrl+Shift+F")
    leads.driver.type("stage")
    leads.driver.press("Return", "Down", "Up", "Down", "Down")
    leads.driver.press("Shift+Return")
    leads.driver.type("score 0")
    leads.driver.press("Return")
    assert leads.chips() == ["Stage: Discovery", "Score ≥ 0"]
    leads.expect(ANNA_)


def test_backspace_leads_back_to_all_subjects(leads: Filtering) -> None:
    leads.driver.press("Ctrl+Shift+F")
    leads.driver.type("stage")
    leads.driver.press("Return", "Backspace")
    leads.driver.type("overdue")
    leads.driver.press("Return")
    assert leads.chips() == ["Next step: overdue"]


def test_chips_are_changed_by_keys(leads: Filtering) -> None:
    driver = leads.driver
    leads.choose("stage new", "overdue")
    leads.expect(CHEN_)
    driver.press("Ctrl+Shift+B", "N")
    assert leads.chips() == ["Stage: New", "Next step: not overdue"]
    leads.expect(MARKUP_)
    driver.press("N", "Left", "O")
    driver.type("stage discovery")
    driver.press("Return")
    assert leads.chips() == ["Stage: New or Discovery", "Next step: overdue"]
    driver.press("Ctrl+Shift+B", "O")
    driver.type("city gda")
    driver.press("Return")
    assert leads.chips()[1] == "Next step: overdue or City: Gdańsk"
    leads.expect(CHEN_, ANNA_)
    driver.press("Ctrl+Shift+B", "Backspace")
    assert leads.chips() == ["Stage: New or Discovery"]
    driver.press("Return", "6")
    assert leads.chips() == ["Stage: Won"]
    driver.press("Ctrl+Shift+B", "Delete")
    leads.expect(ANNA_, CHEN_, MARKUP_)
    assert leads.has_keyboard()


def test_all_or_any(leads: Filtering) -> None:
    leads.choose("stage discovery", "overdue")
    leads.expect()
    leads.bar.chips.joined.click()
    leads.expect(ANNA_, CHEN_)
    assert leads.bar.chips.joined.text() == "Any of:"
    assert isinstance(leads.bar.filters.where, AnyOf)


def test_what_is_quick_stays_quick(leads: Filtering) -> None:
    leads.driver.wait_for(lambda: bool(leads.bar._choosing.known.values))
    leads.choose("owner carol", "stage discovery")
    assert leads.bar.filters.where is None
    assert (leads.bar.filters.owner, leads.bar.filters.stage) == ("Carol White", "discovery")
    assert leads.bar.filters.counted
    leads.expect(ANNA_)


def test_search_and_filters_are_both_met(room: Filtering) -> None:
    room.choose("overdue")
    room.bar.begin()
    room.driver.type("志强")
    room.expect(CHEN_)
    room.driver.type("zz")
    room.expect()


def test_what_is_found_by_typing_comes_with_the_best_first(room: Filtering, database: Path) -> None:
    with Store.open(database) as store:
        for name, size in (("Kim low", "2"), ("Kim high", "300"), ("Kim middle", "80")):
            store.run(
                add_lead, {"name": name, "size": size, "industry": "Logistics" if size == "300" else ""}, now=now()
            )
    room.driver.wait_for(lambda: "Kim low" in room.shown())
    room.bar.begin()
    room.driver.type("kim")
    room.expect("Kim low", "Kim high", "Kim middle")
    page = room.driver.page
    nos = page.model.nos if isinstance(page, LeadsRoom) else page.model.columns["new"].nos  # type: ignore[attr-defined]
    found = room.driver.ask(cards, nos, now())
    assert [card.score for card in found] == sorted((card.score for card in found), reverse=True)
    assert len({card.score for card in found}) > 1


def test_markup_is_shown_and_not_obeyed(leads: Filtering) -> None:
    leads.choose("company <b>")
    leads.expect(MARKUP_)
    assert leads.chips() == ["Company contains “<b>”"]


# ── views ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _save(room: Filtering, name: str) -> None:
    room.driver.trigger("filter.save")
    assert room.driver.window.findChild(NamePanel) is not None
    room.driver.type(name)
    room.driver.press("Return")
    room.driver.wait_saved()
    room.driver.wait_for(lambda: room.bar.views.text().startswith(name))


def _pick(room: Filtering, digit: str) -> None:
    room.driver.press("Ctrl+Shift+V")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClicks(menu, digit)
    room.driver.settle()


def test_a_view_is_saved_pinned_and_shown_on_board_and_table(room: Filtering) -> None:
    room.choose("overdue")
    _save(room, "Late")
    (view,) = room.driver.ask(saved_views)
    assert (view.name, view.pinned) == ("Late", True)
    room.driver.trigger("filter.clear")
    room.expect(ANNA_, CHEN_, MARKUP_)
    other = "board" if room.driver.room == "leads" else "leads"
    room.go(other)
    room.bar.chips.pins[0].click()
    room.expect(CHEN_)
    assert room.chips() == ["Next step: overdue"]
    room.bar.chips.pins[0].click()
    room.expect(ANNA_, CHEN_, MARKUP_)
    _pick(room, "1")
    room.expect(CHEN_)
    _pick(room, "0")
    room.expect(ANNA_, CHEN_, MARKUP_)


def test_a_view_is_changed_renamed_and_taken_back(leads: Filtering) -> None:
    driver = leads.driver
    leads.choose("overdue")
    _save(leads, "Late")
    leads.choose("stage new")
    assert leads.bar.views.text().startswith("Late • changed")
    leads.bar.views.update_wanted.emit()
    driver.wait_saved()
    driver.wait_for(lambda: "changed" not in leads.bar.views.text())
    view = driver.ask(saved_views)[0]
    assert isinstance(view.where, All)
    leads.bar.views._rename(view)
    driver.type("Overdue and new")
    driver.press("Return")
    driver.wait_saved()
    driver.wait_for(lambda: leads.bar.views.text().startswith("Overdue and new"))
    driver.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    driver.wait_saved()
    driver.wait_for(lambda: not driver.ask(saved_views))
    assert leads.bar.views.text().startswith("Saved views")
    assert leads.chips() == ["Next step: overdue", "Stage: New"]


def test_a_name_that_is_taken_is_told(leads: Filtering) -> None:
    leads.choose("overdue")
    _save(leads, "Late")
    leads.driver.trigger("filter.save")
    leads.driver.type("LATE")
    leads.driver.press("Return")
    leads.driver.wait_for(lambda: "already" in leads.driver.toast)


# ── remembered, and gone ─────────────────────────────────────────────────────────────────────────────────────────────


def test_each_room_remembers_its_filters(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        room = Filtering(driver, "board")
        room.choose("overdue")
        room.expect(CHEN_)
        room.go("leads")
        room.choose("stage discovery")
        _save(room, "Talks")
    with running(qtbot, database) as driver:
        room = Filtering(driver, "leads")
        room.expect(ANNA_)
        assert room.chips() == ["Stage: Discovery"]
        assert room.bar.views.text().startswith("Talks")
        room.go("board")
        room.expect(CHEN_)
        assert room.chips() == ["Next step: overdue"]


def test_filters_of_another_database_are_left_alone(qtbot: QtBot, database: Path, tmp_path: Path) -> None:
    with running(qtbot, database) as driver:
        Filtering(driver, "leads").choose("overdue")
    filled(tmp_path / "other.leaddesk", ANNA)
    with running(qtbot, tmp_path / "other.leaddesk") as driver:
        room = Filtering(driver, "leads")
        room.expect(ANNA_)
        assert room.chips() == []


def test_what_is_gone_from_the_playbook_is_said(qtbot: QtBot, database: Path) -> None:
    with running(qtbot, database) as driver:
        Filtering(driver, "leads").choose("stage mql")
    toml = text_of("playbooks", "default.toml").replace('"mql"', '"marketing"')
    with Store.open(database) as store:
        store.run(adopt_playbook, toml, now=now())
    with running(qtbot, database) as driver:
        room = Filtering(driver, "leads")
        room.wait_empty()
        (chip,) = room.bar.chips.chips
        assert chip.said.trouble == "Stage has no “mql” any more."
        assert chip.property("broken")
        assert room.bar.trouble == room.bar.chips.told.text() == chip.said.trouble
        driver.press("Ctrl+Shift+B", "Backspace")
        room.expect(ANNA_, CHEN_, MARKUP_)


def test_a_view_nobody_can_read_is_told(leads: Filtering, database: Path) -> None:
    leads.choose("overdue")
    _save(leads, "Late")
    view = leads.driver.ask(saved_views)[0]
    with Store.open(database) as store:
        do(store, lambda step: step.update(saved_view, view.id, filters='{"is": 3}'), now())
    leads.driver.trigger("filter.clear")
    leads.driver.wait_for(lambda: bool(leads.bar.views.views[0].problems))
    leads.bar.chips.pins[0].click()
    leads.driver.wait_for(lambda: "cannot be used" in leads.driver.toast)
    assert leads.chips() == []


def test_a_condition_may_be_turned_round_and_kept(leads: Filtering) -> None:
    leads.choose("not stage discovery")
    wanted: Where = Not(Is("stage", ("discovery",)))
    assert leads.bar.rules.of == (wanted,)
    assert leads.chips() == ["Stage: not Discovery"]
    leads.expect(CHEN_, MARKUP_)
