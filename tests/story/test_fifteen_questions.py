"""A whole call by keyboard alone, in both shapes: answers of every kind, an input method between, every answer its own.

The rep waits for nothing: each key is pressed while what the last one did may still be on its way to the disk.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leaddesk.db.check import check
from leaddesk.db.reads.talk import written
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with

BO = {"name": "Bo Svensson", "company": "Nordic Foods", "phone": "+46 8 555 011 20", "external_id": "bo"}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question is answered, and what the database must hold of it then; None where it was taken back.

    Of `keys`, a text in quotes is typed, one in brackets is composed (what is shown | what is handed over).
    """

    keys: tuple[str, ...]
    said: Said | None
    note: str = ""
    noted: str = ""


#: In the order of the script. The walk passes over what is not in here.
CALL = {
    "budget_sum": Answer(("Tab", "'30k", "Enter"), Said(money=Money(3_000_000, "EUR"))),
    "allotted": Answer(("2",), Said(keys=("request",))),
    "reserved": Answer(("9",), Said(heard=Standing.EVADED), "'asks 12 B by Friday", "asks 12 B by Friday"),
    "cost_today": Answer(("2",), Said(keys=("felt",))),
    "people": Answer(("1", "4", "5", "4", "Enter"), Said(keys=("users", "management"))),
    "approver": Answer(("1", "3"), Said(keys=("committee",)), "[cai wu|财务总监]", "财务总监"),
    "preparer": Answer(("Tab", "[zhou li|周丽]", "Enter"), Said(text="周丽")),
    "obstacle": Answer(("0",), Said(heard=Standing.UNKNOWN)),
    "difficulty": Answer(("1",), Said(keys=("ours",))),
    "unsolved": Answer(("4",), Said(keys=("4",))),
    "hoped": Answer(("Tab", "'half of ", "[chu cuo|差错]", "Enter"), Said(text="half of 差错")),
    "used_today": Answer(("1", "Backspace"), None),
    "how_soon": Answer(("4", "2"), Said(keys=("quarter",))),
    "go_live": Answer(("Tab", "'2031-04-13", "Enter"), Said(day=date(2031, 4, 13))),
    "outside_dates": Answer(("2", "Enter"), Said(keys=("contract_end",))),
    "size": Answer(("Tab", "'320", "Enter"), Said(number=320)),
    "culture": Answer(("1",), Said(keys=("yes",))),
    "users": Answer(("Tab", "'planners", "Enter"), Said(text="planners")),
}


class Fast(Caller):
    """Presses the next key without waiting for what the last one did."""

    def do(self, *keys: str) -> None:
        """Press, type or compose."""
        for key in keys:
            if key.startswith("'"):
                self.driver.type(key[1:])
            elif key.startswith("["):
                self.compose_and_commit(*key[1:-1].split("|"))
            else:
                self.driver.press(key)

    def find(self, question: str) -> None:
        """Go to a question by the finder."""
        self.do("Ctrl+J", f"'{self.room.session.playbook.question[question].title['en']}", "Enter")
        assert self.question == question

    def answer(self, question: str) -> None:
        """Answer a question as the call has it, with its note."""
        answer = CALL[question]
        self.find(question)
        if answer.note:
            note = self.room.checklist.note_line.field if self.in_checklist else self.room.question.note
            self.reach(note)
            self.do(answer.note, "Esc")
        if self.in_checklist:
            self.driver.settle()
            assert not self.room.checklist.rows[question].visibleRegion().isEmpty()
        self.do(*answer.keys)

    def reach(self, field: QWidget) -> None:
        """Press Tab until the keyboard is in a field."""
        for _ in range(3):
            if self.focus is not field:
                self.do("Tab")
        assert self.focus is field

    def compose_and_commit(self, shown: str, committed: str) -> None:
        """An input method composes a word; a key that gets through meanwhile answers nothing and leads nowhere."""
        field, question, given = self.focus, self.question, self.given
        self.compose(shown)
        self.do("Ctrl+1", "Ctrl+2", "Ctrl+Down", "F6", "Ctrl+J")
        assert (self.driver.room, self.question, self.focus) == ("call", question, field)
        assert self.given == given
        event = QInputMethodEvent()
        event.setCommitString(committed)
        QCoreApplication.sendEvent(field, event)
        self.driver.settle()

    @property
    def in_checklist(self) -> bool:
        """Whether all questions are on the page."""
        return self.room.checklist.isVisible()

    @property
    def given(self) -> int:
        """How many answers the lead on screen has."""
        lead = self.room.session.lead
        assert lead is not None
        return len(lead.answers)

    def rest(self) -> None:
        """Let all of it reach the disk."""
        session = self.room.session
        self.driver.wait_for(lambda: not session.busy and not session.unsaved)
        self.driver.wait_saved()


@pytest.fixture
def rep(qtbot: QtBot, tmp_path: Path) -> Iterator[Fast]:
    """Somebody on a call with Anna, while Bo waits."""
    now = time.time_ns() // 1_000_000
    with running(qtbot, database_with(tmp_path / "two.leaddesk", now, BO, ANNA)) as driver:
        made = Fast(driver)
        driver.trigger("call.start", lead=made.lead("anna").id)
        driver.wait_for(lambda: made.phase is Phase.BEFORE)
        driver.press("Enter")
        driver.wait_for(lambda: made.phase is Phase.ON_CALL)
        yield made


