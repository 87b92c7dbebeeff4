"""Disk full, database locked, clock set back: what is typed stays, is taken up once, and the screen says how it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaddesk.db.engine import begin, roll_back
from leaddesk.db.reads.talk import written
from leaddesk.db.store import Reader, Store
from leaddesk.exchange.spool import Kept, Spool
from leaddesk.paths import spool_folder, typed_folder
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from leaddesk.ui.asking.asked import CONFIRM_AFTER
from leaddesk.ui.call.notes import CEILING, IDLE, KEEP_AFTER
from leaddesk.ui.call.session import Phase
from tests.ui.call.driver import Caller


def beside(folder: Path) -> list[Kept]:
    """What another run would find in a folder."""
    return list(Spool(folder).all())


@contextmanager
def no_page_more(caller: Caller) -> Iterator[None]:
    """The database cannot grow, as on a full disk."""

    def allow(pages: str) -> None:
        caller.driver.desk.work(lambda store: store.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))

    allow("1")
    yield
    allow("1073741823")


def noted(database: Path, call: str, question: str) -> str:
    """What is noted at a question, read as another program reads it."""
    reader = Reader(database)
    try:
        return reader.ask(written, call).get(question, "")
    finally:
        reader.close()


def test_everything_is_safe_half_a_second_after_the_last_key() -> None:
    assert max(IDLE, CONFIRM_AFTER) + KEEP_AFTER <= 450
    assert CEILING + KEEP_AFTER <= 900


def test_it_says_saved_only_after_the_commit(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.driver.press("Tab")
    panel, session = on_call.room.question, on_call.room.session
    assert session.call is not None
    call, states = session.call.id, []
    text = ""
    for letter in "Marek signs above 50k":
        on_call.driver.type(letter)
        text += letter
        said = panel.footer.saved.text()
        states.append(said)
        if said.startswith("Saved"):
            assert noted(on_call.driver.database, call, "approver") == text
    assert set(states) <= {"saving…"} | {said for said in states if said.startswith("Saved")}
    on_call.driver.wait_for(lambda: panel.footer.saved.text().startswith("Saved"))
    assert noted(on_call.driver.database, call, "approver") == text


def test_what_is_typed_as_an_answer_is_not_called_saved_and_lies_beside(on_call: Caller) -> None:
    on_call.ask("budget_sum")
    on_call.driver.press("Tab")
    on_call.type("30")
    panel = on_call.room.question
    assert panel.footer.saved.text() == "saving…"
    on_call.driver.wait_for(lambda: [kept.note for kept in beside(typed_folder())] == ["30"])
    assert panel.footer.saved.text() == "Typed, not entered"
    on_call.driver.close()
    on_call.driver.open()
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)
    assert on_call.question == "budget_sum"
    assert on_call.room.question.entry.line.text() == "30"
    assert on_call.lead().answers == ()
    on_call.press("Tab")
    on_call.type("k")
    on_call.press("Enter")
    (given,) = on_call.lead().answers
    assert given.said == Said(money=Money(3_000_000, "EUR"))
    assert beside(typed_folder()) == []


def test_choices_under_way_are_not_called_saved(on_call: Caller) -> None:
    on_call.ask("people")
    on_call.driver.press("1", "4")
    assert on_call.room.question.footer.saved.text() == "saving…"
    on_call.driver.wait_for(lambda: on_call.room.question.footer.saved.text().startswith("Saved"))
    assert on_call.lead().assessment.questions["people"].keys == ("users", "finance")


def test_while_the_database_is_locked_every_answer_lies_beside_and_is_given_once(on_call: Caller) -> None:
    with Store.open(on_call.driver.database) as another:
        begin(another.connection)
        for question, digit in (("approver", "2"), ("reserved", "1"), ("how_soon", "3")):
            on_call.driver.press("Ctrl+J")
            on_call.type(on_call.room.session.playbook.question[question].title["en"])
            on_call.driver.press("Enter", digit)
        on_call.driver.press("Ctrl+Up")
        on_call.driver.wait_for(lambda: len(beside(spool_folder())) == 3)
        assert not on_call.room.question.footer.saved.text().startswith("Saved")
        roll_back(another.connection)
    on_call.driver.wait_for(lambda: not beside(spool_folder()))
    given = {each.question: each.said.keys for each in on_call.lead().answers}
    assert given == {"approver": ("named",), "reserved": ("approved",), "how_soon": ("half_year",)}
    assert len(on_call.lead().answers) == 3


def test_an_answer_taken_back_while_the_database_is_locked_is_not_given_later(on_call: Caller) -> None:
    on_call.ask("approver")
    session = on_call.room.session
    with Store.open(on_call.driver.database) as another:
        begin(another.connection)
        on_call.driver.press("2")
        on_call.driver.wait_for(lambda: session.unsaved)
        on_call.driver.press("Backspace")
        assert not session.unsaved
        assert beside(spool_folder()) == []
        roll_back(another.connection)
    on_call.wait_noted()
    assert on_call.standing("approver") == Standing.NOT_ASKED


def test_on_a_disk_that_is_full_everywhere_the_text_stays_on_screen_until_there_is_room(on_call: Caller) -> None:
    on_call.ask("approver")
    session, panel = on_call.room.session, on_call.room.question
    spool_folder().parent.mkdir(parents=True, exist_ok=True)
    spool_folder().write_text("a file where the folder should be: nothing can be written there")
    text = "Marek signs. " * 4000
    with no_page_more(on_call):
        on_call.driver.press("Tab")
        panel.note.insertPlainText(text)
        on_call.driver.wait_for(lambda: session.unsaved)
        assert panel.footer.saved.text() == "Not saved"
        on_call.driver.press("Ctrl+Down", "Ctrl+Up")
        assert panel.note.toPlainText() == text
    on_call.driver.wait_for(lambda: not session.unsaved and not session.busy)
    call = on_call.lead().open_call
    assert call is not None
    assert noted(on_call.driver.database, call.id, "approver") == text


def test_an_answer_that_does_not_fit_on_the_disk_is_kept_and_given_once(on_call: Caller) -> None:
    on_call.ask("hoped")
    session = on_call.room.session
    text = "fewer errors " * 4000
    with no_page_more(on_call):
        on_call.driver.press("Tab")
        on_call.room.question.entry.line.setMaxLength(len(text))
        on_call.room.question.entry.line.insert(text.strip())
        on_call.driver.press("Enter")
        on_call.driver.wait_for(lambda: session.unsaved)
        assert [kept.said.text for kept in beside(spool_folder()) if kept.said] == [text.strip()]
    on_call.driver.wait_for(lambda: not session.unsaved and not session.busy)
    assert [given.said.text for given in on_call.lead().answers] == [text.strip()]
    assert beside(spool_folder()) == []


def test_an_answer_corrected_after_the_clock_was_set_back_stands(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("1")
    on_call.driver.desk._clock._told = lambda: time.time_ns() // 1_000_000 - 3_600_000
    on_call.press("3")
    assert on_call.chosen == {3}
    assert on_call.lead().assessment.questions["approver"].keys == ("committee",)
    on_call.driver.close()
    on_call.driver.open()
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)
    on_call.press("Backspace")
    assert on_call.lead().assessment.questions["approver"].keys == ("on_call",)


def test_a_call_ends_after_the_clock_was_set_back(on_call: Caller) -> None:
    on_call.driver.desk._clock._told = lambda: time.time_ns() // 1_000_000 - 86_400_000
    on_call.press("F10", "1", "3", "Enter")
    on_call.driver.wait_for(lambda: on_call.lead().open_call is None)
    (call,) = on_call.lead().calls
    assert call.minutes == 1
