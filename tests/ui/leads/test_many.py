"""Many leads changed, deleted, summed up and written to a file, by keys."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.errors import FileTrouble
from leaddesk.operations.fields import add_field
from leaddesk.settings import change_settings
from leaddesk.ui.leads.bulk_panel import BulkPanel
from leaddesk.ui.leads.room import LeadsRoom
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled

HOT = {"name": "Hot one", "industry": "Logistics", "size": "300", "title": "CEO"}


class Several:
    """The table with three leads, all of them chosen."""

    def __init__(self, driver: WindowDriver, ids: dict[str, str]) -> None:
        self.driver, self.ids = driver, ids
        driver.trigger("go.leads")
        page = driver.page
        assert isinstance(page, LeadsRoom)
        self.room = page
        driver.wait_for(lambda: len(page.model.nos))
        page.table.setFocus()
        driver.press("Ctrl+A")

    @property
    def panel(self) -> BulkPanel:
        """The dialog in front."""
        panel = self.room.many.panel
        assert panel is not None
        return panel

    def lead(self, name: object) -> Lead:
        """What the database holds."""
        return self.driver.ask(leads.lead, self.ids[str(name)], self.driver.desk.now())


@pytest.fixture
def several(qtbot: QtBot, tmp_path: Path) -> Iterator[Several]:
    """Three leads chosen."""
    ids = filled(tmp_path / "leads.leaddesk", ANNA, CHEN, MARKUP)
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        yield Several(driver, ids)


def test_tags_and_fields_of_all_are_changed_as_one_step(several: Several) -> None:
    driver = several.driver
    driver.desk.do(add_field, "Renewal", "date")
    driver.wait_saved()
    driver.press("Shift+F2")
    panel = several.panel
    driver.wait_for(panel.stage.hasFocus)
    panel.tags_on.setFocus()
    driver.type("vip, fair")
    line = panel.add_field("owner")
    assert line is not None
    driver.type("Eve")
    assert panel.add_field("custom.Renewal") is not None
    driver.type("2031-02-03")
    assert driver.unnamed_controls() == []
    driver.press("Return")
    driver.wait_for(lambda: several.room.many.panel is None)
    for name in several.ids:
        lead = several.lead(name)
        assert lead.facts["owner"] == "Eve"
        assert lead.tags == ("vip", "fair")
        assert lead.custom == {"Renewal": "2031-02-03"}
    assert several.room.table.chosen_count() == 3
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: several.lead(ANNA["name"]).facts["owner"] == "Carol White")


def test_who_cannot_move_is_told_with_the_reason_and_can_be_opened(several: Several) -> None:
    driver = several.driver
    driver.press("Shift+F2")
    panel = several.panel
    panel.stage.setCurrentIndex(panel.stage.findData("sql"))
    panel.stage.picked.emit("sql")
    driver.press("Return")
    driver.wait_for(panel.stayed.isVisible)
    assert panel.stayed.count() == 3
    assert len(panel.stayed.item(0).text().splitlines()) == 2
    driver.wait_for(panel.stayed.hasFocus)
    driver.press("Return")
    assert several.room.many.panel is None
    driver.wait_for(lambda: several.room.sheet.lead is not None)


def test_a_stage_that_asks_is_answered_in_the_dialog(several: Several) -> None:
    driver = several.driver
    driver.press("Shift+F2")
    panel = several.panel
    panel.stage.setCurrentIndex(panel.stage.findData("parked"))
    panel.stage.picked.emit("parked")
    assert panel.until.isVisible()
    driver.press("Return")
    driver.wait_for(panel.trouble.isVisible)
    panel.reason.setCurrentIndex(1)
    driver.press("Return")
    driver.wait_for(lambda: several.lead(ANNA["name"]).stage == "parked")
    driver.wait_for(lambda: several.lead(CHEN["name"]).parked_until is not None)


def test_what_cannot_be_read_is_said_beside_its_field(several: Several) -> None:
    several.driver.press("Shift+F2")
    line = several.panel.add_field("size")
    assert line is not None
    several.driver.type("many")
    several.driver.press("Return")
    assert "many" in line.edit.edit.accessibleDescription()
    line.gone.emit()
    several.driver.press("Return")
    several.driver.wait_for(several.panel.trouble.isVisible)
    several.driver.press("Escape")
    assert several.room.many.panel is None


def test_all_are_deleted_and_come_back(several: Several) -> None:
    several.driver.press("Delete")
    several.driver.wait_for(lambda: not len(several.room.model.nos))
    several.driver.press("Ctrl+Z")
    several.driver.wait_for(lambda: len(several.room.model.nos) == 3)


def test_sums_stand_side_by_side_until_rates_are_known(several: Several) -> None:
    told = several.room.foot.told
    several.driver.wait_for(lambda: "€380k" in told.text() and "¥210k" in told.text())
    assert "≈" not in told.text()
    change_settings(rates='{"base": "EUR", "day": "2026-11-21", "per": {"CNY": "0.1"}}')
    several.room.foot.retranslate()
    assert "≈ €401k" in told.text()
    assert "1 CNY = 0.1 EUR" in told.text()
    assert "21 Nov" in told.text()
    several.room.table.stand_on(0)
    several.driver.press("Shift+Down")
    several.driver.wait_for(lambda: "2 chosen" in told.text())


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_what_is_shown_is_written_to_a_file_that_runs_nothing(several: Several, tmp_path: Path) -> None:
    several.room.table.show_columns(("name", "company", "value", "stage", "city", "do_not_call", "score"))
    path = tmp_path / "out.csv"
    several.driver.trigger("leads.export", path=path)
    several.driver.wait_for(lambda: several.room.many.export is None)
    head, *rows = _rows(path)
    assert head == ["Name", "Company", "Value", "Stage", "City", "Do not call", "Score"]
    by_name = {row[0]: row for row in rows}
    assert by_name[str(ANNA["name"])][1:6] == ["Baltic Freight", "380000 EUR", "New", "Gdańsk", "no"]
    assert by_name["<img src=x>"][1] == "<b>=1+1</b> & Sons"
    assert "Wrote 3 leads" in several.room.foot.told.text()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_sums_that_come_late_leave_what_was_done_in_place(several: Several) -> None:
    foot, answered = several.room.foot, list[object]()
    foot._ask()
    foot.tell("Wrote 3 leads")
    several.driver.desk.read(leads.sources, then=answered.append)
    several.driver.wait_for(lambda: answered)
    assert foot.told.text() == "Wrote 3 leads"
    several.driver.press("Down")
    several.driver.wait_for(lambda: "€" in foot.told.text() or "¥" in foot.told.text())


def test_an_export_that_cannot_be_written_says_so(several: Several, tmp_path: Path) -> None:
    told: list[object] = []
    several.driver.desk.failed.connect(told.append)
    several.driver.trigger("leads.export", path=tmp_path / "no such folder" / "out.csv")
    several.driver.wait_for(lambda: told)
    assert isinstance(told[0], FileTrouble)
    several.driver.trigger("leads.export", path=several.driver.desk.path)
    several.driver.wait_for(lambda: len(told) == 2)
    assert several.room.many.export is None


def test_an_export_leaves_nothing_where_the_window_closes(several: Several, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    several.room.many.ask_export(path)
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".out")]
    assert several.room.may_close()
    assert several.room.many.export is None
    assert not path.exists()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".out")]


def test_an_export_that_is_stopped_leaves_no_file(several: Several, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    several.room.many.ask_export(path)
    assert several.room.many.stop()
    several.driver.wait_for(lambda: several.room.many.export is None)
    assert not path.exists()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".out")]
