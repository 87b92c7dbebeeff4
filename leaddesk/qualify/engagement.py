"""Engagement: what a lead did, each event fading with the half-life of its kind, groups capped.

E(t) = min(limit, Σ groups min(cap, Σ events p · 2^(−age / half-life))), rounded to tenths, halves up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaddesk.qualify.playbook import EventGroup, EventKind, Playbook
from leaddesk.qualify.state import Event
from leaddesk.qualify.terms import DAY, Instant, Tenths

_HALVING = math.log(2) / DAY
_MOST_LEAPS = 6


@dataclass(frozen=True, slots=True)
class Faded:
    """An event and what it is worth now, in tenths not yet rounded."""

    event: Event
    kind: EventKind
    worth: float


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
    groups: tuple[GroupWorth, ...]


NO_ENGAGEMENT = Engagement(0, 0.0, ())


def engagement_at(playbook: Playbook, events: Iterable[Event], as_of: Instant) -> Engagement:
    """Engagement of a lead at an instant; later events and unknown kinds do not count."""
    by_group = _by_group(playbook, events, as_of)
    if not by_group:
        return NO_ENGAGEMENT
    groups = [group for group in playbook.event_groups if group.key in by_group]
    sums = [math.fsum(faded.worth for faded in by_group[group.key]) for group in groups]
    capped = [min(float(group.cap), raw) for group, raw in zip(groups, sums, strict=True)]
    exact = math.fsum(capped)
    total = rounded(exact)
    worths = tuple(
        _group_worth(group, by_group[group.key], raw, tenths)
        for group, raw, tenths in zip(groups, sums, shared(capped, total), strict=True)
    )
    return Engagement(total, exact, worths)


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
    faded = [one for group in engagement.groups for one, _ in group.events]
    now = min(max(engagement.total, least), most)
    if math.fsum(abs(one.worth) for one in faded) < 0.5:
        return None
    if any(one.worth < 0 for one in faded):
        return _next_with_losses(engagement, faded, as_of, now, (least, most))
    if now <= max(least, 0):
        return None
    boundary = now - 0.5
    fastest = min(one.kind.half_life_days for one in faded) * DAY
    leapt = 0.0
    for _ in range(_MOST_LEAPS):
        worth = _worth_later(engagement, leapt)
        step = fastest * math.log2(worth / boundary) if worth > boundary else 0.0
        leapt += step
        if step < 1.0:
            break
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


def _worth_later(engagement: Engagement, after: float) -> float:
    return math.fsum(
        min(
            float(one.group.cap),
            math.fsum(faded.worth * 2.0 ** (-after / (faded.kind.half_life_days * DAY)) for faded, _ in one.events),
        )
        for one in engagement.groups
    )


def _by_group(playbook: Playbook, events: Iterable[Event], as_of: Instant) -> dict[str, list[Faded]]:
    by_group: dict[str, list[Faded]] = {}
    for event in events:
        kind = playbook.event_kind.get(event.kind)
        if kind is None or event.at > as_of:
            continue
        worth = kind.points * 2.0 ** ((event.at - as_of) / (kind.half_life_days * DAY))
        by_group.setdefault(kind.group, []).append(Faded(event, kind, worth))
    for faded in by_group.values():
        # Newest first; entries of the same instant go by id, whichever order they come in.
        faded.sort(key=lambda one: (one.event.at, one.event.id), reverse=True)
    return by_group


def _group_worth(group: EventGroup, faded: list[Faded], raw: float, tenths: Tenths) -> GroupWorth:
    before_cap = rounded(raw) if raw > group.cap else tenths
    shares = shared([one.worth for one in faded], before_cap)
    return GroupWorth(group, tuple(zip(faded, shares, strict=True)), tenths - before_cap)
