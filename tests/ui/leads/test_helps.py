"""What would help most, and events recorded by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.leads.event_panel import EventPanel
from leaddesk.ui.leads.helps import helps
from tests.drivers import WindowDriver, running
from tests.ui.leads.test_taken_back import Told
from tests.ui.pipeline import ANNA, filled


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> Iterator[Told]:
    """A lead nobody asked anything yet."""
    lead = filled(tmp_path / "leads.leaddesk", ANNA)[str(ANNA["name"])]
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        yield Told(driver, lead)


def test_what_helps_is_open_and_brings_points(told: Told) -> None:
    lead = told.lead
    found = helps(told.driver.desk.playbook, lead.assessment)
    assert found
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    assert all(lead.assessment.questions[one.question].open for one in found)
    assert found[0].worth <= lead.assessment.up_to - lead.assessment.score


def test_what_helps_most_is_asked_from_the_sheet(told: Told) -> None:
    section = told.room.sheet.helps
    told.driver.wait_for(lambda: section.rows)
    best = helps(told.driver.desk.playbook, told.lead.assessment)[0]
    assert section.rows[0].key == best.question
    section.stand_on(section.rows[0])
    told.driver.press("Return")
    assert told.driver.room == "call"
    call = told.driver.page
    assert isinstance(call, CallRoom)
    assert call.session.question_key == best.question


def panel_of(driver: WindowDriver) -> EventPanel:
    """The panel in front."""
    return next(panel for panel in driver.window.findChildren(EventPanel) if panel.isVisible())


def test_an_event_is_recorded_by_keys_on_its_day(told: Told) -> None:
    driver = told.driver
    driver.press("Ctrl+Shift+O")
    panel = panel_of(driver)
    driver.wait_for(panel.search.hasFocus)
    kind = driver.desk.playbook.event_kind["pricing_page"]
    driver.type(kind.label["en"][:12])
    assert driver.unnamed_controls() == []
    day = driver.desk.today() - timedelta(days=3)
    panel.day.setDate(QDate(day.year, day.month, day.day))
    panel.note.setText("three times")
    driver.press("Return")
    driver.wait_for(lambda: [one.kind for one in told.lead.state.events] == ["pricing_page"])
    entry = next(entry for entry in told.lead.timeline if entry.kind == "event")
    assert entry.details["note"] == "three times"
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: not told.lead.state.events)


def test_a_day_that_is_still_to_come_is_refused_and_nothing_found_is_said(told: Told) -> None:
    driver = told.driver
    driver.press("Ctrl+Shift+O")
    panel = panel_of(driver)
    panel.day.setDate(panel.day.date().addDays(2))
    driver.press("Return")
    driver.wait_for(panel.trouble.isVisible)
    panel.search.setText("nothing like it")
    panel.search.setFocus()
    driver.press("Return")
    assert "Choose" in panel.trouble.text()
    driver.press("Escape")
    assert not told.lead.state.events


def test_somebody_who_decides_is_added_by_a_key(told: Told) -> None:
    told.driver.press("Ctrl+Shift+I")
    told.driver.wait_for(told.room.sheet.people.name.hasFocus)
    told.driver.type("Bo")
    told.driver.press("Return")
    told.driver.wait_for(lambda: [one.name for one in told.lead.stakeholders] == ["Bo"])
