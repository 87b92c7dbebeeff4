"""What every test gets: a home of its own, hypothesis without deadlines, a watch over live databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import live_databases

# Windows open off screen: tests need no display, and never take the focus of a person's.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("leaddesk", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("leaddesk")
live_databases.watch()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for settings, databases and logs, so that no test touches a person's files."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LEADDESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _nobody_opens_a_live_database() -> Iterator[None]:
    live_databases.trespasses.clear()
    yield
    assert live_databases.trespasses == [], "opened a live database file: closing it would drop SQLite's locks"
