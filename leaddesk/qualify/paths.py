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
    longest = sum((one.known & wanted).bit_count() for one in outlook.free)
    for knot in outlook.knots:
        met = places(outlook, knot, plan.branching.blank & knot.bits, 0)
        ways = [known for _, known in met] if met is not None else [knot.known]
        longest += max((known & wanted).bit_count() for known in ways)
    return longest
