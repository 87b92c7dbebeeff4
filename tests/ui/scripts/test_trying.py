"""Trying a draft as a call, its effect on open leads, files, older versions, and the draft as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.playbooks import versions
from leaddesk.db.store import Store
from leaddesk.exchange import playbook_questions as questions
from leaddesk.resources import text_of
from leaddesk.ui.scripts.room import ScriptsRoom
from leaddesk.ui.scripts.version_panel import VersionPanel
from tests.drivers import WindowDriver, running
from tests.ui.scripts.driver import checked, choose, enter, reword


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
