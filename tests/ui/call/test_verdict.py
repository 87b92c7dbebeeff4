"""The right column while a call goes on: pacing against the gate, and what does not fit together."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from leaddesk.qualify.state import GateCheck, RequirementState
from leaddesk.qualify.terms import Standing
from leaddesk.ui.call.telling import pacing
from tests.qualify.builders import shipped
from tests.ui.call.driver import Caller

BOOK = shipped("default")
SQL = GateCheck(
    "sql",
    tuple(RequirementState("sql", code, met, Standing.NOT_ASKED) for code, met in (("a", True), ("b", False))),
)


@pytest.mark.parametrize(
    ("gate", "minutes", "parts", "tone"),
    [
        (SQL, 8, ("12 min left", "1", "SQL"), ""),
        (SQL, 19, ("1 min left", "1", "SQL"), "soon"),
        (SQL, 23, ("3 min over", "1", "SQL"), "soon"),
        (GateCheck("sql", ()), 8, ("12 min left", "SQL", "open"), ""),
        (None, 8, ("12 min left",), ""),
    ],
)
def test_minutes_left_against_what_the_gate_needs(
    gate: GateCheck | None, minutes: int, parts: tuple[str, ...], tone: str
) -> None:
    said, sounds = pacing(BOOK, BOOK.scripts[0], gate, minutes * 60, "en")
    assert said.startswith(parts[0])
    assert all(part in said.removeprefix(parts[0]) for part in parts[1:])
    assert sounds == tone


def test_pacing_and_remarks_are_there_while_the_call_goes_on(on_call: Caller) -> None:
    room = on_call.room
    assert "min left" in room.gate.pace.text()
    assert room.remarks.isHidden()
    on_call.ask("how_soon")
    on_call.press("1")
    assert not room.remarks.isHidden()
    assert "usually takes" in room.remarks.lines[0].text()
    on_call.press("3")
    assert room.remarks.isHidden()


def test_the_score_stays_at_the_top_where_no_gate_and_no_remark_follow(on_call: Caller) -> None:
    score = on_call.room.sides.score
    for panel in on_call.room.sides.right:
        panel.setVisible(panel is score)
    QApplication.processEvents()
    assert score.height() > 400
    assert score.figure.mapTo(score, score.figure.rect().topLeft()).y() < 100
