"""Finds the rows a verb is about, or says in a person's words that they are not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Table, select

from leaddesk.db import schema
from leaddesk.db.states import title_of
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound

#: A row by column name. Columns have their own types, which only the database knows.
Row: TypeAlias = Mapping[str, Any]


def row_of(step: Step, table: Table, row_id: str) -> Row:
    """The row with this id; NotFound `no_<table>` else."""
    found = step.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if found is None:
        raise NotFound(f"no_{table.name}", id=row_id)
    return dict(found)


def lead_row(step: Step, lead_id: str) -> Row:
    """The lead's own row; NotFound `no_lead` else."""
    return row_of(step, schema.lead, lead_id)


def shown_as(step: Step, row: Row) -> str:
    """What a lead is called in a sentence: as on its card."""
    account, point = schema.account, schema.contact_point
    company = step.connection.execute(select(account.c.company).where(account.c.id == row["account_id"])).scalar()
    points = step.connection.execute(select(point).where(point.c.lead_id == row["id"]).order_by(point.c.no)).all()
    return title_of({**row, "firm_company": company}, points)


def name_after(step: Step, row: Row, **details: object) -> None:
    """Names the step after the lead it is about, so that undo can say "Move Anna Kowalska to SQL"."""
    step.name_it(lead=shown_as(step, row), lead_id=row["id"], **details)


def wanted_text(text: str) -> str:
    """A text without blank edges; BadValue `empty_text` where nothing is left."""
    text = text.replace("\0", "").strip()
    if not text:
        raise BadValue("empty_text")
    return text
