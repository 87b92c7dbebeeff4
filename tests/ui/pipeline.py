"""Databases with a few known leads, for tests of board, gate and table."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from leaddesk.db.store import Store
from leaddesk.operations.leads import add_event, add_lead
from leaddesk.operations.pipeline import move_lead
from leaddesk.qualify.state import FactValue

ANNA: Mapping[str, FactValue | None] = {
    "name": "Anna Kowalska",
    "company": "Baltic Freight",
    "title": "Head of Operations",
    "city": "Gdańsk",
    "industry": "Logistics",
    "size": "240",
    "phone": "+48 58 555 01 42",
    "email": "anna@baltic.example",
    "source": "Inbound",
    "value": "380000 EUR",
    "owner": "Carol White",
}
CHEN: Mapping[str, FactValue | None] = {
    "name": "陈志强",
    "company": "华辰精密制造",
    "source": "展会",
    "value": "210000 CNY",
    "owner": "李婷",
}
MARKUP: Mapping[str, FactValue | None] = {"name": "<img src=x>", "company": "<b>=1+1</b> & Sons", "source": "<i>s</i>"}


def now() -> int:
    """This instant."""
    return time.time_ns() // 1_000_000


def filled(path: Path, *leads: Mapping[str, FactValue | None]) -> dict[str, str]:
    """A database with these leads in the first stage; their ids by name."""
    with Store.open(path) as store:
        return {str(facts["name"]): store.run(add_lead, facts, now=now())[0] for facts in leads}


def moved(path: Path, lead: str, to: str, *, override: str = "known from before") -> None:
    """Put a lead into a stage, whatever its gate says."""
    with Store.open(path) as store:
        store.run(move_lead, lead, to, override=override, now=now())


def interested(path: Path, lead: str, *kinds: str) -> None:
    """Let a lead show interest."""
    with Store.open(path) as store:
        for kind in kinds:
            store.run(add_event, lead, kind, now=now())
