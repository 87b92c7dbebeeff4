"""How long a talk by a script can get: the most questions that any answers lead through."""

from __future__ import annotations

from collections.abc import Collection

from leaddesk.qualify.plan import plan_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.potential import outlook_of, places


def longest_path(playbook: Playbook, questions: Collection[str]) -> int:
    """How many of these questions can be asked on one lead of whom nothing is known, on the way that asks most."""
    plan = plan_of(playbook)
    outlook = outlook_of(plan)
    wanted = sum(1 << plan.by_key[key].place for key in set(questions) if key in plan.by_key)
    tied = sum(knot.known for knot in outlook.knots)
    free = sum(one.known for one in outlook.free)
    # A question on a profiled fact is known by its fact, which is what is free there.
    free |= sum(1 << one.place for one in plan.setters if one.profile is not None)
    longest = (free & ~tied & wanted).bit_count()
    for knot in outlook.knots:
        met = places(outlook, knot, plan.branching.blank & knot.bits, 0)
        ways = [known for _, known in met] if met is not None else [knot.known]
        longest += max((known & wanted).bit_count() for known in ways)
    return longest
