"""A chat or a mail pasted into the note of a call: all of its lines are kept, as they are, with their time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from leaddesk.db.reads import talk as talk_reads
from leaddesk.ui.call.session import Phase
from tests.ui.call.driver import Caller

CHAT = "张三 2026/11/20 14:05\n预算大概30万，财务总监批\n\n李四 14:07\n好的，十月上线"
MAIL = "From: Anna\r\nSent: Tue 17 Nov 10:02\r\n\r\n> We lose a <b>day</b> a week.\r\nMarek signs above 50k."


@pytest.mark.parametrize("window", ["big", "small", "checklist"])
@pytest.mark.parametrize("pasted", [CHAT, MAIL], ids=["chat", "mail"])
def test_every_line_is_kept_and_nothing_is_answered(on_call: Caller, pasted: str, window: str) -> None:
    on_call.ask("approver")
    if window == "small":
        on_call.press("F7")
        assert on_call.room.compact is not None
        on_call.driver.wait_for(on_call.room.compact.isActiveWindow)
    elif window == "checklist":
        on_call.press("F6")
    on_call.press("Tab")
    mime = QMimeData()
    mime.setText(pasted)
    mime.setHtml(f"<table><tr><td>{pasted}</td></tr></table>")
    QApplication.clipboard().setMimeData(mime)
    on_call.press("Ctrl+V")
    on_call.wait_noted()
    whole = pasted.replace("\r\n", "\n")
    call = on_call.room.session.call
    assert call is not None
    assert on_call.driver.ask(talk_reads.written, call.id)["approver"] == whole
    assert on_call.question == "approver"
    assert on_call.standing("approver") == "not_asked"
    began = call.started_at
    on_call.press("F10", "1", "Enter")
    on_call.driver.wait_for(lambda: on_call.phase is not Phase.ENDING)
    told = [entry for entry in on_call.lead().timeline if whole in entry.details.values()]
    assert told
    assert began <= told[0].at <= on_call.driver.desk.now()


def test_what_is_pasted_offers_what_its_last_line_says(on_call: Caller) -> None:
    on_call.press("Tab")
    QApplication.clipboard().setText(f"{CHAT}\n200k budget")
    on_call.press("Ctrl+V")
    assert on_call.room.question.offers.offers
    assert on_call.room.question.note.toPlainText() == f"{CHAT}\n200k budget"
