"""Takes away what needs room and serves nothing."""

from __future__ import annotations

from sqlalchemy import Connection


def take_less_room(connection: Connection) -> None:
    """Drops an index nobody asks. Points of parts and words of the search index are written shorter as leads change."""
    connection.exec_driver_sql("DROP INDEX ix_contact_point_normal")
