"""The scripts room by keys: edits, problems at their fields, undo, what is kept, adopting and trying."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.playbooks import in_force, versions
from leaddesk.db.store import Store
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.pens import Line, Pen
from leaddesk.ui.scripts.room import ScriptsRoom
from leaddesk.ui.scripts.version_panel import VersionPanel
from tests.drivers import WindowDriver, running

NOW = 1_800_000_000_000


def enter(driver: WindowDriver) -> ScriptsRoom:
    """Go to the room and wait until its draft is there and checked."""
    driver.press("Ctrl+4")
    page = driver.page
    assert isinstance(page, ScriptsRoom)
    driver.wait_for(lambda: page.sitting.is_ready and not page.sitting.checking)
    return page


def checked(driver: WindowDriver, room: ScriptsRoom) -> None:
    """Wait until the newest edit was looked at."""
    driver.wait_for(lambda: not room.sitting.checking)


def choose(driver: WindowDriver, room: ScriptsRoom, key: str) -> None:
    """Walk to a question in the outline by keys."""
    outline = room.columns.left.outline
    outline.setFocus()
    driver.press("Home")
    for _ in range(80):
        if outline.spot.key == key and outline.spot.kind in ("question", "spare"):
            return
        driver.press("Down")
    raise AssertionError(key)


@pytest.fixture
def driver(empty_window: WindowDriver) -> WindowDriver:
    return empty_window


@pytest.fixture
def room(driver: WindowDriver) -> ScriptsRoom:
    return enter(driver)


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


# ── adopting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def reword(driver: WindowDriver, room: ScriptsRoom, text: str = "Who signs?") -> None:
    """Another wording of one question."""
    choose(driver, room, "approver")
    driver.press("Return", "Ctrl+A")
    driver.type(text)
    driver.press("Tab")
    checked(driver, room)


def test_adopting_makes_a_version_and_undo_takes_it_back_to_a_draft(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    driver.press("Ctrl+Shift+Return")
    driver.wait_for(lambda: not room.sitting.changed)
    driver.wait_saved()
    found = driver.ask(versions)
    assert [one.number for one in found] == [2, 1]
    assert driver.toast == "Adopted the playbook BANT + Fit"
    assert driver.desk.playbook.question["approver"].wording["en"] == "Who signs?"
    assert not room.head.adopt.isEnabled()
    room.columns.left.outline.setFocus()
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: room.sitting.changed)
    assert driver.desk.playbook.question["approver"].wording["en"] != "Who signs?"
    assert room.sitting.number == 2
    assert not room.columns.note.isVisible()
    driver.press("Ctrl+Z")
    assert not room.sitting.changed
    driver.press("Ctrl+Shift+Z")
    driver.press("Ctrl+Shift+Z")
    driver.wait_for(lambda: not room.sitting.changed)
    assert driver.ask(in_force).number == 2


def test_a_version_adopted_elsewhere_is_told_and_either_can_be_chosen(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    other = text_of("playbooks", "default.toml").replace("call_minutes = 20", "call_minutes = 25")
    with Store.open(driver.database) as store:
        store.run(adopt_playbook, other, now=NOW)
    driver.wait_for(lambda: room.sitting.newer is not None)
    assert room.columns.note.isVisible()
    assert "version 2" in room.columns.note.words.text()
    assert room.sitting.number == 3
    room.columns.note.buttons["start_anew"].click()
    assert room.sitting.draft.text == other
    assert not room.sitting.changed
    driver.press("Ctrl+Z")
    assert "Who signs?" in room.sitting.draft.text
    assert not room.columns.note.isVisible()


def test_nothing_adopted_in_the_last_moment_is_adopted_over(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    driver.desk._look.stop()  # nobody has looked since
    other = text_of("playbooks", "default.toml").replace("call_minutes = 20", "call_minutes = 25")
    with Store.open(driver.database) as store:
        store.run(adopt_playbook, other, now=NOW)
    room.adopt()
    driver.wait_for(room.columns.note.isVisible)
    assert driver.ask(in_force).number == 2
    assert room.head.adopt.isEnabled()
    room.adopt()
    driver.wait_for(lambda: not room.sitting.changed)
    assert driver.ask(in_force).number == 3


def test_an_untouched_draft_follows_what_others_adopt(driver: WindowDriver, room: ScriptsRoom) -> None:
    other = text_of("playbooks", "default.toml").replace("call_minutes = 20", "call_minutes = 25")
    with Store.open(driver.database) as store:
        store.run(adopt_playbook, other, now=NOW)
    driver.wait_for(lambda: room.sitting.draft.text == other)
    assert not room.sitting.changed
    assert not room.columns.note.isVisible()


def test_an_adoption_that_is_refused_says_why_and_keeps_the_draft(
    qtbot: QtBot, sample_database: Path, tmp_path: Path
) -> None:
    with running(qtbot, sample_database) as driver:
        room = enter(driver)
        simple = tmp_path / "simple.toml"
        simple.write_text(text_of("playbooks", "simple.toml"), encoding="utf-8")
        room.carrying.import_file(simple)
        driver.wait_for(lambda: room.sitting.changed and room.sitting.playbook is not None)
        room.adopt()
        driver.wait_for(room.columns.note.isVisible)
        assert "stage" in room.columns.note.words.text().lower()
        assert room.sitting.changed
        assert room.head.adopt.isEnabled()
        assert driver.ask(in_force).number == 1


def test_a_kept_draft_tells_that_another_version_came_meanwhile(qtbot: QtBot, tmp_path: Path) -> None:
    database = tmp_path / "leads.leaddesk"
    with running(qtbot, database) as driver:
        reword(driver, enter(driver))
    other = text_of("playbooks", "default.toml").replace("call_minutes = 20", "call_minutes = 25")
    with Store.open(database) as store:
        store.run(adopt_playbook, other, now=NOW)
    with running(qtbot, database) as driver:
        room = enter(driver)
        assert "Who signs?" in room.sitting.draft.text
        assert "version 2" in room.columns.note.words.text()
        room.columns.note.buttons["go_on"].click()
        assert not room.columns.note.isVisible()
        assert "Who signs?" in room.sitting.draft.text
        checked(driver, room)
        room.adopt()
        driver.wait_for(lambda: not room.sitting.changed)
        assert driver.ask(in_force).number == 3


def test_discarding_can_be_taken_back(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    room.discard()
    assert not room.sitting.changed
    driver.press("Ctrl+Z")
    assert "Who signs?" in room.sitting.draft.text


def test_undo_in_other_rooms_is_the_ordinary_one(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    driver.press("Ctrl+1")
    assert not driver.window.actions_.action["edit.undo"].text().endswith("”")
    driver.press("Ctrl+Z")
    driver.press("Ctrl+4")
    assert "Who signs?" in room.sitting.draft.text


# ── nothing is lost ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_taken_up_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    database = tmp_path / "leads.leaddesk"
    with running(qtbot, database) as driver:
        room = enter(driver)
        choose(driver, room, "approver")
        driver.press("Return", "Ctrl+A")
        driver.type("Typed in the last moment?")
    with running(qtbot, database) as driver:
        room = enter(driver)
        assert "Typed in the last moment?" in room.sitting.draft.text
        assert room.columns.note.isVisible()
        room.discard()
    with running(qtbot, database) as driver:
        room = enter(driver)
        assert not room.sitting.changed
        assert not room.columns.note.isVisible()


def test_another_database_has_a_draft_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = tmp_path / "one.leaddesk", tmp_path / "two.leaddesk"
    Store.open(second).close()
    with running(qtbot, first) as driver:
        room = enter(driver)
        reword(driver, room)
        driver.program.databases.open(second)  # type: ignore[union-attr]
        driver.wait_for(lambda: driver.desk.path == second and driver.room != "")
        assert not enter(driver).sitting.changed
        driver.program.databases.open(first)  # type: ignore[union-attr]
        driver.wait_for(lambda: driver.desk.path == first and driver.room != "")
        assert "Who signs?" in enter(driver).sitting.draft.text


def test_a_draft_that_cannot_be_kept_is_said_so(driver: WindowDriver, room: ScriptsRoom, home: Path) -> None:
    (home / "state").write_text("in the way", encoding="utf-8")
    reword(driver, room)
    driver.wait_for(lambda: room.head.trouble)
    assert "NOT kept" in room.head.state.text()
    (home / "state").unlink()
    driver.wait_for(lambda: not room.head.trouble)


def test_a_question_is_dropped_into_another_group(driver: WindowDriver, room: ScriptsRoom) -> None:
    found = scripts.groups(room.sitting.draft, room.script)
    moving, goal = found[0].questions[0], found[1].questions[1]
    choose(driver, room, moving)
    room.columns.left.outline.dropped.emit(moving, found[1].key, goal)
    after = scripts.groups(room.sitting.draft, room.script)
    assert after[1].questions[1] == moving
    assert moving not in after[0].questions
    assert room.spot == Spot("question", moving, found[1].key)


def test_a_new_question_may_have_another_key_and_one_in_force_not(driver: WindowDriver, room: ScriptsRoom) -> None:
    choose(driver, room, "approver")
    key = room.columns.question.fields.boxes["key"]
    assert not key.field.isEnabled()
    driver.press("Ctrl+D")
    assert key.field.isEnabled()
    key.field.setFocus()
    driver.press("Ctrl+A")
    driver.type("two words")
    driver.press("Tab")
    assert key.trouble.isVisible()
    key.field.setFocus()
    driver.press("Ctrl+A")
    driver.type("signs")
    driver.press("Tab")
    assert questions.question(room.sitting.draft, "signs") is not None
    assert room.spot.key == "signs"


def test_escape_goes_back_to_the_outline(driver: WindowDriver, room: ScriptsRoom) -> None:
    driver.press("Return")
    assert not room.columns.left.outline.hasFocus()
    driver.press("Esc")
    assert room.columns.left.outline.hasFocus()


# ── trying, files, versions ──────────────────────────────────────────────────────────────────────────────────────────


def test_trying_asks_the_draft_and_keeps_nothing(driver: WindowDriver, room: ScriptsRoom) -> None:
    reword(driver, room)
    room.columns.left.outline.setFocus()
    driver.press("Ctrl+Shift+F9")
    trial = room.trial
    assert trial is not None
    assert trial.asked.wording.text() == "Who signs?"
    driver.press("1")
    assert trial.score.text() == "8"
    assert "Up to what sum" in trial.log.text()
    driver.press("4")
    assert trial.score.text() == "0"
    assert "No longer" in trial.log.text()
    before = trial.question
    driver.press("Return")
    assert trial.question != before
    driver.press("PgUp")
    assert trial.question == before
    driver.press("Esc")
    assert not trial.isVisible()
    assert driver.desk.undoable is None


def test_the_effect_on_open_leads_is_counted(qtbot: QtBot, sample_database: Path) -> None:
    with running(qtbot, sample_database) as driver:
        room = enter(driver)
        choose(driver, room, "approver")
        points = room.columns.question.answers.rows[0].points
        points.setFocus()
        driver.press("Ctrl+A")
        driver.type("1")
        driver.press("Tab")
        effect = room.columns.effect
        driver.wait_for(lambda: any("band" in label for label, _ in effect.rows))
        assert "open leads" in effect.header.text()
        assert any("Longest path" in label for label, _ in effect.rows)


def test_many_leads_are_counted_when_asked_and_counting_can_be_stopped(
    qtbot: QtBot, sample_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leaddesk.ui.scripts.effect_panel.UNASKED", 3)
    with running(qtbot, sample_database) as driver:
        room = enter(driver)
        reword(driver, room)
        effect = room.columns.effect
        driver.wait_for(effect.start.isVisible)
        effect.start.setFocus()
        effect.start.click()  # nothing is let happen in between: thirty leads are counted in no time
        assert effect.stop.isVisible()
        assert effect.stop.hasFocus()
        effect.stop.click()
        assert not effect.stop.isVisible()
        assert effect.start.isVisible()
        assert not any("band" in label for label, _ in effect.rows)
        effect.count()
        driver.wait_for(lambda: any("band" in label for label, _ in effect.rows))


def test_files_are_exported_and_imported(driver: WindowDriver, room: ScriptsRoom, tmp_path: Path) -> None:
    reword(driver, room)
    target = tmp_path / "mine.toml"
    room.carrying.export_file(target)
    assert target.read_text(encoding="utf-8") == room.sitting.draft.text
    room.discard()
    room.carrying.import_file(target)
    driver.wait_for(lambda: room.sitting.changed)
    checked(driver, room)
    assert "Who signs?" in room.sitting.draft.text
    room.carrying.export_file(driver.database)
    assert room.columns.note.isVisible()
    with Store.open(driver.database) as store:
        assert store.playbook.key


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"not = [toml", b"", b"key = 1"])
def test_what_is_no_playbook_is_told_and_changes_nothing(
    driver: WindowDriver, room: ScriptsRoom, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "letter.toml"
    path.write_bytes(content)
    before = room.sitting.draft.text
    room.carrying.import_file(path)
    driver.wait_for(room.columns.note.isVisible)
    assert room.sitting.draft.text == before
    assert room.columns.note.words.text()


def test_an_older_version_is_read_and_taken_up(driver: WindowDriver, room: ScriptsRoom) -> None:
    original = room.sitting.draft.text
    reword(driver, room)
    driver.press("Ctrl+Shift+Return")
    driver.wait_for(lambda: not room.sitting.changed)
    room.carrying.ask_version()
    driver.wait_for(lambda: room.carrying.panel is not None and room.carrying.panel.isVisible())
    panel = room.carrying.panel
    assert panel is not None
    assert panel.chosen is not None
    assert panel.chosen.number == 1
    chinese = VersionPanel(driver.window, driver.ask(versions), "zh_CN", driver.desk.now(), then=print)
    assert all("BANT + 匹配度" in chinese.list.item(row).text() for row in range(2))
    chinese.deleteLater()
    assert "Who usually approves" in panel.text.toPlainText()
    driver.press("Return")
    driver.wait_for(lambda: room.sitting.changed)
    assert room.sitting.draft.text == original


def test_what_has_no_field_is_edited_as_text(driver: WindowDriver, room: ScriptsRoom) -> None:
    fresh = questions.remove_question(room.sitting.draft, "reserved")
    room.sitting.edit("remove_question", fresh, "", title="x")
    checked(driver, room)
    paths = [problem.path for problem in room.sitting.problems]
    assert any(path.startswith("stages[") for path in paths)
    listed = room.columns.problems.list
    listed.setFocus()
    listed.setCurrentRow(next(row for row, path in enumerate(paths) if path.startswith("stages[")))
    driver.press("Return")
    panel = room.text
    assert panel is not None
    assert panel.text.hasFocus()
    assert "reserved" in panel.text.textCursor().block().text()
    assert panel.trouble.isVisible()
    panel.text.setPlainText("not = [toml")
    driver.press("Ctrl+Return")
    driver.wait_for(lambda: "TOML" in panel.trouble.words.text())
    panel.text.setPlainText(text_of("playbooks", "simple.toml"))
    driver.press("Ctrl+Return")
    driver.wait_for(lambda: room.sitting.draft.data["key"] == "simple")
    driver.press("Ctrl+Z")
    assert room.sitting.draft.text == fresh.text


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


@pytest.fixture(autouse=True)
def _focus(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    yield
    QApplication.processEvents()
