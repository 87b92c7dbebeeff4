"""Which version of the playbook a standing was made by."""

from __future__ import annotations

from sqlalchemy import Connection


def keep_who_judged(connection: Connection) -> None:
    """Adds the column. What is there was made by the version in force; what a new playbook made stale says so."""
    connection.exec_driver_sql("ALTER TABLE standing ADD COLUMN judged_by INTEGER DEFAULT '0' NOT NULL")
    newest = connection.exec_driver_sql("SELECT id FROM playbook_version ORDER BY number DESC LIMIT 1").scalar()
    if newest is not None:
        connection.exec_driver_sql("UPDATE standing SET judged_by = ?", (int(newest[-8:], 16),))
