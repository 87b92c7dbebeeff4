"""What to ask next, and why."""

from __future__ import annotations

from collections.abc import Sequence

from leaddesk.qualify.conditions import Context
from leaddesk.qualify.gate import awaited
from leaddesk.qualify.plan import Asked, Plan
from leaddesk.qualify.playbook import Script
from leaddesk.qualify.state import Advice, GateCheck
from leaddesk.qualify.terms import Tenths


def advice_for(
    plan: Plan, context: Context, script: Script, gate: GateCheck | None, sums: Sequence[Tenths]
) -> Advice | None:
    """The script's next question: what the next stage waits for, then by points at stake, then in its order.

    Once the script is through, what the next stage waits for outside it. None when nothing of either is open.
    `sums`: what the leaves of each part add up to.
    """
    questions = context.questions
    wanted = awaited(plan, context, gate) if gate is not None else frozenset()
    open_ones = [questions[key] for key in script.questions if key in questions and questions[key].open]
    if not open_ones:
        open_ones = [state for key, state in questions.items() if key in wanted]
    if not open_ones:
        return None
    at_stake = {state.key: _at_stake(plan, plan.by_key[state.key], sums) for state in open_ones}
    # max keeps the first of equals, and the questions come in script order.
    best = max(open_ones, key=lambda state: (state.key in wanted, at_stake[state.key]))
    worth = at_stake[best.key]
    if best.key in wanted and gate is not None:
        return Advice(best.key, "opens", gate.target, worth)
    if best.expired:
        return Advice(best.key, "expired", None, worth)
    return Advice(best.key, "worth" if worth else "next", None, worth)


def _at_stake(plan: Plan, asked: Asked, sums: Sequence[Tenths]) -> Tenths:
    """Best minus worst in final points: in a part that is full already, the best answer brings nothing."""
    worst = sums[asked.part] + asked.worst
    limit = plan.limits[asked.part]
    return _held(worst + asked.stake, limit) - _held(worst, limit)


def _held(points: Tenths, limit: Tenths) -> Tenths:
    return min(max(points, 0), limit)
