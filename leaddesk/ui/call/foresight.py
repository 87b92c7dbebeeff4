"""How a lead will stand once the answers on their way to disk are there: what to ask next must not wait for a disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from leaddesk.db.records import Lead
from leaddesk.qualify.answers import fact_of_said
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Assessment, FactValue, Given
from leaddesk.qualify.terms import Instant
from leaddesk.ui.call.answering import Told


def foreseen(playbook: Playbook, lead: Lead, told: Mapping[str, Told], now: Instant, today: date) -> Assessment:
    """The assessment of a lead with these answers by question; its own where there are none."""
    known = {question: one for question, one in told.items() if question in playbook.question}
    if not known:
        return lead.assessment
    facts: dict[str, FactValue] = dict(lead.state.facts)
    for question, one in known.items():
        asked = playbook.question[question]
        value = fact_of_said(asked, one.said)
        if asked.sets is not None and value is not None:
            facts[asked.sets] = value
    given = (Given(one.id, question, min(one.at, now), one.said, one.by) for question, one in known.items())
    return assess(playbook, replace(lead.state, facts=facts, answers=(*lead.state.answers, *given)), now, today)
