"""What won leads tell of the days a stage takes, for stages whose playbook names none."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection

from leaddesk.db.days import local_day
from leaddesk.db.engine import fetch
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.rot import days_spent, learned_days, learning_stages
from leaddesk.qualify.terms import StageKind

# The standings are sorted by stage, and few leads are won.
_MOVES = (
    "SELECT c.lead_id, c.to_stage, c.at FROM standing s JOIN lead l ON l.no = s.lead_no"
    " JOIN stage_change c ON c.lead_id = l.id"
    " WHERE s.stage IN (SELECT value FROM json_each(?)) ORDER BY c.lead_id, c.at, c.no"
)


def learned(connection: Connection, playbook: Playbook) -> dict[str, int]:
    """Worked days by stage, only of stages that leave them to be learned and where enough leads were won."""
    stages = learning_stages(playbook)
    if not stages:
        return {}
    won = [stage.key for stage in playbook.stages if stage.kind is StageKind.WON]
    spent: dict[str, list[int]] = defaultdict(list)
    for _, moves in groupby(fetch(connection, _MOVES, json.dumps(won)), key=itemgetter(0)):
        for stage, worked in days_spent(playbook, ((to, local_day(at)) for _, to, at in moves)):
            spent[stage].append(worked)
    return {stage: days for stage in stages if (days := learned_days(spent[stage])) is not None}
