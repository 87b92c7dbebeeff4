"""Finds the rows a verb is about, or says in a person's words that they are not there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Table

from leaddesk.db.engine import fetch, quoted
from leaddesk.db.states import points_of, title_of
from leaddesk.db.store import Step
from leaddesk.errors import BadValue, NotFound

#: A row by column name. Columns have their own types, which only the database knows.
Row: TypeAlias = Mapping[str, Any]


def row_of(step: Step, table: Table, row_id: str) -> Row:
    """The row with this id; NotFound `no_<table>` else."""
    names, sql = _reading_of(table)
    found = fetch(step.connection, sql, row_id)
    if not found:
        raise NotFound(f"no_{table.name}", id=row_id)
    return dict(zip(names, found[0], strict=True))


def rows_where(step: Step, table: Table, **wanted: object) -> list[Row]:
    """The rows that have these values in these columns, None for nothing, in the order they came."""
    names, _ = _reading_of(table)
    given = {name: value for name, value in wanted.items() if value is not None}
    sql = _finding(table, tuple(given), tuple(wanted.keys() - given.keys()))
    return [dict(zip(names, found, strict=True)) for found in fetch(step.connection, sql, *given.values())]


@cache
def _finding(table: Table, given: tuple[str, ...], empty: tuple[str, ...]) -> str:
    _, sql = _reading_of(table)
    tests = [*(f"{quoted(name)} = ?" for name in given), *(f"{quoted(name)} IS NULL" for name in empty)]
    return sql.replace("id = ?", f"{' AND '.join(tests)} ORDER BY +no")


@cache
def _reading_of(table: Table) -> tuple[tuple[str, ...], str]:
    names = tuple(column.name for column in table.columns)
    return names, f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table.name)} WHERE id = ?"  # noqa: S608


def lead_row(step: Step, lead_id: str) -> Row:
    """The lead's own row; NotFound `no_lead` else. Of many leads, `row_of` each is quicker."""
    return step.known(lead_id).row


def shown_as(step: Step, row: Row) -> str:
    """What a lead is called in a sentence: as on its card."""
    company = fetch(step.connection, "SELECT company FROM account WHERE id = ?", row["account_id"])
    return title_of({**row, "firm_company": company[0][0] if company else None}, points_of(step.connection, row["id"]))


def name_after(step: Step, row: Row, **details: object) -> None:
    """Names the step after the lead it is about, so that undo can say "Move Anna Kowalska to SQL"."""
    known = step.known(row["id"])
    step.name_it(lead=title_of(known.row, known.points), lead_id=known.id, **details)


def wanted_text(text: str) -> str:
    """A text without blank edges; BadValue `empty_text` where nothing is left."""
    text = text.replace("\0", "").strip()
    if not text:
        raise BadValue("empty_text")
    return text
