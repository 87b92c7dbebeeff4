"""The story on the sheet: notes rewritten, events that did not happen, steps taken back, all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.records import Lead
from leaddesk.db.store import Store
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.operations.leads import add_event, add_note, add_tag, set_facts
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.story import EntryRow, Story
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, filled, now


class Told:
    """A lead's story in front."""

    def __init__(self, driver: WindowDriver, lead: str) -> None:
        self.driver, self._lead = driver, lead
        driver.trigger("go.leads")
        page = driver.page
        assert isinstance(page, LeadsRoom)
        page.open_lead(lead)
        self.room = page
        driver.wait_for(lambda: self.story.rows)

    @property
    def story(self) -> Story:
        """The timeline."""
        return self.room.sheet.story

    @property
    def lead(self) -> Lead:
        """What the database holds."""
        return self.driver.ask(leads.lead, self._lead, self.driver.desk.now())

    def stand_on(self, words: str) -> EntryRow:
        """Give the keyboard to the entry with these words."""
        self.driver.wait_for(lambda: [row for row in self.story.rows if words in row.accessibleName()])
        row = next(row for row in self.story.rows if words in row.accessibleName())
        self.story.stand_on(row)
        assert isinstance(row, EntryRow)
        return row


@pytest.fixture
def told(qtbot: QtBot, tmp_path: Path) -> Iterator[Told]:
    """A lead with a note, an event, a tag and a changed fact."""
    lead = filled(tmp_path / "leads.leaddesk", ANNA)[str(ANNA["name"])]
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        driver.desk.do(add_note, lead, "likes tea")
        driver.desk.do(add_event, lead, "pricing_page")
        driver.desk.do(set_facts, lead, {"city": "Sopot", "size": "250"})
        driver.desk.do(add_tag, lead, "vip")
        driver.wait_saved()
        yield Told(driver, lead)


def test_changes_of_facts_stand_in_the_story(told: Told) -> None:
    names = [row.accessibleName() for row in told.story.rows]
    assert any("City: Gdańsk → Sopot; " in name or "; City: Gdańsk → Sopot" in name for name in names)
    assert any("Tagged “vip”" in name for name in names)


def test_a_step_is_taken_back_and_that_is_undone(told: Told) -> None:
    told.stand_on("City")
    told.driver.press("Delete")
    told.driver.wait_for(lambda: told.lead.facts["city"] == "Gdańsk")
    assert told.lead.facts["size"] == 240
    assert told.lead.tags == ("vip",)
    told.driver.wait_for(lambda: "Took back" in told.driver.toast)
    told.driver.press("Ctrl+Z")
    told.driver.wait_for(lambda: told.lead.facts["city"] == "Sopot")


def test_what_later_steps_build_on_is_refused_with_the_reason(told: Told) -> None:
    refused: list[object] = []
    told.driver.desk.refused.connect(refused.append)
    told.stand_on("Added")
    told.driver.press("Delete")
    told.driver.wait_for(lambda: refused)
    told.driver.wait_for(lambda: "Later steps build on it" in told.driver.toast)
    assert told.lead.facts["city"] == "Sopot"


def test_a_note_is_rewritten_and_deleted_where_it_stands(told: Told) -> None:
    row = told.stand_on("likes tea")
    told.driver.press("Return")
    assert row.edit is not None
    told.driver.type(", green")
    told.driver.press("Ctrl+Return")
    told.driver.wait_for(lambda: any(entry.details.get("text") == "likes tea, green" for entry in told.lead.timeline))
    told.stand_on("green")
    told.driver.press("Delete")
    told.driver.wait_for(lambda: all(entry.kind != "note" for entry in told.lead.timeline))
    told.driver.press("Ctrl+Z")
    told.driver.wait_for(lambda: any(entry.kind == "note" for entry in told.lead.timeline))


def test_escape_leaves_a_note_as_it_was_and_other_changes_wait(told: Told) -> None:
    row = told.stand_on("likes tea")
    told.driver.press("F2")
    told.driver.type("!")
    told.driver.desk.do(add_tag, told.lead.id, "later")
    told.driver.wait_saved()
    assert row.edit is not None
    told.driver.press("Escape")
    told.driver.wait_for(lambda: row not in told.story.rows)
    assert any(entry.details.get("text") == "likes tea" for entry in told.lead.timeline)


def test_an_event_that_did_not_happen_goes(told: Told) -> None:
    told.stand_on(told.driver.desk.playbook.event_kind["pricing_page"].label["en"])
    told.driver.press("Delete")
    told.driver.wait_for(lambda: all(entry.kind != "event" for entry in told.lead.timeline))


def test_the_story_is_walked_by_arrows_with_one_tab_stop(told: Told) -> None:
    told.story.stand_on(told.story.rows[0])
    told.driver.press("Down", "Down")
    assert told.story.rows[2].hasFocus()
    told.driver.press("Escape")
    assert told.room.table.hasFocus()


def test_a_lead_an_import_brought_is_taken_back_from_its_own_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "leads.leaddesk"
    filled(path, ANNA)
    fair = tmp_path / "fair.csv"
    fair.write_text("Name,Company,Source\nBo Lind,Acme,fair\nCy Ek,Acme,fair\n", encoding="utf-8")
    with Store.open(path) as store:
        for _ in store.job(import_leads, plan_import(store, fair), None, now=now()):
            pass
        with store.reader() as reader:
            bo = find_lead(reader, next(card.id for card in cards(reader, [2], now())))
    with running(qtbot, path) as driver:
        told = Told(driver, bo)
        row = told.stand_on("fair")
        driver.press("Delete")
        driver.wait_saved()
        driver.wait_for(lambda: len(told.room.model.nos) == 2)
        assert not row.isVisible() or told.room.sheet.lead is None or told.room.sheet.lead.id != bo
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: len(told.room.model.nos) == 3)
