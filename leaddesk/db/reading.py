"""What every read asks for: a connection and the playbook in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from sqlalchemy import Connection

from leaddesk.qualify.playbook import Playbook

if TYPE_CHECKING:
    from leaddesk.db.reads.standing_order import Orders

#: A row by column name; each column has its own type, which only the schema knows.
Columns: TypeAlias = Mapping[Any, Any]


class Reading(Protocol):
    """A Step or a Reader."""

    @property
    def connection(self) -> Connection:
        """Where to read."""
        ...

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        ...

    @property
    def orders(self) -> Orders | None:
        """Answers from columns in memory, where they are held."""
        ...
