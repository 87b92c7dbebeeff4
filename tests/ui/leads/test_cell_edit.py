"""Cells changed where they stand, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.operations.fields import add_field
from leaddesk.qualify.terms import Money
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.figures import weekday_date
from leaddesk.ui.leads.cell_edit import CellEdit
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.text import Text
from tests.drivers import WindowDriver, running
from tests.ui.leads.test_table import stand_in
from tests.ui.pipeline import ANNA, filled


class Cells:
    """The table with one lead, all its columns, and a person's hands."""

    def __init__(self, driver: WindowDriver, lead: str) -> None:
        self.driver, self._lead = driver, lead
        driver.trigger("go.leads")
        page = driver.page
        assert isinstance(page, LeadsRoom)
        self.room = page
        driver.wait_for(lambda: len(page.model.nos))
        page.table.setFocus()
        page.table.stand_on(0)

    def begin(self, key: str, opener: str = "F2") -> CellEdit:
        """Walk to a cell and begin to change it."""
        self.room.table.show_columns(("name", key))
        stand_in(self.driver, self.room.table, key)
        self.driver.press(opener)
        assert self.room.cell is not None
        return self.room.cell

    def type(self, key: str, text: str) -> None:
        """Change a cell by typing."""
        self.begin(key)
        self.driver.type(text)
        self.driver.press("Return")
        self.driver.wait_for(lambda: self.room.cell is None)

    @property
    def lead(self) -> Lead:
        """What the database holds."""
        return self.driver.ask(leads.lead, self._lead, self.driver.desk.now())


@pytest.fixture
def cells(qtbot: QtBot, tmp_path: Path) -> Iterator[Cells]:
    """The table in front."""
    ids = filled(tmp_path / "leads.leaddesk", ANNA)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        yield Cells(driver, ids[str(ANNA["name"])])


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("company", "Baltic Freight SA", "Baltic Freight SA"),
        ("city", "Gdynia", "Gdynia"),
        ("phone", "+48 1", "+48 1"),
        ("size", "1,300", 1300),
        ("value", "40k", Money(4_000_000, "EUR")),
        ("value", "40k USD", Money(4_000_000, "USD")),
        ("expected_on", "2031-02-03", date(2031, 2, 3)),
        ("language", "polish", "pl"),
        ("tags", "vip, timber", ("vip", "timber")),
    ],
)
def test_a_cell_is_changed_by_typing(cells: Cells, key: str, text: str, value: object) -> None:
    cells.type(key, text)
    cells.driver.wait_for(lambda: cells.lead.facts.get(key) == value)
    assert cells.room.table.hasFocus()
    cells.driver.press("Ctrl+Z")
    cells.driver.wait_for(lambda: cells.lead.facts.get(key) != value)


def test_a_day_is_typed_in_plain_words_and_told_back(cells: Cells) -> None:
    edit = cells.begin("expected_on").edit
    cells.driver.type("in two weeks")
    wanted = cells.driver.desk.today() + timedelta(days=14)
    told = [text.text() for text in edit.findChildren(Text) if text.isVisible()]
    assert told == [weekday_date(wanted, "en")]
    cells.driver.press("Return")
    cells.driver.wait_for(lambda: cells.lead.facts.get("expected_on") == wanted)


def test_escape_leaves_the_cell_as_it_was(cells: Cells) -> None:
    cells.begin("city", "Return")
    cells.driver.type("Gdynia")
    cells.driver.press("Escape")
    assert cells.room.cell is None
    assert cells.lead.facts["city"] == "Gdańsk"
    assert cells.room.table.hasFocus()


def test_what_cannot_be_read_is_said_and_stays_typed(cells: Cells) -> None:
    cell = cells.begin("size")
    cells.driver.type("many")
    cells.driver.press("Return")
    assert cells.room.cell is cell
    assert cell.edit.text == "many"
    assert "many" in cell.edit.edit.accessibleDescription()
    cells.driver.press("Ctrl+A")
    cells.driver.type("30")
    cells.driver.press("Return")
    cells.driver.wait_for(lambda: cells.lead.facts["size"] == 30)


def test_what_a_rule_refuses_is_said_and_stays_typed(qtbot: QtBot, tmp_path: Path) -> None:
    taken = {"name": "Bo", "external_id": "42"}
    ids = filled(tmp_path / "leads.leaddesk", ANNA, taken)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        cells = Cells(driver, ids[str(ANNA["name"])])
        cells.room.open_lead(ids[str(ANNA["name"])])
        cell = cells.begin("external_id")
        driver.type("42")
        driver.press("Return")
        driver.wait_for(lambda: "Bo" in cell.edit.edit.accessibleDescription())
        assert cell.edit.text == "42"
        assert cell.edit.edit.hasFocus()


def test_choices_are_chosen_by_arrows(cells: Cells) -> None:
    cell = cells.begin("origin")
    assert isinstance(cell.edit.edit, QComboBox)
    cells.driver.press("Down", "Return")
    cells.driver.wait_for(lambda: cells.lead.facts.get("origin") == "inbound")
    cells.begin("do_not_call")
    cells.driver.press("Up", "Up", "Down", "Return")
    cells.driver.wait_for(lambda: cells.lead.do_not_call)


def test_a_field_of_ones_own_is_changed_like_any(cells: Cells) -> None:
    cells.driver.desk.do(add_field, "Colour", "choice", ["Green", "Blue"])
    cells.driver.desk.do(add_field, "Spend", "money")
    cells.driver.wait_saved()
    cells.room.model.wear(cells.room.table.worn)
    cells.begin("custom.Colour")
    cells.driver.press("Down", "Down", "Return")
    cells.driver.wait_for(lambda: cells.lead.custom.get("Colour") == "Blue")
    cells.type("custom.Spend", "12k")
    cells.driver.wait_for(lambda: cells.lead.custom.get("Spend") == "12000 EUR")
    place = cells.room.model.place_of("custom.Spend")
    cells.driver.wait_for(lambda: cells.room.model.index(0, place).data() == "€12k")


def test_the_usual_currency_is_the_chosen_one_else_the_last(cells: Cells) -> None:
    cells.type("value", "1000 PLN")
    cells.driver.wait_for(lambda: read_settings().last_currency == "PLN")
    cells.type("revenue", "5m")
    cells.driver.wait_for(lambda: cells.lead.facts.get("revenue") == Money(500_000_000, "PLN"))
    change_settings(currency="GBP")
    cells.type("revenue", "6m")
    cells.driver.wait_for(lambda: cells.lead.facts.get("revenue") == Money(600_000_000, "GBP"))


def test_what_is_reckoned_is_not_typed(cells: Cells) -> None:
    cells.room.table.show_columns(("name", "score"))
    stand_in(cells.driver, cells.room.table, "score")
    cells.driver.press("F2")
    assert cells.room.cell is None
    assert "not typed" in cells.room.filters.told.text()


def test_a_next_step_is_planned_on_the_sheet(cells: Cells) -> None:
    stand_in(cells.driver, cells.room.table, "next_step")
    cells.driver.press("Return")
    cells.driver.wait_for(cells.room.sheet.tasks.text.hasFocus)


@pytest.mark.parametrize("key", ["city", "value", "expected_on", "language"])
def test_the_editor_lies_over_its_cell_at_once(cells: Cells, key: str) -> None:
    edit = cells.begin(key)
    cell = cells.room.table.visualRect(cells.room.table.currentIndex())
    assert edit.height() >= edit.edit.edit.sizeHint().height()
    assert edit.geometry().contains(cell.center())
