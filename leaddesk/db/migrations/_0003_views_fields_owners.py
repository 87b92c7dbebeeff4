"""The script of a call, changes of owner, fields of a team's own, and saved views."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE call ADD COLUMN script TEXT",
    "CREATE TABLE owner_change ("
    "no INTEGER NOT NULL, id TEXT NOT NULL, lead_id TEXT NOT NULL, from_owner TEXT, to_owner TEXT, "
    "at INTEGER NOT NULL, why TEXT NOT NULL, "
    "PRIMARY KEY (no), UNIQUE (id), FOREIGN KEY(lead_id) REFERENCES lead (id) ON DELETE CASCADE)",
    "CREATE INDEX ix_owner_change_lead_id ON owner_change (lead_id)",
    "CREATE TABLE custom_field ("
    "no INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, choices TEXT, "
    "place INTEGER NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (no), UNIQUE (id), UNIQUE (name))",
    "CREATE TABLE saved_view ("
    "no INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, filters TEXT NOT NULL, "
    "look TEXT DEFAULT '{}' NOT NULL, pinned INTEGER DEFAULT '0' NOT NULL, place INTEGER NOT NULL, "
    "created_at INTEGER NOT NULL, PRIMARY KEY (no), UNIQUE (id), UNIQUE (name))",
)


def keep_views_fields_owners(connection: Connection) -> None:
    """Makes the tables and the column; the journal's triggers on them are made when the migration ends."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
