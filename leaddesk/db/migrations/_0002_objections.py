"""Objections a buyer raised, with what was noted of them."""

from __future__ import annotations

from sqlalchemy import Connection


def keep_objections(connection: Connection) -> None:
    """The table of objections; the journal's triggers on it are made when the migration ends."""
    connection.exec_driver_sql(
        "CREATE TABLE objection ("
        "no INTEGER NOT NULL, id TEXT NOT NULL, lead_id TEXT NOT NULL, call_id TEXT, key TEXT NOT NULL, "
        "at INTEGER NOT NULL, note TEXT DEFAULT '' NOT NULL, "
        "PRIMARY KEY (no), UNIQUE (id), FOREIGN KEY(lead_id) REFERENCES lead (id) ON DELETE CASCADE)"
    )
    connection.exec_driver_sql("CREATE INDEX ix_objection_lead_id ON objection (lead_id)")
    connection.exec_driver_sql("CREATE INDEX ix_objection_key ON objection (key)")
