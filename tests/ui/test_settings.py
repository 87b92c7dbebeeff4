"""The settings room: what is chosen holds at once and after a restart; a broken playbook tells everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.qualify.playbook import Playbook
from leaddesk.resources import text_of
from leaddesk.settings import read_settings
from leaddesk.ui.settings.room import SettingsRoom
from tests.drivers import WindowDriver


@pytest.fixture
def room(sample_window: WindowDriver) -> SettingsRoom:
    sample_window.press("Ctrl+,")
    page = sample_window.page
    assert isinstance(page, SettingsRoom)
    return page


def test_the_language_is_chosen_by_keys(sample_window: WindowDriver, room: SettingsRoom) -> None:
    assert room.language.hasFocus()
    sample_window.press("Down")
    sample_window.wait_for(lambda: sample_window.desk.language == "zh_CN")
    assert read_settings().language == "zh_CN"
    sample_window.wait_for(lambda: room.playbook.shipped["simple"].text() == "启用简易方案")


def test_the_theme_is_chosen(sample_window: WindowDriver, room: SettingsRoom) -> None:
    room.theme.setFocus()
    sample_window.press("Down", "Down")
    assert read_settings().theme == "dark"
    sample_window.trigger("view.theme", choice="light")


def test_the_name_is_kept(sample_window: WindowDriver, room: SettingsRoom) -> None:
    room.person.setFocus()
    sample_window.type("Carol White")
    sample_window.press("Tab")
    assert sample_window.desk.person == "Carol White"
    assert read_settings().person == "Carol White"


def test_samples_are_counted_and_removed(sample_window: WindowDriver, room: SettingsRoom) -> None:
    assert "30" in room.samples_text.text()
    room.samples.click()
    sample_window.wait_for(lambda: not room.samples.isVisible())


def _playbook(driver: WindowDriver) -> Playbook:
    driver.wait_saved()
    return driver.desk.playbook


def test_the_simple_playbook_is_adopted_and_undone(empty_window: WindowDriver) -> None:
    driver = empty_window
    driver.press("Ctrl+,")
    page = driver.page
    assert isinstance(page, SettingsRoom)
    before = _playbook(driver).key
    page.playbook.shipped["simple"].click()
    driver.wait_for(lambda: _playbook(driver).key != before)
    assert "Version 2" in page.playbook.about.text()
    driver.press("Ctrl+Z")
    driver.wait_for(lambda: _playbook(driver).key == before)


def test_a_playbook_without_the_stages_in_use_is_refused(sample_window: WindowDriver, room: SettingsRoom) -> None:
    before = _playbook(sample_window).key
    room.playbook.shipped["simple"].click()
    sample_window.wait_for(room.playbook.trouble.isVisible)
    assert _playbook(sample_window).key == before


def test_a_broken_playbook_tells_all_its_errors_and_changes_nothing(
    sample_window: WindowDriver, room: SettingsRoom, tmp_path: Path
) -> None:
    before = _playbook(sample_window).key
    broken = tmp_path / "broken.toml"
    text = text_of("playbooks", "default.toml")
    broken.write_text(text.replace('kind = "single"', 'kind = "singel"', 3), encoding="utf-8")
    room.playbook.adopt_file(broken)
    sample_window.wait_for(room.playbook.problems.isVisible)
    assert len(room.playbook.problems.toPlainText().splitlines()) >= 3
    assert _playbook(sample_window).key == before


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"not = [toml", b""])
def test_what_is_no_playbook_is_said_so(
    sample_window: WindowDriver, room: SettingsRoom, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "letter.toml"
    path.write_bytes(content)
    room.playbook.adopt_file(path)
    sample_window.wait_for(room.playbook.trouble.isVisible)
    assert room.playbook.trouble.text()


def test_the_playbook_is_changed_in_the_room_of_scripts(sample_window: WindowDriver, room: SettingsRoom) -> None:
    room.playbook.scripts.click()
    assert sample_window.room == "scripts"


def test_a_missing_playbook_file_is_said_so(sample_window: WindowDriver, room: SettingsRoom, tmp_path: Path) -> None:
    room.playbook.adopt_file(tmp_path / "nowhere.toml")
    sample_window.wait_for(lambda: "nowhere" in room.playbook.trouble.text())
