"""Turns codes from below into sentences of the person's language: errors, refusals, the names of steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.errors import BadValue, LeadDeskError, Refused
from leaddesk.ui import shield

if TYPE_CHECKING:
    from leaddesk.qualify.playbook import Playbook

# Details that name somebody, or hold what was written about them.
_NAMES = frozenset({"lead", "name", "company", "text"})


def sentence(error: LeadDeskError, language: str, playbook: Playbook | None = None) -> str:
    """What went wrong, and where there is one, what to do about it."""
    section = "refusals" if isinstance(error, Refused) else "errors"
    details = spoken_details(error.details, language, playbook)
    if isinstance(error, BadValue) and "field" in details:
        details["field"] = words.say(language, "fields", str(error.details["field"]))
    if isinstance(error, BadValue) and isinstance(error.details.get("kind"), str):
        details["kind"] = words.say(language, "field_kinds", str(error.details["kind"]))
        special = f"{error.code}.{error.details['kind']}"  # what a date looks like, what a choice offers
        if (said := words.say(language, section, special, **details)) != special:
            return said
    said = words.say(language, section, error.code, **details)
    if said == error.code:  # nobody wrote a sentence in that section
        said = words.say(language, "errors" if section == "refusals" else "refusals", error.code, **details)
    return said


def step_words(name: str, details: Mapping[str, object], language: str, playbook: Playbook | None = None) -> str:
    """A step as a person names it: "Move Anna Kowalska to SQL"."""
    return words.say(language, "steps", name, **_with_taken(details, language, playbook))


def done_words(name: str, details: Mapping[str, object], language: str, playbook: Playbook | None = None) -> str:
    """A step as it is told once done: "Moved Anna Kowalska to SQL"; its name where there is no such sentence."""
    done = words.say(language, "steps_done", name, **_with_taken(details, language, playbook))
    return done if done != name else step_words(name, details, language, playbook)


def _with_taken(details: Mapping[str, object], language: str, playbook: Playbook | None) -> dict[str, object]:
    """Spoken details; of a step that took another back, that one's words are `what`."""
    spoken = spoken_details(details, language, playbook)
    if isinstance(details.get("taken"), str):
        former = {key: value for key, value in details.items() if key != "taken"}
        spoken["what"] = step_words(str(details["taken"]), former, language, playbook)
    return spoken


def _later_words(later: object, language: str, playbook: Playbook | None) -> str:
    from leaddesk.db.records import StepName

    return step_words(later.name, later.details, language, playbook) if isinstance(later, StepName) else str(later)


def spoken_details(details: Mapping[str, object], language: str, playbook: Playbook | None) -> dict[str, object]:
    """Details with the keys of the playbook (a stage, a question, an outcome) replaced by their words."""
    spoken = dict(details)
    if "later" in details:
        spoken["later"] = _later_words(details["later"], language, playbook)
    for key in _NAMES & spoken.keys():
        # Texts in several languages are a playbook's, and name nobody.
        if not isinstance(spoken[key], Mapping):
            spoken[key] = shield.name(str(spoken[key]))
    if playbook is None:
        return spoken
    for key, value in details.items():
        if not isinstance(value, str):
            continue
        if key in ("stage", "to", "target", "from") and value in playbook.stage:
            spoken[key] = words.pick(playbook.stage[value].label, language)
        elif key in ("question", "hidden_by") and value in playbook.question:
            spoken[key] = words.pick(playbook.question[value].title, language)
        elif key == "outcome" and value in playbook.disposition:
            spoken[key] = words.pick(playbook.disposition[value].label, language)
    return spoken
