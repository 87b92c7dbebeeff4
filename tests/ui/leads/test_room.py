"""Table, sheet and form of leads by keys, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.operations.answers import give_answer
from leaddesk.operations.leads import add_note
from leaddesk.qualify.state import Said
from leaddesk.settings import read_settings
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.kit.marks import ScoreBar
from leaddesk.ui.leads.columns import read_look
from leaddesk.ui.leads.form import LeadForm
from leaddesk.ui.leads.room import LeadsRoom
from leaddesk.ui.leads.section import Section
from leaddesk.ui.reason_words import reason_lines
from leaddesk.ui.text import Text
from tests.drivers import WindowDriver, running
from tests.ui.pipeline import ANNA, CHEN, MARKUP, filled, interested


class Leads:
    """The leads room in front, with a person's hands."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        driver.trigger("go.leads")
        room = driver.page
        assert isinstance(room, LeadsRoom)
        self.room = room
        driver.wait_for(lambda: len(room.model.nos) or room.empty.isVisible())

    def choose(self, lead: str) -> None:
        """Stand on a lead and wait for its sheet."""
        self.room.open_lead(lead)
        self.driver.wait_for(lambda: self.room.sheet.lead is not None and self.room.sheet.lead.id == lead)
        self.driver.wait_for(lambda: self.room.selected_lead() == lead)
        self.driver.settle()

    def lead(self, lead: str) -> Lead:
        """What the database holds."""
        return self.driver.ask(leads.lead, lead, self.driver.desk.now())

    @property
    def form(self) -> LeadForm:
        """The form in front."""
        assert self.room.form is not None
        return self.room.form

    def names(self) -> list[str]:
        """What the table shows as names, from the top."""
        model = self.room.model
        return [str(model.index(row, model.place_of("name")).data()) for row in range(model.rowCount())]


@pytest.fixture
def ids(tmp_path: Path) -> dict[str, str]:
    """Three known leads."""
    return filled(tmp_path / "leads.leaddesk", ANNA, CHEN, MARKUP)


