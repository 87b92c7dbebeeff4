"""Within a call: notes wait for their answers and go with them; the end of a call and its move are one step."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.db import schema
from leaddesk.db.reads.talk import written
from leaddesk.errors import NotFound, Refused
from leaddesk.exchange.spool import Kept
from leaddesk.operations import talk
from leaddesk.operations.calls import start_call
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from leaddesk.resources import text_of
from tests.operations.trial import Trial

YES = Said(keys=("approved",))
NO = Said(keys=("none",))


@pytest.fixture
def call(trial: Trial) -> tuple[str, str]:
    """A lead and the call with it."""
    lead_id = trial.add()
    return lead_id, trial.do(start_call, lead_id)


def noted(trial: Trial, call_id: str) -> dict[str, str]:
    with trial.store.reader() as reader:
        return dict(written(reader, call_id))


def test_a_note_waits_for_its_answer(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.store.run(talk.write_note, call_id, "reserved", "second quarter", now=trial.now)
    assert noted(trial, call_id) == {"reserved": "second quarter"}
    trial.do(talk.answer_question, call_id, "reserved", YES)
    assert trial.rows(schema.note) == []
    assert noted(trial, call_id) == {"reserved": "second quarter"}
    assert trial.lead(lead_id).answers[0].note == "second quarter"


def test_writing_on_is_one_step(trial: Trial, call: tuple[str, str]) -> None:
    _, call_id = call
    for text in ("s", "se", "second"):
        trial.store.run(talk.write_note, call_id, "reserved", text, now=trial.now)
    assert noted(trial, call_id) == {"reserved": "second"}
    trial.store.undo(now=trial.now)
    assert noted(trial, call_id) == {}


def test_an_emptied_note_is_gone(trial: Trial, call: tuple[str, str]) -> None:
    _, call_id = call
    trial.store.run(talk.write_note, call_id, "reserved", "x", now=trial.now)
    trial.store.run(talk.write_note, call_id, "reserved", "", now=trial.now)
    assert trial.rows(schema.note) == []


def test_a_note_after_the_answer_lands_on_it(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.do(talk.answer_question, call_id, "reserved", YES)
    trial.store.run(talk.write_note, call_id, "reserved", "from Q2", now=trial.now)
    assert trial.lead(lead_id).answers[0].note == "from Q2"
    assert trial.rows(schema.note) == []


def test_a_corrected_answer_keeps_its_note(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.store.run(talk.write_note, call_id, "reserved", "from Q2", now=trial.now)
    trial.do(talk.answer_question, call_id, "reserved", YES)
    trial.do(talk.answer_question, call_id, "reserved", NO)
    state = trial.lead(lead_id).assessment.questions["reserved"]
    assert state.standing is Standing.NO
    assert state.given is not None
    assert state.given.note == "from Q2"


def test_a_note_outlives_the_answer_that_is_taken_back(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.store.run(talk.write_note, call_id, "reserved", "from Q2", now=trial.now)
    trial.do(talk.answer_question, call_id, "reserved", YES)
    trial.do(talk.take_back_answer, call_id, "reserved")
    assert trial.lead(lead_id).assessment.questions["reserved"].standing is Standing.NOT_ASKED
    assert noted(trial, call_id) == {"reserved": "from Q2"}


def test_notes_of_calls_do_not_mix(trial: Trial, call: tuple[str, str]) -> None:
    _, call_id = call
    trial.store.run(talk.write_note, call_id, "reserved", "first", now=trial.now)
    trial.do(talk.finish_call, call_id, "reached_qualified")
    other = trial.do(start_call, trial.add(name="Bo"))
    assert noted(trial, other) == {}


def test_the_end_of_a_call_and_its_move_are_one_step(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.do(move_lead, lead_id, "mql", override="known")
    trial.do(talk.finish_call, call_id, "reached_qualified", "Send an offer", date(2026, 3, 5), to="discovery")
    lead = trial.lead(lead_id)
    assert (lead.stage, lead.calls[0].outcome, lead.tasks[0].text) == (
        "discovery",
        "reached_qualified",
        "Send an offer",
    )
    last = trial.store.last_undoable()
    assert last is not None
    assert (last.name, last.details["outcome"]) == ("finish_call", "reached_qualified")


def test_a_move_the_gate_refuses_leaves_the_call_open(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.refused(Refused, "gate", talk.finish_call, call_id, "reached_qualified", to="sql")
    assert trial.lead(lead_id).open_call is not None


def test_a_call_that_is_not_there(trial: Trial, call: tuple[str, str]) -> None:
    trial.refused(NotFound, "no_call", talk.write_note, "none", "reserved", "x")
    trial.refused(NotFound, "no_call", talk.answer_question, "none", "reserved", YES)
    trial.refused(NotFound, "question", talk.write_note, call[1], "none", "x")


def test_what_was_said_to_a_question_that_is_gone_is_kept_as_a_note(trial: Trial, call: tuple[str, str]) -> None:
    lead_id, call_id = call
    trial.do(adopt_playbook, text_of("playbooks", "simple.toml"))
    kept = (
        Kept("a", call_id, "reserved", trial.now, said=Said(keys=("approved",))),
        Kept("b", call_id, "cost_today", trial.now, said=Said(money=Money(8_000_050, "EUR"))),
        Kept("c", call_id, "works_with", trial.now, note="SAP\nand a lot of Excel"),
        Kept("d", call_id, "hoped", trial.now, said=Said(heard=Standing.EVADED)),
        Kept("e", call_id, "never_asked", trial.now, said=Said(text="no lost pallets")),
        Kept("f", call_id, "users", trial.now, note=" "),
    )
    for one in kept:
        assert trial.do(talk.take_up, one)
        assert trial.do(talk.take_up, one)
    told = [(note["text"], note["call_id"], note["lead_id"]) for note in trial.rows(schema.note)]
    assert told == [
        (text, call_id, lead_id)
        for text in (
            "Money reserved: Yes, it is approved",
            "What it costs them today: 80,000.50 EUR",
            "Technology: SAP\nand a lot of Excel",
            "What should be solved: asked, evaded",
            "never_asked: no lost pallets",
        )
    ]
    assert not trial.do(talk.take_up, Kept("g", "another call", "reserved", trial.now, note="x"))
