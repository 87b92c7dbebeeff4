"""What comes out of the database: frozen records, never rows, never entities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Assessment, FactValue, Given, LeadState
from leaddesk.qualify.terms import Instant, Money, Temperature, Tenths


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changed. `everything`: too much to name (a bulk import, its undo, another database)."""

    step: int = 0
    name: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    leads: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class StepName:
    """A step that can be undone or redone: its operation, and what fills its words."""

    no: int
    name: str
    details: Mapping[str, object]
    at: Instant


@dataclass(frozen=True, slots=True)
class NextStep:
    """An open task."""

    id: str
    text: str
    due_on: date
    due_time: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What a card of the board, a row of the list or a search hit shows.

    `strip`: a letter a criterion, in playbook order: y yes, p partly, n no, u unknown, e evaded, - not asked.
    `touched_at`, `touched`: when somebody last did something about it, and what (`Touch`).
    """

    id: str
    no: int
    title: str
    company: str
    job: str
    stage: str
    stage_since: Instant
    score: Tenths
    up_to: Tenths
    strip: str
    value: Money | None
    next_step: NextStep | None
    temperature: Temperature
    hot_since: Instant | None
    waiting: bool
    source: str
    owner: str
    lifecycle: str
    external_id: str
    do_not_call: bool
    touched_at: Instant = 0
    touched: str = ""
    parked_until: date | None = None


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A phone number, mail address or handle. `kind` is a field key."""

    id: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Someone who takes part in the decision."""

    id: str
    name: str
    title: str
    role: str
    attitude: str
    note: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `ended_at` is None while it is going on. `script`: a key of the playbook; empty: the one offered."""

    id: str
    lead_id: str
    started_at: Instant
    ended_at: Instant | None
    minutes: int | None
    outcome: str
    question: str
    note: str
    script: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a lead's story; details fill its words.

    `kind`: call, note, objection, event, stage, lifecycle, task, answer, owner, facts or created. What was said on a
    call names it under `call`, empty else. `playbook`: the one it was asked or ended by, where another is in force.
    """

    at: Instant
    kind: str
    details: Mapping[str, object]
    playbook: Playbook | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead whole: facts by field key, people, past, and what follows from it as of one instant."""

    id: str
    no: int
    title: str
    facts: Mapping[str, FactValue]
    contact_points: tuple[ContactPoint, ...]
    custom: Mapping[str, str]
    tags: tuple[str, ...]
    stakeholders: tuple[Stakeholder, ...]
    stage: str
    stage_since: Instant
    lifecycle: str
    lifecycle_at: Instant | None
    parked_until: date | None
    reason: str
    do_not_call: bool
    sample: bool
    created_at: Instant
    tasks: tuple[NextStep, ...]
    calls: tuple[Call, ...]
    open_call: Call | None
    answers: tuple[Given, ...]
    timeline: tuple[TimelineEntry, ...]
    state: LeadState
    assessment: Assessment
    #: By the id of an answer, its question as it was asked, where that was not by the playbook in force.
    asked: Mapping[str, Question] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """The head of a column: how many leads, and their value per currency in minor units."""

    stage: str
    leads: int
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `total` is None while unknown. `between`: no transaction is open, others may write now."""

    done: int
    total: int | None = None
    what: str = ""
    between: bool = False
