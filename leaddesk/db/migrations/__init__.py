"""Brings a database to the tables of this program, one numbered function at a time.

A migration is a function of a connection; its number, the `user_version` after it, is its place in `MIGRATIONS`. All
that are missing run in one transaction, unrecorded, foreign keys off and checked at its end. To add one: write
`_NNNN_what.py`, append it here, and keep every older one as it is. A new database is laid down as `schema.py` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from leaddesk.db import journal, search
from leaddesk.db.engine import APPLICATION_ID, begin, commit, pragma, roll_back
from leaddesk.db.migrations._0002_objections import keep_objections
from leaddesk.db.migrations._0003_views_fields_owners import keep_views_fields_owners
from leaddesk.db.migrations._0004_history_of_a_lead import look_up_history
from leaddesk.db.migrations._0005_touches import keep_touches
from leaddesk.db.migrations._0006_parts_of_steps import keep_parts_of_steps
from leaddesk.db.migrations._0007_judged_by import keep_who_judged
from leaddesk.db.migrations._0008_less_room import take_less_room
from leaddesk.db.schema import metadata
from leaddesk.errors import DatabaseTrouble

Migration: TypeAlias = Callable[[Connection], None]


def first(connection: Connection) -> None:
    """The tables, the journal's triggers and the search index of a new database."""
    metadata.create_all(connection)
    journal.install(connection)
    journal.prepare(connection)
    search.make_index(connection)


MIGRATIONS: Sequence[Migration] = (
    first,
    keep_objections,
    keep_views_fields_owners,
    look_up_history,
    keep_touches,
    keep_parts_of_steps,
    keep_who_judged,
    take_less_room,
)

LATEST = len(MIGRATIONS)


def lay_down(connection: Connection) -> None:
    """Makes a new database in an empty file, within the caller's transaction."""
    # First of all: whatever of it reaches the disk says whose it is.
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    first(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {LATEST}")


def migrate(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Runs what an older database lacks, in one transaction: afterwards it is up to date, or as it was.

    The triggers are those of today's tables, so they can only be made once all of them are there.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    begin(connection)
    try:
        missing = migrations[pragma(connection, "user_version") :]  # another program may have been quicker
        if missing:
            with journal.unrecorded(connection):
                journal.remove(connection)
                for migration in missing:
                    migration(connection)
            journal.install(connection)
            _check_references(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {len(migrations)}")
        commit(connection)
    except BaseException:
        roll_back(connection)
        raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise DatabaseTrouble("corrupt", table=broken[0], path="")
