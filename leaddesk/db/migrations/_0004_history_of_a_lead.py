"""Indexes to look up what was changed of a lead or its company, and the values of a field of a team's own."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "CREATE INDEX change_lead ON change (lead, step) WHERE lead IS NOT NULL",
    'CREATE INDEX change_account ON change ("row") WHERE "table" = \'account\'',
    "CREATE INDEX ix_custom_value_name ON custom_value (name)",
)


def look_up_history(connection: Connection) -> None:
    """Makes the indexes."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
