"""What follows from a playbook alone, worked out once for all leads: worths, stakes, windows, blank standings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leaddesk.qualify.answers import outcomes
from leaddesk.qualify.branching import Branching, branching_of
from leaddesk.qualify.conditions import atoms
from leaddesk.qualify.fit import WorthsFound
from leaddesk.qualify.playbook import Condition, EventSeen, FactRule, Playbook, Profile, Question
from leaddesk.qualify.state import QuestionState
from leaddesk.qualify.terms import DAY, Instant, QuestionKind, Standing, Tenths

_TOLD = frozenset({QuestionKind.PERSON, QuestionKind.TEXT})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what the playbook makes of it. `part`: the place of its part, or of its fact's part.

    `stake`: its best minus its worst points; `worst`: the latter.
    """

    question: Question
    place: int
    part: int
    profile: Profile | None
    stake: Tenths
    #: How it stands while nothing was said and nothing is known: hidden, visible.
    blank: tuple[QuestionState, QuestionState]
    worst: Tenths


@dataclass(frozen=True)
class Plan:
    """A playbook prepared for assessing."""

    playbook: Playbook
    asked: tuple[Asked, ...]
    by_key: Mapping[str, Asked]
    #: The place of each part, and the part that events add to (-1: none does).
    part_place: Mapping[str, int]
    limits: tuple[Tenths, ...]
    engagement: int
    profile_parts: tuple[int, ...]
    #: Questions that set a fact, in script order, and those of each criterion.
    setters: tuple[Asked, ...]
    of_criterion: Mapping[str, tuple[Asked, ...]]
    #: How long (milliseconds) events of a kind count in windows, by kind.
    windows: Mapping[str, tuple[Instant, ...]]
    branching: Branching
    hot_kinds: frozenset[str]
    #: The questions of each criterion as bits of their places.
    criterion_bits: Mapping[str, int]
    #: All questions, those that are required, and those whose no is the criterion's, as bits of their places.
    all_bits: int
    required: int
    knock_out: int
    worths_found: WorthsFound = field(default_factory=dict)


def plan_of(playbook: Playbook) -> Plan:
    """The plan of a playbook, made at the first call and kept with it."""
    kept = vars(playbook).get("_plan")
    if isinstance(kept, Plan):
        return kept
    plan = _made(playbook)
    # Kept the way cached_property keeps its values, so that it lives and dies with the playbook.
    vars(playbook)["_plan"] = plan
    return plan


def worths(question: Question, profile: Profile | None) -> tuple[Tenths, ...]:
    """The points each outcome of a question is worth; for a profiled fact those of its rules."""
    if profile is not None:
        return tuple(rule.points for rule in rules_of(profile))
    return tuple(points for _, points, _ in outcomes(question))


def rules_of(profile: Profile) -> tuple[FactRule, ...]:
    """All rules of a fact, the last of which holds where no other does."""
    return (*profile.rules, profile.otherwise)


def _made(playbook: Playbook) -> Plan:
    part_place = {part.key: place for place, part in enumerate(playbook.parts)}
    asked = tuple(_asked(playbook, part_place, place) for place in range(len(playbook.questions)))
    return Plan(
        playbook=playbook,
        asked=asked,
        by_key={one.question.key: one for one in asked},
        part_place=part_place,
        limits=tuple(part.limit for part in playbook.parts),
        engagement=next((place for place, part in enumerate(playbook.parts) if part.kind == "engagement"), -1),
        profile_parts=tuple(part_place[profile.part] for profile in playbook.profiles),
        setters=tuple(one for one in asked if one.question.sets is not None),
        of_criterion={
            criterion.key: tuple(one for one in asked if one.question.criterion == criterion.key)
            for criterion in playbook.criteria
        },
        windows=_windows(playbook),
        branching=branching_of(playbook),
        hot_kinds=frozenset(kind.key for kind in playbook.event_kinds if kind.hot),
        criterion_bits={
            criterion.key: sum(1 << one.place for one in asked if one.question.criterion == criterion.key)
            for criterion in playbook.criteria
        },
        all_bits=(1 << len(asked)) - 1,
        required=sum(1 << one.place for one in asked if one.question.required),
        knock_out=sum(1 << one.place for one in asked if one.question.knock_out),
    )


def _asked(playbook: Playbook, part_place: Mapping[str, int], place: int) -> Asked:
    question = playbook.questions[place]
    profile = playbook.profile.get(question.sets) if question.sets else None
    part = profile.part if profile else playbook.criterion[question.criterion].part
    worth = worths(question, profile)
    # What is free to say has one answer; the worst that can come of asking is none.
    worst = min(0, *worth) if question.kind in _TOLD and profile is None else min(worth)
    stake = max(worth) - worst

    def blank(visible: bool) -> QuestionState:
        return QuestionState(
            question.key, question.criterion, question.kind, visible, Standing.NOT_ASKED, visible, 0, stake
        )

    return Asked(question, place, part_place[part], profile, stake, (blank(False), blank(True)), worst)


def _windows(playbook: Playbook) -> dict[str, tuple[Instant, ...]]:
    lengths: dict[str, set[Instant]] = {}
    for condition in _conditions(playbook):
        for atom in atoms(condition):
            if isinstance(atom, EventSeen) and atom.within_days is not None:
                for key in atom.kinds:
                    lengths.setdefault(key, set()).add(atom.within_days * DAY)
    for kind in playbook.event_kinds:
        if kind.hot:
            lengths.setdefault(kind.key, set()).add(int(kind.half_life_days * DAY))
    return {key: tuple(sorted(found)) for key, found in lengths.items()}


def _conditions(playbook: Playbook) -> Iterator[Condition | None]:
    yield playbook.hot
    yield playbook.warm
    yield from (rule.when for rule in playbook.lifecycle)
    for stage in playbook.stages:
        for requirement in stage.gate:
            yield requirement.when
            yield requirement.only_if
    yield from (script.when for script in playbook.own_scripts)
