"""One database: a writing connection that runs operations as steps, undo and redo, and readers beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from leaddesk.db import journal, refresh, replay
from leaddesk.db.days import this_instant
from leaddesk.db.engine import Opened, begin, commit, engine_of, pragma, roll_back
from leaddesk.db.ids import new_id
from leaddesk.db.opening import open_writer
from leaddesk.db.records import Changes, Progress, StepName
from leaddesk.db.schema import playbook_version
from leaddesk.db.snapshot import take_snapshot
from leaddesk.db.touched import Touched, touched_by
from leaddesk.errors import NotFound
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.resources import text_of
from leaddesk.words import FALLBACK

P = ParamSpec("P")
T = TypeVar("T")


@lru_cache(maxsize=8)
def _read(toml: str) -> Playbook:
    import tomllib

    from leaddesk.qualify.reading import read_playbook

    return read_playbook(tomllib.loads(toml))


_NEWEST = select(playbook_version.c.id).order_by(playbook_version.c.number.desc()).limit(1)


class _InForce:
    """The playbook in force, parsed again only when another was adopted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._id = ""
        self._playbook: Playbook | None = None

    def look(self) -> tuple[str, Playbook]:
        """Its id and itself."""
        found = self._connection.execute(_NEWEST).scalar_one()
        if self._playbook is None or found != self._id:
            toml = select(playbook_version.c.toml).where(playbook_version.c.id == found)
            self._id, self._playbook = found, _read(self._connection.execute(toml).scalar_one())
        return self._id, self._playbook


class Reader:
    """A connection that only reads. It lives on the thread that made it; reads of one screen may share a snapshot."""

    def __init__(self, path: Path) -> None:
        self._opened = Opened(path, engine_of(path, query_only=True))
        self.connection: Connection = self._opened.connection
        self._in_force = _InForce(self.connection)

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


