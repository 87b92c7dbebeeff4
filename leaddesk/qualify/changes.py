"""When the passing of time alone may next change what follows from what is known of a lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leaddesk.qualify.engagement import Engagement, next_change
from leaddesk.qualify.plan import Plan
from leaddesk.qualify.script import Known
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.terms import Instant, Tenths


def next_change_at(
    plan: Plan, state: LeadState, known: Known, engagement: Engagement, sums: Sequence[Tenths], as_of: Instant
) -> Instant | None:
    """The first instant after `as_of` at which anything may change by itself; None: never.

    `sums`: what the leaves of each part add up to, engagement among them.
    """
    found = [heard.changes_at for heard in known.heard.values() if heard.changes_at is not None]
    for entries in (state.answers, state.events, state.calls, state.signoffs):
        found += [entry.at for entry in entries if entry.at > as_of]
    if state.events:
        found += _windows_end(plan, state, as_of)
        if plan.engagement >= 0:
            others = sums[plan.engagement] - engagement.total
            fades = next_change(engagement, as_of, -others, plan.limits[plan.engagement] - others)
            if fades is not None:
                found.append(fades)
    return min(found, default=None)


def _windows_end(plan: Plan, state: LeadState, as_of: Instant) -> Iterator[Instant]:
    for event in state.events:
        if event.at <= as_of:
            for length in plan.windows.get(event.kind, ()):
                # An event exactly as old as the window still counts.
                ends = event.at + length + 1
                if as_of < ends:
                    yield ends
