"""Corners of the story where the keyboard could be left with nothing to do, or the rep with a wrong word."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.db.reads.filters import Filters
from leaddesk.db.reads.leads import count
from leaddesk.qualify.terms import Standing
from leaddesk.ui.call.session import Phase
from tests.story.pages import chosen_in_menu, reach
from tests.story.rep import Rep
from tests.story.story import ADDED, brings_her_leads, the_lead
from tests.story.tale import ENGLISH, Tale, write_leads


@pytest.fixture
def tale() -> Tale:
    """One language is enough here."""
    return ENGLISH


def test_the_first_lead_by_hand_is_under_the_keyboard_at_once(rep: Rep) -> None:
    rep.driver.press("3")
    assert rep.driver.room == "board"
    assert rep.has_the_keyboard()
    rep.add_lead(**ADDED)
    rep.driver.wait_for(lambda: rep.board.heard.startswith(ADDED["name"]))
    rep.driver.press("Delete")
    rep.driver.wait_for(lambda: rep.driver.ask(count, Filters()) == 0)
    assert rep.has_the_keyboard()
    rep.undo()
    rep.driver.wait_for(lambda: rep.board.heard.startswith(ADDED["name"]))
    rep.driver.press("Ctrl+2")
    rep.driver.wait_for(lambda: rep.driver.window.selected_lead() is not None)
    assert rep.has_the_keyboard()


def test_a_column_is_mapped_otherwise_by_keys(rep: Rep, tmp_path: Path) -> None:
    rep.choose_file(write_leads(tmp_path, rep.tale))
    reach(rep.driver, rep.importing.room.planning.columns.choice_of("Booth"))
    rep.driver.type("Depart")
    rep.driver.wait_for(lambda: rep.importing.becomes["Booth"] == "Department")
    rep.bring_leads()
    assert the_lead(rep).facts["department"] == "H1"
    assert not the_lead(rep).custom


def test_an_import_is_taken_back_and_brought_again(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    assert "leads.csv" in rep.undo()
    assert rep.driver.ask(count, Filters()) == 0
    assert rep.has_the_keyboard()
    assert "leads.csv" in rep.redo()
    assert rep.driver.ask(count, Filters()) == 11


def test_quick_keys_take_back_two_steps_and_name_the_last(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    rep.take_next_lead()
    rep.start_call()
    rep.answer("difficulty", "1")
    rep.driver.press("Ctrl+Z", "Ctrl+Z")
    rep.call.wait_for(Phase.BEFORE)
    rep.driver.wait_for(lambda: "Start the call" in rep.driver.toast)
    assert rep.has_the_keyboard()
    rep.redo()
    rep.call.wait_for(Phase.ON_CALL)
    rep.redo()
    assert the_lead(rep).assessment.questions["difficulty"].standing is Standing.YES
    assert rep.call.chosen == {1}


def test_a_stage_is_chosen_by_its_digit_and_lost_wants_a_reason(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    rep.board.walk_to(rep.tale.lead)
    chosen_in_menu(rep.driver, "M", "9")
    rep.driver.wait_saved()
    rep.driver.press("2")
    rep.driver.wait_for(lambda: the_lead(rep).stage == "lost")
    assert the_lead(rep).reason == "no_budget"
    assert rep.has_the_keyboard()


def test_one_call_at_a_time_is_said(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    rep.take_next_lead()
    rep.start_call()
    rep.board.walk_to("Maria Rossi")
    rep.driver.press("C")
    assert rep.call.who == rep.tale.lead
    assert rep.call.phase is Phase.ON_CALL
    assert rep.tale.lead in rep.driver.toast


def test_language_and_theme_change_in_the_middle_of_a_note(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    rep.take_next_lead()
    rep.start_call()
    reach(rep.driver, rep.call.room.question.note)
    rep.driver.type("half a ")
    rep.driver.press("Ctrl+Shift+G", "Ctrl+Shift+L")
    assert rep.driver.desk.language == "zh_CN"
    assert rep.call.question == "approver"
    rep.driver.type("sentence")
    assert rep.call.note == "half a sentence"


def test_a_note_begun_on_one_lead_waits_for_its_return(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    for title, text in ((rep.tale.lead, "asked for "), ("Maria Rossi", ""), (rep.tale.lead, "a quote")):
        rep.board.walk_to(title)
        rep.driver.press("Ctrl+Shift+M")
        rep.driver.type(text)
    rep.driver.press("Ctrl+Return")
    rep.driver.wait_saved()
    assert {entry.details.get("text") for entry in the_lead(rep).timeline} >= {"asked for a quote"}


def test_every_room_and_panel_takes_the_keyboard(rep: Rep, tmp_path: Path) -> None:
    brings_her_leads(rep, tmp_path)
    around = ("Ctrl+1", "E", "Esc", "Shift+F9", "Esc", "Ctrl+2", "Ctrl+Shift+M", "Ctrl+T", "Ctrl+F", "Esc", "Ctrl+,")
    calling = ("Ctrl+I", "Ctrl+3", "F9", "F6", "F6", "Ctrl+P", "Esc", "Ctrl+J", "Esc", "F10", "Esc", "Ctrl+K", "Esc")
    for keys in (*around, *calling, "Ctrl+1"):
        rep.driver.press(keys)
        rep.driver.wait_saved()
        assert rep.has_the_keyboard(), keys
        assert rep.driver.unnamed_controls() == [], keys
