"""The sheet goes from lead to lead: the top at once, the rest in the next turn, the same widgets for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.sheet import LeadSheet
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, filled


@pytest.fixture
def ids(tmp_path: Path) -> dict[str, str]:
    """Two leads of whom something is known."""
    return filled(tmp_path / "leads.leaddesk", ANNA, CHEN)


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> Iterator[WindowDriver]:
    """The table."""
    assert ids
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        driver.trigger("go.leads")
        page = driver.page
        assert isinstance(page, LeadsRoom)
        driver.wait_for(lambda: page.model.rowCount() == 2)
        driver.wait_for(lambda: page.sheet.facts.rows and page.sheet.story.rows)  # the room has shown one of its own
        yield driver


def sheet_of(driver: WindowDriver) -> LeadSheet:
    """The sheet."""
    page = driver.page
    assert isinstance(page, LeadsRoom)
    return page.sheet


def words_of(sheet: LeadSheet) -> list[str]:
    """What is seen on it."""
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_same_words_whichever_lead_came_before(driver: WindowDriver, ids: dict[str, str]) -> None:
    sheet = sheet_of(driver)
    anna, chen = ids["Anna Kowalska"], ids["陈志强"]
    told: dict[str, list[list[str]]] = {anna: [], chen: []}
    for lead in (anna, chen, anna, anna, chen, chen, anna):
        sheet.show_lead(lead)
        sheet.finish()
        driver.settle()
        driver.wait_for(lambda: sheet.facts.rows and sheet.story.rows)
        told[lead].append(sorted(words_of(sheet)))
    for seen in told.values():
        for one in seen[1:]:
            assert one == seen[0]
    assert told[anna][0] != told[chen][0]


def test_nothing_of_another_lead_stays_while_the_rest_is_to_come(driver: WindowDriver, ids: dict[str, str]) -> None:
    sheet = sheet_of(driver)
    sheet.show_lead(ids["Anna Kowalska"])
    driver.settle()
    driver.wait_for(lambda: sheet.facts.rows and sheet.story.rows)
    sheet.show_lead(ids["陈志强"])
    assert sheet.head.name.text() == "陈志强"
    assert not sheet.facts.rows
    assert not sheet.story.rows
    assert not any("Kowalska" in text or "Baltic" in text for text in words_of(sheet))
    driver.settle()
    driver.wait_for(lambda: sheet.facts.rows and sheet.story.rows)


def test_widgets_are_used_again(driver: WindowDriver, ids: dict[str, str]) -> None:
    sheet = sheet_of(driver)
    for lead in ids.values():
        sheet.show_lead(lead)
        driver.settle()
    parts = (sheet.why, sheet.helps, sheet.reach, sheet.facts)
    before = {id(label) for part in parts for label in part.findChildren(QLabel)}
    for _ in range(3):
        for lead in ids.values():
            sheet.show_lead(lead)
            driver.settle()
    assert {id(label) for part in parts for label in part.findChildren(QLabel)} == before


def test_the_keyboard_stays_on_a_fact_that_changes(driver: WindowDriver, ids: dict[str, str]) -> None:
    sheet = sheet_of(driver)
    sheet.show_lead(ids["Anna Kowalska"])
    driver.settle()
    row = sheet.facts.row("industry")
    sheet.facts.stand_on(row)
    driver.press("Return")
    driver.type(" and more")
    driver.press("Return")
    driver.wait_saved()
    driver.wait_for(lambda: any(one.hasFocus() for one in sheet.facts.rows))
    assert next(one for one in sheet.facts.rows if one.hasFocus()).key == row.key
