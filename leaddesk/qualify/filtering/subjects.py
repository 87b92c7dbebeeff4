"""What a filter can ask about: every field, a team's own fields, and what follows from a lead."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaddesk.qualify.custom import CUSTOM, CustomField
from leaddesk.qualify.fields import FIELDS, FieldKind
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Temperature

PART = "part."
CRITERION = "criterion."
QUESTION = "question."


class Ask(enum.StrEnum):
    """What a subject can be asked. Any but a STANDING can also be known or not."""

    TEXT = "text"  # is, has
    CHOICE = "choice"  # is
    YES_NO = "yes_no"  # is `yes` or `no`
    NUMBER = "number"  # between
    MONEY = "money"  # a sum between
    DAY = "day"  # in, within, between
    STANDING = "standing"  # stands


@dataclass(frozen=True, slots=True)
class Subject:
    """`choices`: what it can be, where that is known; empty: anything. `never_blank`: a lead always has one."""

    key: str
    ask: Ask
    choices: tuple[str, ...] = ()
    never_blank: bool = False


_OF_KIND = {
    FieldKind.NUMBER: Ask.NUMBER,
    FieldKind.MONEY: Ask.MONEY,
    FieldKind.DATE: Ask.DAY,
    FieldKind.YES_NO: Ask.YES_NO,
    FieldKind.CHOICE: Ask.CHOICE,
    FieldKind.STAGE: Ask.CHOICE,
}
_GRADES = {"fit_grade": ("A", "B", "C"), "engagement_grade": ("1", "2", "3")}
_TEMPERATURES = tuple(reversed([one.value for one in Temperature]))
_YES_NO = ("yes", "no")

#: What only the passing of time may change, beside what is asked of today.
MOVING = frozenset({"score", "up_to", "band", "temperature", "waiting", "stuck", *_GRADES})


def moves(key: str) -> bool:
    """Whether a subject is read from the standing of a lead, which time alone may move."""
    return key in MOVING or key.startswith((PART, CRITERION))


def subjects(playbook: Playbook, custom: Sequence[CustomField] = ()) -> Mapping[str, Subject]:
    """Everything a filter can ask about under a playbook, by key, in the order it is offered."""
    found = [
        Subject("stage", Ask.CHOICE, tuple(playbook.stage), never_blank=True),
        Subject("owner", Ask.TEXT),
        Subject("score", Ask.NUMBER, never_blank=True),
        Subject("up_to", Ask.NUMBER, never_blank=True),
        *(Subject(CRITERION + one.key, Ask.STANDING, never_blank=True) for one in playbook.criteria),
        Subject("next_step", Ask.DAY),
        Subject("stuck", Ask.YES_NO, _YES_NO, never_blank=True),
        Subject("days_in_stage", Ask.NUMBER, never_blank=True),
        Subject("band", Ask.CHOICE, _TEMPERATURES, never_blank=True),
        Subject("temperature", Ask.CHOICE, _TEMPERATURES, never_blank=True),
        Subject("waiting", Ask.YES_NO, _YES_NO, never_blank=True),
        *(Subject(key, Ask.CHOICE, choices, never_blank=True) for key, choices in _GRADES.items()),
        Subject("lifecycle", Ask.CHOICE, tuple(rule.key for rule in playbook.lifecycle)),
        *(Subject(PART + part.key, Ask.NUMBER, never_blank=True) for part in playbook.parts),
        Subject("created", Ask.DAY, never_blank=True),
        Subject("last_call", Ask.DAY),
        *(Subject(QUESTION + one.key, Ask.STANDING, never_blank=True) for one in playbook.questions),
        *(_field(field.key, field.kind, field.choices) for field in FIELDS if field.key not in ("stage", "owner")),
        *(Subject(CUSTOM + one.name, _OF_KIND.get(one.kind, Ask.TEXT), _choices(one)) for one in custom),
    ]
    return {subject.key: subject for subject in found}


def _field(key: str, kind: FieldKind, choices: tuple[str, ...]) -> Subject:
    ask = _OF_KIND.get(kind, Ask.TEXT)
    # Kept as 0 where nobody said anything: such a lead answers no.
    never_blank = key in ("do_not_call", "do_not_email")
    return Subject(key, ask, _YES_NO if ask is Ask.YES_NO else choices, never_blank)


def _choices(field: CustomField) -> tuple[str, ...]:
    return _YES_NO if field.kind is FieldKind.YES_NO else field.choices


def subject_of(known: Mapping[str, Subject], key: str) -> Subject | None:
    """The subject with this key; a value that came in under a name of its own is a text, whoever defined it or not."""
    found = known.get(key)
    if found is None and key.startswith(CUSTOM) and len(key) > len(CUSTOM):
        return Subject(key, Ask.TEXT)
    return found
