"""Next steps: planned, moved, done, opened again, deleted."""

from __future__ import annotations

from datetime import date

from leaddesk.db import schema
from leaddesk.errors import BadValue, NotFound
from leaddesk.operations import tasks
from tests.operations.trial import Trial

_DAY = date(2026, 3, 9)


def test_a_task_is_planned_and_shown_as_the_next_step(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(tasks.add_task, lead_id, " Call Bo ", _DAY, "9:05")
    (task,) = trial.lead(lead_id).tasks
    assert (task.text, task.due_on, task.due_time) == ("Call Bo", _DAY, "09:05")


def test_a_task_is_changed_in_parts(trial: Trial) -> None:
    lead_id = trial.add()
    task_id = trial.do(tasks.add_task, lead_id, "Call Bo", _DAY, "9:05")
    trial.do(tasks.change_task, task_id, due_on=date(2026, 3, 10))
    trial.do(tasks.change_task, task_id, text="Call Eve", due_time="")
    (task,) = trial.lead(lead_id).tasks
    assert (task.text, task.due_on, task.due_time) == ("Call Eve", date(2026, 3, 10), None)


def test_a_task_is_done_and_opened_again(trial: Trial) -> None:
    lead_id = trial.add()
    task_id = trial.do(tasks.add_task, lead_id, "Call Bo", _DAY)
    trial.do(tasks.finish_task, task_id)
    assert not trial.lead(lead_id).tasks
    trial.do(tasks.finish_task, task_id, done=False)
    assert trial.lead(lead_id).tasks
    trial.do(tasks.delete_task, task_id)
    assert not trial.rows(schema.task)


def test_what_is_no_task(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(BadValue, "empty_text", tasks.add_task, lead_id, " ", _DAY)
    trial.refused(BadValue, "bad_time", tasks.add_task, lead_id, "Call", _DAY, "noon")
    trial.refused(NotFound, "no_lead", tasks.add_task, "nobody", "Call", _DAY)
    trial.refused(NotFound, "no_task", tasks.finish_task, "nothing")
    trial.refused(NotFound, "no_task", tasks.change_task, "nothing", "x")
    trial.refused(NotFound, "no_task", tasks.delete_task, "nothing")
