"""The playbook as types: everything a team may shape, read from TOML and never changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from leaddesk.qualify.pool import Pool
from leaddesk.qualify.terms import QuestionKind, StageKind, Standing, Tenths
from leaddesk.qualify.workdays import EVERY_WEEK, Calendar

#: One wording per language: {"en": "Budget", "zh_CN": "预算"}.
Texts: TypeAlias = Mapping[str, str]

#: What is heard, per language: phrases in the small language of `qualify/phrases.py`.
Hears: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The standing answer to a question is (or, for several choices, contains) one of these keys."""

    question: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionStands:
    """A question has one of these standings."""

    question: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class CriterionStands:
    """A criterion has one of these standings."""

    criterion: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class FactIs:
    """A fact equals one of these values, whatever its case; for lists (tags), one of them does."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactHas:
    """A fact's text contains one of these words, whatever its case."""

    fact: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactKnown:
    """A fact has any value."""

    fact: str


@dataclass(frozen=True, slots=True)
class FactBetween:
    """A number fact lies in [at_least, below)."""

    fact: str
    at_least: float | None
    below: float | None


@dataclass(frozen=True, slots=True)
class MoneyAtLeast:
    """A money fact reaches the sum given for its currency (minor units); an unlisted currency does not."""

    fact: str
    sums: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScoreAtLeast:
    """The score, or one part of it, reaches so many points."""

    part: str | None
    tenths: Tenths


@dataclass(frozen=True, slots=True)
class EventSeen:
    """At least so many events of these kinds within so many days (None: ever)."""

    kinds: tuple[str, ...]
    at_least: int = 1
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class CallMade:
    """A finished call with one of these outcomes (empty: any that reached the person)."""

    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStepPlanned:
    """An open task with a date exists."""


@dataclass(frozen=True, slots=True)
class SignedOff:
    """A person signed this off."""

    key: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    of: Condition


Condition: TypeAlias = (
    AnswerIs
    | QuestionStands
    | CriterionStands
    | FactIs
    | FactHas
    | FactKnown
    | FactBetween
    | MoneyAtLeast
    | ScoreAtLeast
    | EventSeen
    | CallMade
    | NextStepPlanned
    | SignedOff
    | All
    | AnyOf
    | Not
)


# ── script ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer a question offers; for money, number and date it is a band, for person and text the single one.

    `at_least`: the lowest number of a number band. `sums`: the lowest sum of a money band per currency, in minor units.
    `within_days`: the farthest day of a date band, counted from the day it was said; None: any later day.
    `unlisted`: the money band taken when the currency has no sums. `hears`: what a person writes for it in a hurry.
    `recap`: how it reads to the buyer, where the label is not meant for them.
    """

    key: str
    label: Texts
    short: Texts
    standing: Standing
    points: Tenths
    at_least: float | None = None
    sums: Mapping[str, int] | None = None
    within_days: int | None = None
    unlisted: bool = False
    hears: Hears = field(default_factory=dict)
    recap: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the script.

    `limit`: the most points several choices may bring. `sets`: the fact the answer sets on the lead. `asks`: the
    stakeholder role that should be asked. `expires_days`: after which the answer counts as not asked. `hears`: words
    that say a sum, a number, a day or a name beside them is meant for this question. `recap`: its title as the buyer
    reads it; `internal`: what is said to it is never told to the buyer.
    """

    key: str
    criterion: str
    kind: QuestionKind
    wording: Texts
    short: Texts
    hint: Texts
    answers: tuple[Answer, ...]
    title: Texts
    limit: Tenths | None = None
    sets: str | None = None
    asks: str | None = None
    expires_days: int | None = None
    when: Condition | None = None
    required: bool = False
    knock_out: bool = False
    hears: Hears = field(default_factory=dict)
    recap: Texts = field(default_factory=dict)
    internal: bool = False

    def answer(self, key: str) -> Answer | None:
        """The offered answer with this key."""
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True, slots=True)
class Criterion:
    """Budget, authority, need … : data, not an enum. `letter` is what the strip shows, `recap` what the buyer reads."""

    key: str
    label: Texts
    letter: Texts
    part: str
    recap: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Objection:
    """What a buyer holds against it: `words` as they say it, several per language, and the answer to give."""

    key: str
    label: Texts
    words: Mapping[str, tuple[str, ...]]
    answer: Texts


@dataclass(frozen=True, slots=True)
class ScriptGroup:
    """Questions that are asked together, in order, under a label and the letter that leads there."""

    key: str
    label: Texts
    letter: Texts
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A way through the questions: what is asked, in which order. Scores look at all questions, whichever asked them.

    `minutes`: its planned length. `when`: the leads it is offered for; None: those that no other script is offered for.
    """

    key: str
    name: Texts
    about: Texts
    groups: tuple[ScriptGroup, ...]
    minutes: int
    when: Condition | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys of what it asks, in order."""
        return tuple(key for group in self.groups for key in group.questions)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score with its limit. Kind: `fit`, `engagement` or `criterion`."""

    key: str
    label: Texts
    limit: Tenths
    kind: str


@dataclass(frozen=True, slots=True)
class FactRule:
    """Points for a fact that meets a condition. `key` names it among the fact's rules."""

    key: str
    label: Texts
    when: Condition
    points: Tenths
    standing: Standing


