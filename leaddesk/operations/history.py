"""Takes a single step back, however long ago, where nothing later builds on it."""

from __future__ import annotations

from leaddesk.db.engine import fetch
from leaddesk.db.store import Step
from leaddesk.db.takeback import step_named, step_that_brought, take_step_back
from leaddesk.operations.accounts import drop_if_empty
from leaddesk.operations.rows import lead_row
from leaddesk.operations.verb import operation


@operation
def take_back(step: Step, number: int | None, lead_id: str | None = None) -> None:
    """Takes back what a step changed, as a step of its own, which undo takes back in its turn.

    `lead_id`: of a step about many leads, only what it did to this one. `number` None: the step that brought it with
    many others, such as an import; a company left without any lead goes too. NotFound `no_step` where there is none or
    it was undone; Refused `step_overtaken` (later), `step_built_on`, `step_in_bulk`, `step_elsewhere`: `db.takeback`.
    """
    firm = None
    if number is None:
        row = lead_row(step, str(lead_id))
        number, firm = step_that_brought(step.connection, row["id"]), row["account_id"]
    former = step_named(step.connection, number)
    title = _title(step, lead_id) if lead_id is not None else ""  # it may go
    step.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    take_step_back(step.connection, number, lead_id)
    drop_if_empty(step, firm)
    if lead_id is None or former.details.get("lead_id") == lead_id or "n" not in former.details:
        step.name_it(**former.details, taken=former.name)
        return
    # Of many: named by the one it was taken back for.
    title = title or _title(step, lead_id)
    step.name_it(**{**former.details, "n": 1, "lead": title, "taken": former.name})


def _title(step: Step, lead_id: str) -> str:
    """What a lead is shown as; empty where it is not there."""
    found = fetch(
        step.connection, "SELECT s.title FROM standing s JOIN lead l ON l.no = s.lead_no WHERE l.id = ?", lead_id
    )
    return str(found[0][0]) if found else ""
