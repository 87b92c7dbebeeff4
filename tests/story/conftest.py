"""Who lives the story: a rep who starts the program for the first time, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.drivers import WindowDriver
from tests.story.rep import Rep
from tests.story.tale import CHINESE, ENGLISH, Clock, Tale


@pytest.fixture(params=[ENGLISH, CHINESE], ids=lambda tale: f"{tale.language}-{tale.theme}")
def tale(request: pytest.FixtureRequest) -> Tale:
    """Both languages, one of them in the dark."""
    assert isinstance(request.param, Tale)
    return request.param


@pytest.fixture
def rep(qtbot: QtBot, tmp_path: Path, tale: Tale) -> Iterator[Rep]:
    """Somebody who starts the program for the first time."""
    clock = Clock()
    driver = WindowDriver(qtbot, tmp_path / "window.leaddesk", clock=clock)
    rep = Rep(driver, tale, clock)
    rep.open_program()
    yield rep
    driver.close()
