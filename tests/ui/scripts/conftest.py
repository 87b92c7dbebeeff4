"""The scripts room of an empty database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.ui.scripts.room import ScriptsRoom
from tests.drivers import WindowDriver
from tests.ui.scripts.driver import enter


@pytest.fixture
def driver(empty_window: WindowDriver) -> WindowDriver:
    return empty_window


@pytest.fixture
def room(driver: WindowDriver) -> ScriptsRoom:
    return enter(driver)


@pytest.fixture(autouse=True)
def _focus(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    yield
    QApplication.processEvents()
