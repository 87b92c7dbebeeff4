"""What is known of one lead, and what follows from it: the input and the output of qualification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from leaddesk.qualify.playbook import Condition
from leaddesk.qualify.terms import Instant, Money, QuestionKind, Standing, Temperature, Tenths

#: The value of a fact, by the kind of its field; lists are tuples (tags).
FactValue: TypeAlias = str | int | float | bool | Money | date | tuple[str, ...]


# ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to a question: exactly one of these is set (`heard` is EVADED or UNKNOWN, else None)."""

    keys: tuple[str, ...] = ()
    money: Money | None = None
    number: float | None = None
    day: date | None = None
    text: str | None = None
    heard: Standing | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given. `by`: the stakeholder who gave it, empty for the lead's own person."""

    id: str
    question: str
    at: Instant
    said: Said
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the lead did."""

    id: str
    kind: str
    at: Instant


@dataclass(frozen=True, slots=True)
class PastCall:
    """A finished call."""

    id: str
    at: Instant
    outcome: str


@dataclass(frozen=True, slots=True)
class Signoff:
    """A person signed a requirement off."""

    key: str
    by: str
    at: Instant


@dataclass(frozen=True, slots=True)
class LeadState:
    """Everything qualification looks at. Sequences are in order of time; later-than-as-of entries are ignored."""

    stage: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    answers: tuple[Given, ...] = ()
    events: tuple[Event, ...] = ()
    calls: tuple[PastCall, ...] = ()
    signoffs: tuple[Signoff, ...] = ()
    next_step_on: date | None = None
    #: The open stage it stood in last, where it stands in a closed, parked or nurture stage now.
    stage_before: str | None = None
    lifecycle: str | None = None
    #: The script chosen for its call; None: the one that is offered.
    script: str | None = None


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class QuestionState:
    """How a question stands. `given`: the newest knowledge, or what was heard. `beside`: a later evasion or don't-know.

    `open`: visible and without knowledge. `stake`: best minus worst points. `from_fact`: a known fact answers it.
    `disagree`: stakeholders gave answers of different standing. `keys`: the answers that stand (a band's key for
    sums, numbers and days); for a fact also the key of the rule that holds.
    """

    key: str
    criterion: str
    kind: QuestionKind
    visible: bool
    standing: Standing
    open: bool
    points: Tenths
    stake: Tenths
    given: Given | None = None
    beside: Given | None = None
    expires_at: Instant | None = None
    expired: bool = False
    from_fact: bool = False
    disagree: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionState:
    """How a criterion stands: of `visible` questions, `known` have knowledge and `met` are yes."""

    key: str
    standing: Standing
    visible: int
    known: int
    met: int
    disagree: bool = False


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of the score: points now, its limit, and whether nothing in it is known yet."""

    key: str
    points: Tenths
    limit: Tenths
    open: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One leaf of the score. All reasons add up to the score exactly.

    Codes: `answer` (question, answers, given) · `fact` (fact, rule, value) · `event` (kind, when_new, at, event) ·
    `question_limit` (question, limit) · `limit` (part, limit) · `cap` (group, limit) · `floor` (part); details hold
    keys, ids and values, never sentences; points among them are tenths.
    """

    points: Tenths
    code: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Advice:
    """The next thing to ask. `reason`: `opens` (stage), `expired`, `worth` (points), `next` (in the script).

    `worth`: the points at stake, none where the part of the score is full already.
    """

    question: str
    reason: str
    stage: str | None = None
    worth: Tenths = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """The script offered for a lead. `because`: what of its condition holds; empty where it is the usual one."""

    script: str
    because: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementState:
    """One requirement of a gate. `standing`: YES when met, PARTLY, NO, or NOT_ASKED.

    `question` would meet it; where that one is hidden, `hidden_by` is the question that hides it. `facts`: those it
    looks at and does not find as wanted, where no question sets them.
    """

    stage: str
    code: str
    met: bool
    standing: Standing
    question: str | None = None
    hidden_by: str | None = None
    signoff: bool = False
    missing_points: Tenths = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateCheck:
    """Whether a lead may enter a stage, requirement by requirement, for every gate passed over."""

    target: str
    requirements: tuple[RequirementState, ...]

    @property
    def unmet(self) -> tuple[RequirementState, ...]:
        """What is still wanted."""
        return tuple(requirement for requirement in self.requirements if not requirement.met)

    @property
    def open(self) -> bool:
        """Whether the lead may enter."""
        return not self.unmet


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from a lead's state at one instant."""

    as_of: Instant
    questions: Mapping[str, QuestionState]
    criteria: Mapping[str, CriterionState]
    parts: Mapping[str, PartScore]
    score: Tenths
    up_to: Tenths
    reasons: tuple[Reason, ...]
    #: The lifecycle key rules reach now, with the code of what reached it; and one a person may decide.
    lifecycle: str | None
    lifecycle_suggested: str | None
    temperature: Temperature
    fit_grade: str
    engagement_grade: str
    band: Temperature
    #: The script offered, and the one the advice goes by: the one chosen, else the one offered.
    offered: Offered
    script: str
    #: The gate of the next open stage (None in the last one), and what to ask next (None when nothing is open).
    gate: GateCheck | None
    advice: Advice | None
    #: When the passing of time alone may next change any of this; None: never.
    next_change_at: Instant | None
