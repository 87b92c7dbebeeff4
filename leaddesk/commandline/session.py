"""An open database for the length of one verb: the clock, the language, what is read and what is done."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from leaddesk import words
from leaddesk.db.days import local_day, this_instant
from leaddesk.errors import DatabaseTrouble
from leaddesk.qualify.terms import Instant
from leaddesk.settings import read_settings

if TYPE_CHECKING:
    from leaddesk.db.records import Progress
    from leaddesk.db.store import Reader, Step, Store
    from leaddesk.qualify.playbook import Playbook, Texts

P = ParamSpec("P")
T = TypeVar("T")


class Session:
    """What a verb works with. `now` is the clock of reads and writes: this instant, or `--as-of`."""

    def __init__(self, store: Store, language: str, now: Instant) -> None:
        self.store = store
        self.language = language
        self.now = now
        self.today: date = local_day(now)
        store.language, store.person = language, read_settings().person
        self._reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        """Where to read."""
        if self._reader is None:
            self._reader = self.store.reader()
        return self._reader

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        return self.store.playbook

    def find(self, text: str) -> str:
        """The id of the lead meant by an id or an external id."""
        from leaddesk.db.reads.leads import find_lead

        return find_lead(self.reader, text)

    def do(self, operation: Callable[Concatenate[Step, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Does a verb as one step."""
        done, _ = self.store.run(operation, *args, now=self.now, **kwargs)
        return done

    def say(self, key: str, /, **details: object) -> str:
        """A sentence of the command line."""
        return words.say(self.language, "cli", key, **details)

    def pick(self, texts: Texts) -> str:
        """A text of the playbook."""
        return words.pick(texts, self.language)

    def close(self) -> None:
        """Lets the database go."""
        if self._reader is not None:
            self._reader.close()
        self.store.close()


@contextmanager
def opened(arguments: Namespace, *, create: bool = False) -> Iterator[Session]:
    """A session on the database that is meant; `create` makes one where there is none."""
    from leaddesk.db.store import Store

    path = database_of(arguments)
    try:
        store = Store.open(path, create=create)
    except DatabaseTrouble as trouble:
        if trouble.code == "not_found" and not create and path.absolute().parent.is_dir():
            raise DatabaseTrouble("not_made_yet", path=str(path)) from trouble
        raise
    session = Session(store, language_of(arguments.lang), now_of(arguments))
    try:
        if arguments.verb not in _LEAVE_PARKED and session.now <= this_instant():
            _bring_back_parked(session)
        yield session
    finally:
        session.close()


# These are about what is there; undo and redo besides about what a person did last.
_LEAVE_PARKED = frozenset({"undo", "redo", "check", "rebuild", "backup", "restore"})


def _bring_back_parked(session: Session) -> None:
    """Parked leads come back on their day, whether or not a window is open; a day to come moves nothing."""
    from leaddesk.operations.parked import bring_back_parked, due_from_parking

    if due_from_parking(session.store, session.today):
        session.do(bring_back_parked)


def database_of(arguments: Namespace) -> Path:
    """The database that is named, else the one that opens when none is."""
    from leaddesk.paths import default_database

    named: Path | None = arguments.db
    return default_database() if named is None else named


def language_of(typed: str | None) -> str:
    """The language that is named, else the one in this person's settings, else the system's."""
    return typed if typed in words.LANGUAGES else read_settings().spoken


def now_of(arguments: Namespace) -> Instant:
    """The instant everything is seen from."""
    typed: Instant | None = arguments.as_of
    return this_instant() if typed is None else typed


def follow(job: Generator[Progress, None, tuple[T, object]]) -> T:
    """Runs a job to its end, saying on a terminal how far it is, and returns its result.

    Leaving early, by Ctrl+C too, takes back what it did.
    """
    shown = sys.stderr.isatty()
    try:
        while True:
            progress = next(job)
            if shown:
                total = f" / {progress.total:,}" if progress.total else ""
                print(f"\r{progress.done:,}{total} \x1b[K", end="", file=sys.stderr, flush=True)
    except StopIteration as end:
        result: T = end.value[0]
        return result
    finally:
        job.close()
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
