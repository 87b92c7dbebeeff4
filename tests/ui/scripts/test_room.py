"""The scripts room by keys: edits, problems at their fields, branches, names and languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.room import ScriptsRoom
from tests.drivers import WindowDriver, running
from tests.ui.scripts.driver import checked, choose, enter


def test_the_room_shows_the_first_question_with_the_focus_on_the_outline(room: ScriptsRoom) -> None:
    assert room.columns.left.outline.hasFocus()
    assert room.spot.kind == "question"
    assert room.columns.page is room.columns.question
    assert not room.sitting.changed
    assert room.head.why_not()
    assert not room.head.adopt.isEnabled()


def test_a_wording_is_typed_kept_and_taken_back(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "approver")
    driver.press("Return")
    pen = QApplication.focusWidget()
    assert isinstance(pen, Pen)
    before = room.sitting.draft.text
    driver.press("End")
    driver.type(" 真的?")
    driver.press("Tab")
    question = questions.question(room.sitting.draft, "approver")
    assert question is not None
    assert str(question["wording"]["en"]).endswith(" 真的?")  # type: ignore[index]
    assert len(set(before.splitlines()) ^ set(room.sitting.draft.text.splitlines())) == 2
    driver.wait_for(lambda: room.sitting._keeper.find() is not None)  # type: ignore[union-attr]
    action = driver.window.actions_.action["edit.undo"].text()
    assert "Who approves" in action
    driver.press("Ctrl+Z")
    assert room.sitting.draft.text == before
    assert pen.value == question["wording"]["en"][: -len(" 真的?")]  # type: ignore[index]
    driver.press("Ctrl+Shift+Z")
    assert room.sitting.draft.text != before


def test_what_is_typed_into_one_field_is_one_step(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "approver")
    driver.press("Return", "End")
    for letters in ("a", "b", "c"):
        driver.type(letters)
        field = QApplication.focusWidget()
        assert isinstance(field, Pen)
        field.tell()
    assert room.sitting.history.undo() is not None
    assert room.sitting.history.undoable is None


def test_a_problem_stands_at_its_field_and_leads_there(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "approver")
    row = room.columns.question.answers.rows[2]
    row.points.setFocus()
    driver.press("Ctrl+A")
    driver.type("many")
    driver.press("Tab")
    checked(driver, room)
    assert room.sitting.problems[0].path.endswith("answers[2].points")
    assert row.trouble.isVisible()
    assert "number" in row.trouble.words.text()
    assert not room.head.adopt.isEnabled()
    assert "One problem" in room.head.adopt.accessibleDescription()
    choose(driver, room, "reserved")
    assert not room.columns.question.answers.rows[2].trouble.isVisible()
    room.columns.problems.list.setFocus()
    driver.press("Return")
    assert room.spot.key == "approver"
    assert QApplication.focusWidget() is room.columns.question.answers.rows[2].points
    driver.press("Ctrl+A")
    driver.type("2.5")
    driver.press("Tab")
    checked(driver, room)
    assert not room.sitting.problems
    assert room.sitting.playbook is not None
    assert room.sitting.playbook.question["approver"].answers[2].points == 25


def test_a_problem_of_a_folded_answer_unfolds_it(driver: WindowDriver, room: ScriptsRoom) -> None:
    draft = room.sitting.draft
    room.sitting.edit("reword", questions.set_field(draft, "approver", "when", {"question": "nobody", "is": "x"}))
    checked(driver, room)
    choose(driver, room, "approver")
    assert room.columns.question.when_trouble.isVisible()
    place = room.columns.question.field_at("answers[1].short.en")
    assert isinstance(place, Pen)
    assert place.isVisible()


def test_answers_are_added_moved_and_removed_by_keys(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "approver")
    page = room.columns.question
    page.answers.add.setFocus()
    driver.press("Space")
    assert len(page.answers.rows) == 5
    assert QApplication.focusWidget() is page.answers.rows[4].boxes["answers[4].label.en"].field
    driver.type("The board")
    driver.press("Tab")
    driver.type("董事会")
    driver.press("Tab")
    page.answers.rows[4].more.setFocus()
    driver.press("Space")
    page.answers.rows[4].up.setFocus()
    driver.press("Space")
    answers = questions.tables(questions.question(room.sitting.draft, "approver") or {})
    assert answers[3]["label"] == {"en": "The board", "zh_CN": "董事会"}
    page.answers.rows[3].out.setFocus()
    driver.press("Space")
    assert len(page.answers.rows) == 4
    for _ in range(6):
        page.answers.add_answer()
    assert len(page.answers.rows) == 8
    assert not page.answers.add.isEnabled()


def test_questions_are_added_copied_moved_and_taken_out_by_keys(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "reserved")
    script = room.script
    before = [key for group in scripts.groups(room.sitting.draft, script) for key in group.questions]
    driver.press("Alt+Up")
    after = [key for group in scripts.groups(room.sitting.draft, script) for key in group.questions]
    assert after.index("reserved") == before.index("reserved") - 1
    assert room.columns.left.outline.spot.key == "reserved"
    assert room.columns.left.outline.hasFocus()
    driver.press("Ctrl+D")
    assert room.spot.key == "reserved_2"
    driver.press("Del")
    assert "reserved_2" in scripts.left_out(room.sitting.draft, script)
    driver.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert not room.sitting.changed
    driver.press("Ins")
    assert room.spot.kind == "question"
    assert isinstance(QApplication.focusWidget(), Pen)
    driver.type("Really?")
    driver.press("Tab")
    driver.type("真的吗？")
    driver.press("Tab")
    checked(driver, room)
    assert not room.sitting.problems


def test_a_question_of_the_pool_is_taken_in(driver: WindowDriver, room: ScriptsRoom) -> None:
    spare = scripts.left_out(room.sitting.draft, room.script)[0]
    choose(driver, room, spare)
    room.ask("take_in")
    assert spare not in scripts.left_out(room.sitting.draft, room.script)
    assert room.spot == Spot("question", spare, room.spot.group)


def test_scripts_are_copied_renamed_and_removed(driver: WindowDriver, room: ScriptsRoom) -> None:
    count = len(scripts.script_keys(room.sitting.draft))
    room.ask("copy_script")
    assert len(scripts.script_keys(room.sitting.draft)) == count + 1
    assert room.columns.page is room.columns.script
    assert "by hand" in room.columns.script.when.text()
    pen = room.columns.script.texts.boxes["name.en"].field
    assert isinstance(pen, Pen)
    pen.setFocus()
    driver.press("Ctrl+A")
    driver.type("Short one")
    driver.press("Tab")
    checked(driver, room)
    assert not room.sitting.problems
    assert room.columns.left.script.currentText() == "Short one"
    room.ask("remove_script")
    assert len(scripts.script_keys(room.sitting.draft)) == count


def test_a_branch_is_put_together_by_keys(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "reserved")
    room.columns.question.change_when.setFocus()
    driver.press("Space")
    panel = room.conditions.panel
    assert panel is not None
    driver.press("Space")  # the button that adds a question has the focus
    row = panel.rows[0]
    row._resubject("approver")
    chips = [chip for chip in panel.rows[0].findChildren(type(panel.adds["fact"])) if chip.isCheckable()]
    chips[0].setFocus()
    driver.press("Space")
    assert "person on the call" in panel.sentence.text()
    driver.press("Ctrl+Return")
    question = questions.question(room.sitting.draft, "reserved")
    assert question is not None
    assert question["when"] == {"question": "approver", "is": "on_call"}
    checked(driver, room)
    assert "Who approves" in room.columns.question.when.text()
    choose(driver, room, "approver")
    assert "Money reserved" in room.columns.question.answers.rows[0].beneath.text()


def test_escape_leaves_a_branch_as_it_was(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "preparer")
    room.ask_when()
    assert room.conditions.panel is not None
    room.conditions.panel.add("group")
    driver.press("Esc")
    assert not room.sitting.changed


# ── names, languages ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_field_has_a_name(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    with running(qtbot, tmp_path / "leads.leaddesk", language) as driver:
        room = enter(driver)
        for spot in ("budget_sum", "approver"):
            choose(driver, room, spot)
            for row in room.columns.question.answers.rows:
                row.more.setChecked(True)
            driver.settle()
            assert driver.unnamed_controls() == []
        room._go(room.script, Spot("script", room.script))
        driver.settle()
        assert driver.unnamed_controls() == []
        room.ask_when() if room.columns.page is room.columns.question else room.ask_offered()
        assert room.conditions.panel is not None
        room.conditions.panel.add("fact")
        room.conditions.panel.add("group")
        driver.settle()
        assert driver.unnamed_controls() == []


def test_the_language_switches_live(driver: WindowDriver, room: ScriptsRoom) -> None:
    driver.trigger("view.language", language="zh_CN")
    driver.settle()
    assert room.head.adopt.words == "启用为第 2 版"
    assert room.columns.question.texts.boxes["wording.en"].field.accessibleName().startswith("问法")


def test_sums_are_typed_per_currency(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "budget_sum")
    row = room.columns.question.answers.rows[0]
    row.more.setChecked(True)
    line = row.boxes["answers[0].sums"].field
    assert isinstance(line, Line)
    line.setFocus()
    driver.press("Ctrl+A")
    driver.type("lots")
    driver.press("Tab")
    assert row.boxes["answers[0].sums"].trouble.isVisible()
    line.setFocus()
    driver.press("Ctrl+A")
    driver.type("60000 EUR; CNY 500000")
    driver.press("Tab")
    answer = questions.tables(questions.question(room.sitting.draft, "budget_sum") or {})[0]
    assert answer["sums"] == {"EUR": 60000, "CNY": 500000}