def test_the_call_has_fifteen_questions_and_answers_of_every_kind(rep: Fast) -> None:
    questions = rep.driver.desk.playbook.question
    assert len(CALL) >= 15
    assert {questions[key].kind for key in CALL} == set(QuestionKind)
    heard = {answer.said.heard for answer in CALL.values() if answer.said is not None}
    assert heard >= {Standing.EVADED, Standing.UNKNOWN}


@pytest.mark.parametrize("shape", ["one question", "checklist"])
def test_a_whole_call_by_keys(rep: Fast, shape: str) -> None:
    if shape == "checklist":
        rep.do("F6")
    assert rep.in_checklist is (shape == "checklist")
    for question in CALL:
        rep.answer(question)
        assert rep.in_checklist is (shape == "checklist")
        assert rep.driver.room == "call"
    rep.rest()
    holds_exactly_what_was_said(rep)
    rep.do("F10", "1", "3", "Enter")
    rep.driver.wait_for(lambda: rep.phase is Phase.BEFORE)
    rep.rest()
    holds_exactly_what_was_said(rep)
    assert rep.lead().open_call is None
    assert rep.room.session.lead is not None
    assert rep.room.session.lead.facts["name"] == BO["name"]


def holds_exactly_what_was_said(rep: Fast) -> None:
    """Each answer stands on its own question with its own words, nothing else is there, and Bo has none."""
    lead, other = rep.lead("anna"), rep.lead("bo")
    states = lead.assessment.questions
    heard = {key: given.said for key, state in states.items() if (given := state.given) is not None}
    assert heard == {key: answer.said for key, answer in CALL.items() if answer.said is not None}
    noted = {key: given.note for key, state in states.items() if (given := state.given) is not None and given.note}
    assert noted == {key: answer.noted for key, answer in CALL.items() if answer.noted}
    calls = {given.question: given for given in lead.answers}
    assert set(calls) == set(heard)
    assert (other.answers, other.calls) == ((), ())
    assert rep.driver.ask(check) == []


def test_branching_acts_before_the_answer_is_on_disk(rep: Fast) -> None:
    rep.find("approver")
    rep.do("3", "Ctrl+Down")
    assert rep.question == "preparer"
    rep.do("Ctrl+Up", "1", "Ctrl+Down")
    assert rep.question == "approval_limit"
    rep.rest()
    assert rep.question == "approval_limit"
    assert rep.lead().assessment.questions["approver"].keys == ("on_call",)


def test_enter_takes_the_suggestion_before_the_answer_is_on_disk(rep: Fast) -> None:
    asked = []
    for _ in range(6):
        asked.append(rep.question)
        rep.do("1", "Enter")
    rep.rest()
    assert len(set(asked)) == 6
    standing = rep.lead().assessment.questions
    assert all(question is not None and standing[question].given is not None for question in asked)


@pytest.mark.parametrize("place", ["question", "note", "line"])
def test_no_key_answers_or_jumps_while_a_word_is_composed(rep: Fast, place: str) -> None:
    rep.find("cost_today")
    field = {
        "question": rep.room.question.choices,
        "note": rep.room.question.note,
        "line": rep.room.question.entry.line,
    }[place]
    rep.reach(field)
    rep.compose("yi bai wan")
    rep.do("1", "9", "B", "Enter", "Ctrl+1", "Ctrl+3", "Ctrl+Up", "F10")
    assert (rep.driver.room, rep.question, rep.phase, rep.focus) == ("call", "cost_today", Phase.ON_CALL, field)
    rep.rest()
    assert rep.lead().answers == ()
    rep.compose("")
    rep.do("Ctrl+Up")
    assert rep.question != "cost_today"


def test_what_is_typed_as_an_answer_and_left_is_answered_where_it_can_be_understood(rep: Fast) -> None:
    rep.find("budget_sum")
    rep.do("Tab", "'45k", "Ctrl+Down")
    rep.find("hoped")
    rep.do("Tab", "'fewer", "F6")
    rep.rest()
    given = {each.question: each.said for each in rep.lead().answers}
    assert given == {"budget_sum": Said(money=Money(4_500_000, "EUR")), "hoped": Said(text="fewer")}


def test_what_is_typed_and_is_no_answer_waits_at_its_question_and_ends_as_its_note(rep: Fast) -> None:
    rep.find("go_live")
    rep.do("Tab", "'when the moon", "Ctrl+Down")
    rep.find("go_live")
    assert rep.room.question.entry.line.text() == "when the moon"
    rep.do("F10", "1", "3", "Enter")
    rep.driver.wait_for(lambda: rep.phase is Phase.BEFORE)
    rep.rest()
    (call,) = rep.lead().calls
    assert rep.driver.ask(written, call.id) == {"go_live": "when the moon"}
    assert rep.lead().answers == ()


def test_an_answer_by_a_digit_takes_off_what_was_typed(rep: Fast) -> None:
    rep.find("budget_sum")
    rep.do("Tab", "'45k", "Esc", "3", "Ctrl+Down")
    rep.rest()
    given = rep.lead().assessment.questions["budget_sum"].given
    assert given is not None
    assert given.said == Said(keys=("small",))
