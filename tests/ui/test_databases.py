"""Another database, a new one, a backup and back again; the backup of the day; the call a killed program left open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from leaddesk.db.reads.calls import open_call
from leaddesk.db.reads.overview import overview
from leaddesk.db.reads.talk import written
from leaddesk.db.store import Store
from leaddesk.operations.calls import start_call
from leaddesk.operations.leads import add_lead
from leaddesk.paths import backups_folder
from leaddesk.settings import read_settings
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.databases import Databases
from tests.drivers import WindowDriver, running

NOW = 1_800_000_000_000


def _databases(driver: WindowDriver) -> Databases:
    assert driver.program.databases is not None
    return driver.program.databases


def _made(path: Path, *names: str) -> Path:
    with Store.open(path) as store:
        for name in names:
            store.run(add_lead, {"name": name}, now=NOW)
    return path


def test_another_database_comes_in_place_of_the_first(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver = sample_window
    other = _made(tmp_path / "other.leaddesk", "Anna")
    _databases(driver).open(other)
    driver.wait_for(lambda: driver.room == "board" and driver.desk.path == other)
    assert driver.ask(overview).leads == 1
    assert driver.window.windowTitle().startswith("other")
    assert read_settings().database == str(other)


def test_a_note_being_typed_is_written_before_another_database_comes(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "calling.leaddesk"
    with Store.open(path) as store:
        lead, _ = store.run(add_lead, {"name": "Anna Kowalska", "phone": "+48 58 555 01 42"}, now=NOW)
        store.run(start_call, lead, now=NOW + 1000)
    with running(qtbot, path) as driver:
        room = driver.page
        assert isinstance(room, CallRoom)
        room.session.notes.typed("reserved", "half a sentence")
        _databases(driver).open(_made(tmp_path / "other.leaddesk", "Eva"))
        driver.wait_for(lambda: driver.room == "board")
    with Store.open(path) as store:
        call = open_call(store)
        assert call is not None
        assert written(store, call.id) == {"reserved": "half a sentence"}


def test_a_new_database_is_welcomed(sample_window: WindowDriver, tmp_path: Path) -> None:
    _databases(sample_window).open(tmp_path / "new.leaddesk", create=True)
    sample_window.wait_for(lambda: sample_window.room == "welcome")


def test_a_missing_database_offers_what_to_do_and_opens_another(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver = sample_window
    _databases(driver).open(tmp_path / "gone.leaddesk")
    driver.wait_for(lambda: driver.dialog is not None)
    assert not (tmp_path / "gone.leaddesk").exists()
    _made(tmp_path / "gone.leaddesk", "Anna")
    driver.press("Return")
    driver.wait_for(lambda: driver.room == "board")
    assert driver.ask(overview).leads == 1


def test_a_backup_is_brought_back(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver = sample_window
    backup = tmp_path / "copy.leaddesk"
    _databases(driver).back_up(backup)
    driver.wait_for(backup.exists)
    driver.wait_for(lambda: "copy" in driver.toast)
    driver.desk.do(add_lead, {"name": "Too Late"})
    assert driver.ask(overview).leads == 31
    _databases(driver).restore(backup)
    driver.wait_for(lambda: driver.room == "board")
    assert driver.ask(overview).leads == 30
    assert len(list(driver.database.parent.glob("samples*"))) > 1


def test_what_is_no_backup_changes_nothing(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver = sample_window
    letter = tmp_path / "letter.leaddesk"
    letter.write_text("Dear Anna")
    _databases(driver).restore(letter)
    driver.wait_for(lambda: driver.dialog is not None)
    driver.press("Return")
    driver.wait_for(lambda: driver.room == "board")
    assert driver.ask(overview).leads == 30


def test_a_database_is_backed_up_once_a_day_by_itself(sample_window: WindowDriver) -> None:
    driver = sample_window
    driver.wait_for(lambda: list(backups_folder().glob("samples*.leaddesk")))
    assert len(list(backups_folder().glob("*.leaddesk"))) == 1


def test_a_call_that_was_going_on_is_taken_up_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "calling.leaddesk"
    with Store.open(path) as store:
        lead, _ = store.run(add_lead, {"name": "Anna Kowalska", "phone": "+48 58 555 01 42"}, now=NOW)
        store.run(start_call, lead, now=NOW + 1000)
    with running(qtbot, path) as driver:
        assert driver.room == "call"
        assert driver.window.selected_lead() == lead


def test_a_person_who_waits_for_a_large_database_is_told_so(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver, other = sample_window, _made(tmp_path / "other.leaddesk", "Anna")
    databases = _databases(driver)
    databases.open(other)
    slow = databases.findChild(QTimer)
    assert slow is not None
    assert slow.isActive()
    slow.timeout.emit()  # as if it took long
    waiting = driver.window.stack.currentWidget()
    assert waiting is not None
    assert other.name in waiting.accessibleName()
    driver.wait_for(lambda: driver.room == "board" and driver.desk.path == other)
    assert not slow.isActive()
