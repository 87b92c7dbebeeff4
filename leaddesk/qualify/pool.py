"""The public pool: after how many days without a touch a lead goes back to all, and how many one person may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaddesk.qualify.terms import StageKind

if TYPE_CHECKING:
    from leaddesk.qualify.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Pool:
    """A playbook's `[pool]`. `days`: worked days for every open stage that names none of its own; None: only those do.

    `limit`: how many leads of open stages one person may hold when claiming another; None: any number.
    """

    days: int | None = None
    limit: int | None = None


def days_by_stage(playbook: Playbook) -> Mapping[str, int]:
    """After how many worked days leads of an open stage go back; empty where the playbook has no pool."""
    pool = playbook.pool
    if pool is None:
        return {}
    days = {stage.key: stage.pool_days or pool.days for stage in playbook.stages if stage.kind is StageKind.OPEN}
    return {stage: limit for stage, limit in days.items() if limit is not None}
