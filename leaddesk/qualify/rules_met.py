"""Which rules of the lifecycle hold for a lead, whatever was recorded or decided of it."""

from __future__ import annotations

from datetime import date

from leaddesk.qualify.conditions import Context, holds
from leaddesk.qualify.plan import plan_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.script import known_of
from leaddesk.qualify.state import Assessment, LeadState


def rules_met(playbook: Playbook, state: LeadState, assessment: Assessment, today: date) -> frozenset[str]:
    """The keys of the lifecycle rules that hold."""
    facts = known_of(plan_of(playbook), state, assessment.as_of, today).facts
    context = Context(
        playbook,
        state,
        assessment.as_of,
        facts,
        assessment.questions,
        assessment.criteria,
        assessment.parts,
        assessment.score,
    )
    return frozenset(rule.key for rule in playbook.lifecycle if rule.when is not None and holds(rule.when, context))
