"""Which version of the playbook a standing was made by: with another one in force, it is stale.

So a new playbook costs one row, however many leads there are; their standings follow by and by, and until then what a
screen shows is worked out when it is looked at.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_

from leaddesk.db.engine import fetch
from leaddesk.db.ids import number_of
from leaddesk.db.reading import Columns
from leaddesk.db.schema import standing
from leaddesk.qualify.terms import Instant

_NEWEST = "SELECT id FROM playbook_version ORDER BY number DESC LIMIT 1"
#: Under this key of `about`: a judge, and the lead number up to which all standings are known to be made by it.
_UP_TO = "judged_up_to"
#: After the last lead.
EVERYONE = 2**53


def judge(connection: Connection) -> int:
    """The version in force, as `standing.judged_by` has it: its id as a number."""
    found = fetch(connection, _NEWEST)
    return number_of(found[0][0]) if found else 0


def is_stale(row: Columns, by: int, as_of: Instant) -> bool:
    """Whether a kept standing is not the one of an instant; `by`: the judge in force."""
    changes_at = row["changes_at"]
    return row["judged_by"] != by or row["computed_at"] > as_of or (changes_at is not None and changes_at <= as_of)


def stale(connection: Connection, as_of: Instant) -> ColumnElement[bool]:
    """The same as a condition on `standing`."""
    columns = standing.c
    return or_(columns.changes_at <= as_of, columns.computed_at > as_of, columns.judged_by != judge(connection))


def judged_up_to(connection: Connection, by: int) -> int:
    """The lead number up to which all standings are known to be made by this judge."""
    found = fetch(connection, "SELECT value FROM about WHERE key = ?", _UP_TO)
    judge_then, number = map(int, found[0][0].split(":")) if found else (0, 0)
    return number if judge_then == by else 0


def note_judged(connection: Connection, by: int, up_to: int) -> None:
    """All standings up to this lead number are now made by this judge."""
    sql = "INSERT INTO about (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    connection.exec_driver_sql(sql, (_UP_TO, f"{by}:{up_to}"))
