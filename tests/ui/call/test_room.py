"""A whole call by keys alone, on a real window and database."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations.leads import set_facts
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from leaddesk.ui.call.checklist import Checklist
from leaddesk.ui.call.session import Phase
from leaddesk.ui.figures import exact_points, local_moment
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with


def test_the_number_is_there_before_the_call(caller: Caller) -> None:
    assert caller.phase is Phase.BEFORE
    assert caller.room.person.number.text() == ANNA["phone"]
    assert caller.room.before.number.text() == ANNA["phone"]
    assert not caller.lead().calls


def test_a_call_from_the_first_key_to_the_next_lead(caller: Caller) -> None:
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    before = caller.score
    caller.ask("approver")
    caller.press("3")
    assert caller.chosen == {3}
    assert caller.score == before + 3
    caller.press("2")  # corrected
    assert caller.chosen == {2}
    assert caller.score == before + 6
    caller.ask("reserved")
    caller.press("9")  # evaded
    assert caller.standing("reserved") == Standing.EVADED
    caller.press("F10")
    assert caller.phase is Phase.ENDING
    caller.press("1", "4", "Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.EMPTY)
    lead = caller.lead()
    assert lead.open_call is None
    assert lead.calls[0].outcome == "reached_qualified"
    assert lead.assessment.questions["approver"].keys == ("named",)
    (task,) = lead.tasks
    today = caller.driver.desk.today()
    assert today + timedelta(days=14) <= task.due_on <= today + timedelta(days=16)
    assert "Anna Kowalska" in caller.driver.toast


def test_ending_a_call_is_one_step_to_undo(on_call: Caller) -> None:
    on_call.press("F10", "1", "Enter")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    on_call.press("Ctrl+Z")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)
    assert not on_call.lead().tasks


def test_enter_follows_the_suggestion(on_call: Caller) -> None:
    for _ in range(5):
        advice = on_call.lead().assessment.advice
        assert advice is not None
        assert on_call.question == advice.question
        assert on_call.room.question.advice.text()
        on_call.press("1", "Enter")


def test_letters_lead_to_criteria_and_round_their_questions(on_call: Caller) -> None:
    on_call.press("T")
    questions = on_call.room.session.playbook.question
    assert on_call.question is not None
    assert questions[on_call.question].criterion == "timeframe"
    first = on_call.question
    on_call.press("t")
    assert on_call.question != first
    on_call.press("B")
    assert on_call.question == "budget_sum"


def test_ctrl_with_arrows_moves_from_question_note_and_entry(on_call: Caller) -> None:
    on_call.press("B", "Ctrl+Down")
    assert on_call.question == "allotted"
    on_call.press("Tab")  # the note
    on_call.press("Ctrl+Up")
    assert on_call.question == "budget_sum"
    on_call.press("Tab")
    on_call.press("Ctrl+Down")
    assert on_call.question == "allotted"


def test_backspace_takes_an_answer_back(on_call: Caller) -> None:
    on_call.ask("reserved")
    on_call.press("1")
    assert on_call.standing("reserved") == Standing.YES
    on_call.press("Backspace")
    assert on_call.standing("reserved") == Standing.NOT_ASKED
    assert on_call.chosen == frozenset()


def test_branching_acts_at_once(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("3", "Ctrl+Down")
    assert on_call.question == "preparer"


def test_several_choices_toggle_and_enter_confirms_and_goes_on(on_call: Caller) -> None:
    on_call.ask("people")
    on_call.press("1", "4", "5", "4", "Enter")
    assert on_call.question != "people"
    given = on_call.lead().assessment.questions["people"].given
    assert given is not None
    assert given.said == Said(keys=("users", "management"))


def test_choices_toggled_and_left_are_kept(on_call: Caller) -> None:
    on_call.ask("people")
    on_call.press("1", "N")
    on_call.wait_noted()
    assert on_call.lead().assessment.questions["people"].keys == ("users",)


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("budget_sum", "30k", Said(money=Money(3_000_000, "EUR"))),
        ("budget_sum", "30万 CNY", Said(money=Money(30_000_000, "CNY"))),
        ("size", "45", Said(number=45)),
    ],
)
def test_exact_values_are_typed(on_call: Caller, question: str, typed: str, said: Said) -> None:
    on_call.ask(question)
    on_call.press("Tab")
    on_call.type(typed)
    on_call.press("Enter")
    given = on_call.lead().assessment.questions[question].given
    assert given is not None
    assert given.said == said
    assert on_call.room.question.choices.hasFocus()


def test_a_sum_that_is_none_stays_in_its_field(on_call: Caller) -> None:
    on_call.ask("budget_sum")
    on_call.press("Tab")
    on_call.type("much")
    on_call.press("Enter")
    assert on_call.room.question.entry.line.text() == "much"
    assert on_call.lead().assessment.questions["budget_sum"].given is None


def test_a_band_answers_by_its_digit(on_call: Caller) -> None:
    on_call.ask("budget_sum")
    on_call.press("2")
    assert on_call.lead().assessment.questions["budget_sum"].keys == ("medium",)
    assert on_call.chosen == {2}


def test_a_day_in_plain_words(on_call: Caller) -> None:
    on_call.ask("go_live")
    on_call.press("Tab")
    on_call.type("in 6 weeks")
    on_call.press("Enter")
    given = on_call.lead().assessment.questions["go_live"].given
    assert given is not None
    assert given.said.day == on_call.driver.desk.today() + timedelta(weeks=6)


def test_a_named_person_takes_part(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("3")
    on_call.ask("preparer")
    on_call.press("2")  # 1 is the lead, 2 another name
    on_call.type("Marek Zieliński")
    on_call.press("Enter")
    assert [person.name for person in on_call.lead().stakeholders] == ["Marek Zieliński"]
    on_call.press("1")
    assert on_call.lead().assessment.questions["preparer"].given is not None


def test_a_person_is_added_by_keys(on_call: Caller) -> None:
    on_call.press("Ctrl+P")
    on_call.type("Marek")
    on_call.press("Tab")
    on_call.type("Finance director")
    on_call.press("Tab", "1", "Enter")
    on_call.driver.wait_for(lambda: on_call.lead().stakeholders)
    (person,) = on_call.lead().stakeholders
    assert (person.name, person.title, person.role) == ("Marek", "Finance director", "signer")
    assert on_call.room.question.choices.hasFocus()


def test_one_key_logs_that_nobody_answered_and_takes_the_next_lead(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.leaddesk"
    database_with(path, time.time_ns() // 1_000_000, ANNA, {"name": "Bo", "phone": "+49 30 1", "external_id": "bo"})
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        caller.press("F9")
        first = caller.room.session.lead
        assert first is not None
        caller.press("1")
        driver.wait_for(lambda: caller.room.session.lead is not None and caller.room.session.lead.id != first.id)
        assert caller.phase is Phase.BEFORE
        left = caller.lead(first.id)
        assert [call.outcome for call in left.calls] == ["no_answer"]
        assert [task.due_on > driver.desk.today() for task in left.tasks] == [True]


def test_another_lead_by_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "two.leaddesk"
    database_with(path, time.time_ns() // 1_000_000, ANNA, {"name": "Bo", "external_id": "bo"})
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        caller.press("F9")
        first = caller.room.session.lead
        caller.press("S")
        assert first is not None
        assert caller.room.session.lead is not None
        assert caller.room.session.lead.id != first.id
        caller.press("S")
        assert caller.room.session.lead.id == first.id


def test_who_asked_not_to_be_called_cannot_be(qtbot: QtBot, anna: Path) -> None:
    now = time.time_ns() // 1_000_000
    with Store.open(anna) as store, store.reader() as reader:
        from leaddesk.db.reads.leads import find_lead

        lead_id = find_lead(reader, "anna")
        store.run(set_facts, lead_id, {"do_not_call": "yes"}, now=now)
    with running(qtbot, anna) as driver:
        caller = Caller(driver)
        caller.press("F9")
        driver.wait_for(lambda: caller.phase is Phase.EMPTY)
        driver.trigger("call.start", lead=lead_id)
        driver.wait_for(lambda: caller.phase is Phase.BEFORE)
        assert not caller.room.before.button.isEnabled()
        assert "Anna Kowalska" in caller.room.before.trouble.text()
        caller.press("Enter")
        assert caller.phase is Phase.BEFORE
        assert not caller.lead().calls


def test_a_call_begins_with_the_question_that_was_asked_for(qtbot: QtBot, anna: Path) -> None:
    with running(qtbot, anna) as driver:
        caller = Caller(driver)
        lead = caller.lead()
        advised = lead.assessment.advice
        assert advised is not None
        assert advised.question != "go_live"
        driver.trigger("call.start", lead=lead.id, question="go_live")
        driver.wait_for(lambda: caller.phase is Phase.BEFORE)
        wording = driver.desk.playbook.question["go_live"].wording["en"]
        assert wording in caller.room.before.first.text()
        caller.press("Enter")
        driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
        assert caller.question == "go_live"
        driver.wait_for(lambda: (call := caller.lead().open_call) is not None and call.question == "go_live")
        driver.trigger("go.leads")
        driver.trigger("call.start", lead=lead.id, question="approver")
        assert driver.room == "call"
        assert caller.question == "approver"
        driver.trigger("call.start", lead=lead.id, question=None)
        assert caller.question == "approver"


def test_the_score_is_told_to_the_tenth_as_on_the_sheet(on_call: Caller) -> None:
    on_call.driver.wait_saved()
    lead = on_call.lead()
    assert on_call.room.score.figure.text() == exact_points(lead.assessment.score)
    assert exact_points(lead.assessment.up_to) in on_call.room.score.so_far.text()
    told = sum(part.points for part in lead.assessment.parts.values())
    assert on_call.score == told / 10


def test_the_call_goes_on_in_another_room_and_the_clock_leads_back(on_call: Caller) -> None:
    on_call.press("Ctrl+1")
    assert on_call.driver.room == "board"
    clock = on_call.room.clock
    assert clock.isVisible()
    clock.click()
    on_call.driver.wait_for(lambda: on_call.driver.room == "call")
    assert on_call.phase is Phase.ON_CALL


def test_the_call_ends_from_any_room_and_escape_goes_on_with_it(on_call: Caller) -> None:
    on_call.press("Ctrl+1", "F10")
    assert on_call.driver.room == "call"
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ENDING)
    on_call.press("Esc")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)


def test_the_checklist_answers_in_place(on_call: Caller) -> None:
    on_call.press("F6")
    assert isinstance(on_call.room.columns.middle.currentWidget(), Checklist)
    on_call.press("B", "2", "Down", "1")
    lead = on_call.lead()
    assert lead.assessment.questions["budget_sum"].keys == ("medium",)
    assert lead.assessment.questions["allotted"].keys == ("planned",)
    on_call.press("F6")
    assert on_call.question == "allotted"
    assert on_call.chosen == {1}


def test_lost_wants_its_reason(on_call: Caller) -> None:
    on_call.press("F10", "8", "Enter")
    assert on_call.phase is Phase.ENDING
    on_call.press("3", "Enter")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    lead = on_call.lead()
    assert (lead.stage, lead.reason) == ("lost", "price")
    assert not lead.tasks


def test_parked_wants_a_day(on_call: Caller) -> None:
    ending = on_call.room.ending
    on_call.press("F10", "1")
    parked = next(row.digit for row in ending.stage.rows if "Parked" in row.label)
    ending.stage.setFocus()
    on_call.press(str(parked), "1")
    on_call.type("in 6 weeks")
    on_call.press("Enter")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    lead = on_call.lead()
    assert lead.stage == "parked"
    assert lead.parked_until == on_call.driver.desk.today() + timedelta(weeks=6)


def test_the_stage_is_suggested_when_its_gate_opens(on_call: Caller) -> None:
    for question, digit in (("difficulty", "1"), ("reserved", "1"), ("approver", "1"), ("how_soon", "1")):
        on_call.ask(question)
        on_call.press(digit)
    on_call.press("F10", "1")
    assert on_call.room.ending.ending.stage == "sql"
    on_call.press("Enter")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    assert on_call.lead().stage == "sql"


def test_a_next_step_in_plain_words(on_call: Caller) -> None:
    on_call.press("F10", "1", "6")
    on_call.type("+3d 14:30")
    on_call.press("Enter")
    if on_call.phase is Phase.ENDING:
        on_call.type(" ")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    (task,) = on_call.lead().tasks
    assert task.due_on == on_call.driver.desk.today() + timedelta(days=3)
    assert task.due_time == "14:30"


def test_an_outcome_is_asked_for(on_call: Caller) -> None:
    on_call.press("F10", "Enter")
    assert on_call.phase is Phase.ENDING
    assert on_call.room.ending.trouble.text()


def test_markup_is_shown_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "markup.leaddesk"
    facts = {"name": "<img src=x>", "company": "=1+1", "phone": "+49 30 1"}
    with running(qtbot, database_with(path, time.time_ns() // 1_000_000, facts)) as driver:
        caller = Caller(driver)
        caller.call_next()
        assert caller.room.person.name.text() == "<img src=x>"
        assert "=1+1" in caller.room.person.job.text()
        caller.press("Tab")
        caller.type("<b>bold</b>")
        caller.wait_noted()
        assert caller.room.question.note.toPlainText() == "<b>bold</b>"


def test_every_control_has_a_name(on_call: Caller) -> None:
    assert on_call.driver.unnamed_controls() == []
    on_call.press("F10")
    assert on_call.driver.unnamed_controls() == []


def test_nobody_to_call_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    facts = {"name": "Anna", "phone": "+49 30 1", "do_not_call": "yes"}
    with running(qtbot, database_with(tmp_path / "x.leaddesk", time.time_ns() // 1_000_000, facts)) as driver:
        caller = Caller(driver)
        caller.press("F9")
        assert caller.phase is Phase.EMPTY
        assert caller.room.to_board.hasFocus()


def test_the_same_key_again_starts_the_call(caller: Caller) -> None:
    caller.press("F9")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)


def test_no_answer_ends_a_call_by_one_key_unless_something_was_heard(on_call: Caller) -> None:
    no_answer = "3"
    on_call.ask("reserved")
    on_call.press("1", "F10", no_answer)
    assert on_call.phase is Phase.ENDING
    on_call.press("Esc", "Backspace", "F10", no_answer)
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    assert on_call.lead().calls[0].outcome == "no_answer"


def test_undo_takes_an_answer_back_and_redo_gives_it_again(on_call: Caller) -> None:
    on_call.ask("reserved")
    on_call.press("1", "Ctrl+Z")
    on_call.driver.wait_for(lambda: on_call.chosen == frozenset())
    on_call.press("Ctrl+Shift+Z")
    on_call.driver.wait_for(lambda: on_call.chosen == {1})


def test_a_call_on_another_phone_is_logged(caller: Caller) -> None:
    caller.press("Shift+F9", "1", "Tab", "Tab")
    caller.type("12")
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.lead().calls)
    (call,) = caller.lead().calls
    assert (call.outcome, call.minutes) == ("reached_qualified", 12)


def test_a_call_on_another_phone_is_logged_with_its_own_time(caller: Caller) -> None:
    caller.press("Shift+F9", "1", "Tab")
    caller.type("soon")
    caller.press("Enter")
    assert not caller.lead().calls
    caller.press("Ctrl+A")
    caller.type("yesterday 9:15")
    caller.press("Tab")
    caller.type("12")
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.lead().calls)
    (call,) = caller.lead().calls
    began = local_moment(call.started_at)
    assert began.date() == caller.driver.desk.today() - timedelta(days=1)
    assert f"{began:%H:%M}" == "09:15"
    assert call.ended_at == call.started_at + 12 * 60_000


def test_without_a_next_step_it_asks_once_and_lets_be(on_call: Caller) -> None:
    on_call.press("F10", "1")
    ending = on_call.room.ending
    (suggested,) = ending.when.chosen
    on_call.press(str(suggested))
    assert ending.when.chosen == frozenset()
    on_call.press("Enter")
    assert on_call.phase is Phase.ENDING
    assert "no next step" in ending.trouble.text()
    on_call.press("Enter")
    on_call.driver.wait_for(lambda: on_call.lead().open_call is None)
    assert not on_call.lead().tasks


def test_the_number_goes_to_the_clipboard(caller: Caller) -> None:
    caller.press("Ctrl+Shift+C")
    assert QApplication.clipboard().text() == ANNA["phone"]


@pytest.mark.parametrize("size", [(960, 600), (1280, 800)])
def test_a_long_name_leaves_the_columns_their_width(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    facts = {
        "name": "Donaudampfschifffahrt" * 4,
        "company": "Gesellschaft" * 6,
        "external_id": "anna",
        "phone": "1234567",
    }
    path = database_with(tmp_path / "long.leaddesk", time.time_ns() // 1_000_000, facts)
    with running(qtbot, path) as driver:
        driver.window.resize(*size)
        caller = Caller(driver)
        caller.call_next()
        for column in caller.room.findChildren(QScrollArea):
            inner = column.widget()
            if column.isVisible() and inner is not None:
                assert inner.width() <= column.viewport().width()
