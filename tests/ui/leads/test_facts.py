"""Facts changed on the sheet, where they stand."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from leaddesk.operations.fields import add_field
from leaddesk.operations.leads import add_note
from leaddesk.ui.leads.facts import FactRow
from tests.drivers import running
from tests.ui.leads.test_cell_edit import Cells
from tests.ui.pipeline import ANNA, filled


def test_facts_are_changed_emptied_and_walked_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    ids = filled(tmp_path / "leads.leaddesk", {**ANNA, "language": "pl"})
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        cells = Cells(driver, ids[str(ANNA["name"])])
        facts = cells.room.sheet.facts
        driver.wait_for(lambda: facts.rows)
        language = facts.row("language")
        assert language.accessibleName() == "Language: Polish"
        facts.stand_on(facts.row("industry"))
        driver.press("F2")
        driver.type("Shipping")
        driver.press("Return")
        driver.wait_for(lambda: cells.lead.facts["industry"] == "Shipping")
        driver.wait_for(lambda: facts.row("industry").accessibleName() == "Industry: Shipping")
        driver.wait_for(lambda: facts.row("industry").hasFocus())
        driver.press("Down")
        assert facts.row("size").hasFocus()
        driver.press("Delete")
        driver.wait_for(lambda: "size" not in cells.lead.facts)
        driver.wait_for(lambda: any(row.hasFocus() for row in facts.rows))
        driver.press("Escape")
        assert cells.room.table.hasFocus()


def test_empty_fields_are_filled_and_wrong_ones_said(qtbot: QtBot, tmp_path: Path) -> None:
    ids = filled(tmp_path / "leads.leaddesk", ANNA)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        cells = Cells(driver, ids[str(ANNA["name"])])
        facts = cells.room.sheet.facts
        driver.wait_for(lambda: facts.rows)
        facts.more.click()
        row = facts.row("expected_on")
        facts.stand_on(row)
        driver.press("Return")
        driver.type("whenever")
        driver.press("Return")
        assert row.edit is not None
        assert "whenever" in row.edit.edit.accessibleDescription()
        driver.desk.do(add_note, ids[str(ANNA["name"])], "from elsewhere")
        driver.wait_saved()
        assert row.edit is not None
        assert row.edit.text == "whenever"
        driver.press("Escape")
        assert row.edit is None


def test_fields_of_ones_own_stand_there_also_empty(qtbot: QtBot, tmp_path: Path) -> None:
    ids = filled(tmp_path / "leads.leaddesk", ANNA)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        cells = Cells(driver, ids[str(ANNA["name"])])
        facts = cells.room.sheet.facts
        driver.desk.do(add_field, "Renewal", "date")
        driver.wait_for(lambda: any(row.key == "Renewal" for row in facts.rows))
        row = next(row for row in facts.rows if row.key == "Renewal")
        assert isinstance(row, FactRow)
        facts.stand_on(row)
        driver.press("Return")
        driver.type("2031-02-03")
        driver.press("Return")
        driver.wait_for(lambda: cells.lead.custom == {"Renewal": "2031-02-03"})
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: cells.lead.custom == {})
