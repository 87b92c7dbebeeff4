"""What a slip of the finger ended is taken back where it happened: the lead is in front again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.ui.call.session import Phase
from tests.drivers import running
from tests.ui.call.driver import ANNA, Caller, database_with

BORIS = {"name": "Boris Novak", "company": "Alpine Tools", "phone": "+43 1 5550 142", "external_id": "boris"}


@pytest.fixture
def caller(qtbot: QtBot, tmp_path: Path) -> Iterator[Caller]:
    """Somebody in front of the first of two leads."""
    now = time.time_ns() // 1_000_000
    with running(qtbot, database_with(tmp_path / "two.leaddesk", now, ANNA, BORIS)) as driver:
        made = Caller(driver)
        made.press("F9")
        driver.wait_for(lambda: made.phase is Phase.BEFORE)
        yield made


def shown(caller: Caller) -> str:
    lead = caller.room.session.lead
    return lead.title if lead is not None else ""


def test_an_attempt_taken_back_shows_its_lead_again(caller: Caller) -> None:
    first = shown(caller)
    caller.press("1")
    caller.driver.wait_for(lambda: shown(caller) not in ("", first))
    caller.press("Ctrl+Z")
    caller.driver.wait_for(lambda: shown(caller) == first)
    assert caller.phase is Phase.BEFORE
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    assert shown(caller) == first


def test_an_end_taken_back_goes_on_with_that_call(caller: Caller) -> None:
    first = shown(caller)
    caller.press("Enter", "2", "F10", "1", "1", "Enter")
    caller.driver.wait_for(lambda: shown(caller) not in ("", first))
    caller.press("Ctrl+Z")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    assert shown(caller) == first


def test_on_the_next_call_nothing_leads_away(caller: Caller) -> None:
    first = shown(caller)
    caller.press("1")
    caller.driver.wait_for(lambda: shown(caller) not in ("", first))
    second = shown(caller)
    caller.press("Enter")
    caller.driver.wait_for(lambda: caller.phase is Phase.ON_CALL)
    caller.press("1", "Ctrl+Z")
    assert (shown(caller), caller.phase) == (second, Phase.ON_CALL)
