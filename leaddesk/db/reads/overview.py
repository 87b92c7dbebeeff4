"""The database at a glance: how many leads, how many of them samples, which playbook is in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from leaddesk.db.reading import Reading
from leaddesk.db.schema import lead, playbook_version


@dataclass(frozen=True, slots=True)
class Overview:
    """What a database holds. `number` counts the playbooks adopted so far."""

    leads: int
    samples: int
    number: int


def overview(reading: Reading) -> Overview:
    """The database at a glance."""
    ask = reading.connection.execute
    return Overview(
        ask(select(func.count()).select_from(lead)).scalar_one(),
        ask(select(func.count()).select_from(lead).where(lead.c.sample == 1)).scalar_one(),
        ask(select(func.max(playbook_version.c.number))).scalar_one() or 0,
    )


def any_lead(reading: Reading) -> bool:
    """Whether there is a lead at all."""
    return bool(reading.connection.execute(select(exists().select_from(lead))).scalar_one())


def any_sample(reading: Reading) -> bool:
    """Whether there is a sample lead."""
    return bool(reading.connection.execute(select(exists().where(lead.c.sample == 1))).scalar_one())
