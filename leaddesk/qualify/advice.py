"""What to ask next, and why."""

from __future__ import annotations

from collections.abc import Mapping

from leaddesk.qualify.conditions import Context
from leaddesk.qualify.gate import awaited
from leaddesk.qualify.plan import Plan
from leaddesk.qualify.state import Advice, GateCheck, QuestionState


def advice_for(
    plan: Plan, context: Context, questions: Mapping[str, QuestionState], gate: GateCheck | None
) -> Advice | None:
    """The next question: what the next stage waits for, then by points at stake, then in script order.

    None when nothing is open.
    """
    open_ones = [state for state in questions.values() if state.open]
    if not open_ones:
        return None
    wanted = awaited(plan, context, gate) if gate is not None else frozenset()
    # max keeps the first of equals, and the questions come in script order.
    best = max(open_ones, key=lambda state: (state.key in wanted, state.stake))
    if best.key in wanted and gate is not None:
        return Advice(best.key, "opens", gate.target, best.stake)
    if best.expired:
        return Advice(best.key, "expired", None, best.stake)
    return Advice(best.key, "worth", None, best.stake)
