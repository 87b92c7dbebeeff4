"""Steps of several transactions, and whose standing was written lately."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "CREATE TABLE step_part ("
    "last INTEGER NOT NULL, step INTEGER NOT NULL, held INTEGER NOT NULL, "
    "PRIMARY KEY (last), FOREIGN KEY(step) REFERENCES step (no))",
    "CREATE INDEX ix_step_part_step ON step_part (step)",
    "CREATE TABLE standing_change (no INTEGER NOT NULL, lead_no INTEGER, PRIMARY KEY (no))",
)


def keep_parts_of_steps(connection: Connection) -> None:
    """Makes the tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