class Step:
    """What an operation gets: one named change of entered data, all of it or nothing. `INSERT OR REPLACE` is banned."""

    def __init__(self, connection: Connection, name: str, now: Instant, playbook: Playbook, playbook_id: str) -> None:
        self.connection = connection
        self.now = now
        self.playbook = playbook
        self.playbook_id = playbook_id
        self.name = name
        self.language = FALLBACK  # what a person reads is written in it: the text of a task a stage sets
        self.person = ""  # who does it, where that is known
        self.since = journal.last_change(connection)
        self.number = journal.open_step(connection, name, now)
        self.details: dict[str, object] = {}
        self.merge_key: str | None = None
        self.joined = False

    def new_id(self) -> str:
        """A fresh id."""
        return new_id(self.now)

    def insert(self, table: Table, **values: object) -> str:
        """Adds a row and returns its id, a new one unless given."""
        row_id = str(values.setdefault("id", self.new_id()))
        self.connection.execute(insert(table).values(values))
        return row_id

    def update(self, table: Table, row_id: str, **values: object) -> None:
        """Sets columns of a row; NotFound `gone` when it is not there."""
        if not values:
            return
        changed = self.connection.execute(update(table).where(table.c.id == row_id).values(values))
        if not changed.rowcount:
            raise NotFound("gone", name=row_id, table=table.name)

    def delete(self, table: Table, row_id: str) -> None:
        """Takes a row away, with what hangs on it; NotFound `gone` when it is not there."""
        if not self.connection.execute(delete(table).where(table.c.id == row_id)).rowcount:
            raise NotFound("gone", name=row_id, table=table.name)

    def bulk_insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds many rows at once, recorded as a range. Missing columns take their default, a missing id a new one."""
        if not rows:
            return
        given = {name for row in rows for name in row} | {"no", "id"}
        names = [column.name for column in table.columns if column.name in given]
        first = self.connection.execute(select(func.coalesce(func.max(table.c.no), 0))).scalar_one() + 1
        defaults = [_default(table, name) for name in names]
        values = []
        for number, row in enumerate(rows, first):
            whole = {**row, "no": number, "id": row.get("id") or self.new_id()}
            values.append(tuple(map(whole.get, names, defaults)))
        with journal.unrecorded(self.connection):
            self.connection.exec_driver_sql(replay.bulk_sql(table, names), values)
        journal.record_range(self.connection, self.number, table, first, first + len(rows) - 1)

    def name_it(self, **details: object) -> None:
        """Fills the words of undo; values must be JSON."""
        self.details.update(details)

    def merge(self, key: str) -> None:
        """Makes this step one with the last, where that has the same key and began less than a minute ago."""
        self.merge_key = key
        last = journal.step_to_join(self.connection, self.number, key, self.now)
        if last is not None and not self.joined:
            self._join(last.no)

    def ride_along(self) -> None:
        """Makes this no step of its own: it is undone with the last one, and what was undone can still be redone.

        For what a person does not think of as a change, such as which question a call stands at.
        """
        last = journal.step_before(self.connection, self.number)
        if last is not None and not self.joined:
            self._join(last.no)
            self.merge_key = None

    @property
    def rides(self) -> bool:
        """Whether this belongs to an earlier step whose name and words it leaves alone."""
        return self.joined and self.merge_key is None

    def _join(self, number: int) -> None:
        journal.join_step(self.connection, self.number, number)
        self.number = number
        self.joined = True


class Store:
    """One writing connection; lives on the thread that opened it."""

    def __init__(self, opened: Opened, path: Path) -> None:
        self.path = path
        self.language = FALLBACK
        self.person = ""
        self._opened = opened
        self.connection: Connection = opened.connection
        self._in_force = _InForce(self.connection)
        self.playbook_id, self.playbook = self._before = self._in_force.look()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, playbook: str | None = None) -> Store:
        """Opens a database, brought up to date after a backup; DatabaseTrouble as in `db.opening`.

        `playbook`: the TOML a new database starts with, the shipped default unless given.
        """
        path = path.expanduser().absolute()
        opened = open_writer(path, create=create, fill=lambda connection: _adopt_first(connection, playbook))
        try:
            return cls(opened, path)
        except BaseException:
            opened.close()
            raise

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, operation: Callable[..., T], /, *args: object, now: Instant, **kwargs: object) -> tuple[T, Changes]:
        """Runs an operation as one step; anything raised takes all of it back."""
        with_step = self._begin(operation, now)
        try:
            result = operation(with_step, *args, **kwargs)
            changes = self._finish(with_step)
        except BaseException:
            self._take_back()
            raise
        return result, changes

    def job(
        self,
        operation: Callable[..., Generator[Progress, None, T]],
        /,
        *args: object,
        now: Instant,
        **kwargs: object,
    ) -> Generator[Progress, None, tuple[T, Changes]]:
        """Runs a generator operation as one step; closing it takes all back. Its value is (result, Changes)."""
        return self._job(operation, args, kwargs, now)

    def undo(self, *, now: Instant) -> Changes | None:
        """Takes the last step back; None when there is none."""
        return self._replay(journal.last_step, replay.undo_step, now, before=True)

    def redo(self, *, now: Instant) -> Changes | None:
        """Does the step again that was taken back last; None when there is none."""
        return self._replay(journal.next_undone, replay.redo_step, now, before=False)

    def last_undoable(self) -> StepName | None:
        """What undo would take back."""
        return journal.last_step(self.connection)

    def last_redoable(self) -> StepName | None:
        """What redo would do again."""
        return journal.next_undone(self.connection)

    # ── beside steps ─────────────────────────────────────────────────────────────────────────────────────────────

    def reader(self) -> Reader:
        """A new reading connection for the thread that asks."""
        return Reader(self.path)

    def data_version(self) -> int:
        """A number that changes when another connection wrote."""
        return pragma(self.connection, "data_version")

    def freshen(self, *, now: Instant, limit: int = 500) -> Changes | None:
        """Computes anew what time alone has changed, at most so many leads; None when nothing is due.

        Not a step, and a short write: a window calls it when idle until it gives None.
        """
        self._look()
        moved = refresh.freshen(self, now, limit)
        return Changes(name="freshen", leads=frozenset(moved), tables=frozenset({"standing"})) if moved else None

    def rebuild(self, *, now: Instant) -> None:
        """Throws all derived data away and makes it anew."""
        begin(self.connection)
        try:
            self._look()
            self._before = self.playbook_id, self.playbook
            refresh.rebuild(self.connection, self.playbook, now)
            commit(self.connection)
        except BaseException:
            self._take_back()
            raise

    def backup(self, target: Path) -> None:
        """Writes a verified copy, over an older file there, or not at all. DatabaseTrouble as in `db.snapshot`."""
        take_snapshot(self.connection, target)

    def close(self) -> None:
        """Close the connection."""
        self._opened.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """Another program, an adoption or an undo may have put another playbook in force."""
        self.playbook_id, self.playbook = self._in_force.look()

    def _take_back(self) -> None:
        """After a rollback the playbook in force is the one from before."""
        self.playbook_id, self.playbook = self._before
        roll_back(self.connection)

    def _begin(self, operation: Callable[..., object], now: Instant) -> Step:
        begin(self.connection)
        try:
            self._look()
            self._before = self.playbook_id, self.playbook
            name = getattr(operation, "name", operation.__name__)
            step = Step(self.connection, name, now, self.playbook, self.playbook_id)
        except BaseException:
            self._take_back()
            raise
        step.language, step.person = self.language, self.person
        return step

    def _finish(self, step: Step) -> Changes:
        touched = touched_by(self.connection, step.number, step.since)
        if "playbook_version" in touched.tables:
            self._look()
        if touched.tables:
            refresh.refresh(self.connection, self.playbook, touched, step.now, step.number)
        if step.rides:
            journal.stop_recording(self.connection)
        elif not touched.tables and not step.joined:
            journal.drop_step(self.connection, step.number)
        else:
            journal.close_step(self.connection, step.number, step.details, step.merge_key)
        if step.joined:
            journal.compact(self.connection, step.number)
        changes = _changes(touched, step.number if touched.tables else 0, step.name, step.details)
        commit(self.connection)
        return changes

    def _job(
        self,
        operation: Callable[..., Generator[Progress, None, T]],
        args: Sequence[object],
        kwargs: Mapping[str, object],
        now: Instant,
    ) -> Generator[Progress, None, tuple[T, Changes]]:
        step = self._begin(operation, now)
        try:
            result = yield from operation(step, *args, **kwargs)
            changes = self._finish(step)
        except BaseException:
            self._take_back()
            raise
        return result, changes

    def _replay(
        self,
        which: Callable[[Connection], StepName | None],
        play: Callable[[Connection, int], None],
        now: Instant,
        *,
        before: bool,
    ) -> Changes | None:
        """`before`: the rows of ranges are there before the replay, else after it."""
        begin(self.connection)
        try:
            self._look()
            self._before = self.playbook_id, self.playbook
            step = which(self.connection)
            if step is None:
                roll_back(self.connection)
                return None
            touched = touched_by(self.connection, step.no) if before else None
            play(self.connection, step.no)
            touched = touched or touched_by(self.connection, step.no)
            self._look()
            refresh.refresh(self.connection, self.playbook, touched, now, None)
            changes = _changes(touched, step.no, step.name, step.details)
            commit(self.connection)
        except BaseException:
            self._take_back()
            raise
        return changes


def _changes(touched: Touched, number: int, name: str, details: Mapping[str, object]) -> Changes:
    everything = touched.everything
    return Changes(
        step=number,
        name=name,
        details=details,
        leads=frozenset() if everything else frozenset(touched.leads),
        tables=frozenset(touched.tables),
        everything=everything,
    )


def _default(table: Table, name: str) -> object:
    default = table.c[name].server_default
    return getattr(default, "arg", None)


def _adopt_first(connection: Connection, toml: str | None) -> None:
    """Puts the first playbook in force in a new database."""
    toml = toml if toml is not None else text_of("playbooks", "default.toml")
    name = next(iter(_read(toml).name.values()))
    now = this_instant()
    with journal.unrecorded(connection):
        row = {"id": new_id(now), "number": 1, "name": name, "toml": toml, "adopted_at": now}
        connection.execute(insert(playbook_version).values(row))
