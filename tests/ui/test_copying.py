"""Copies of the database go on beside everything else, and end when it is let go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from leaddesk.db.snapshot import copy_database
from leaddesk.operations.leads import add_lead
from leaddesk.paths import backups_folder
from leaddesk.ui.chores import Chores
from tests.drivers import WindowDriver


def test_what_is_written_waits_for_no_copy(sample_window: WindowDriver) -> None:
    driver = sample_window
    go_on, copied = threading.Event(), threading.Event()

    def copy(_stop: Callable[[], bool]) -> None:
        assert go_on.wait(60)
        copied.set()

    driver.desk.copying.start(copy, None, driver.desk.failed.emit)
    driver.desk.do(add_lead, {"name": "Meanwhile"})
    driver.wait_saved()
    assert not copied.is_set()
    go_on.set()
    driver.wait_for(copied.is_set)


def test_a_copy_ends_where_the_database_is_let_go(sample_window: WindowDriver, tmp_path: Path) -> None:
    driver = sample_window
    begun = threading.Event()

    def copy(stop: Callable[[], bool]) -> None:
        begun.set()
        while not stop():
            copy_database(driver.database, tmp_path / "copy.leaddesk", stop)

    driver.desk.copying.start(copy, None, driver.desk.failed.emit)
    assert begun.wait(60)
    assert driver.desk.close()
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith(".")} == set()


def test_the_backup_of_the_day_is_there(sample_window: WindowDriver) -> None:
    driver = sample_window
    chores = driver.desk.findChild(Chores)
    assert isinstance(chores, Chores)
    chores.back_up()
    driver.wait_for(lambda: any(backups_folder().glob(f"{driver.database.stem}-*")))