@dataclass(frozen=True, slots=True)
class Profile:
    """What one fact is worth (the ideal customer profile, fact by fact): the first rule that holds counts."""

    fact: str
    part: str
    rules: tuple[FactRule, ...]
    otherwise: FactRule


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events that share one cap."""

    key: str
    label: Texts
    cap: Tenths


@dataclass(frozen=True, slots=True)
class EventKind:
    """Something a lead did. Points when new; half of them after `half_life_days`. `hot`: it makes the lead hot."""

    key: str
    label: Texts
    group: str
    points: Tenths
    half_life_days: float
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Grades:
    """Thresholds: fit A and B, engagement 1 and 2, score bands hot and warm; all in tenths."""

    fit_a: Tenths
    fit_b: Tenths
    engagement_1: Tenths
    engagement_2: Tenths
    hot: Tenths
    warm: Tenths


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a stage asks for on entry; it counts only while `only_if` holds. `question` would meet it.

    `signoff`: it is met by a person signing it off under its code.
    """

    code: str
    label: Texts
    when: Condition
    only_if: Condition | None = None
    question: str | None = None
    signoff: bool = False


@dataclass(frozen=True, slots=True)
class EntryTask:
    """A task set when a lead enters a stage."""

    text: Texts
    in_days: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the board. `rot_days`: days without a next step before it counts as stuck; `limit`: cards in work.

    `needs_reason`: which list a reason must come from (`lost`, `parked`, `nurture`); `needs_date`: entering asks a day.
    `lifecycle`: the lifecycle key a person's move into this stage records. `pool_days`: see `Pool`.
    """

    key: str
    label: Texts
    kind: StageKind
    gate: tuple[Requirement, ...] = ()
    rot_days: int | None = None
    limit: int | None = None
    probability: int = 0
    tasks: tuple[EntryTask, ...] = ()
    needs_reason: str | None = None
    needs_date: bool = False
    lifecycle: str | None = None
    pool_days: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A key with its words, from a list a team may change."""

    key: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Disposition:
    """How a call can end. `reached`: the person was spoken with. `next_days`: when to try again if nothing is planned.

    `next_text`: words of that next step. `stage`: a stage that is offered on this outcome (lost, nurture …).
    """

    key: str
    label: Texts
    reached: bool
    next_days: int | None = None
    next_text: Texts | None = None
    stage: str | None = None
    do_not_call: bool = False


@dataclass(frozen=True, slots=True)
class LifecycleRule:
    """A lifecycle key, in ascending order. `by_person`: rules only suggest it, a person decides."""

    key: str
    label: Texts
    when: Condition | None
    by_person: bool = False


@dataclass(frozen=True)
class Playbook:
    """Everything a team may shape. Orders are meaningful: criteria and questions as asked, stages left to right."""

    key: str
    name: Texts
    parts: tuple[Part, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    profiles: tuple[Profile, ...]
    event_groups: tuple[EventGroup, ...]
    event_kinds: tuple[EventKind, ...]
    grades: Grades
    hot: Condition
    warm: Condition
    lifecycle: tuple[LifecycleRule, ...]
    stages: tuple[Stage, ...]
    dispositions: tuple[Disposition, ...]
    reasons: Mapping[str, tuple[Choice, ...]]
    roles: tuple[Choice, ...]
    call_minutes: int
    objections: tuple[Objection, ...] = ()
    own_scripts: tuple[Script, ...] = ()  # as the file has them; `scripts` is never empty
    calendar: Calendar = EVERY_WEEK
    pool: Pool | None = None

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """The scripts to choose from; where a team wrote none, one that asks every question by criterion."""
        groups = tuple(
            ScriptGroup(one.key, one.label, one.letter, tuple(q.key for q in self.questions if q.criterion == one.key))
            for one in self.criteria
        )
        return self.own_scripts or (Script(self.key, self.name, {}, groups, self.call_minutes),)

    @cached_property
    def script(self) -> Mapping[str, Script]:
        """Scripts by key."""
        return {script.key: script for script in self.scripts}

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def stage(self) -> Mapping[str, Stage]:
        """Stages by key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def part(self) -> Mapping[str, Part]:
        """Parts by key."""
        return {part.key: part for part in self.parts}

    @cached_property
    def criterion(self) -> Mapping[str, Criterion]:
        """Criteria by key."""
        return {criterion.key: criterion for criterion in self.criteria}

    @cached_property
    def profile(self) -> Mapping[str, Profile]:
        """Profiles by the fact they score."""
        return {profile.fact: profile for profile in self.profiles}

    @cached_property
    def event_kind(self) -> Mapping[str, EventKind]:
        """Event kinds by key."""
        return {kind.key: kind for kind in self.event_kinds}

    @cached_property
    def disposition(self) -> Mapping[str, Disposition]:
        """Dispositions by key."""
        return {disposition.key: disposition for disposition in self.dispositions}

    @cached_property
    def objection(self) -> Mapping[str, Objection]:
        """Objections by key."""
        return {objection.key: objection for objection in self.objections}

    @cached_property
    def open_stages(self) -> tuple[Stage, ...]:
        """The stages a lead works its way through, left to right."""
        return tuple(stage for stage in self.stages if stage.kind is StageKind.OPEN)
