"""One database: a writing connection that runs operations as steps, undo and redo, and readers beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, insert

from leaddesk.db import journal, parts, refresh, replay
from leaddesk.db.claim import Claim
from leaddesk.db.days import this_instant
from leaddesk.db.engine import Opened, begin, commit, fetch, pragma, roll_back
from leaddesk.db.ids import new_id
from leaddesk.db.opening import open_writer
from leaddesk.db.reader import InForce, Reader, parsed
from leaddesk.db.records import Changes, Progress, StepName
from leaddesk.db.schema import playbook_version
from leaddesk.db.seen import Seen
from leaddesk.db.snapshot import take_snapshot
from leaddesk.db.step import Step
from leaddesk.db.touched import Touched, touched_by
from leaddesk.errors import Cancelled
from leaddesk.qualify.terms import Instant
from leaddesk.resources import text_of
from leaddesk.words import FALLBACK

__all__ = ["Reader", "Step", "Store"]

T = TypeVar("T")

# Rows a job writes at once, and seconds a transaction of it takes about: while somebody waits for short writes, and
# else. A write of a person waits for such a transaction.
_FEW, _MANY = 50, 2_500
_SHORT, _LONG = 0.01, 0.25
_HURRIED = 10.0
# Standings brought up to date before it is looked whether somebody waits.
_AT_ONCE = 10

_CALL = "SELECT 1 FROM call WHERE ended_at IS NULL LIMIT 1"


class Store:
    """One writing connection; lives on the thread that opened it.

    `patience`: seconds a transaction of a job takes about while nobody waits.
    """

    def __init__(self, opened: Opened, path: Path) -> None:
        self.path = path
        self.language = FALLBACK
        self.person = ""
        self._opened = opened
        self.connection: Connection = opened.connection
        self._in_force = InForce(self.connection)
        self._seen = Seen()
        self._hurried = 0.0
        self.patience = _LONG
        self.left: set[int] = set()  # steps of several transactions that could be neither ended nor put back yet
        self.playbook_id, self.playbook = self._before = self._in_force.look()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, playbook: str | None = None) -> Store:
        """Opens a database, brought up to date after a backup; DatabaseTrouble as in `db.opening`.

        `playbook`: the TOML a new database starts with, the shipped default unless given.
        """
        path = path.expanduser().absolute()
        opened = open_writer(path, create=create, fill=lambda connection: _adopt_first(connection, playbook))
        try:
            store = cls(opened, path)
            store.left.update(parts.recover(store, this_instant()))
        except BaseException:
            opened.close()
            raise
        return store

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
        """Runs a generator operation as one step; closing it takes all back. Its value is (result, Changes).

        A long one takes several transactions, with others let in after a Progress that is `between`. Thrown Cancelled,
        it goes on until all is taken back, and raises it then. What a program that died left is taken back by the next
        that opens the database.
        """
        return self._job(operation, args, kwargs, now)

    def undo(self, *, now: Instant) -> Changes | None:
        """Takes the last step back; None when there is none."""
        return _run(self.undoing(now=now))

    def redo(self, *, now: Instant) -> Changes | None:
        """Does the step again that was taken back last; None when there is none."""
        return _run(self.redoing(now=now))

    def undoing(self, *, now: Instant) -> Generator[Progress, None, Changes | None]:
        """As `undo`, with others let in between; closing it ends it in one go."""
        return self._replaying(self.last_undoable, replay.undo_step, now, backwards=True)

    def redoing(self, *, now: Instant) -> Generator[Progress, None, Changes | None]:
        """As `redo`, with others let in between; closing it ends it in one go."""
        return self._replaying(self.last_redoable, replay.redo_step, now, backwards=False)

    def last_undoable(self) -> StepName | None:
        """What undo would take back."""
        return journal.last_step(self.connection, self.left)

    def last_redoable(self) -> StepName | None:
        """What redo would do again."""
        return journal.next_undone(self.connection, self.left)

    # ── beside steps ─────────────────────────────────────────────────────────────────────────────────────────────

    def reader(self) -> Reader:
        """A new reading connection for the thread that asks."""
        return Reader(self.path)

    def data_version(self) -> int:
        """A number that changes when another connection wrote."""
        return pragma(self.connection, "data_version")

    @property
    def orders(self) -> None:
        """Who writes holds no columns in memory."""

    def look(self) -> None:
        """See which playbook is in force: another program, an adoption or an undo may have put another there."""
        self.playbook_id, self.playbook = self._in_force.look()

    def hurry(self) -> None:
        """Somebody waits for short writes: for a while jobs let others in between much more often."""
        self._hurried = time.monotonic() + _HURRIED

    def freshen(self, *, now: Instant, limit: int = 500, is_enough: Callable[[], bool] | None = None) -> Changes | None:
        """Computes anew what time alone has changed, at most so many leads; None when nothing is due.

        Not a step, and a short write: a window calls it when idle until it gives None. It ends early once `is_enough`.
        """
        moved: list[str] = []
        begin(self.connection)
        try:
            self.look()  # now that nobody else can adopt another
            while len(moved) < limit:
                some = refresh.freshen(self, now, min(limit - len(moved), _AT_ONCE if is_enough else limit))
                moved += some
                if not some or (is_enough is not None and is_enough()):
                    break
            commit(self.connection)
        except BaseException:
            roll_back(self.connection)
            raise
        return Changes(name="freshen", leads=frozenset(moved), tables=frozenset({"standing"})) if moved else None

    def rebuild(self, *, now: Instant) -> Generator[Progress, None, tuple[int, None]]:
        """Throws all derived data away and makes it anew, in one transaction; the result: how many leads there are."""
        begin(self.connection)
        try:
            self.look()
            self._before = self.playbook_id, self.playbook
            done = Progress(0, 0)
            for done in refresh.rebuilding(self.connection, self.playbook, now):
                yield done
            commit(self.connection)
        except BaseException:
            self._take_back()
            raise
        return done.done, None

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

    def _take_back(self) -> None:
        """After a rollback the playbook in force is the one from before."""
        self.playbook_id, self.playbook = self._before
        roll_back(self.connection)

    def _begin(self, operation: Callable[..., object], now: Instant) -> Step:
        begin(self.connection)
        try:
            self.look()
            self._before = self.playbook_id, self.playbook
            name = getattr(operation, "name", operation.__name__)
            step = Step(self.connection, name, now, self.playbook, self.playbook_id, self._seen.look(self.connection))
        except BaseException:
            self._take_back()
            raise
        step.language, step.person = self.language, self.person
        return step

    def _finish(self, step: Step) -> Changes:
        return _run(self._finishing(step))

    def _finishing(self, step: Step, job: _Job | None = None) -> Generator[Progress, None, Changes]:
        """What ends every step: derived data, the step's own row, the commit."""
        touched = touched_by(self.connection, step.number, step.since, settled=step.settled)
        touched.held = step.looked_at(touched.leads, touched.tables)
        if "playbook_version" in touched.tables:
            self.look()
        several = job is not None and job.parts > 0
        if touched.tables:
            sweep = not several
            yield from refresh.refreshing(self.connection, self.playbook, touched, step.now, step.number, sweep=sweep)
        if job is not None and several:
            job.touched.add(touched)
            touched = job.touched
            yield from job.settle()
        if step.rides:
            journal.stop_recording(self.connection)
        elif not touched.tables and not step.joined:
            journal.drop_step(self.connection, step.number)
        else:
            journal.close_step(self.connection, step.number, step.details, step.merge_key)
        number = step.number
        in_parts = several or (step.joined and journal.parts_of(self.connection, number) > 0)
        if in_parts:  # also what rides along with such a step: only what is in its parts is ever undone
            journal.end_part(self.connection, number)
        elif step.joined:
            journal.compact(self.connection, number)
        if several:
            number = journal.put_last(self.connection, number)
        changes = _changes(touched, number if touched.tables else 0, step.name, step.details)
        commit(self.connection)
        step.number = number  # not before: what is taken back where the disk is full at the end has its old number
        if job is None and not touched.everything:
            seen = {lead_id: held.known for lead_id, held in step.held.items()}
            self._seen.keep(self.connection, {**seen, **dict.fromkeys(touched.leads), **touched.left})
        return changes

    def _job(
        self,
        operation: Callable[..., Generator[Progress, None, T]],
        args: Sequence[object],
        kwargs: Mapping[str, object],
        now: Instant,
    ) -> Generator[Progress, None, tuple[T, Changes]]:
        step = self._begin(operation, now)
        job = _Job(self, step)
        try:
            result = yield from job.pausing(operation(step, *args, **kwargs))
            changes = yield from self._finishing(step, job)
        except Cancelled:
            self._take_back()
            yield from job.taking_back()
            raise
        except BaseException:
            self._take_back()
            _run(job.taking_back())
            raise
        finally:
            if job.parts:
                self._keep_in_mind(step.number)
            job.let_go()
        return result, changes

    def is_hurried(self) -> bool:
        """Whether somebody waits for short writes: one was asked for just now, or a call is going on."""
        return time.monotonic() < self._hurried or bool(fetch(self.connection, _CALL))

    def _replaying(
        self,
        which: Callable[[], StepName | None],
        play: Callable[[Connection, int], None],
        now: Instant,
        *,
        backwards: bool,
    ) -> Generator[Progress, None, Changes | None]:
        begin(self.connection)
        try:
            self.look()
            self._before = self.playbook_id, self.playbook
            step = which()
            if step is None:
                roll_back(self.connection)
                return None
            if journal.parts_of(self.connection, step.no):
                touched = yield from self._replaying_parts(step.no, now, backwards=backwards)
                return _changes(touched, step.no, step.name, step.details)
            # The rows of ranges are there before they are taken back, or after they came.
            before = touched_by(self.connection, step.no) if backwards else None
            play(self.connection, step.no)
            touched = before or touched_by(self.connection, step.no)
            self.look()
            refresh.refresh(self.connection, self.playbook, touched, now, None)
            changes = _changes(touched, step.no, step.name, step.details)
            commit(self.connection)
        except BaseException:
            self._take_back()
            raise
        return changes

    def _replaying_parts(self, number: int, now: Instant, *, backwards: bool) -> Generator[Progress, None, Touched]:
        taken = parts.claimed(self, number)
        try:
            if journal.state_underway(self.connection, number) == journal.UNFINISHED:
                commit(self.connection)
                touched = yield from parts.take_back(self, number, now)
            else:
                touched = yield from parts.replaying(self, number, now, backwards=backwards)
        except GeneratorExit:
            roll_back(self.connection)
            parts.finish(self, number, now)
            raise
        finally:
            self._keep_in_mind(number)
            taken.let_go()
        return touched

    def _keep_in_mind(self, number: int) -> None:
        """A step that stopped between two of its transactions is offered again to undo and redo."""
        roll_back(self.connection)
        if journal.state_underway(self.connection, number) is None:
            self.left.discard(number)
        else:
            self.left.add(number)


