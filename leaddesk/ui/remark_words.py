"""Happy-ears remarks as sentences."""

from __future__ import annotations

from datetime import date

from leaddesk import words
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.remarks import Remark
from leaddesk.qualify.terms import Standing
from leaddesk.ui import figures


def remark_words(playbook: Playbook, remark: Remark, language: str) -> str:
    """A remark in words: Proposal without authority: nobody who decides is known."""
    told: dict[str, object] = {}
    for key, value in remark.details.items():
        match key:
            case "stage" if value in playbook.stage:
                told[key] = words.pick(playbook.stage[str(value)].label, language)
            case "event" if value in playbook.event_kind:
                told[key] = words.pick(playbook.event_kind[str(value)].label, language)
            case "criterion" if value in playbook.criterion:
                told[key] = words.pick(playbook.criterion[str(value)].label, language)
            case "standing" if isinstance(value, Standing):
                told[key] = words.say(language, "standings", value)
            case _:
                told[key] = figures.calendar_day(value, language) if isinstance(value, date) else value
    told.setdefault("stage", told.get("event", ""))
    return words.say(language, "remarks", remark.code, **told)
