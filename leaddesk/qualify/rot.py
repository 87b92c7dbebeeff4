"""Rot: whether a lead has waited in its stage longer than it should, and since when nobody touched it.

The clock starts with the last touch (a call, a note, an answer, a finished task, a change of owner or stage), counts
worked days, and is held off by a planned next step until that is overdue. Only the last touch is kept per lead: who
rots today follows from the playbook, and so does the day since which a lead must have been untouched to do so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.qualify.workdays import Calendar

#: Fewer won leads than this tell nothing about how long a stage takes.
ENOUGH = 20
#: So many of a hundred won leads were through a stage within the days that are learned from them.
_SHARE = 80

_ROTTING = frozenset({StageKind.OPEN, StageKind.NURTURE})


@dataclass(frozen=True, slots=True)
class Rot:
    """How long a lead has waited: `idle` worked days since it was touched, of at most `limit` (None: any number).

    `rotting`: too long, and nothing is planned. `late`: twice as long. `held_until`: the planned day that holds it off.
    """

    idle: int
    limit: int | None
    rotting: bool
    held_until: date | None = None

    @property
    def late(self) -> bool:
        """Whether it waits twice as long as it should."""
        return self.rotting and self.limit is not None and self.idle >= 2 * self.limit


def limit_of(stage: Stage) -> int | None:
    """The worked days a lead may wait in a stage; None: it never rots there. Closed and parked leads do not."""
    return stage.rot_days if stage.kind in _ROTTING else None


def rot_of(calendar: Calendar, limit: int | None, touched_on: date, next_step_on: date | None, today: date) -> Rot:
    """How long a lead of a stage with such a limit has waited. `next_step_on`: the day of its next open task."""
    idle = calendar.worked(touched_on, today)
    held = next_step_on if next_step_on is not None and next_step_on >= today else None
    return Rot(idle, limit, limit is not None and idle >= limit and held is None, held)


def rotten_since(playbook: Playbook, today: date) -> dict[str, date]:
    """By stage the last day whose touch is too long ago: who was touched later, or has a step planned, does not rot."""
    limits = {stage.key: limit for stage in playbook.stages if (limit := limit_of(stage)) is not None}
    days = {stage: playbook.calendar.before(today, limit) for stage, limit in limits.items()}
    return {stage: day for stage, day in days.items() if day is not None}


# ── learned ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def learning_stages(playbook: Playbook) -> tuple[str, ...]:
    """The open stages whose days the playbook leaves to be learned."""
    return tuple(stage.key for stage in playbook.open_stages if stage.rot_days is None)


def with_learned(playbook: Playbook, learned: Mapping[str, int]) -> Playbook:
    """The playbook with the days that were learned where it names none."""
    wanted = {stage: learned[stage] for stage in learning_stages(playbook) if stage in learned}
    if not wanted:
        return playbook
    stages = tuple(replace(one, rot_days=wanted[one.key]) if one.key in wanted else one for one in playbook.stages)
    return replace(playbook, stages=stages)


def learned_days(spent: Sequence[int]) -> int | None:
    """The worked days within which 80 of 100 won leads were through a stage; None where too few were won."""
    if len(spent) < ENOUGH:
        return None
    return max(1, sorted(spent)[math.ceil(len(spent) * _SHARE / 100) - 1])


def days_spent(playbook: Playbook, moves: Iterable[tuple[str, date]]) -> Iterator[tuple[str, int]]:
    """Worked days in each stage a lead left, visits together, from its moves in order: (stage entered, day)."""
    spent: dict[str, int] = {}
    here: tuple[str, date] | None = None
    for stage, day in moves:
        if here is not None:
            spent[here[0]] = spent.get(here[0], 0) + playbook.calendar.worked(here[1], day)
        here = (stage, day)
    yield from spent.items()
