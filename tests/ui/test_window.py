"""The window: rooms, palette, toasts, undo by name, theme and language switched live, names for every control."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.filters import Filters
from leaddesk.db.reads.leads import count
from leaddesk.operations.leads import add_lead, delete_leads
from leaddesk.settings import read_settings
from leaddesk.ui import theme
from leaddesk.ui.commands import COMMANDS
from leaddesk.ui.kit.marks import native_keys
from leaddesk.ui.rooms import ROOMS
from leaddesk.ui.sheets import ShortcutSheet
from tests.drivers import WindowDriver, running

MARKUP = "<img src=x>"


def _add(driver: WindowDriver, name: str, company: str = "Baltic Freight") -> str:
    made: list[str] = []
    driver.desk.do(add_lead, {"name": name, "company": company}, then=made.append)
    driver.wait_for(lambda: made)
    return made[0]


def test_every_room_opens_and_is_marked_on_the_rail(sample_window: WindowDriver) -> None:
    for entry in ROOMS:
        if entry.exists:
            assert sample_window.window.open_room(entry.key)
            sample_window.settle()
            assert sample_window.room == entry.key


def test_keys_go_from_room_to_room(sample_window: WindowDriver) -> None:
    sample_window.press("Ctrl+,")
    assert sample_window.room == "settings"
    sample_window.press("Ctrl+1")
    assert sample_window.room == "board"


def test_the_palette_finds_a_lead_and_opens_it(empty_window: WindowDriver) -> None:
    driver = empty_window
    wanted = _add(driver, "Zofia Nowak")
    _add(driver, "王晓明", "江南仪器")
    driver.press("Ctrl+K")
    palette = driver.window.finder
    driver.type("zof")
    driver.press("Return")  # before anything was found: it waits
    driver.wait_for(lambda: driver.room == "leads")
    driver.wait_for(lambda: driver.window.selected_lead() == wanted)
    assert not palette.isVisible()


def test_the_palette_finds_chinese_by_one_character(empty_window: WindowDriver) -> None:
    _add(empty_window, "王晓明", "江南仪器")
    empty_window.press("Ctrl+K")
    empty_window.type("明")
    hits = empty_window.window.finder.model
    empty_window.wait_for(lambda: [hit for hit in hits.lines if hit.text == "王晓明"])
    empty_window.press("Esc")
    assert not empty_window.window.finder.isVisible()


def test_the_palette_carries_out_a_command_by_its_name(empty_window: WindowDriver) -> None:
    empty_window.press("Ctrl+K")
    empty_window.type("settings")
    empty_window.press("Return")
    empty_window.wait_for(lambda: empty_window.room == "settings")


def test_the_palette_walks_with_arrows(sample_window: WindowDriver) -> None:
    sample_window.press("Ctrl+K", "Down", "Down", "Up")
    assert sample_window.window.finder.list.currentIndex().row() == 1


def test_a_step_is_told_undone_and_done_again_by_name(empty_window: WindowDriver) -> None:
    driver = empty_window
    lead = _add(driver, "Anna Kowalska")
    assert "Anna Kowalska" in driver.toast
    assert "Anna Kowalska" in driver.window.actions_.action["edit.undo"].text()
    driver.desk.do(delete_leads, [lead])
    driver.wait_saved()
    assert driver.ask(count, Filters()) == 0
    driver.window.toast.button.click()
    driver.wait_for(lambda: driver.desk.redoable is not None)
    assert driver.ask(count, Filters()) == 1
    assert driver.toast.startswith("Undone")
    driver.press("Ctrl+Shift+Z")
    driver.wait_for(lambda: driver.desk.redoable is None)
    assert driver.ask(count, Filters()) == 0


def test_markup_in_a_name_is_shown_and_never_obeyed(empty_window: WindowDriver) -> None:
    driver = empty_window
    _add(driver, MARKUP)
    assert MARKUP in driver.toast
    labels = driver.window.findChildren(QLabel)
    assert all(label.textFormat().name == "PlainText" for label in labels if MARKUP in label.text())
    driver.press("Ctrl+K")
    driver.type("img")
    driver.wait_for(lambda: [hit for hit in driver.window.finder.model.lines if hit.text == MARKUP])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name(qtbot: QtBot, sample_database: Path, language: str) -> None:
    with running(qtbot, sample_database, language) as driver:
        for entry in ROOMS:
            if entry.exists:
                driver.window.open_room(entry.key)
                driver.settle()
                assert driver.unnamed_controls() == [], entry.key


def test_the_language_switches_live_everywhere(sample_window: WindowDriver) -> None:
    driver = sample_window
    assert driver.window.bar.new.words == "New lead"
    driver.trigger("view.language")
    driver.wait_for(lambda: driver.window.bar.new.words == "新建线索")
    assert driver.window.actions_.action["file.open"].text() == "打开数据库…"
    assert driver.window.rail.findChild(QLabel) is None
    assert read_settings().language == "zh_CN"
    driver.press("Ctrl+,")
    texts = {label.text() for label in driver.page.findChildren(QLabel)}
    assert "您的姓名" in texts
    driver.trigger("view.language", language="en")
    driver.wait_for(lambda: "Your name" in {label.text() for label in driver.page.findChildren(QLabel)})


def test_the_theme_switches_live(sample_window: WindowDriver) -> None:
    driver = sample_window
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette().window().color()
    driver.press("Ctrl+Shift+L")
    assert theme.current().dark
    assert application.palette().window().color() != before
    assert read_settings().theme == "dark"
    driver.press("Ctrl+Shift+L")
    assert not theme.current().dark


def test_a_command_about_a_lead_asks_for_one_where_none_is_selected(empty_window: WindowDriver) -> None:
    empty_window.trigger("settings")
    empty_window.trigger("lead.edit")
    assert empty_window.toast == "Select a lead first."


def test_what_another_program_writes_is_noticed(sample_window: WindowDriver) -> None:
    from leaddesk.db.store import Store

    seen: list[object] = []
    sample_window.desk.changed.connect(seen.append)
    with Store.open(sample_window.database) as other:
        other.run(add_lead, {"name": "From Outside"}, now=sample_window.desk.now())
    sample_window.wait_for(lambda: seen)
    sample_window.wait_for(lambda: sample_window.desk.undoable and sample_window.desk.undoable.name == "add_lead")
    assert sample_window.ask(count, Filters()) == 31


def test_the_shortcut_sheet_shows_every_key(qtbot: QtBot, sample_window: WindowDriver) -> None:
    sample_window.press("Ctrl+/")
    sheet = sample_window.dialog
    assert isinstance(sheet, ShortcutSheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    for command in COMMANDS:
        if command.menu and command.keys and not command.own_keys:
            assert native_keys(command.keys[0]) in shown
    sample_window.press("Esc")
    sample_window.wait_for(lambda: sample_window.dialog is None)


def test_the_guide_needs_no_network(sample_window: WindowDriver) -> None:
    sample_window.press("F1")
    assert sample_window.dialog is not None
    sample_window.press("Esc")