@pytest.fixture(params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> Iterator[Leads]:
    """The room in each language."""
    assert ids
    with running(qtbot, tmp_path / "leads.leaddesk", str(request.param)) as driver:
        yield Leads(driver)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> Iterator[Leads]:
    """The room with the known leads."""
    assert ids
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        yield Leads(driver)


def test_rows_and_heads_in_both_languages(spoken: Leads) -> None:
    assert sorted(spoken.names()) == sorted(["Anna Kowalska", "陈志强", "<img src=x>"])
    head = spoken.room.model.headerData(spoken.room.model.place_of("score"), Qt.Orientation.Horizontal)
    assert str(head).startswith("Score" if spoken.driver.language == "en" else "评分")
    assert "3" in spoken.room.filters.told.text()


def test_a_head_sorts_and_turns_round(room: Leads) -> None:
    table = room.room.table
    table.horizontalHeader().sectionClicked.emit(room.room.model.place_of("name"))
    room.driver.wait_for(lambda: room.names() == ["<img src=x>", "Anna Kowalska", "陈志强"])
    table.horizontalHeader().sectionClicked.emit(room.room.model.place_of("name"))
    room.driver.wait_for(lambda: room.names() == ["陈志强", "Anna Kowalska", "<img src=x>"])


def test_typing_finds(room: Leads) -> None:
    room.driver.press("/")
    room.driver.type("志强")
    room.driver.wait_for(lambda: room.names() == ["陈志强"])
    assert room.room.filters.told.text() == "1 of 3 leads"
    room.driver.press("Escape")
    room.driver.wait_for(lambda: len(room.names()) == 3)
    room.driver.type("zzz")
    room.driver.wait_for(room.room.empty.isVisible)


def test_the_sheet_says_why_and_its_points_add_up(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    interested(tmp_path / "leads.leaddesk", anna, "pricing_page")
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        room = Leads(driver)
        room.choose(anna)
        driver.desk.do(give_answer, anna, "reserved", Said(keys=("approved",)), note="it is in the plan")
        driver.wait_for(lambda: room.room.sheet.lead is not None and bool(room.room.sheet.lead.answers))
        lead = room.lead(anna)
        lines = reason_lines(driver.desk.playbook, lead, "en")
        shown = sum(float(line.points.replace("−", "-")) for line in lines)
        assert round(shown * 10) == lead.assessment.score
        told = " ".join(line.text for line in lines)
        assert "it is in the plan" in told
        assert "Logistics" in told
        title = room.room.sheet.why.header.text()
        assert title == f"Why {lead.assessment.score / 10:g}"
        assert room.room.sheet.findChildren(ScoreBar)


def test_a_lead_is_added_by_keys(spoken: Leads) -> None:
    driver = spoken.driver
    driver.press("Ctrl+N")
    driver.wait_for(spoken.form.line("name").edit.hasFocus)
    driver.type("Eva Lindqvist")
    driver.press("Tab")
    driver.type("Sundsvall Timber")
    driver.press("Return")
    driver.wait_for(lambda: spoken.room.form is None)
    driver.wait_for(lambda: "Eva Lindqvist" in spoken.names())
    driver.wait_for(lambda: spoken.room.sheet.lead is not None and spoken.room.sheet.lead.title == "Eva Lindqvist")
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: "Eva Lindqvist" not in spoken.names())


def test_what_is_wrong_is_said_beside_its_field(spoken: Leads) -> None:
    driver = spoken.driver
    driver.press("Ctrl+N")
    driver.wait_for(spoken.form.line("name").edit.hasFocus)
    driver.type("Somebody")
    spoken.form.fill("value", "a lot")
    driver.press("Return")
    line = spoken.form.line("value")
    driver.wait_for(lambda: line.edit.accessibleDescription() != "")
    assert line.edit.property("wrong")
    assert line.edit.hasFocus()
    spoken.form.fill("value", "30000 EUR" if driver.language == "en" else "30万元")
    driver.press("Return")
    driver.wait_for(lambda: spoken.room.form is None)
    driver.wait_for(lambda: "Somebody" in spoken.names())


def test_an_empty_form_is_refused_in_words(room: Leads) -> None:
    room.driver.press("Ctrl+N", "Return")
    form = room.form
    room.driver.wait_for(
        lambda: [text for text in form.findChildren(Text) if text.isVisible() and text.property("tone")]
    )
    room.driver.press("Escape")
    room.driver.wait_for(lambda: room.room.form is None)
    assert len(room.names()) == 3


def test_a_lead_is_changed_as_one_step(room: Leads, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    room.choose(anna)
    room.driver.press("Ctrl+E")
    room.form.fill("title", "Director")
    room.form.show_all()
    room.form.fill("website", "baltic.example")
    room.driver.press("Return")
    room.driver.wait_for(lambda: room.lead(anna).facts.get("title") == "Director")
    assert room.lead(anna).facts["website"] == "baltic.example"
    room.driver.wait_for(lambda: "Director" in room.room.sheet.head.about.text())
    room.driver.press("Ctrl+Z")
    room.driver.wait_for(lambda: room.lead(anna).facts.get("title") == "Head of Operations")
    assert "website" not in room.lead(anna).facts


def test_several_are_deleted_at_once_and_come_back(room: Leads) -> None:
    room.room.table.setFocus()
    room.room.table.stand_on(0)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    room.room.table.selectionModel().select(room.room.model.index(1, 0), flags)
    assert "2 chosen" in room.room.filters.told.text()
    room.driver.press("Delete")
    room.driver.wait_for(lambda: len(room.names()) == 1)
    room.driver.press("Ctrl+Z")
    room.driver.wait_for(lambda: len(room.names()) == 3)


def test_markup_is_shown_as_it_is(room: Leads, ids: dict[str, str]) -> None:
    room.choose(ids["<img src=x>"])
    head = room.room.sheet.head
    assert head.name.text() == "<img src=x>"
    assert head.name.textFormat() == Qt.TextFormat.PlainText
    assert "<b>=1+1</b> & Sons" in head.about.text()


def test_notes_tasks_tags_and_people(room: Leads, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    room.choose(anna)
    sheet = room.room.sheet
    room.driver.trigger("lead.note")
    room.driver.wait_for(sheet.story.note.hasFocus)
    room.driver.type("loses a day a week")
    room.driver.press("Ctrl+Return")
    room.driver.trigger("lead.task")
    room.driver.wait_for(sheet.tasks.text.hasFocus)
    room.driver.type("Call Marek")
    room.driver.press("Return")
    room.driver.wait_for(lambda: len(room.lead(anna).tasks) == 1)
    sheet.facts.tag.setText("vip")
    sheet.facts.add_tag()
    sheet.people.name.setText("Marek Zielinski")
    sheet.people.add_person()
    room.driver.wait_for(lambda: room.lead(anna).stakeholders and room.lead(anna).tags)
    lead = room.lead(anna)
    assert [entry.details["text"] for entry in lead.timeline if entry.kind == "note"] == ["loses a day a week"]
    assert [task.text for task in lead.tasks] == ["Call Marek"]
    assert lead.tags == ("vip",)
    assert [person.name for person in lead.stakeholders] == ["Marek Zielinski"]


def test_escape_leads_from_the_sheet_back_to_the_table(room: Leads, ids: dict[str, str]) -> None:
    room.choose(ids["Anna Kowalska"])
    sheet, table = room.room.sheet, room.room.table
    for field in (sheet.story.note, sheet.tasks.text, sheet.tasks.day, sheet.facts.tag, sheet.head.edit):
        field.setFocus()
        assert not table.hasFocus()
        room.driver.press("Escape")
        assert table.hasFocus(), field
    sheet.story.note.setFocus()
    room.driver.type("half a sentence")
    room.driver.press("Escape")
    assert sheet.story.note.toPlainText() == "half a sentence"


def test_escape_closes_the_form_of_a_person_first(room: Leads, ids: dict[str, str]) -> None:
    room.choose(ids["Anna Kowalska"])
    people = room.room.sheet.people
    people.open_form()
    room.driver.type("Marek")
    room.driver.press("Escape")
    assert not people.name.isVisible()
    assert not room.room.table.hasFocus()
    room.driver.press("Escape")
    assert room.room.table.hasFocus()


def test_a_person_half_typed_outlives_what_else_changes_but_not_the_lead(room: Leads, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    room.choose(anna)
    sheet = room.room.sheet
    sheet.people.open_form()
    room.driver.type("Marek")
    sheet.people.role.setCurrentIndex(2)
    role = sheet.people.role.currentData()
    room.driver.desk.do(add_note, anna, "from elsewhere")
    room.driver.wait_for(lambda: sheet.lead is not None and any(entry.kind == "note" for entry in sheet.lead.timeline))
    assert (sheet.people.name.text(), sheet.people.role.currentData()) == ("Marek", role)
    sheet.facts.tag.setText("vip")
    room.choose(ids["陈志强"])
    assert (sheet.people.name.text(), sheet.people.role.currentData(), sheet.facts.tag.text()) == ("", "", "")


def test_the_sheet_moves_to_the_next_stage(room: Leads, ids: dict[str, str]) -> None:
    anna = ids["Anna Kowalska"]
    room.choose(anna)
    room.driver.trigger("lead.move_to", lead=anna, stage="nurture")
    room.driver.wait_for(lambda: room.lead(anna).stage == "nurture")


def test_everything_has_a_name(spoken: Leads, ids: dict[str, str]) -> None:
    spoken.choose(ids["Anna Kowalska"])
    assert spoken.driver.unnamed_controls() == []


def test_an_empty_table_says_what_to_do(empty_window: WindowDriver) -> None:
    empty_window.trigger("go.leads")
    page = empty_window.page
    assert isinstance(page, LeadsRoom)
    empty_window.wait_for(page.empty.isVisible)


def test_widths_set_by_hand_are_kept(qtbot: QtBot, tmp_path: Path, ids: dict[str, str]) -> None:
    assert ids
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        table = Leads(driver).room.table
        driver.window.resize(1900, 900)
        driver.settle()
        table.horizontalHeader().resizeSection(table.rows.place_of("company"), 310)
        driver.wait_for(lambda: read_look(read_settings().columns).widths == {"company": 310})
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        table = Leads(driver).room.table
        driver.window.resize(1900, 900)
        driver.wait_for(lambda: table.columnWidth(table.rows.place_of("company")) == 310)
        shown = sum(
            table.columnWidth(column) for column in range(table.rows.columnCount()) if not table.isColumnHidden(column)
        )
        assert shown == table.viewport().width()
        table.horizontalHeader().sectionHandleDoubleClicked.emit(table.rows.place_of("company"))
        driver.wait_for(lambda: not read_look(read_settings().columns).widths)


def test_a_score_is_told_to_the_tenth(room: Leads, ids: dict[str, str]) -> None:
    room.choose(ids["Anna Kowalska"])
    index = room.room.table.currentIndex().siblingAtColumn(room.room.model.place_of("score"))
    score = room.lead(ids["Anna Kowalska"]).assessment.score
    assert index.data() == str(score // 10)
    assert f"{score / 10:g}" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert room.room.sheet.head.score.text() == f"{score / 10:g}"


def test_the_sheet_asks_its_question_in_a_call(room: Leads, ids: dict[str, str]) -> None:
    room.choose(ids["Anna Kowalska"])
    room.room.sheet.asked.emit("go_live")
    assert room.driver.room == "call"
    call = room.driver.page
    assert isinstance(call, CallRoom)
    assert call.session.question_key == "go_live"


def test_the_words_of_a_sheet_begin_beneath_each_other(sample_window: WindowDriver) -> None:
    room = Leads(sample_window).room
    sample_window.press("Down", "Down")
    sample_window.wait_for(lambda: room.sheet.lead is not None)
    sheet = room.sheet
    parts = [part for part in sheet.findChildren(Section) if part.isVisible() and part.lines.count()]
    edges = {part.header.mapTo(sheet, QPoint(part.header.contentsRect().left(), 0)).x() for part in parts}
    for part in parts:
        line = part.rows[0].line if part.rows else part.lines.itemAt(0)
        item = line.itemAt(0) if isinstance(line, QHBoxLayout) else None
        if item is not None and (first := item.widget()) is not None:
            edges.add(first.mapTo(sheet, QPoint(0, 0)).x())
    assert len(parts) > 3
    assert len(edges) == 1
