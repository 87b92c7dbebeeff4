"""Moving leads: gates forward, none back; reasons, dates, sign-offs; what entering a stage sets."""

from __future__ import annotations

import json
from datetime import date

from leaddesk.db import schema
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations import pipeline
from leaddesk.operations.answers import give_answer
from leaddesk.operations.calls import log_call
from leaddesk.operations.leads import add_event
from leaddesk.qualify.state import GateCheck, Said
from leaddesk.qualify.terms import Money
from tests.operations.trial import Trial

_FITTING = {"company": "Acme", "industry": "Logistics", "size": 300, "title": "Head of Operations"}
_BANT = {"difficulty": "ours", "reserved": "approved", "approver": "on_call", "how_soon": "quarter"}


def _ready(trial: Trial) -> str:
    """A lead that meets every gate up to SQL."""
    lead_id = trial.add(**_FITTING)
    for question, key in _BANT.items():
        trial.do(give_answer, lead_id, question, Said(keys=(key,)))
    trial.do(log_call, lead_id, "reached_qualified", 12)
    return lead_id


def test_a_gate_says_what_it_wants(trial: Trial) -> None:
    lead_id = trial.add(**_FITTING)
    refusal = trial.refused(Refused, "gate", pipeline.move_lead, lead_id, "sql")
    check = refusal.details["check"]
    assert isinstance(check, GateCheck)
    assert {need.code for need in check.unmet} == {
        "score", "accepted", "need", "budget", "decision_maker", "timeframe"
    }  # fmt: skip


def test_a_move_forward_meets_every_gate_it_passes_over(trial: Trial) -> None:
    trial.store.person = "Nadia"
    lead_id = _ready(trial)
    trial.do(pipeline.move_lead, lead_id, "sql")
    lead = trial.lead(lead_id)
    assert (lead.stage, lead.stage_since) == ("sql", trial.now)
    change = trial.rows(schema.stage_change)[-1]
    assert (change["from_stage"], change["to_stage"], change["override"], change["by"]) == ("new", "sql", None, "Nadia")


def test_a_stage_records_its_lifecycle_and_a_move_back_keeps_it(trial: Trial) -> None:
    lead_id = _ready(trial)
    trial.do(pipeline.move_lead, lead_id, "sql")
    assert trial.lead(lead_id).lifecycle == "sql"
    evidence = json.loads(trial.rows(schema.lifecycle_change)[-1]["evidence"])
    assert (evidence["by"], evidence["stage"]) == ("person", "sql")
    trial.do(pipeline.move_lead, lead_id, "mql")
    assert trial.lead(lead_id).stage == "mql"
    assert trial.lead(lead_id).lifecycle == "sql"


