"""What is typed and answered is on disk, wherever the program ends; nothing acts while an input method composes."""

from __future__ import annotations

import time
from pathlib import Path

from pytestqt.qtbot import QtBot

from leaddesk.db.engine import begin, roll_back
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.reads.talk import written
from leaddesk.db.store import Store
from leaddesk.operations import talk
from leaddesk.operations.calls import place_call, start_call
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Standing
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with


def test_digits_and_letters_wait_while_a_word_is_composed(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.compose("pin yin")
    on_call.press("1", "B", "Backspace", "Enter")
    assert on_call.question == "approver"
    assert on_call.standing("approver") == Standing.NOT_ASKED
    on_call.compose("")
    on_call.press("1")
    assert on_call.standing("approver") == Standing.YES


def test_enter_in_the_note_belongs_to_the_input_method(on_call: Caller) -> None:
    question = on_call.question
    on_call.press("Tab")
    on_call.compose("yu suan")
    on_call.press("Enter")
    assert on_call.question == question


def test_digits_in_the_note_are_text(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("Tab")
    assert "note" in on_call.footer
    on_call.type("12 B")
    on_call.wait_noted()
    assert on_call.standing("approver") == Standing.NOT_ASKED
    assert on_call.room.question.note.toPlainText() == "12 B"
    on_call.press("Tab")
    assert "question" in on_call.footer


def test_a_note_is_durable_before_its_answer_and_goes_with_it(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("Tab")
    on_call.type("Marek signs")
    on_call.wait_noted()
    call = on_call.lead().open_call
    assert call is not None
    assert on_call.driver.ask(written, call.id) == {"approver": "Marek signs"}
    on_call.press("Tab", "2")
    given = on_call.lead().assessment.questions["approver"].given
    assert given is not None
    assert given.note == "Marek signs"
    on_call.press("Tab")
    on_call.type(" above 50k")
    on_call.wait_noted()
    given = on_call.lead().assessment.questions["approver"].given
    assert given is not None
    assert given.note == "Marek signs above 50k"


def test_notes_stay_with_their_questions(on_call: Caller) -> None:
    for question in ("approver", "reserved"):
        on_call.ask(question)
        on_call.press("Tab")
        on_call.type(f"about {question}")
    on_call.ask("approver")
    assert on_call.room.question.note.toPlainText() == "about approver"
    on_call.wait_noted()
    call = on_call.lead().open_call
    assert call is not None
    assert on_call.driver.ask(written, call.id) == {"approver": "about approver", "reserved": "about reserved"}


def test_a_note_is_written_while_typing_goes_on(on_call: Caller) -> None:
    on_call.press("Tab")
    keeper, call, question = on_call.room.session.notes, on_call.room.session.call, on_call.question
    assert call is not None
    assert question is not None
    text = ""

    def noted() -> bool:
        """Type on without a pause until some of it is on disk."""
        nonlocal text
        text += "x"
        keeper.typed(question, text)
        return bool(on_call.driver.desk.get(written, call.id))

    on_call.driver.wait_for(noted)


def test_a_call_is_taken_up_at_its_question_with_an_honest_clock(qtbot: QtBot, tmp_path: Path) -> None:
    now = time.time_ns() // 1_000_000
    path = database_with(tmp_path / "open.leaddesk", now - 600_000, ANNA)
    with Store.open(path) as store, store.reader() as reader:
        call_id, _ = store.run(start_call, find_lead(reader, "anna"), now=now - 300_000)
        store.run(place_call, call_id, "reserved", now=now - 200_000)
        store.run(talk.answer_question, call_id, "reserved", Said(keys=("approved",)), now=now - 190_000)
        store.run(talk.write_note, call_id, "reserved", "second quarter", now=now - 180_000)
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        assert driver.room == "call"
        assert caller.phase is Phase.ON_CALL
        assert caller.question == "reserved"
        assert caller.chosen == {1}
        assert caller.room.question.note.toPlainText() == "second quarter"
        assert caller.room.session.seconds() >= 300


def test_a_call_stands_at_its_first_question_from_the_start(on_call: Caller) -> None:
    first = on_call.question
    on_call.press("1")
    on_call.driver.close()
    on_call.driver.open()
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)
    assert on_call.question == first


def test_a_clock_set_back_counts_from_nothing(on_call: Caller) -> None:
    session = on_call.room.session
    assert session.call is not None
    session.desk._clock._told = lambda: session.call.started_at - 5_000 if session.call else 0
    assert session.seconds() == 0
    on_call.room.clock.show_clock()
    assert "00:00" in on_call.room.clock.text()


def test_what_cannot_be_saved_is_said_kept_and_tried_again(on_call: Caller) -> None:
    on_call.ask("approver")
    session, panel = on_call.room.session, on_call.room.question
    with Store.open(on_call.driver.database) as another:
        begin(another.connection)  # another program writes and does not end
        on_call.driver.press("2")
        assert panel.choices.chosen == {2}
        on_call.driver.wait_for(lambda: session.unsaved)
        assert panel.choices.chosen == {2}
        assert panel.choices.mark.lower() == "not saved"
        assert "not saved" in panel.footer.saved.text().lower()
        roll_back(another.connection)
    on_call.driver.wait_for(lambda: not session.unsaved and not session.busy)
    assert on_call.standing("approver") == Standing.PARTLY
