"""Calls: one at a time, never to those who asked not to be called, ended with an outcome and a next step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from leaddesk.db import journal, schema
from leaddesk.db.check import dump
from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations import bulk, calls
from leaddesk.operations.leads import set_facts
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.tasks import add_task
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY
from leaddesk.resources import text_of
from tests.builders import assert_sound, entered
from tests.operations.trial import Trial

_SCRIPTS = """
[[scripts]]
key = "deep"
name = { en = "Deep", zh_CN = "深入" }
when = { fact = "size", at_least = 1000 }
groups = [{ key = "authority", questions = ["approver"] }]

[[scripts]]
key = "usual"
name = { en = "Usual", zh_CN = "常用" }
groups = [{ key = "need", questions = ["difficulty"] }]
"""


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Trial]:
    """A database whose playbook offers large companies a script of their own."""
    made = Trial(tmp_path)
    made.do(adopt_playbook, text_of("playbooks", "simple.toml").partition("[[scripts]]")[0] + _SCRIPTS)
    yield made
    made.store.close()


@pytest.mark.parametrize("steps", [1, 2])
def test_where_a_call_stands_is_undone_and_redone_with_a_long_step_before(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """That step took several transactions while the call went on."""
    monkeypatch.setattr(bulk, "CHUNK", 1)
    monkeypatch.setattr("leaddesk.db.store._SHORT", 0.0)  # every yield is the end of a transaction
    many = [trial.add(name=name) for name in ("Anna", "Bo", "Cy")]
    before = entered(trial.store)
    call_id = trial.do(calls.start_call, many[0])
    started = entered(trial.store)
    for _ in trial.store.job(bulk.change_leads, range(1, 4), bulk.Edit({"city": "Ulm"}), now=trial.now):
        pass
    last = trial.store.last_undoable()
    for question in ("approver", "difficulty", "approver"):
        trial.store.run(calls.place_call, call_id, question, now=trial.now)
    assert last is not None
    assert trial.store.last_undoable() == last
    assert journal.parts_of(trial.store.connection, last.no) > 1
    placed = dump(trial.store)
    for _ in range(2):
        for _ in range(steps):
            assert trial.store.undo(now=trial.now) is not None
        assert entered(trial.store) == (started if steps == 1 else before)
        for _ in range(steps):
            assert trial.store.redo(now=trial.now) is not None
        assert dump(trial.store) == placed
        assert_sound(trial.store)


def test_a_call_is_started_placed_noted_and_ended(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.store.run(calls.place_call, call_id, "approver", now=trial.now)
    trial.do(calls.note_call, call_id, "friendly")
    going_on = trial.lead(lead_id).open_call
    assert going_on is not None
    assert (going_on.question, going_on.note) == ("approver", "friendly")
    trial.now += 9 * 60_000
    trial.do(calls.end_call, call_id, "reached_qualified", "Send an offer", date(2026, 3, 5), "9:30")
    lead = trial.lead(lead_id)
    assert lead.open_call is None
    assert (lead.calls[0].outcome, lead.calls[0].minutes) == ("reached_qualified", 11)
    (task,) = lead.tasks
    assert (task.text, task.due_on, task.due_time) == ("Send an offer", date(2026, 3, 5), "09:30")


def test_one_call_at_a_time(trial: Trial) -> None:
    first, second = trial.add(), trial.add(name="Bo")
    call_id = trial.do(calls.start_call, first)
    refusal = trial.refused(Refused, "call_open", calls.start_call, second)
    assert (refusal.details["call_id"], refusal.details["lead"]) == (call_id, "Anna Kowalska")


def test_who_asked_not_to_be_called_is_not_called(trial: Trial) -> None:
    lead_id = trial.add(do_not_call=True)
    trial.refused(Refused, "do_not_call", calls.start_call, lead_id)
    trial.refused(Refused, "do_not_call", calls.log_call, lead_id, "no_answer")


def test_an_outcome_keeps_that_nobody_calls_again(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(calls.end_call, call_id, "do_not_call")
    assert trial.lead(lead_id).do_not_call
    assert not trial.lead(lead_id).tasks
    trial.refused(Refused, "do_not_call", calls.start_call, lead_id)


def test_an_ended_call_does_not_end_again(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(calls.end_call, call_id, "no_answer")
    trial.refused(Refused, "call_ended", calls.end_call, call_id, "no_answer")
    trial.refused(Refused, "call_ended", calls.place_call, call_id, "approver")


def test_what_cannot_end_a_call(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.refused(NotFound, "outcome", calls.end_call, call_id, "struck_by_lightning")
    trial.refused(BadValue, "bad_time", calls.end_call, call_id, "no_answer", "Again", None, "25:00")
    trial.refused(BadValue, "bad_minutes", calls.log_call, lead_id, "no_answer", 3000)
    trial.refused(NotFound, "question", calls.place_call, call_id, "horoscope")


def test_the_outcome_plans_the_next_try_unless_something_is_planned(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(calls.log_call, lead_id, "no_answer")
    (task,) = trial.lead(lead_id).tasks
    assert (task.text, task.due_on) == ("Try again at another hour", date(2026, 3, 3))
    trial.do(calls.log_call, lead_id, "no_answer")
    assert len(trial.lead(lead_id).tasks) == 1


def test_a_try_that_was_due_is_done_by_the_call(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(add_task, lead_id, "Send the brochure", date(2026, 3, 2))
    trial.do(calls.log_call, lead_id, "no_answer")
    trial.wait(1)
    trial.do(calls.log_call, lead_id, "voicemail")
    assert [task.text for task in trial.lead(lead_id).tasks] == ["Send the brochure", "Call again after the message"]


def test_the_next_try_is_planned_in_the_language_spoken(trial: Trial) -> None:
    trial.store.language = "zh_CN"
    lead_id = trial.add()
    trial.do(calls.log_call, lead_id, "no_answer")
    assert trial.lead(lead_id).tasks[0].text == "换个时间再打"


def test_logging_a_call_ends_the_one_going_on_with_the_lead(trial: Trial) -> None:
    lead_id, other = trial.add(), trial.add(name="Bo")
    call_id = trial.do(calls.start_call, lead_id)
    assert trial.do(calls.log_call, other, "no_answer", 2) != call_id
    assert trial.do(calls.log_call, lead_id, "reached_callback", 7, note="in a hurry") == call_id
    (call,) = trial.lead(lead_id).calls
    assert (call.minutes, call.note) == (7, "in a hurry")


def test_answers_belong_to_their_call_and_outlive_it(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(calls.give_answer, lead_id, "approver", Said(keys=("named",)), call_id=call_id)
    assert trial.rows(schema.answer)[0]["call_id"] == call_id
    trial.do(calls.delete_call, call_id)
    assert trial.lead(lead_id).answers


@pytest.mark.parametrize("outcome", ["reached_qualified", "not_now", "no_answer"])
def test_every_outcome_can_be_logged(trial: Trial, outcome: str) -> None:
    lead_id = trial.add()
    trial.do(calls.log_call, lead_id, outcome, 3)
    assert trial.lead(lead_id).calls[0].outcome == outcome


def test_a_call_is_logged_with_its_own_time(trial: Trial) -> None:
    lead_id = trial.add()
    going_on = trial.do(calls.start_call, lead_id)
    began = trial.now - 26 * 3_600_000
    trial.do(calls.log_call, lead_id, "reached_qualified", 12, at=began)
    lead = trial.lead(lead_id)
    assert lead.open_call is not None
    assert lead.open_call.id == going_on
    (logged,) = (call for call in lead.calls if call.ended_at is not None)
    assert (logged.started_at, logged.ended_at, logged.minutes) == (began, began + 12 * 60_000, 12)
    trial.refused(BadValue, "in_future", calls.log_call, lead_id, "reached_qualified", at=trial.now + DAY)


def test_an_end_without_a_next_step_is_let_be(trial: Trial) -> None:
    lead_id = trial.add()
    call_id = trial.do(calls.start_call, lead_id)
    trial.do(calls.end_call, call_id, "reached_qualified", own_step=False)
    assert not trial.lead(lead_id).tasks


def test_a_call_keeps_to_the_script_it_began_with(scripted: Trial) -> None:
    lead_id = scripted.add(size="1200")
    call_id = scripted.do(calls.start_call, lead_id)
    assert scripted.lead(lead_id).assessment.script == "deep"
    scripted.do(set_facts, lead_id, {"size": "20"})
    going_on = scripted.lead(lead_id)
    assert going_on.open_call is not None
    assert (going_on.open_call.script, going_on.assessment.script) == ("deep", "deep")
    assert going_on.assessment.offered.script == "usual"
    scripted.do(calls.end_call, call_id, "no_answer")
    after = scripted.lead(lead_id)
    assert (after.calls[0].script, after.assessment.script) == ("deep", "usual")


def test_a_script_is_chosen_before_a_call_and_on_it(scripted: Trial) -> None:
    lead_id = scripted.add()
    with scripted.store.reader() as reader:
        assert read_lead(reader, lead_id, scripted.now, "deep").assessment.script == "deep"
    call_id = scripted.do(calls.start_call, lead_id, script="deep")
    scripted.do(calls.choose_script, call_id, "usual")
    # Trying another at once is the same step; taking it back leads to where the call began.
    scripted.store.run(calls.choose_script, call_id, "deep", now=scripted.now)
    scripted.store.run(calls.choose_script, call_id, "usual", now=scripted.now)
    assert (name := scripted.store.last_undoable()) is not None
    assert name.name == "choose_script"
    assert name.details["script"] == {"en": "Usual", "zh_CN": "常用"}
    scripted.store.undo(now=scripted.now)
    assert scripted.lead(lead_id).assessment.script == "deep"
    scripted.do(calls.choose_script, call_id, None)
    assert scripted.lead(lead_id).assessment.script == "usual"


def test_only_scripts_of_the_playbook_are_asked_by(scripted: Trial) -> None:
    lead_id = scripted.add()
    scripted.refused(NotFound, "script", calls.start_call, lead_id, script="none")
    scripted.refused(NotFound, "script", calls.log_call, lead_id, "no_answer", script="none")
    call_id = scripted.do(calls.start_call, lead_id)
    refusal = scripted.refused(NotFound, "script", calls.choose_script, call_id, "none")
    assert refusal.details["choices"] == "deep, usual"
    scripted.do(calls.end_call, call_id, "no_answer")
    scripted.refused(Refused, "call_ended", calls.choose_script, call_id, "deep")


def test_a_logged_call_may_tell_its_script(scripted: Trial) -> None:
    lead_id = scripted.add()
    scripted.do(calls.log_call, lead_id, "no_answer", script="deep")
    scripted.do(calls.start_call, lead_id)
    scripted.do(calls.log_call, lead_id, "reached", script="deep")
    scripted.do(calls.log_call, lead_id, "no_answer")
    assert [call.script for call in scripted.lead(lead_id).calls] == ["deep", "deep", ""]


def test_where_there_is_one_script_a_call_names_none(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    trial.do(adopt_playbook, text_of("playbooks", "simple.toml"))
    lead_id = trial.add()
    trial.do(calls.start_call, lead_id)
    lead = trial.lead(lead_id)
    assert lead.open_call is not None
    assert (lead.open_call.script, lead.assessment.script) == ("", "simple")
    trial.store.close()


def test_taking_the_script_that_is_taken_already_is_no_step(scripted: Trial) -> None:
    lead_id = scripted.add()
    call_id = scripted.do(calls.start_call, lead_id, script="deep")
    scripted.store.run(calls.choose_script, call_id, "deep", now=scripted.now)
    assert (last := scripted.store.last_undoable()) is not None
    assert last.name == "start_call"


def test_a_call_whose_script_is_gone_goes_on_by_the_one_offered(scripted: Trial) -> None:
    lead_id = scripted.add()
    call_id = scripted.do(calls.start_call, lead_id, script="deep")
    scripted.do(adopt_playbook, text_of("playbooks", "simple.toml"))
    assert scripted.lead(lead_id).assessment.script == "simple"
    scripted.do(calls.choose_script, call_id, None)
    scripted.do(calls.end_call, call_id, "no_answer")
    assert scripted.lead(lead_id).assessment.script == "simple"