def test_an_override_passes_with_a_reason_that_is_kept(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(Refused, "gate", pipeline.move_lead, lead_id, "discovery", override="  ")
    trial.do(pipeline.move_lead, lead_id, "discovery", override="an old customer")
    assert trial.rows(schema.stage_change)[-1]["override"] == "an old customer"


def test_an_override_nobody_needed_is_not_kept(trial: Trial) -> None:
    lead_id = _ready(trial)
    trial.do(pipeline.move_lead, lead_id, "sql", override="just in case")
    assert trial.rows(schema.stage_change)[-1]["override"] is None


def test_lost_needs_a_reason_from_the_list(trial: Trial) -> None:
    lead_id = trial.add()
    refusal = trial.refused(Refused, "needs_reason", pipeline.move_lead, lead_id, "lost")
    assert refusal.details["list"] == "lost"
    trial.refused(BadValue, "reason", pipeline.move_lead, lead_id, "lost", reason="bad mood")
    trial.do(pipeline.move_lead, lead_id, "lost", reason="price")
    lead = trial.lead(lead_id)
    assert (lead.stage, lead.reason) == ("lost", "price")
    trial.refused(BadValue, "reason_unwanted", pipeline.move_lead, lead_id, "new", reason="price")


def test_parked_needs_a_reason_and_a_day_to_come(trial: Trial) -> None:
    lead_id = trial.add()
    key = trial.store.playbook.reasons["parked"][0].key
    trial.refused(Refused, "needs_date", pipeline.move_lead, lead_id, "parked", reason=key)
    trial.refused(BadValue, "date_past", pipeline.move_lead, lead_id, "parked", reason=key, until=date(2026, 3, 2))
    trial.do(pipeline.move_lead, lead_id, "parked", reason=key, until=date(2026, 4, 1))
    assert trial.lead(lead_id).parked_until == date(2026, 4, 1)
    trial.do(pipeline.move_lead, lead_id, "parked", until=date(2026, 5, 1))
    assert trial.lead(lead_id).parked_until == date(2026, 5, 1)
    trial.do(pipeline.move_lead, lead_id, "new")
    assert (trial.lead(lead_id).parked_until, trial.lead(lead_id).reason) == (None, "")


def test_a_day_is_for_stages_one_comes_back_from(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(
        BadValue, "date_unwanted", pipeline.move_lead, lead_id, "lost", reason="price", until=date(2026, 4, 1)
    )


def test_a_lead_comes_back_from_nurture_to_where_it_stood(trial: Trial) -> None:
    lead_id = _ready(trial)
    trial.do(pipeline.move_lead, lead_id, "sql")
    trial.do(pipeline.move_lead, lead_id, "nurture")
    trial.do(pipeline.move_lead, lead_id, "lost", reason="no_budget")
    assert trial.rows(schema.lead)[0]["stage_before"] == "sql"
    trial.do(pipeline.move_lead, lead_id, "sql")
    assert trial.rows(schema.lead)[0]["stage_before"] is None


def test_entering_a_stage_sets_its_tasks_once(trial: Trial) -> None:
    lead_id = _ready(trial)
    trial.do(add_event, lead_id, "proposal_requested")
    trial.do(give_answer, lead_id, "budget_sum", Said(money=Money(4_000_000, "EUR")))
    trial.do(pipeline.move_lead, lead_id, "proposal")
    texts = [task.text for task in trial.lead(lead_id).tasks]
    assert "Send the proposal" in texts
    trial.do(pipeline.move_lead, lead_id, "sql")
    trial.do(pipeline.move_lead, lead_id, "proposal")
    assert [task.text for task in trial.lead(lead_id).tasks] == texts


def test_a_requirement_is_signed_off_by_a_person(trial: Trial) -> None:
    lead_id = trial.add(**_FITTING)
    trial.do(give_answer, lead_id, "approver", Said(keys=("on_call",)))
    trial.refused(Refused, "gate", pipeline.move_lead, lead_id, "discovery")
    trial.refused(NotFound, "no_signoff", pipeline.sign_off, lead_id, "score", "Kim")
    trial.refused(BadValue, "empty_text", pipeline.sign_off, lead_id, "accepted", " ")
    trial.do(pipeline.sign_off, lead_id, "accepted", "Kim")
    trial.do(pipeline.move_lead, lead_id, "discovery")


def test_answers_signoffs_and_the_move_are_one_step(trial: Trial) -> None:
    lead_id = trial.add(**_FITTING)
    answers = {key: Said(keys=(said,)) for key, said in _BANT.items()} | {"preparer": Said(text="Bo")}
    trial.refused(Refused, "question_hidden", pipeline.move_with_answers, lead_id, "sql", answers, {"accepted": "Kim"})
    del answers["preparer"]
    trial.do(pipeline.move_with_answers, lead_id, "sql", answers, {"accepted": "Kim"})
    assert trial.lead(lead_id).stage == "sql"
    assert trial.store.undo(now=trial.now) is not None
    assert trial.lead(lead_id).stage == "new"
    assert not trial.lead(lead_id).answers


def test_a_move_that_still_fails_keeps_nothing(trial: Trial) -> None:
    lead_id = trial.add(**_FITTING)
    trial.refused(Refused, "gate", pipeline.move_with_answers, lead_id, "sql", {"approver": Said(keys=("on_call",))})
    trial.refused(NotFound, "question", pipeline.move_with_answers, lead_id, "sql", {"horoscope": Said(text="x")})


def test_a_place_within_the_column(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(pipeline.move_lead, lead_id, "new", place="m")
    assert trial.rows(schema.lead)[0]["place"] == "m"
    assert len(trial.rows(schema.stage_change)) == 1


def test_what_is_returned_to_nurture_may_say_why(trial: Trial) -> None:
    lead_id = trial.add()
    key = trial.store.playbook.reasons["returned"][0].key
    trial.refused(BadValue, "reason", pipeline.move_lead, lead_id, "nurture", reason="price of tea")
    trial.do(pipeline.move_lead, lead_id, "nurture", reason=key)
    assert trial.lead(lead_id).reason == key


def test_an_unknown_stage(trial: Trial) -> None:
    lead_id = trial.add()
    trouble = trial.refused(NotFound, "stage", pipeline.move_lead, lead_id, "limbo")
    assert "new" in str(trouble.details["choices"])
