"""From one call to the next by keys alone: no answer, connected, do not call, call back, parked; then the day after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.db.check import check
from leaddesk.db.records import Lead
from leaddesk.qualify.state import Said
from leaddesk.ui.call.session import Phase
from tests.drivers import WindowDriver
from tests.story.tale import Clock
from tests.ui.call.driver import Caller, database_with

NAMES = ("Anna Kowalska", "Bo Svensson", "Chen Zhi", "Dana Novak", "Emil Costa")
#: The story's day is Monday, 2 March 2026.
TUESDAY, THURSDAY, NEXT_MONDAY, JUNE = date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 9), date(2026, 6, 1)


class Rep(Caller):
    """Somebody who calls one after the other, with the digits of outcomes and reasons in mind."""

    def __init__(self, driver: WindowDriver, clock: Clock) -> None:
        super().__init__(driver)
        self.clock = clock

    @property
    def shown(self) -> str:
        """Who is on screen."""
        return self.room.person.name.text()

    def outcome(self, key: str) -> str:
        """The digit of an outcome when a call ends."""
        return str(list(self.driver.desk.playbook.disposition).index(key) + 1)

    def unreached(self, key: str) -> str:
        """The digit of an outcome before a call: of those that reached nobody."""
        return str([d.key for d in self.driver.desk.playbook.dispositions if not d.reached].index(key) + 1)

    def reason(self, stage: str, key: str) -> str:
        """The digit of a reason."""
        return str([choice.key for choice in self.driver.desk.playbook.reasons[stage]].index(key) + 1)

    def connect(self) -> str:
        """Start the call with who is shown."""
        name = self.shown
        self.press("Enter")
        self.driver.wait_for(lambda: self.phase is Phase.ON_CALL)
        return name

    def finished(self, name: str) -> Lead:
        """Wait until somebody else is shown, or nobody; the lead as the database has it."""
        self.driver.wait_for(lambda: self.phase in {Phase.BEFORE, Phase.EMPTY})
        self.driver.wait_for(lambda: self.phase is Phase.EMPTY or self.shown != name)
        self.clock.pass_minutes(5)
        return self.lead(name)


@pytest.fixture
def rep(qtbot: QtBot, tmp_path: Path) -> Iterator[Rep]:
    """Somebody on Monday morning, with five leads nobody has called yet."""
    clock = Clock()
    leads = [{"name": name, "phone": f"+49 30 555 010{place}", "external_id": name} for place, name in enumerate(NAMES)]
    path = database_with(tmp_path / "five.leaddesk", clock(), *leads)
    driver = WindowDriver(qtbot, path, clock=clock).open()
    made = Rep(driver, clock)
    made.press("F9")
    driver.wait_for(lambda: made.phase is Phase.BEFORE)
    yield made
    driver.close()


def nobody_answers(rep: Rep) -> str:
    """One key: the attempt is logged, the next is planned by the outcome's days, the next lead is there."""
    name = rep.shown
    rep.press(rep.unreached("no_answer"))
    lead = rep.finished(name)
    assert [call.outcome for call in lead.calls] == ["no_answer"]
    assert [task.due_on for task in lead.tasks] == [TUESDAY]
    assert lead.stage == "new"
    return name


def somebody_talks(rep: Rep) -> str:
    """Two answers, an outcome, a day: five keys after the answers."""
    name = rep.connect()
    first = rep.question
    rep.press("1", "Enter")
    second = rep.question
    rep.press("1", "F10", rep.outcome("reached_qualified"), "3", "Enter")
    lead = rep.finished(name)
    assert first is not None
    assert second is not None
    keys = {key: rep.driver.desk.playbook.question[key].answers[0].key for key in (first, second)}
    assert {given.question: given.said for given in lead.answers} == {
        key: Said(keys=(answer,)) for key, answer in keys.items()
    }
    assert [call.outcome for call in lead.calls] == ["reached_qualified"]
    assert [task.due_on for task in lead.tasks] == [NEXT_MONDAY]
    return name


