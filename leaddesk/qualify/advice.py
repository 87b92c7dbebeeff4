"""What to ask next, and why."""

from __future__ import annotations

from leaddesk.qualify.conditions import Context
from leaddesk.qualify.gate import awaited
from leaddesk.qualify.plan import Plan
from leaddesk.qualify.playbook import Script
from leaddesk.qualify.state import Advice, GateCheck


def advice_for(plan: Plan, context: Context, script: Script, gate: GateCheck | None) -> Advice | None:
    """The script's next question: what the next stage waits for, then by points at stake, then in its order.

    Once the script is through, what the next stage waits for outside it. None when nothing of either is open.
    """
    questions = context.questions
    wanted = awaited(plan, context, gate) if gate is not None else frozenset()
    open_ones = [questions[key] for key in script.questions if key in questions and questions[key].open]
    if not open_ones:
        open_ones = [state for key, state in questions.items() if key in wanted]
    if not open_ones:
        return None
    # max keeps the first of equals, and the questions come in script order.
    best = max(open_ones, key=lambda state: (state.key in wanted, state.stake))
    if best.key in wanted and gate is not None:
        return Advice(best.key, "opens", gate.target, best.stake)
    if best.expired:
        return Advice(best.key, "expired", None, best.stake)
    return Advice(best.key, "worth", None, best.stake)
