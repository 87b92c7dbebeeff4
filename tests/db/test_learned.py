"""Days of a stage that the playbook leaves open are learned from the leads that were won."""

from __future__ import annotations

import re
from pathlib import Path

from leaddesk.db import schema
from leaddesk.db.step import Step
from leaddesk.db.store import Store
from leaddesk.operations.verb import operation
from leaddesk.qualify.terms import DAY
from leaddesk.resources import text_of
from tests.builders import NOW, write_lead

_UNSAID = re.sub(r'(key = "sql"\n.*?)rot_days = 14\n', r"\1", text_of("playbooks", "default.toml"), flags=re.DOTALL)


@operation
def win(step: Step, weeks: int) -> None:
    """A lead that spent so many weeks in SQL and was won."""
    lead_id = write_lead(step, f"Won after {weeks} weeks", stage="won")
    begun = NOW - 400 * DAY
    for stage, at in (("new", begun), ("sql", begun + DAY), ("won", begun + DAY + weeks * 7 * DAY)):
        step.insert(schema.stage_change, lead_id=lead_id, to_stage=stage, at=at)


def test_days_are_learned_from_won_leads_once_there_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "learned.leaddesk"
    with Store.open(path, playbook=_UNSAID) as store:
        assert store.playbook.stage["sql"].rot_days is None
        for weeks in range(1, 20):
            store.run(win, weeks, now=NOW)
        with store.reader() as reader:
            assert reader.playbook.stage["sql"].rot_days is None
        store.run(win, 20, now=NOW)
        with store.reader() as reader:
            assert reader.playbook.stage["sql"].rot_days == 16 * 5
            assert reader.playbook.stage["mql"].rot_days == 7
    with Store.open(path) as store:
        assert store.playbook.stage["sql"].rot_days == 16 * 5
