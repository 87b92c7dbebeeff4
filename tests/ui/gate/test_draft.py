"""A move that is not made yet: what the gate would say, and what it asks next."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import LeadState, RequirementState, Said
from leaddesk.qualify.terms import DAY, Instant, Money
from leaddesk.ui.gate.draft import Draft
from tests.qualify.builders import shipped

NOW: Instant = 1_800_000_000_000
TODAY = date(2027, 1, 15)


@pytest.fixture
def playbook() -> Playbook:
    """The one that ships."""
    return shipped("default")


def draft(playbook: Playbook, target: str, **facts: object) -> Draft:
    """A lead in discovery that is about to move."""
    return Draft(playbook, LeadState("discovery", facts=facts), target, NOW, TODAY)  # type: ignore[arg-type]


def draft_unmet(move: Draft) -> list[str]:
    """The codes of what is still wanted."""
    return [need.code for need in move.check.unmet]


def test_answers_meet_requirements_one_by_one(playbook: Playbook) -> None:
    move = draft(playbook, "sql")
    unmet = len(move.check.unmet)
    move.answer("reserved", Said(keys=("approved",)))
    assert len(move.check.unmet) == unmet - 1
    move.take_back("reserved")
    assert len(move.check.unmet) == unmet


def test_every_unmet_requirement_offers_something_to_ask(playbook: Playbook) -> None:
    for target in ("mql", "discovery", "sql", "proposal", "won"):
        move = Draft(playbook, LeadState("new"), target, NOW, TODAY)
        for need in move.check.unmet:
            assert move.questions_for(need) or need.signoff, need


def test_the_best_answers_open_the_gate_whatever_they_hide(playbook: Playbook) -> None:
    move = draft(playbook, "sql")
    for _ in range(20):
        unmet = move.check.unmet
        if not unmet:
            break
        need: RequirementState = unmet[0]
        asked = next(one for one in move.questions_for(need) if one.key not in move.answers)
        move.answer(asked.key, Said(keys=(max(asked.answers, key=lambda answer: answer.points).key,)))
    assert move.check.open
    assert move.kept_answers.keys() <= move.answers.keys()


def test_a_sum_sets_the_fact_the_gate_looks_at(playbook: Playbook) -> None:
    move = draft(playbook, "proposal")
    assert "value" in {need.code for need in move.check.unmet}
    move.answer("budget_sum", Said(money=Money(3_000_000, "EUR")))
    assert "value" not in {need.code for need in move.check.unmet}
    assert move.state.facts["value"] == Money(3_000_000, "EUR")


def test_a_sign_off_counts_and_can_be_taken_back(playbook: Playbook) -> None:
    move = Draft(playbook, LeadState("mql"), "discovery", NOW, TODAY)
    assert draft_unmet(move) == ["accepted"]
    move.sign("accepted", " Carol White ")
    assert not draft_unmet(move)
    assert move.signoffs == {"accepted": "Carol White"}
    move.sign("accepted", "")
    assert draft_unmet(move) == ["accepted"]


def test_nothing_is_asked_on_the_way_back(playbook: Playbook) -> None:
    assert draft(playbook, "new").check.open


def test_an_instant_later_nothing_has_changed(playbook: Playbook) -> None:
    first = draft(playbook, "sql")
    later = Draft(playbook, LeadState("discovery"), "sql", NOW + DAY, TODAY)
    assert [need.code for need in first.check.unmet] == [need.code for need in later.check.unmet]
