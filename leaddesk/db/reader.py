"""Connections that only read, and the playbook in force as a connection sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, select

from leaddesk.db.days import local_day, this_instant
from leaddesk.db.engine import Opened, engine_of, fetch, pragma, roll_back
from leaddesk.db.learned import learned
from leaddesk.db.schema import playbook_version
from leaddesk.db.states import ask_for
from leaddesk.qualify.own import own_facts
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.rot import learning_stages, with_learned
from leaddesk.qualify.toml_text import tables_of

if TYPE_CHECKING:
    from leaddesk.db.reads.standing_order import Orders

P = ParamSpec("P")
T = TypeVar("T")


#: With fewer leads SQL is as quick, and nothing is held in memory.
FEWEST = 5_000


@lru_cache(maxsize=8)
def parsed(toml: str) -> Playbook:
    """A playbook's text as types; BrokenPlaybook with all that is wrong with it."""
    return read_playbook(tables_of(toml))


_NEWEST = "SELECT id FROM playbook_version ORDER BY number DESC LIMIT 1"


class InForce:
    """The playbook in force, parsed again only when another was adopted.

    What it leaves to be learned from won leads is learned once a day.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._id = ""
        self._day = date.min
        self._parsed: Playbook | None = None
        self._playbook: Playbook | None = None
        ask_for(connection, lambda: own_facts(self._parsed) if self._parsed is not None else ())

    def look(self) -> tuple[str, Playbook]:
        """Its id and itself."""
        ((found,),) = fetch(self._connection, _NEWEST)
        today = local_day(this_instant())
        if self._parsed is None or found != self._id:
            toml = select(playbook_version.c.toml).where(playbook_version.c.id == found)
            self._id, self._parsed = found, parsed(self._connection.execute(toml).scalar_one())
            self._playbook = None
        if self._playbook is None or (today != self._day and learning_stages(self._parsed)):
            self._day = today
            self._playbook = with_learned(self._parsed, learned(self._connection, self._parsed))
        return self._id, self._playbook


class Reader:
    """A connection that only reads. It lives on the thread that made it; reads of one screen may share a snapshot."""

    def __init__(self, path: Path) -> None:
        self._opened = Opened(path, engine_of(path, query_only=True))
        self.connection: Connection = self._opened.connection
        self._in_force = InForce(self.connection)
        ask_for(self.connection, lambda: own_facts(self.playbook))  # another may have been adopted since the last look
        self._orders: Orders | None = None

    @property
    def wants_orders(self) -> bool:
        """Whether there are so many leads that answers from memory are worth loading, and they are not loaded."""
        if self._orders is not None:
            return False
        ((count,),) = fetch(self.connection, "SELECT count(*) FROM (SELECT 1 FROM standing LIMIT ?)", FEWEST)
        return bool(count >= FEWEST)

    @property
    def orders(self) -> Orders | None:
        """Answers from columns in memory, as of now; None until they are loaded, or where they must be again."""
        if self._orders is not None:
            from leaddesk.db.resident import Stale

            try:
                self._orders.follow(self.connection, self.data_version())
            except Stale:
                self._orders = None
        return self._orders

    @orders.setter
    def orders(self, orders: Orders) -> None:
        self._orders = orders

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self._in_force.look()[1]

    @property
    def playbook_id(self) -> str:
        """The id of its version."""
        return self._in_force.look()[0]

    def data_version(self) -> int:
        """A number that changes when somebody wrote."""
        return pragma(self.connection, "data_version")

    def ask(self, question: Callable[Concatenate[Reader, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a read within one snapshot: nothing is seen that is written meanwhile."""
        self.connection.exec_driver_sql("BEGIN")
        try:
            return question(self, *args, **kwargs)
        finally:
            roll_back(self.connection)

    def close(self) -> None:
        """Close the connection."""
        self._opened.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