class _Job:
    """A step that may take several transactions."""

    def __init__(self, store: Store, step: Step) -> None:
        self._store, self._step = store, step
        self._claim: Claim | None = None
        self.parts = 0  # transactions that are over
        self.touched = Touched()
        self._set_out()

    def pausing(self, work: Generator[Progress, None, T]) -> Generator[Progress, None, T]:
        """Goes through the operation, and lets others in where it has been at it for a while."""
        while True:
            try:
                progress = next(work)
            except StopIteration as end:
                return cast("T", end.value)
            if time.monotonic() < self._due:
                yield progress
                continue
            self._pause()
            yield replace(progress, between=True)
            self._go_on()

    def settle(self) -> Iterator[Progress]:
        """After many leads: the search index and statistics, in transactions of their own."""
        if self.touched.count < refresh.SWEEP:
            return
        self._pause()
        for _ in refresh.settling(self._store.connection, self.touched.count):
            yield Progress(self.touched.count, None, "scores", between=True)
        self._go_on()

    def taking_back(self) -> Generator[Progress, None, None]:
        """Takes back the transactions that are over, after the last one was rolled back."""
        if self.parts:
            yield from parts.take_back(self._store, self._step.number, self._step.now)

    def let_go(self) -> None:
        """It is over: nobody is at this step any more."""
        if self._claim is not None:
            self._claim.let_go()
            self._claim = None

    def _pause(self) -> None:
        store, step = self._store, self._step
        if self._claim is None:
            self._claim = parts.claimed(store, step.number)
        touched = touched_by(store.connection, step.number, step.since, settled=step.settled)
        refresh.refresh(store.connection, store.playbook, touched, step.now, step.number, sweep=False)
        self.touched.add(touched)
        journal.pause_step(store.connection, step.number)
        commit(store.connection)
        self.parts += 1

    def _go_on(self) -> None:
        store, step = self._store, self._step
        begin(store.connection)
        store.look()
        step.playbook_id, step.playbook = store.playbook_id, store.playbook
        step.since = journal.last_change(store.connection)
        journal.resume_step(store.connection, step.number)
        step.forget()
        step.settled.clear()
        self._set_out()

    def _set_out(self) -> None:
        hurried = self._store.is_hurried()
        self._step.at_once = _FEW if hurried else _MANY
        self._due = time.monotonic() + (_SHORT if hurried else self._store.patience)


def _run(work: Generator[Progress, None, T]) -> T:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return cast("T", end.value)


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
