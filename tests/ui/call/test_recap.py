"""After a call: what we heard is offered, read over, changed, copied and saved, by keys alone, in both languages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from leaddesk.operations import calls
from leaddesk.operations.leads import set_facts
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money
from leaddesk.ui.call.recap import RecapPanel
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with

BO = {"name": "<b>Bo</b> Weber", "phone": "+49 30 1234567", "external_id": "bo"}


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    yield
    RecapPanel._drafts.clear()


def panel(caller: Caller) -> RecapPanel:
    found = [one for one in caller.driver.window.findChildren(RecapPanel) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def is_open(caller: Caller) -> bool:
    return any(one.isVisible() for one in caller.driver.window.findChildren(RecapPanel))


def spoken_with(caller: Caller, *, email: str = "anna@example.com") -> None:
    """A call with Anna that is over."""
    desk, lead = caller.driver.desk, caller.lead()
    if email:
        desk.do(set_facts, lead.id, {"email": email}, {})
    desk.do(calls.give_answer, lead.id, "budget_sum", Said(money=Money(3_000_000, "EUR")), note="if <i>it</i> pays")
    desk.do(calls.log_call, lead.id, "reached_qualified")
    caller.driver.wait_saved()


def test_after_a_call_the_recap_is_offered_and_the_key_opens_it(qtbot: QtBot, tmp_path: Path) -> None:
    path = database_with(tmp_path / "two.leaddesk", time.time_ns() // 1_000_000, ANNA, BO)
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        caller.call_next()
        assert not caller.room.afterwards.offer.isVisible()
        lead = caller.room.session.lead
        assert lead is not None
        caller.press("1", "F10", "1", "Enter")
        driver.wait_for(lambda: caller.phase is Phase.BEFORE)
        assert caller.room.session.lead is not None
        assert caller.room.session.lead.id != lead.id
        assert caller.room.afterwards.offer.isVisible()
        assert lead.title in caller.room.afterwards.offer.words
        caller.press("Ctrl+Shift+R")
        assert lead.title in panel(caller).text.toPlainText()
        assert driver.unnamed_controls() == []
        caller.press("Esc")
        assert not is_open(caller)
        caller.press("Enter")
        driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
        assert not caller.room.afterwards.offer.isVisible()


def test_who_was_never_spoken_with_has_none(caller: Caller) -> None:
    caller.press("Ctrl+Shift+R")
    assert not is_open(caller)
    assert caller.driver.toast


def test_words_are_literal_changed_and_copied(caller: Caller) -> None:
    spoken_with(caller)
    caller.press("Ctrl+Shift+R")
    assert "30,000 EUR. In your words: “if <i>it</i> pays”" in panel(caller).text.toPlainText()
    assert not panel(caller).anew_button.isVisible()
    caller.type("P.S. ")
    assert panel(caller).anew_button.isVisible()
    caller.press("Ctrl+Return")
    assert QApplication.clipboard().text().startswith("P.S. Dear Anna Kowalska,\n")
    caller.press("Esc", "Ctrl+Shift+R")
    assert panel(caller).text.toPlainText().startswith("P.S. ")
    panel(caller).anew_button.click()
    assert panel(caller).text.toPlainText().startswith("Dear Anna")


def test_the_other_language_and_back(caller: Caller) -> None:
    spoken_with(caller)
    caller.press("Ctrl+Shift+R")
    caller.type("P.S. ")
    caller.press("Ctrl+G")
    assert panel(caller).text.toPlainText().startswith("Anna Kowalska，您好！")
    assert "计划投入：30,000 EUR" in panel(caller).text.toPlainText()
    caller.press("Ctrl+G")
    assert panel(caller).text.toPlainText().startswith("P.S. Dear")


def test_the_buyers_language_comes_first(caller: Caller) -> None:
    caller.driver.desk.do(set_facts, caller.lead().id, {"language": "中文"}, {})
    spoken_with(caller)
    caller.press("Ctrl+Shift+R")
    assert "您好" in panel(caller).text.toPlainText()


def test_saved_as_mail_draft_and_pdf(caller: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_with(caller)
    targets = iter([str(tmp_path / "recap"), str(tmp_path / "recap.pdf"), ""])
    suggested: list[str] = []

    def name(_over: object, _title: str, start: str, *_: object) -> tuple[str, str]:
        suggested.append(Path(start).name)
        return next(targets), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    caller.press("Ctrl+Shift+R")
    caller.press("Ctrl+S")
    read = message_from_bytes((tmp_path / "recap.eml").read_bytes(), policy=modern)
    assert read["To"].addresses[0].addr_spec == "anna@example.com"
    body = read.get_content()
    assert isinstance(body, str)
    assert "30,000 EUR" in body
    assert "recap.eml" in panel(caller).told.text()
    caller.press("Ctrl+P")
    assert (tmp_path / "recap.pdf").read_bytes().startswith(b"%PDF-")
    caller.press("Ctrl+S")  # put away: nothing is written
    assert {one.name for one in tmp_path.iterdir() if one.suffix in (".eml", ".pdf")} == {"recap.eml", "recap.pdf"}
    assert suggested[0].startswith("Baltic Freight_ what we heard on ")


def test_where_it_cannot_be_saved_that_is_said(caller: Caller, tmp_path: Path) -> None:
    spoken_with(caller)
    caller.press("Ctrl+Shift+R")
    panel(caller).save_pdf(tmp_path)
    assert str(tmp_path) in panel(caller).told.text()
    panel(caller).save_mail(caller.driver.database)
    assert caller.driver.database.name in panel(caller).told.text()


@pytest.mark.parametrize("unwanted", [False, True])
def test_without_a_receiver_the_panel_says_so(caller: Caller, tmp_path: Path, unwanted: bool) -> None:
    spoken_with(caller, email="anna@example.com" if unwanted else "")
    if unwanted:
        caller.driver.desk.do(set_facts, caller.lead().id, {"do_not_email": True}, {})
        caller.driver.wait_saved()
    caller.press("Ctrl+Shift+R")
    panel(caller).save_mail(tmp_path / "recap.eml")
    assert message_from_bytes((tmp_path / "recap.eml").read_bytes(), policy=modern)["To"] is None
    assert panel(caller).receiver == ""


def test_the_panel_speaks_chinese(qtbot: QtBot, anna: Path) -> None:
    with running(qtbot, anna, language="zh_CN") as driver:
        caller = Caller(driver)
        caller.press("F9")
        driver.wait_for(lambda: caller.phase is Phase.BEFORE)
        spoken_with(caller)
        caller.press("Ctrl+Shift+R")
        assert panel(caller).copy_button.words == "复制"
        assert "您好" in panel(caller).text.toPlainText()
