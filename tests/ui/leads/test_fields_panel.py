"""Fields of a team's own, defined in the window by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.operations.leads import set_facts
from leaddesk.qualify.fields import FieldKind
from leaddesk.ui.leads.fields_panel import FieldsPanel
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, filled


class Fields:
    """The panel over the board or wherever one is."""

    def __init__(self, driver: WindowDriver, lead: str) -> None:
        self.driver, self.lead = driver, lead
        driver.press("Ctrl+Shift+U")
        self.panel = next(panel for panel in driver.window.findChildren(FieldsPanel) if panel.isVisible())

    def names(self) -> list[str]:
        """What is defined."""
        return [field.name for field in self.driver.ask(custom_fields)]

    def add(self, name: str, kind: str = "text", choices: str = "") -> None:
        """Define a field by typing."""
        self.panel.begin_new()
        self.driver.type(name)
        self.panel.kind.setCurrentIndex(self.panel.kind.findData(kind))
        self.panel.kind.picked.emit(kind)
        self.panel.choices.setText(choices)
        self.driver.press("Return")
        self.driver.wait_for(lambda: name in self.names())


@pytest.fixture
def fields(qtbot: QtBot, tmp_path: Path) -> Iterator[Fields]:
    """The panel with a lead that has values of its own already."""
    ids = filled(tmp_path / "leads.leaddesk", ANNA)
    lead = ids[str(ANNA["name"])]
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        driver.desk.do(set_facts, lead, {}, {"Hat": "large"})
        driver.wait_saved()
        yield Fields(driver, lead)


def test_a_field_is_defined_put_in_order_and_removed_by_keys(fields: Fields) -> None:
    fields.add("Coat")
    fields.add("Colour", "choice", "Green, Blue")
    assert fields.names() == ["Coat", "Colour"]
    fields.panel.list.setFocus()
    fields.panel.list.setCurrentRow(1)
    fields.driver.press("Alt+Up")
    fields.driver.wait_for(lambda: fields.names() == ["Colour", "Coat"])
    fields.panel.list.setCurrentRow(1)
    fields.driver.press("Delete")
    fields.driver.wait_for(lambda: fields.names() == ["Colour"])
    assert fields.driver.unnamed_controls() == []
    fields.driver.press("Escape", "Ctrl+Z")
    fields.driver.wait_for(lambda: fields.names() == ["Colour", "Coat"])


def test_a_field_is_renamed_where_it_stands(fields: Fields) -> None:
    fields.add("Hat")
    fields.panel.list.setFocus()
    fields.panel.list.setCurrentRow(0)
    fields.driver.press("Return")
    fields.driver.type("Headwear")
    fields.driver.press("Return")
    fields.driver.wait_for(lambda: fields.names() == ["Headwear"])
    lead = fields.driver.ask(leads.lead, fields.lead, fields.driver.desk.now())
    assert lead.custom == {"Headwear": "large"}


def test_what_came_with_an_import_is_offered(fields: Fields) -> None:
    fields.panel.begin_new()
    fields.panel._take_found("Hat")
    fields.driver.press("Return")
    fields.driver.wait_for(lambda: fields.names() == ["Hat"])


def test_a_kind_that_does_not_fit_is_kept_only_when_a_person_insists(fields: Fields) -> None:
    fields.add("Hat")
    panel = fields.panel
    panel.list.setCurrentRow(0)
    panel.kind.setCurrentIndex(panel.kind.findData("number"))
    panel.keep()
    fields.driver.wait_for(panel.anyway.isVisible)
    assert "large" in panel.trouble.text()
    panel.anyway.click()
    fields.driver.wait_for(lambda: fields.driver.ask(custom_fields)[0].kind is FieldKind.NUMBER)
    fields.driver.press("Escape")
    fields.driver.trigger("go.leads")
    room = fields.driver.page
    assert isinstance(room, LeadsRoom)
    room.open_lead(fields.lead)
    fields.driver.wait_for(lambda: any(row.key == "Hat" for row in room.sheet.facts.rows))
    row = next(row for row in room.sheet.facts.rows if row.key == "Hat")
    assert row.accessibleName() == "Hat: large, is not: number"


def test_a_name_is_taken_once(fields: Fields) -> None:
    fields.add("Hat")
    fields.panel.begin_new()
    fields.driver.type("hat")
    fields.driver.press("Return")
    fields.driver.wait_for(fields.panel.trouble.isVisible)
    assert fields.names() == ["Hat"]
