"""Engagement: what a lead did, each event fading with the half-life of its kind, groups capped.

E(t) = min(limit, Σ groups min(cap, Σ events p · 2^(−age / half-life))), rounded to tenths, halves up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from leaddesk.qualify.playbook import EventGroup, EventKind, Playbook
from leaddesk.qualify.state import Event
from leaddesk.qualify.terms import DAY, Instant, Tenths

#: A group while it fades: its cap, and of each event its worth and its half-life in milliseconds.
_Fading: TypeAlias = tuple[float, Sequence[tuple[float, float]]]

_HALVING = math.log(2) / DAY
_MOST_LEAPS = 6


class Faded(NamedTuple):
    """An event and what it is worth now, in tenths not yet rounded."""

    event: Event
    kind: EventKind
    worth: float


class FadedGroup(NamedTuple):
    """A group's events newest first, and what they are worth together before and after its cap; not yet rounded."""

    group: EventGroup
    events: Sequence[Faded]
    raw: float
    capped: float


@dataclass(frozen=True, slots=True)
class GroupWorth:
    """A group's events newest first with their tenths, and what its cap takes away (zero or less)."""

    group: EventGroup
    events: tuple[tuple[Faded, Tenths], ...]
    capped: Tenths


@dataclass(frozen=True, slots=True)
class Engagement:
    """Engagement at one instant, in tenths, before the limit of its part; `exact` is not rounded."""

    total: Tenths
    exact: float
    faded: tuple[FadedGroup, ...]

    @property
    def groups(self) -> tuple[GroupWorth, ...]:
        """The total shared out to groups and their events."""
        tenths = shared([one.capped for one in self.faded], self.total)
        return tuple(_group_worth(*one) for one in zip(self.faded, tenths, strict=True))


NO_ENGAGEMENT = Engagement(0, 0.0, ())


def engagement_at(playbook: Playbook, events: Iterable[Event], as_of: Instant) -> Engagement:
    """Engagement of a lead at an instant; later events and unknown kinds do not count."""
    by_group = _by_group(playbook, events, as_of)
    if not by_group:
        return NO_ENGAGEMENT
    groups = tuple(_faded(group, by_group[group.key]) for group in playbook.event_groups if group.key in by_group)
    exact = math.fsum(one.capped for one in groups) if len(groups) > 1 else groups[0].capped
    return Engagement(rounded(exact), exact, groups)


def _faded(group: EventGroup, events: list[Faded]) -> FadedGroup:
    raw = math.fsum([one.worth for one in events]) if len(events) > 1 else events[0].worth
    return FadedGroup(group, events, raw, min(float(group.cap), raw))


def rounded(value: float) -> Tenths:
    """The nearest whole tenth, halves up."""
    return math.floor(value + 0.5)


def shared(values: Sequence[float], total: Tenths) -> list[Tenths]:
    """Whole tenths that add up to `total`, shared out by largest remainder; the earlier one where remainders equal.

    `total` lies between the sum of the values rounded down and the sum of the values rounded up.
    """
    whole = [math.floor(value) for value in values]
    left = total - sum(whole)
    order = sorted(range(len(values)), key=lambda place: (whole[place] - values[place], place))
    for place in order[: max(left, 0)]:
        whole[place] += 1
    return whole


def next_change(engagement: Engagement, as_of: Instant, least: Tenths, most: Tenths) -> Instant | None:
    """A time before which the tenths, held between `least` and `most`, stay what they are; None: for ever.

    Each leap goes as far as the tenths would last if every event faded at the pace of the fastest: never too far.
    """
    groups = engagement.faded
    faded = [one for group in groups for one in group.events]
    now = min(max(engagement.total, least), most)
    worths = [one.worth for one in faded]
    if math.fsum(map(abs, worths)) < 0.5:
        return None
    if min(worths) < 0:
        return _next_with_losses(engagement, faded, as_of, now, (least, most))
    if now <= max(least, 0):
        return None
    boundary = now - 0.5
    fastest = min([one.kind.half_life_days for one in faded]) * DAY
    fading = [
        (float(group.cap), [(worth, kind.half_life_days * DAY) for _, kind, worth in events])
        for group, events, *_ in groups
    ]
    worth, leapt = engagement.exact, 0.0
    for _ in range(_MOST_LEAPS):
        step = fastest * math.log2(worth / boundary) if worth > boundary else 0.0
        leapt += step
        if step < 1.0:
            break
        worth = _worth_later(fading, leapt)
    return as_of + max(1, math.floor(leapt))


def _next_with_losses(
    engagement: Engagement, faded: Sequence[Faded], as_of: Instant, now: Tenths, held: tuple[Tenths, Tenths]
) -> Instant | None:
    """Where some events cost points the sum may rise and fall: go as far as the steepest slope allows."""
    least, most = held
    below = engagement.exact - (now - 0.5) if now > least else math.inf
    above = (now + 0.5) - engagement.exact if now < most else math.inf
    slope = math.fsum(abs(one.worth) * _HALVING / one.kind.half_life_days for one in faded)
    room = min(below, above)
    if math.isinf(room) or slope == 0.0:
        return None
    return as_of + max(1, math.floor(room / slope))


def _worth_later(groups: Sequence[_Fading], after: float) -> float:
    exact = []
    for cap, fading in groups:
        if len(fading) == 1:
            worth, life = fading[0]
            exact.append(min(cap, worth * 2.0 ** (-after / life)))
        else:
            exact.append(min(cap, math.fsum([worth * 2.0 ** (-after / life) for worth, life in fading])))
    return math.fsum(exact)


def _by_group(playbook: Playbook, events: Iterable[Event], as_of: Instant) -> dict[str, list[Faded]]:
    by_group: dict[str, list[Faded]] = {}
    kinds = playbook.event_kind
    for event in events:
        kind = kinds.get(event.kind)
        if kind is None or event.at > as_of:
            continue
        worth = kind.points * 2.0 ** ((event.at - as_of) / (kind.half_life_days * DAY))
        by_group.setdefault(kind.group, []).append(Faded(event, kind, worth))
    for faded in by_group.values():
        # Newest first; entries of the same instant go by id, whichever order they come in.
        if len(faded) > 1:
            faded.sort(key=lambda one: (one.event.at, one.event.id), reverse=True)
    return by_group


def _group_worth(one: FadedGroup, tenths: Tenths) -> GroupWorth:
    before_cap = rounded(one.raw) if one.raw > one.group.cap else tenths
    shares = shared([faded.worth for faded in one.events], before_cap)
    return GroupWorth(one.group, tuple(zip(one.events, shares, strict=True)), tenths - before_cap)
