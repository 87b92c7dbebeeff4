"""A draft becomes a version, and back; whatever happens meanwhile, nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from leaddesk.db.reads.playbooks import in_force, versions
from leaddesk.db.store import Store
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from leaddesk.ui.scripts.outline import Spot
from leaddesk.ui.scripts.room import ScriptsRoom
from tests.drivers import WindowDriver, running
from tests.ui.scripts.driver import NOW, checked, choose, enter, reword


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
