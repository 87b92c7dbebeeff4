"""Killed in the middle of a call, the program stands at its question again, with everything that was shown as saved."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from leaddesk.db.check import check
from leaddesk.db.store import Store
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.ui.call.session import Phase
from tests.drivers import WindowDriver
from tests.story.rep import Rep
from tests.story.story import NEXT_WEEK, OUTCOME, the_lead
from tests.story.tale import ENGLISH, Clock, write_leads

ROOT = Path(__file__).resolve().parents[2]


def test_killed_in_the_call_it_goes_on_at_its_question(qtbot: QtBot, tmp_path: Path) -> None:
    path = _database_with_leads(tmp_path)
    shown = _killed_after(path, len(ENGLISH.call) + 4)
    clock = Clock(hours=3)
    driver = WindowDriver(qtbot, path, clock=clock)
    rep = Rep(driver, ENGLISH, clock)
    rep.open_program()
    try:
        assert driver.room == "call"
        assert (rep.call.who, rep.call.phase) == (ENGLISH.lead, Phase.ON_CALL)
        assert rep.call.question == shown[-1]["question"] == "reserved"
        assert rep.call.note == shown[-1]["note"] == ENGLISH.note
        # One more answer may have been saved than could be told.
        after = {1: {1, 2}, 2: {2, 3}, 3: {3, 1}}[shown[-1]["chosen"][0]]
        assert rep.call.chosen <= after
        assert rep.call.score >= 55
        assert rep.call.room.question.choices.hasFocus()
        given = the_lead(rep).assessment.questions
        assert all(given[one["question"]].given is not None for one in shown if given[one["question"]].visible)
        assert rep.call.room.session.seconds() >= 3600
        assert driver.ask(check) == []
        rep.end_call(OUTCOME, NEXT_WEEK)
        assert the_lead(rep).open_call is None
        assert the_lead(rep).stage == "sql"
    finally:
        driver.close()


def _database_with_leads(folder: Path) -> Path:
    path = folder / "killed.leaddesk"
    with Store.open(path) as store, store.reader() as reader:
        plan = plan_import(reader, write_leads(folder, ENGLISH))
        for _ in store.job(import_leads, plan, now=Clock()()):
            pass
    return path


def _killed_after(database: Path, lines: int) -> list[dict[str, Any]]:
    """What a program of its own showed as saved until it was killed without a warning."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.story.interrupted", str(database)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as program:
        assert program.stdout is not None
        told = [program.stdout.readline() for _ in range(lines)]
        os.kill(program.pid, signal.SIGKILL)
        told += program.stdout.read().splitlines(keepends=True)
    return [json.loads(line) for line in told if line.endswith("\n")]
