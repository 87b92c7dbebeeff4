"""Leads as the last steps left them: of a lead somebody works on, a step reads only what the step itself changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from leaddesk.db.engine import fetch
from leaddesk.db.states import Known

# A person works on one lead, looks at some more and comes back.
_MOST = 50


class Seen:
    """What the writing connection knows of some leads, right until anything is written in another way than by steps.

    Nobody has to tell it: that others wrote, and that this connection did (an undo, a job, a step taken back), it sees.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._as_of = (0, 0)

    def look(self, connection: Connection) -> Mapping[str, Known]:
        """What is known still, within a write that has begun: from then on nobody else can change it."""
        if self._as_of != _written(connection):
            self._known.clear()
        return self._known

    def keep(self, connection: Connection, leads: Mapping[str, Known | None]) -> None:
        """Takes in what a step that was committed just now made of leads: None, what is not known of them any more."""
        for lead_id, known in leads.items():
            self._known.pop(lead_id, None)
            if known is not None:
                self._known[lead_id] = known
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        self._as_of = _written(connection)


def _written(connection: Connection) -> tuple[int, int]:
    """What changes with whatever anybody writes: the others' commits, and the rows this connection ever changed."""
    driven: Any = connection.connection.dbapi_connection
    ((version,),) = fetch(connection, "PRAGMA data_version")
    return version, driven.total_changes