def somebody_wants_no_calls(rep: Rep) -> str:
    """It leads to Lost and asks for the reason; a next step is not asked for."""
    name = rep.connect()
    rep.press("F10", rep.outcome("do_not_call"), rep.reason("lost", "do_not_call"), "Enter")
    lead = rep.finished(name)
    assert (lead.stage, lead.reason, lead.do_not_call) == ("lost", "do_not_call", True)
    assert [call.outcome for call in lead.calls] == ["do_not_call"]
    assert lead.tasks == ()
    return name


def somebody_asks_to_be_called_back(rep: Rep) -> str:
    """On a day and at a time in plain words."""
    name = rep.connect()
    rep.press("F10", rep.outcome("reached_callback"), "6")
    rep.type("Thu 10:00")
    rep.press("Enter")
    lead = rep.finished(name)
    assert [call.outcome for call in lead.calls] == ["reached_callback"]
    assert [(task.due_on, task.due_time) for task in lead.tasks] == [(THURSDAY, "10:00")]
    return name


def somebody_is_parked(rep: Rep) -> str:
    """Into a stage that wants a reason and a day."""
    name = rep.connect()
    rep.press("F10", rep.outcome("reached_callback"), "Tab", "Tab")
    rep.driver.wait_for(rep.room.ending.stage.hasFocus)
    stages = [row.label for row in rep.room.ending.stage.rows]
    parked = next(place for place, label in enumerate(stages, start=1) if "Parked" in label)
    rep.press(str(parked), rep.reason("parked", "next_budget"))
    rep.driver.wait_for(rep.room.ending.until.hasFocus)
    rep.type("2026-06-01")
    rep.press("Enter")
    lead = rep.finished(name)
    assert (lead.stage, lead.reason, lead.parked_until) == ("parked", "next_budget", JUNE)
    return name


def test_five_leads_one_after_the_other_and_the_day_after(rep: Rep) -> None:
    unanswered = nobody_answers(rep)
    talked = somebody_talks(rep)
    unwilling = somebody_wants_no_calls(rep)
    later = somebody_asks_to_be_called_back(rep)
    parked = somebody_is_parked(rep)
    assert {unanswered, talked, unwilling, later, parked} == set(NAMES)
    assert rep.phase is Phase.EMPTY
    assert rep.driver.ask(check) == []
    rep.clock.pass_minutes(24 * 60)
    assert offered(rep) == [unanswered]
    rep.clock.pass_minutes(2 * 24 * 60)
    assert set(offered(rep)) == {unanswered, later}
    rep.clock.pass_minutes(120 * 24 * 60)
    assert unwilling not in offered(rep)
    calls_nobody_who_asked_not_to_be_called(rep, unwilling)


def offered(rep: Rep) -> list[str]:
    """Everybody who is shown, passing on until somebody comes again."""
    rep.press("Ctrl+1", "F9")
    rep.driver.wait_for(lambda: rep.phase is Phase.BEFORE)
    found: list[str] = []
    while rep.shown not in found:
        found.append(rep.shown)
        rep.press("S")
    return found


def calls_nobody_who_asked_not_to_be_called(rep: Rep, name: str) -> None:
    """From wherever it is tried, nothing is started or dialled, and the window says why."""
    lead = rep.lead(name)
    rep.press("Ctrl+K")
    rep.type(name)
    rep.driver.wait_for(lambda: rep.driver.window.finder.model.lines and rep.driver.window.finder.model.lines[0].card)
    rep.press("Enter")
    rep.driver.wait_for(lambda: rep.driver.window.selected_lead() == lead.id)
    rep.press("Ctrl+Shift+D")
    rep.driver.wait_for(lambda: name in rep.driver.toast)
    rep.press("Ctrl+F9")
    rep.driver.wait_for(lambda: rep.driver.room == "call" and rep.shown == name)
    assert name in rep.room.before.trouble.text()
    rep.press("Enter", "F9", "Ctrl+F9", "1", "2")
    assert rep.phase is Phase.BEFORE
    assert not rep.room.before.button.isEnabled()
    assert not rep.room.person.dial.isEnabled()
    assert rep.lead(name).calls == lead.calls
