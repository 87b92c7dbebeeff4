"""Leads as the last steps left them: of a lead somebody works on, a step reads only what the step itself changes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from leaddesk.db.engine import fetch, rows_changed
from leaddesk.db.states import Known

# A person works on one lead, looks at some more and comes back.
_MOST = 50


class Seen:
    """What the writing connection knows of some leads, right until anything is written in another way than by steps.

    Nobody has to tell it: that others wrote, and that this connection did (an undo, a job, a step taken back), it sees
    by the version of the data and by the number of rows this connection ever changed.
    """

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._version = self._rows = -1

    def look(self, connection: Connection) -> Mapping[str, Known]:
        """What is known still, within a write that has begun: from then on nobody else can change it."""
        ((version,),) = fetch(connection, "PRAGMA data_version")
        if (version, rows_changed(connection)) != (self._version, self._rows):
            self._known.clear()
        self._version = version
        return self._known

    def keep(self, connection: Connection, leads: Mapping[str, Known | None]) -> None:
        """Takes in what a step that was committed just now made of leads: None, what is not known of them any more."""
        for lead_id, known in leads.items():
            self._known.pop(lead_id, None)
            if known is not None:
                self._known[lead_id] = known
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        self._rows = rows_changed(connection)
