"""The room speaks both languages, and its letters work on every keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk import words
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.store import Store
from leaddesk.operations.calls import give_answer
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with

CHEN = {"name": "陈志强", "company": "华辰精密制造", "phone": "+86 21 5555 0142", "external_id": "anna"}


@pytest.fixture
def chinese(qtbot: QtBot, tmp_path: Path) -> Iterator[Caller]:
    """Somebody on a call in Chinese."""
    path = database_with(tmp_path / "zh.leaddesk", time.time_ns() // 1_000_000, CHEN)
    with running(qtbot, path, language="zh_CN") as driver:
        caller = Caller(driver)
        caller.call_next()
        yield caller


def test_a_call_in_chinese(chinese: Caller) -> None:
    chinese.ask("approver")
    assert chinese.room.question.wording.text() == "像这样的采购，通常由谁来拍板？"
    chinese.press("2")
    assert chinese.chosen == {2}
    assert "回答" in chinese.footer
    chinese.press("F10", "1", "Enter")
    chinese.driver.wait_for(lambda: not chinese.room.session.on_call)
    (task,) = chinese.lead().tasks
    assert task.text == "跟进上次通话"


def test_latin_letters_and_chinese_ones_lead_to_criteria(chinese: Caller) -> None:
    chinese.press("T")
    assert chinese.question == "how_soon"
    chinese.type("预")
    assert chinese.question == "budget_sum"


def test_full_width_digits_answer(chinese: Caller) -> None:
    chinese.ask("approver")
    wide = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "２")
    QApplication.sendEvent(chinese.focus, wide)
    chinese.driver.wait_saved()
    assert chinese.chosen == {2}


def test_the_language_switches_in_the_middle_of_a_call(chinese: Caller) -> None:
    chinese.ask("approver")
    chinese.press("Ctrl+Shift+G")
    assert chinese.room.question.wording.text() == "Who usually approves a purchase like this?"
    assert chinese.question == "approver"


def test_no_sentence_is_missing() -> None:
    for language in words.LANGUAGES:
        table = words.table(language)["call"]
        assert all(table.values()), language


def test_no_key_is_shown_in_place_of_its_words(chinese: Caller) -> None:
    keys = set(words.table("en")["call"])
    chinese.press("F10", "1")
    shown = {label.text() for label in chinese.room.findChildren(QLabel)}
    assert not shown & keys


def test_one_key_asks_in_the_other_language_and_it_is_remembered(on_call: Caller) -> None:
    on_call.ask("approver")
    panel, wording = on_call.room.question, on_call.room.session.playbook.question["approver"].wording
    assert panel.wording.text() == wording["en"]
    assert panel.own_wording.isHidden()
    answers = [row.label for row in panel.choices.rows]
    on_call.press("F8")
    assert panel.wording.text() == wording["zh_CN"]
    assert panel.own_wording.text() == wording["en"]
    assert [row.label for row in panel.choices.rows] == answers
    assert on_call.driver.desk.language == "en"
    on_call.press("1", "F6")
    row = on_call.room.checklist.rows["approver"]
    assert row.text == wording["zh_CN"]
    assert wording["en"] in row.accessibleDescription()
    on_call.driver.close()
    on_call.driver.open()
    on_call.driver.wait_for(lambda: on_call.phase is Phase.ON_CALL)
    assert on_call.room.question.wording.text() == wording["zh_CN"]
    on_call.press("F8")
    assert on_call.room.question.wording.text() == wording["en"]


def test_an_answer_from_an_earlier_call_is_told_with_its_day_and_whether_it_expired(
    qtbot: QtBot, tmp_path: Path
) -> None:
    now = time.time_ns() // 1_000_000
    path = database_with(tmp_path / "old.leaddesk", now - 400 * DAY, ANNA)
    with Store.open(path) as store, store.reader() as reader:
        said = Said(keys=("approved",))
        store.run(give_answer, find_lead(reader, "anna"), "reserved", said, by="Marek", now=now - 300 * DAY)
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        caller.call_next()
        caller.ask("reserved")
        told = caller.room.question.earlier.text()
        assert "Yes, it is approved" in told
        assert "Marek" in told
        assert "expired" in told
        assert caller.chosen == frozenset()
