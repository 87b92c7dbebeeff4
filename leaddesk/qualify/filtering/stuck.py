"""Whether a lead has stood in its stage for too long with nothing planned."""

from __future__ import annotations

from datetime import date

from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import DAY, Instant


def is_stuck(stage: Stage | None, since: Instant, next_step_on: date | None, now: Instant, today: date) -> bool:
    """Longer there than the stage's days; not while a next step is planned that is not overdue."""
    if stage is None or stage.rot_days is None or (next_step_on is not None and next_step_on >= today):
        return False
    return now - since >= stage.rot_days * DAY
