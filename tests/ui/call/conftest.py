"""A rep at the window: one lead to call, or several."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with


@pytest.fixture
def anna(tmp_path: Path) -> Path:
    """A database with one lead."""
    return database_with(tmp_path / "anna.leaddesk", time.time_ns() // 1_000_000, ANNA)


@pytest.fixture
def caller(qtbot: QtBot, anna: Path) -> Iterator[Caller]:
    """Somebody about to call her."""
    with running(qtbot, anna) as driver:
        made = Caller(driver)
        made.press("F9")
        driver.wait_for(lambda: made.phase is Phase.BEFORE)
        yield made


@pytest.fixture
def on_call(caller: Caller) -> Caller:
    """Somebody on a call with her."""
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    return caller
