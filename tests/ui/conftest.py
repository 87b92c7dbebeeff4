"""A real window on an empty database, and one with sample leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.store import Store
from leaddesk.operations.samples import add_samples
from tests.drivers import WindowDriver, running

NOW = 1_800_000_000_000


@pytest.fixture
def empty_window(qtbot: QtBot, tmp_path: Path) -> Iterator[WindowDriver]:
    """The program, just started on a new database."""
    with running(qtbot, tmp_path / "leads.leaddesk") as driver:
        yield driver


@pytest.fixture
def sample_database(tmp_path: Path) -> Path:
    """A database with thirty sample leads."""
    path = tmp_path / "samples.leaddesk"
    with Store.open(path) as store:
        for _ in store.job(add_samples, 30, 1, now=NOW):
            pass
    return path


@pytest.fixture
def sample_window(qtbot: QtBot, sample_database: Path) -> Iterator[WindowDriver]:
    """The program, started on sample leads."""
    with running(qtbot, sample_database) as driver:
        yield driver
