"""What the program does by itself: neglected leads go back to the pool once a day, told and undoable."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from leaddesk.db.days import local_day
from leaddesk.db.reads import leads
from leaddesk.db.store import Store
from leaddesk.operations.leads import add_lead
from leaddesk.operations.pipeline import move_lead
from leaddesk.qualify.terms import DAY
from leaddesk.resources import text_of
from leaddesk.ui.chores import Chores
from tests.drivers import running
from tests.ui.pipeline import now

_POOL = text_of("playbooks", "default.toml") + "\n[pool]\ndays = 10\n"


def test_who_was_neglected_goes_back_to_the_pool_and_undo_brings_it_home(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "pool.leaddesk"
    with Store.open(path, playbook=_POOL) as store:
        lead = store.run(add_lead, {"name": "Anna", "owner": "Lee"}, now=now() - 40 * DAY)[0]
        fresh = store.run(add_lead, {"name": "Bo", "owner": "Lee"}, now=now())[0]
    with running(qtbot, path) as driver:
        driver.wait_for(lambda: "owner" not in driver.ask(leads.state_of, lead).facts)
        driver.wait_for(lambda: "Anna" in driver.toast)
        assert driver.ask(leads.state_of, fresh).facts["owner"] == "Lee"
        driver.press("Ctrl+Z")
        driver.wait_for(lambda: driver.ask(leads.state_of, lead).facts.get("owner") == "Lee")


def test_without_a_pool_nothing_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "none.leaddesk"
    with Store.open(path) as store:
        lead = store.run(add_lead, {"name": "Anna", "owner": "Lee"}, now=now() - 400 * DAY)[0]
    with running(qtbot, path) as driver:
        chores = driver.desk.findChild(Chores)
        assert isinstance(chores, Chores)
        chores._freshen()
        driver.wait_saved()
        assert driver.ask(leads.state_of, lead).facts["owner"] == "Lee"


def test_a_parked_lead_comes_back_on_its_day(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "parked.leaddesk"
    with Store.open(path) as store:
        lead = store.run(add_lead, {"name": "Anna"}, now=now() - 40 * DAY)[0]
        until = local_day(now() - DAY)
        park = {"to": "parked", "reason": "next_budget", "until": until, "override": "met them"}
        store.run(move_lead, lead, now=now() - 30 * DAY, **park)
    with running(qtbot, path) as driver:
        driver.wait_for(lambda: driver.ask(leads.state_of, lead).stage == "new")
