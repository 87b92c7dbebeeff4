"""What every test gets: a home of its own, and hypothesis without deadlines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("leaddesk", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("leaddesk")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for settings, databases and logs, so that no test touches a person's files."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LEADDESK_HOME", str(folder))
    return folder
