"""When a lead was last touched, and by what."""

from __future__ import annotations

from sqlalchemy import Connection


def keep_touches(connection: Connection) -> None:
    """Adds the columns; every standing is stale until it is made anew, as after a new playbook."""
    connection.exec_driver_sql("ALTER TABLE standing ADD COLUMN touched_at INTEGER DEFAULT '0' NOT NULL")
    connection.exec_driver_sql("ALTER TABLE standing ADD COLUMN touched TEXT DEFAULT '' NOT NULL")
    connection.exec_driver_sql("UPDATE standing SET touched_at = stage_since, touched = 'stage', changes_at = 0")
