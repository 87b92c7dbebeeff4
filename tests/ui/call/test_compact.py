"""The small window of a call by keyboard: answers, notes, the way there and back, and that nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from leaddesk.errors import Refused
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Standing
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.call.compact import TALLEST, CompactWindow
from leaddesk.ui.call.jump import Jump
from leaddesk.ui.call.objections import ObjectionPanel
from leaddesk.ui.call.person_form import PersonForm
from leaddesk.ui.call.session import Phase
from tests.drivers import unnamed_below
from tests.ui.call.driver import ANNA, Caller


@pytest.fixture
def small(on_call: Caller) -> Caller:
    """Somebody on a call with the small window up."""
    on_call.press("F7")
    on_call.driver.wait_for(lambda: on_call.room.in_compact and window_of(on_call).isActiveWindow())
    return on_call


def window_of(caller: Caller) -> CompactWindow:
    """The small window."""
    assert caller.room.compact is not None
    return caller.room.compact


def test_one_key_there_and_back(small: Caller) -> None:
    assert not small.driver.window.isVisible()
    assert window_of(small).asked.choices.hasFocus()
    small.press("F7")
    small.driver.wait_for(small.driver.window.isActiveWindow)
    assert not small.room.in_compact
    assert small.room.question.choices.hasFocus()
    assert small.phase is Phase.ON_CALL


def test_digits_letters_and_enter_act_as_in_the_big_window(small: Caller) -> None:
    small.press("N")
    assert small.room.session.playbook.question[small.question or ""].criterion == "need"
    small.ask("approver")
    small.press("1")
    assert small.standing("approver") == Standing.YES
    assert window_of(small).asked.choices.chosen == {1}
    before = float(window_of(small).head.score.text())
    assert before > 0
    small.press("Enter")
    assert small.question != "approver"
    small.press("Ctrl+Up")
    small.press("Ctrl+Down")
    small.press("9")
    assert small.standing(small.question or "") == Standing.EVADED


def test_several_choices_and_sums(small: Caller) -> None:
    small.ask("people")
    small.press("1", "5", "Enter")
    given = small.lead().assessment.questions["people"].given
    assert given is not None
    assert given.said == Said(keys=("users", "management"))
    small.ask("budget_sum")
    small.press("Tab")
    small.type("80k")
    small.press("Enter")
    assert small.standing("budget_sum") == Standing.YES
    assert window_of(small).asked.choices.hasFocus()


def test_the_note_goes_with_the_question_both_ways(small: Caller) -> None:
    small.ask("approver")
    small.press("Tab")
    small.type("Marek signs above 50k")
    small.press("F7")
    assert small.room.question.note.toPlainText() == "Marek signs above 50k"
    small.type(", Anna presents it")
    small.press("F7")
    assert window_of(small).note_line.field.toPlainText() == "Marek signs above 50k, Anna presents it"
    small.wait_noted()
    small.press("Tab")
    small.press("Enter")
    assert small.question != "approver"


def test_keys_go_on_writing_the_note_in_the_other_window(on_call: Caller) -> None:
    on_call.press("Tab")
    on_call.type("half a ")
    on_call.press("F7")
    on_call.driver.wait_for(lambda: on_call.room.in_compact and window_of(on_call).isActiveWindow())
    assert window_of(on_call).note_line.field.hasFocus()
    on_call.type("sentence, ")
    on_call.press("F7")
    on_call.driver.wait_for(on_call.driver.window.isActiveWindow)
    assert on_call.room.question.note.hasFocus()
    on_call.type("whole")
    assert on_call.room.question.note.toPlainText() == "half a sentence, whole"


def test_offers_are_taken_in_the_note(small: Caller) -> None:
    small.press("Tab")
    small.type("200k budget")
    assert window_of(small).note_line.offers.offers
    small.press("Ctrl+1")
    assert small.standing("budget_sum") == Standing.YES
    assert window_of(small).note_line.field.toPlainText() == "200k budget"


def test_toggled_choices_are_kept_when_leaving(small: Caller) -> None:
    small.ask("people")
    small.press("1", "F7")
    small.wait_noted()
    assert small.lead().assessment.questions["people"].keys == ("users",)


def test_panels_open_over_the_small_window(small: Caller) -> None:
    for keys, panel in (("Ctrl+J", Jump), ("F5", ObjectionPanel), ("Ctrl+P", PersonForm)):
        small.press(keys)
        over = small.room.over.panel
        assert isinstance(over, panel)
        assert over.window() is window_of(small)
        small.press("Escape")
    assert window_of(small).asked.choices.hasFocus()


def test_all_questions_in_the_small_window(small: Caller) -> None:
    small.press("F6")
    assert window_of(small).in_checklist
    small.press("B")
    assert small.question == "budget_sum"
    small.press("1")
    assert small.standing("budget_sum") != Standing.NOT_ASKED
    small.press("Tab")
    small.type("as told by Anna")
    small.wait_noted()
    assert small.room.session.notes.text("budget_sum") == "as told by Anna"
    small.press("Tab", "F6")
    assert not window_of(small).in_checklist


def test_the_end_brings_the_big_window_back(small: Caller) -> None:
    small.press("F10")
    small.driver.wait_for(small.driver.window.isActiveWindow)
    assert small.phase is Phase.ENDING
    assert small.room.ending.outcome.hasFocus()
    small.press("Escape")
    assert small.room.question.choices.hasFocus()


def test_closing_it_ends_neither_call_nor_program(small: Caller) -> None:
    window_of(small).close()
    small.driver.wait_for(small.driver.window.isActiveWindow)
    assert not small.room.in_compact
    assert small.phase is Phase.ON_CALL


def test_closing_the_program_keeps_what_is_typed(small: Caller) -> None:
    small.press("Tab")
    small.type("half a thought")
    question = small.question or ""
    small.driver.window.close()
    assert not window_of(small).isVisible()
    assert small.room.session.notes.text(question) == "half a thought"


def test_without_a_call_there_is_none(caller: Caller) -> None:
    caller.press("F7")
    assert not caller.room.in_compact
    assert caller.driver.window.isVisible()


def test_it_remembers_its_place_and_comes_back_onto_the_screen(small: Caller) -> None:
    window = window_of(small)
    window.move(40, 60)
    small.press("F7", "F7")
    assert window.pos() == QPoint(40, 60)
    assert read_settings().compact == "40,60"
    small.press("F7")
    change_settings(compact="99999,-500")
    small.press("F7")
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(window.geometry())


def test_alt_and_arrows_move_it_to_the_edges(small: Caller) -> None:
    window, screen = window_of(small), QGuiApplication.primaryScreen().availableGeometry()
    small.press("Alt+Left", "Alt+Down")
    assert (window.geometry().left(), window.geometry().bottom()) == (screen.left(), screen.bottom())
    small.press("Alt+Right", "Alt+Up")
    assert (window.geometry().right(), window.geometry().top()) == (screen.right(), screen.top())


def test_it_is_never_large(small: Caller) -> None:
    for question in small.room.session.playbook.questions:
        small.room.session.talk.go(question.key)
        QApplication.processEvents()
        assert window_of(small).height() <= TALLEST


def test_a_desktop_that_may_not_keep_it_on_top_says_so_once(on_call: Caller) -> None:
    for told in (True, False):
        window = CompactWindow(on_call.room.session, on_call.driver.program.commands, platform="wayland")
        window.appear()
        assert window.on_top.isVisible() is told
        assert window.on_top.text()
        window.disappear()
        window.deleteLater()


def test_the_number_is_copied_and_said(small: Caller) -> None:
    small.press("Ctrl+Shift+C")
    assert QApplication.clipboard().text() == ANNA["phone"]
    assert ANNA["phone"] in window_of(small).toast.text


def test_a_trouble_is_said_where_it_is_seen(small: Caller) -> None:
    small.driver.desk.refused.emit(Refused("do_not_call", lead="Anna Kowalska"))
    assert window_of(small).toast.isVisible()


def test_undo_takes_an_answer_back(small: Caller) -> None:
    small.ask("approver")
    small.press("1", "Ctrl+Z")
    small.driver.wait_for(lambda: small.standing("approver") == Standing.NOT_ASKED)
    assert window_of(small).asked.choices.chosen == frozenset()


def test_every_control_has_a_name(small: Caller) -> None:
    assert unnamed_below(window_of(small)) == []
    small.ask("budget_sum")
    assert unnamed_below(window_of(small)) == []
    small.press("F6")
    assert unnamed_below(window_of(small)) == []


def test_the_language_changes_under_it(small: Caller) -> None:
    small.driver.trigger("view.language")
    small.driver.wait_for(lambda: "最高可达" in window_of(small).head.up_to.text())
    small.press("F8")
    assert window_of(small).asked.own_wording.isVisible()
