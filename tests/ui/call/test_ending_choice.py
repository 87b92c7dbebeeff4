"""What is offered when a call ends: the next attempt, and the stage its gate allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaddesk.db.records import Lead
from leaddesk.operations.calls import start_call
from leaddesk.operations.talk import answer_question
from leaddesk.operations.tasks import add_task
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Said
from leaddesk.ui.call.ending_choice import Ending, nearby_days, reasons, stage_choices, suggested, winnable
from leaddesk.ui.call.session import Phase
from tests.operations.trial import Trial
from tests.ui.call.driver import Caller

TODAY = date(2026, 3, 2)  # a Monday


def ending_of(trial: Trial, lead: Lead, outcome: str) -> Ending:
    book = trial.store.playbook
    return suggested(book, lead, book.disposition[outcome], trial.now, TODAY, "en")


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """A new database with the default playbook."""
    made = Trial(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def book(trial: Trial) -> Playbook:
    """The playbook in force."""
    return trial.store.playbook


def test_days_on_digits_are_working_days() -> None:
    for offset in range(7):
        today = date(2026, 3, 2 + offset)
        near = nearby_days(today)
        assert all(each.day > today and each.day.weekday() < 5 for each in near)
        assert len({each.day for each in near}) == len(near)
        assert (near[0].key == "tomorrow") == ((near[0].day - today).days == 1)


def test_an_outcome_plans_its_own_next_step(trial: Trial) -> None:
    lead = trial.lead(trial.add())
    ending = ending_of(trial, lead, "no_answer")
    assert (ending.day, ending.text, ending.stage) == (date(2026, 3, 3), "Try again at another hour", None)


def test_what_is_planned_already_stays(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(add_task, lead_id, "Visit", date(2026, 3, 20))
    assert ending_of(trial, trial.lead(lead_id), "reached_qualified").day is None


def test_reaching_the_person_counts_for_the_gate(trial: Trial, book: Playbook) -> None:
    lead_id = trial.add(title="CEO", industry="logistics", size="300")
    call_id = trial.do(start_call, lead_id)
    trial.do(answer_question, call_id, "difficulty", Said(keys=("ours",)))
    lead = trial.lead(lead_id)
    assert ending_of(trial, lead, "reached_qualified").stage == "discovery"
    assert ending_of(trial, lead, "no_answer").stage is None


def test_the_ways_out_are_always_offered(trial: Trial, book: Playbook) -> None:
    lead = trial.lead(trial.add())
    offered = [stage.key if stage else None for stage in stage_choices(book, lead, None)]
    assert offered == [None, "nurture", "parked", "lost"]
    assert reasons(book, book.stage["lost"])
    assert reasons(book, book.stage["nurture"]) == ()


def test_won_is_offered_where_nothing_is_missing_and_the_person_was_reached(trial: Trial, book: Playbook) -> None:
    lead = trial.lead(trial.add(title="CEO", industry="logistics", size="300"))
    reached = book.disposition["reached_qualified"]
    assert winnable(book, lead, reached, trial.now, TODAY) is None
    no_gates = replace(book, stages=tuple(replace(stage, gate=()) for stage in book.stages))
    won = winnable(no_gates, lead, reached, trial.now, TODAY)
    assert won is not None
    assert won.key == "won"
    assert stage_choices(no_gates, lead, None, won)[:2] == (None, won)
    assert winnable(no_gates, lead, book.disposition["no_answer"], trial.now, TODAY) is None
    assert winnable(no_gates, replace(lead, stage="lost"), reached, trial.now, TODAY) is None


def test_not_interested_leads_to_lost_without_a_next_step(trial: Trial) -> None:
    ending = ending_of(trial, trial.lead(trial.add()), "not_interested")
    assert (ending.stage, ending.day) == ("lost", None)


def test_a_deal_is_won_at_the_end_of_the_call(on_call: Caller) -> None:
    ending = on_call.room.ending
    for question, digit in (("difficulty", "1"), ("reserved", "1"), ("approver", "1"), ("how_soon", "1")):
        on_call.ask(question)
        on_call.press(digit)
    on_call.press("F10", "1")
    assert not [row for row in ending.stage.rows if "Won" in row.label]
    on_call.press("Esc")
    on_call.ask("cost_today")
    on_call.press("1")
    on_call.ask("budget_sum")
    on_call.press("Tab")
    on_call.type("80k")
    on_call.press("Enter")
    on_call.press("F10", "1")
    won = next(row.digit for row in ending.stage.rows if "Won" in row.label)
    ending.stage.setFocus()
    on_call.press(str(won), "Enter")
    on_call.driver.wait_for(lambda: on_call.phase is Phase.EMPTY)
    assert on_call.lead().stage == "won"
