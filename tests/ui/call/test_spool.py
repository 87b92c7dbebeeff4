"""When the database takes nothing: the text stays, lies in a file beside, and is taken up once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.engine import begin, roll_back
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.reads.talk import written
from leaddesk.db.store import Store
from leaddesk.exchange.spool import Kept, Spool
from leaddesk.operations.calls import start_call
from leaddesk.paths import spool_folder
from leaddesk.qualify.state import Said
from leaddesk.ui.call.notes import CEILING, IDLE, KEEP_AFTER
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with


def on_disk() -> list[Kept]:
    """What another run would find."""
    return list(Spool(spool_folder()).all())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes and does not end."""
    with Store.open(path) as another:
        begin(another.connection)
        try:
            yield
        finally:
            roll_back(another.connection)


def texts(caller: Caller) -> dict[str, str]:
    """The notes of the call as the database has them."""
    call = caller.lead().open_call
    assert call is not None
    return dict(caller.driver.ask(written, call.id))


def test_it_is_safe_half_a_second_after_the_last_key_and_two_while_typing() -> None:
    assert IDLE + KEEP_AFTER <= 450
    assert CEILING + KEEP_AFTER <= 1900


def test_while_another_program_writes_the_text_lies_in_a_file_and_is_taken_up_after(on_call: Caller) -> None:
    on_call.ask("approver")
    with locked(on_call.driver.database):
        on_call.driver.press("2", "Tab")
        on_call.type("Marek signs")
        on_call.driver.wait_for(lambda: [kept.note for kept in on_disk() if kept.note] == ["Marek signs"])
        assert "saved" not in on_call.room.question.footer.saved.text().lower().replace("not saved", "")
        on_call.type(" above 50k")
        on_call.driver.wait_for(lambda: [kept.note for kept in on_disk() if kept.note] == ["Marek signs above 50k"])
        assert [kept.said for kept in on_disk() if kept.said is not None] == [Said(keys=("named",))]
        assert spool_folder() not in (on_call.driver.database.parent, *on_call.driver.database.parents)
    on_call.driver.wait_for(lambda: not on_disk())
    on_call.wait_noted()
    assert texts(on_call) == {"approver": "Marek signs above 50k"}
    assert [given.said.keys for given in on_call.lead().answers] == [("named",)]


@pytest.mark.parametrize("left", ["note", "answer"])
def test_what_a_crash_left_is_taken_up_at_the_next_start_once(qtbot: QtBot, tmp_path: Path, left: str) -> None:
    now = time.time_ns() // 1_000_000
    path = database_with(tmp_path / "open.leaddesk", now - 600_000, ANNA)
    with Store.open(path) as store, store.reader() as reader:
        call, _ = store.run(start_call, find_lead(reader, "anna"), now=now - 300_000)
    kept = Kept("0192f000-0000-7000-8000-000000000001", call, "reserved", now - 200_000, note="second quarter")
    if left == "answer":
        kept = Kept(kept.id, call, "reserved", kept.at, said=Said(keys=("approved",)), by="Marek")
    foreign = Kept("0192f000-0000-7000-8000-000000000002", "another", "reserved", now, note="of another database")
    for one in (kept, foreign):
        Spool(spool_folder()).keep(one)
    for _ in range(2):
        with running(qtbot, path) as driver:
            caller = Caller(driver)
            driver.wait_for(lambda: on_disk() == [foreign])
            driver.wait_saved()
            if left == "note":
                assert texts(caller) == {"reserved": "second quarter"}
            else:
                (given,) = caller.lead().answers
                assert (given.said.keys, given.by, given.at) == (("approved",), "Marek", kept.at)
        Spool(spool_folder()).keep(kept)  # as if the program had ended before it could drop it


def test_leaving_while_another_program_writes_loses_nothing(on_call: Caller) -> None:
    on_call.ask("approver")
    with locked(on_call.driver.database):
        on_call.driver.press("Tab")
        on_call.type("Marek signs")
        on_call.driver.close()
    assert [kept.note for kept in on_disk()] == ["Marek signs"]
    on_call.driver.open()
    on_call.driver.wait_for(lambda: not on_disk())
    assert texts(on_call) == {"approver": "Marek signs"}


def test_a_full_disk(on_call: Caller) -> None:
    on_call.ask("approver")
    desk, session = on_call.driver.desk, on_call.room.session

    def allow(pages: str) -> None:
        desk.work(lambda store: store.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))

    allow("1")  # no page more than there are
    text = "Marek signs. " * 4000
    on_call.driver.press("Tab")
    on_call.room.question.note.insertPlainText(text)
    on_call.driver.wait_for(lambda: session.unsaved)
    assert on_call.room.question.footer.saved.text().lower() == "not saved"
    assert on_call.room.question.note.toPlainText() == text
    assert [kept.note for kept in on_disk()] == [text]
    allow("1073741823")
    on_call.driver.wait_for(lambda: not session.unsaved and not session.busy)
    assert texts(on_call) == {"approver": text}
    on_call.driver.wait_for(lambda: not on_disk())


def test_a_clock_set_back_loses_nothing(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("1")
    desk = on_call.driver.desk
    desk._clock._told = lambda: time.time_ns() // 1_000_000 - 3_600_000
    on_call.press("Tab")
    on_call.type("Marek signs")
    on_call.wait_noted()
    assert texts(on_call) == {"approver": "Marek signs"}
    on_call.ask("reserved")
    on_call.press("2")
    assert on_call.chosen == {2}
    assert not on_disk()
