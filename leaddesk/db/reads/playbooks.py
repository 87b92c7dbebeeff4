"""The versions of the playbook this database has had, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from leaddesk.db.reading import Reading
from leaddesk.db.schema import playbook_version
from leaddesk.qualify.terms import Instant


@dataclass(frozen=True, slots=True)
class Version:
    """A playbook that was adopted once. `number` counts them from 1."""

    id: str
    number: int
    name: str
    adopted_at: Instant
    toml: str


_COLUMNS = [playbook_version.c[name] for name in ("id", "number", "name", "adopted_at", "toml")]


def in_force(reading: Reading) -> Version:
    """The newest."""
    newest = select(*_COLUMNS).order_by(playbook_version.c.number.desc()).limit(1)
    return Version(*reading.connection.execute(newest).one())


def versions(reading: Reading) -> tuple[Version, ...]:
    """All of them, newest first."""
    rows = reading.connection.execute(select(*_COLUMNS).order_by(playbook_version.c.number.desc()))
    return tuple(Version(*row) for row in rows)


def first_id(reading: Reading) -> str:
    """The id of the first, which names the database wherever its file goes."""
    oldest = select(playbook_version.c.id).order_by(playbook_version.c.number).limit(1)
    return str(reading.connection.execute(oldest).scalar_one())
