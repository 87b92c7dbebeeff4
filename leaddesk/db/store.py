"""One database: a writing connection that runs operations as steps, undo and redo, and readers beside it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, insert

from leaddesk.db import journal, refresh, replay
from leaddesk.db.days import this_instant
from leaddesk.db.engine import Opened, begin, commit, pragma, roll_back
from leaddesk.db.ids import new_id
from leaddesk.db.opening import open_writer
from leaddesk.db.reader import InForce, Reader, parsed
from leaddesk.db.records import Changes, Progress, StepName
from leaddesk.db.schema import playbook_version
from leaddesk.db.snapshot import take_snapshot
from leaddesk.db.step import Step
from leaddesk.db.touched import Touched, touched_by
from leaddesk.qualify.terms import Instant
from leaddesk.resources import text_of
from leaddesk.words import FALLBACK

__all__ = ["Reader", "Step", "Store"]

T = TypeVar("T")


class Store:
    """One writing connection; lives on the thread that opened it."""

    def __init__(self, opened: Opened, path: Path) -> None:
        self.path = path
        self.language = FALLBACK
        self.person = ""
        self._opened = opened
        self.connection: Connection = opened.connection
        self._in_force = InForce(self.connection)
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
        finishing = self._finishing(step)
        while True:
            try:
                next(finishing)
            except StopIteration as end:
                return cast("Changes", end.value)

    def _finishing(self, step: Step) -> Generator[Progress, None, Changes]:
        """What ends every step: derived data, the step's own row, the commit."""
        touched = touched_by(self.connection, step.number, step.since)
        if "playbook_version" in touched.tables:
            self._look()
        if touched.tables:
            yield from refresh.refreshing(self.connection, self.playbook, touched, step.now, step.number)
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
            changes = yield from self._finishing(step)
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


def _adopt_first(connection: Connection, toml: str | None) -> None:
    """Puts the first playbook in force in a new database."""
    toml = toml if toml is not None else text_of("playbooks", "default.toml")
    name = next(iter(parsed(toml).name.values()))
    now = this_instant()
    with journal.unrecorded(connection):
        row = {"id": new_id(now), "number": 1, "name": name, "toml": toml, "adopted_at": now}
        connection.execute(insert(playbook_version).values(row))
