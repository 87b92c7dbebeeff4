"""Adopting a playbook: a new version that scores follow, or all that is wrong with it."""

from __future__ import annotations

import re

import pytest

from leaddesk.db import schema
from leaddesk.errors import Refused
from leaddesk.operations.answers import give_answer
from leaddesk.operations.leads import add_lead
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.playbooks import adopt_playbook, parse_playbook
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.state import Said
from leaddesk.resources import text_of
from tests.operations.trial import Trial

_DEFAULT = text_of("playbooks", "default.toml")


def test_scores_follow_the_adopted_playbook_and_come_back_with_undo(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(give_answer, lead_id, "difficulty", Said(keys=("ours",)))
    dearer, changed = re.subn(r'(\{ key = "ours",.*?points = )8\b', r"\g<1>7", _DEFAULT)
    assert changed == 1
    trial.do(adopt_playbook, dearer)
    assert trial.store.playbook.question["difficulty"].answers[0].points == 70
    assert trial.lead(lead_id).assessment.parts["need"].points == 70
    assert trial.store.undo(now=trial.now) is not None
    assert trial.lead(lead_id).assessment.parts["need"].points == 80


def test_the_playbook_in_force_is_not_adopted_twice(trial: Trial) -> None:
    trial.do(adopt_playbook, _DEFAULT)
    assert len(trial.rows(schema.playbook_version)) == 1


def test_another_playbook_with_other_stages_must_house_every_lead(trial: Trial) -> None:
    simple = text_of("playbooks", "simple.toml")
    stages = set(parse_playbook(simple).stage)
    homeless = next(key for key in trial.store.playbook.stage if key not in stages)
    lead_id = trial.do(add_lead, {"name": "Bo"})
    trial.do(move_lead, lead_id, homeless, override="to try")
    refusal = trial.refused(Refused, "stages_in_use", adopt_playbook, simple)
    assert refusal.details["n"] == 1


@pytest.mark.parametrize("broken", ["key = ", 'key = "empty"', _DEFAULT.replace("limit = 25", 'limit = "many"')])
def test_a_broken_playbook_leaves_the_one_in_force(trial: Trial, broken: str) -> None:
    trouble = trial.refused(BrokenPlaybook, "broken_playbook", adopt_playbook, broken)
    assert trouble.problems
