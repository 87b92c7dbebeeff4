"""What is said to questions, and the facts it sets."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.db import ids, schema
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations import answers
from leaddesk.operations.leads import change_stakeholder, set_facts
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from tests.operations.trial import Trial

_EVADED = Said(heard=Standing.EVADED)


def _money(euros: int) -> Said:
    return Said(money=Money(euros * 100, "EUR"))


def test_an_answer_scores_and_keeps_who_said_it_in_which_words(trial: Trial) -> None:
    lead_id = trial.add()
    before = trial.lead(lead_id).assessment.score
    given = trial.do(
        answers.give_answer, lead_id, "difficulty", Said(keys=("ours",)), by="Bo", note="a day a week lost"
    )
    lead = trial.lead(lead_id)
    assert lead.assessment.score == before + 80
    (one,) = lead.answers
    assert (one.id, one.by, one.note) == (given, "Bo", "a day a week lost")


def test_a_correction_of_the_same_instant_stands_whichever_process_makes_it(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_id = trial.add()
    for key in ("on_call", "named", "committee", "out_of_reach") * 3:
        monkeypatch.setattr(ids, "_last", (0, 0))  # as in a process that has made no ids yet
        trial.store.run(answers.give_answer, lead_id, "approver", Said(keys=(key,)), now=trial.now)
        assert trial.lead(lead_id).assessment.questions["approver"].keys == (key,)


@pytest.mark.parametrize(
    ("question", "said", "field", "value"),
    [
        ("budget_sum", _money(40_000), "value", Money(4_000_000, "EUR")),
        ("go_live", Said(day=date(2026, 6, 1)), "expected_on", date(2026, 6, 1)),
        ("size", Said(number=300), "size", 300),
        ("industry", Said(keys=("logistics",)), "industry", "logistics"),
    ],
)
def test_an_answer_sets_its_fact_in_the_same_step(
    trial: Trial, question: str, said: Said, field: str, value: object
) -> None:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, question, said)
    assert trial.lead(lead_id).facts[field] == value
    trial.do(answers.withdraw_answer, lead_id, question)
    assert field not in trial.lead(lead_id).facts


def test_correcting_sets_the_fact_again_and_withdrawing_restores_the_former(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, "budget_sum", _money(40_000))
    trial.do(answers.give_answer, lead_id, "budget_sum", _money(60_000))
    assert trial.lead(lead_id).facts["value"] == Money(6_000_000, "EUR")
    trial.do(answers.withdraw_answer, lead_id, "budget_sum")
    assert trial.lead(lead_id).facts["value"] == Money(4_000_000, "EUR")
    assert trial.lead(lead_id).assessment.questions["budget_sum"].points == 50


def test_withdrawing_leaves_a_fact_a_person_changed_since(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, "size", Said(number=300))
    trial.do(set_facts, lead_id, {"size": "350"})
    trial.do(answers.withdraw_answer, lead_id, "size")
    assert trial.lead(lead_id).facts["size"] == 350


def test_a_later_evasion_takes_nothing_away_and_is_withdrawn_first(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, "budget_sum", _money(40_000))
    trial.do(answers.give_answer, lead_id, "budget_sum", _EVADED)
    state = trial.lead(lead_id).assessment.questions["budget_sum"]
    assert state.standing is Standing.YES
    assert state.beside is not None
    trial.do(answers.withdraw_answer, lead_id, "budget_sum")
    lead = trial.lead(lead_id)
    assert lead.assessment.questions["budget_sum"].beside is None
    assert lead.facts["value"] == Money(4_000_000, "EUR")


def test_a_band_without_its_sum_sets_no_fact(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, "budget_sum", Said(keys=("medium",)))
    assert "value" not in trial.lead(lead_id).facts
    assert trial.lead(lead_id).assessment.questions["budget_sum"].points == 50


def test_nothing_to_withdraw(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(Refused, "nothing_to_withdraw", answers.withdraw_answer, lead_id, "budget_sum")


def test_a_hidden_question_names_the_one_that_hides_it(trial: Trial) -> None:
    lead_id = trial.add()
    refusal = trial.refused(
        Refused, "question_hidden", answers.give_answer, lead_id, "preparer", Said(text="Bo Larsen")
    )
    assert refusal.details["hidden_by_key"] == "approver"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("approver", Said(keys=("nobody",))),
        ("approver", Said(keys=("on_call", "named"))),
        ("approver", Said(text="me")),
        ("approver", Said()),
        ("budget_sum", Said(number=3)),
        ("budget_sum", Said(money=Money(-1, "EUR"))),
        ("size", Said(number=-1)),
        ("hoped", Said(text="  ")),
        ("approver", Said(heard=Standing.YES)),
    ],
)
def test_what_is_no_answer_is_refused(trial: Trial, question: str, said: Said) -> None:
    lead_id = trial.add()
    trial.refused(BadValue, "bad_answer", answers.give_answer, lead_id, question, said)


def test_an_unknown_question_is_refused(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(NotFound, "question", answers.give_answer, lead_id, "horoscope", _EVADED)
    trial.refused(NotFound, "question", answers.withdraw_answer, lead_id, "horoscope")


def test_a_key_pressed_twice_is_one_answer(trial: Trial) -> None:
    lead_id = trial.add()
    first = trial.do(answers.give_answer, lead_id, "approver", Said(keys=("named",)))
    assert trial.do(answers.give_answer, lead_id, "approver", Said(keys=("named",))) == first
    trial.wait(91)
    assert trial.lead(lead_id).assessment.questions["approver"].expired
    assert trial.do(answers.give_answer, lead_id, "approver", Said(keys=("named",))) != first
    assert not trial.lead(lead_id).assessment.questions["approver"].expired


def test_a_person_becomes_a_stakeholder(trial: Trial) -> None:
    lead_id = _with_committee(trial)
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Bo  Larsen"))
    assert [one.name for one in trial.lead(lead_id).stakeholders] == ["Bo Larsen"]
    trial.do(answers.withdraw_answer, lead_id, "preparer")
    assert not trial.lead(lead_id).stakeholders


def test_a_name_corrected_at_once_replaces_the_wrong_one(trial: Trial) -> None:
    lead_id = _with_committee(trial)
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Bo Larson"))
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Bo Larsen"))
    assert [one.name for one in trial.lead(lead_id).stakeholders] == ["Bo Larsen"]


def test_another_name_later_is_another_person(trial: Trial) -> None:
    lead_id = _with_committee(trial)
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Bo Larsen"))
    trial.wait(3)
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Eve Holm"))
    assert {one.name for one in trial.lead(lead_id).stakeholders} == {"Bo Larsen", "Eve Holm"}


def test_a_person_somebody_wrote_about_stays(trial: Trial) -> None:
    lead_id = _with_committee(trial)
    trial.do(answers.give_answer, lead_id, "preparer", Said(text="Bo Larsen"))
    trial.do(change_stakeholder, trial.lead(lead_id).stakeholders[0].id, title="Controller")
    trial.do(answers.withdraw_answer, lead_id, "preparer")
    assert [one.title for one in trial.lead(lead_id).stakeholders] == ["Controller"]


def test_rewriting_a_note_quickly_is_one_step(trial: Trial) -> None:
    lead_id = trial.add()
    given = trial.do(answers.give_answer, lead_id, "approver", Said(keys=("named",)))
    for text in ("a", "a day", "a day a week"):
        trial.store.run(answers.note_answer, given, text, now=trial.now)
    assert trial.rows(schema.answer)[0]["note"] == "a day a week"
    trial.store.undo(now=trial.now)
    assert trial.rows(schema.answer)[0]["note"] == ""


def _with_committee(trial: Trial) -> str:
    lead_id = trial.add()
    trial.do(answers.give_answer, lead_id, "approver", Said(keys=("committee",)))
    return lead_id
