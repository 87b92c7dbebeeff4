"""Next steps and people on the sheet, changed where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.operations.leads import add_stakeholder
from leaddesk.operations.tasks import add_task
from leaddesk.ui.leads.plans import TaskRow
from tests.drivers import running
from tests.ui.leads.test_taken_back import Told
from tests.ui.pipeline import ANNA, filled


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> Iterator[Told]:
    """A lead with a planned step and somebody who decides."""
    lead = filled(tmp_path / "leads.leaddesk", ANNA)[str(ANNA["name"])]
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        driver.desk.do(add_task, lead, "Call Bo", driver.desk.today() + timedelta(days=2))
        driver.desk.do(add_stakeholder, lead, "Bo", "CFO")
        driver.wait_saved()
        yield Told(driver, lead)


def test_a_step_is_reworded_moved_done_and_taken_out(told: Told) -> None:
    tasks, driver = told.room.sheet.tasks, told.driver
    driver.wait_for(lambda: tasks.rows)
    tasks.stand_on(tasks.rows[0])
    driver.press("Return")
    row = tasks.rows[0]
    assert isinstance(row, TaskRow)
    assert row.text is not None
    assert row.day is not None
    driver.type("Meet Bo")
    row.day.setDate(row.day.date().addDays(3))
    assert driver.unnamed_controls() == []
    driver.press("Return")
    driver.wait_for(lambda: [task.text for task in told.lead.tasks] == ["Meet Bo"])
    assert told.lead.tasks[0].due_on == driver.desk.today() + timedelta(days=5)
    driver.wait_for(lambda: tasks.rows and tasks.rows[0].hasFocus())
    driver.press("F2")
    driver.type("nothing")
    driver.press("Escape")
    assert told.lead.tasks[0].text == "Meet Bo"
    driver.press("Space")
    driver.wait_for(lambda: not told.lead.tasks)
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: len(told.lead.tasks) == 1)
    driver.wait_for(lambda: tasks.rows)
    tasks.stand_on(tasks.rows[0])
    driver.press("Delete")
    driver.wait_for(lambda: not told.lead.tasks)


def test_a_person_is_changed_and_taken_out(told: Told) -> None:
    people, driver = told.room.sheet.people, told.driver
    driver.wait_for(lambda: people.rows)
    people.stand_on(people.rows[0])
    driver.press("Return")
    driver.wait_for(people.name.hasFocus)
    driver.type("Bo Larsen")
    people.attitude.setCurrentIndex(people.attitude.findData("for"))
    people.role.setCurrentIndex(people.role.findData("signer"))
    driver.press("Return")
    driver.wait_for(lambda: [one.name for one in told.lead.stakeholders] == ["Bo Larsen"])
    (person,) = told.lead.stakeholders
    assert (person.title, person.role, person.attitude) == ("CFO", "signer", "for")
    driver.wait_for(lambda: people.rows and people.rows[0].hasFocus())
    driver.press("Return")
    driver.type("X")
    driver.press("Escape")
    assert people.rows[0].hasFocus()
    driver.press("Delete")
    driver.wait_for(lambda: not told.lead.stakeholders)
