"""Scripts on the call by keyboard: which is offered and why, another one before and during the call, its groups."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads import calls as call_reads
from leaddesk.ui.call.script_choice import ScriptChoice
from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with


def digit_of(caller: Caller, script: str) -> str:
    """The digit of a script."""
    return str([one.key for one in caller.room.session.playbook.scripts].index(script) + 1)


def choose(caller: Caller, script: str) -> None:
    """Ask by another script."""
    caller.press("Ctrl+Shift+S")
    assert isinstance(caller.room.over.panel, ScriptChoice)
    caller.press(digit_of(caller, script))


def tabs(caller: Caller) -> list[str]:
    """The groups across the top."""
    return list(caller.room.question.tabs.tabs)


def test_before_the_call_the_offered_script_and_why(caller: Caller) -> None:
    line = caller.room.before.script
    assert line.isVisible()
    offered = caller.lead().assessment.offered.script
    assert caller.room.session.playbook.script[offered].name["en"] in line.name.text()
    assert line.why.text()


def test_what_a_lead_is_decides_what_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    large = {**ANNA, "size": "4000", "value": "400000 EUR"}
    path = database_with(tmp_path / "large.leaddesk", time.time_ns() // 1_000_000, large)
    with running(qtbot, path) as driver:
        caller = Caller(driver)
        caller.press("F9")
        driver.wait_for(lambda: caller.phase is Phase.BEFORE)
        offered = caller.lead().assessment.offered
        assert offered.script == "meddic"
        assert "MEDDIC" in caller.room.before.script.name.text()
        assert "4,000" in caller.room.before.script.why.text() or offered.because


def test_another_script_is_chosen_before_the_call_and_kept_by_it(caller: Caller) -> None:
    choose(caller, "meddic")
    assert "MEDDIC" in caller.room.before.script.name.text()
    meddic = caller.room.session.playbook.script["meddic"]
    assert list(caller.room.before.tabs.tabs) == [group.key for group in meddic.groups]
    assert caller.question in meddic.questions
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    assert tabs(caller) == [group.key for group in meddic.groups]
    call = caller.driver.ask(call_reads.open_call)
    assert call is not None
    assert call.script == "meddic"


def test_on_the_call_another_script_asks_on_and_answers_stand(on_call: Caller) -> None:
    on_call.ask("approver")
    on_call.press("1")
    score = on_call.score
    choose(on_call, "listening")
    listening = on_call.room.session.playbook.script["listening"]
    assert tabs(on_call) == [group.key for group in listening.groups]
    assert on_call.question in listening.questions
    assert on_call.score == score
    assert on_call.room.question.choices.hasFocus()
    assert "10 min left" in on_call.room.clock.text() or "9 min left" in on_call.room.clock.text()
    on_call.press("Ctrl+Z")
    on_call.driver.wait_for(lambda: tabs(on_call) != [group.key for group in listening.groups])


def test_letters_lead_to_groups_and_go_round_those_that_share_one(on_call: Caller) -> None:
    choose(on_call, "meddic")
    groups = {group.key: group.questions for group in on_call.room.session.playbook.script["meddic"].groups}
    on_call.press("I")
    assert on_call.question in groups["pain"]
    asked = []
    for _ in range(len(groups["decision_criteria"]) + len(groups["decision_process"])):
        on_call.press("D")
        asked.append(on_call.question)
    assert set(asked) & set(groups["decision_criteria"])
    assert set(asked) & set(groups["decision_process"])


def test_a_question_of_no_group_is_asked_all_the_same(on_call: Caller) -> None:
    choose(on_call, "listening")
    on_call.ask("budget_sum")
    assert "not in this script" in on_call.room.question.place.text()
    on_call.press("1")
    assert on_call.standing("budget_sum") == "yes"
    on_call.press("F6")
    assert "budget_sum" in on_call.room.checklist.rows
    on_call.press("F6", "Enter")
    assert on_call.question in on_call.room.session.playbook.script["listening"].questions


def test_the_checklist_and_the_small_window_go_by_the_script(on_call: Caller) -> None:
    choose(on_call, "champ")
    champ = on_call.room.session.playbook.script["champ"]
    on_call.press("F6")
    listed = [key for key in on_call.room.checklist.rows if key in champ.questions]
    assert listed == [key for key in champ.questions if key in on_call.room.checklist.rows]
    on_call.press("F6", "F7")
    assert on_call.room.compact is not None
    on_call.driver.wait_for(on_call.room.compact.isActiveWindow)
    choose(on_call, "meddic")
    assert on_call.question in on_call.room.session.playbook.script["meddic"].questions


def test_the_open_questions_told_are_those_of_the_script(on_call: Caller) -> None:
    choose(on_call, "listening")
    listening = on_call.room.session.playbook.script["listening"]
    states = on_call.lead().assessment.questions
    still = sum(1 for key in listening.questions if states[key].visible and states[key].open)
    assert f"{still} open" in on_call.room.score.so_far.text().replace("\n", " ")


def test_escape_keeps_the_script(on_call: Caller) -> None:
    before = tabs(on_call)
    on_call.press("Ctrl+Shift+S", "Escape")
    assert tabs(on_call) == before
    assert on_call.room.question.choices.hasFocus()


@pytest.mark.parametrize("script", ["bant", "listening", "meddic", "champ"])
def test_every_control_has_a_name(on_call: Caller, script: str) -> None:
    choose(on_call, script)
    assert on_call.driver.unnamed_controls() == []
    on_call.press("Ctrl+Shift+S")
    assert on_call.driver.unnamed_controls() == []
