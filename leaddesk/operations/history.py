"""Takes a single step back, however long ago, where nothing later builds on it."""

from __future__ import annotations

from leaddesk.db.store import Step
from leaddesk.db.takeback import step_named, take_step_back
from leaddesk.operations.verb import operation


@operation
def take_back(step: Step, number: int) -> None:
    """Takes back what a step changed, as a step of its own, which undo takes back in its turn.

    NotFound `no_step` where there is none or it was undone; Refused `step_overtaken` (later), `step_in_bulk`,
    `step_elsewhere` as in `db.takeback`.
    """
    former = step_named(step.connection, number)
    step.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    take_step_back(step.connection, number)
    step.name_it(**{**former.details, "taken": former.name})
