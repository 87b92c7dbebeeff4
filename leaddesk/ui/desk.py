"""The only door down: what rooms ask of the database, and the one signal that says what changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.errors import Cancelled, DatabaseTrouble, LeadDeskError, Refused
from leaddesk.paths import spool_folder, typed_folder
from leaddesk.ui.back_reader import BackReader
from leaddesk.ui.clock import Clock
from leaddesk.ui.copying import Copying
from leaddesk.ui.crash import understood
from leaddesk.ui.job import Job
from leaddesk.ui.saving import Done, SaveState
from leaddesk.ui.tasks import AGAIN, Again, Urgency, Worker, listens

if TYPE_CHECKING:
    from leaddesk.db.records import Changes, Progress, StepName
    from leaddesk.db.store import Reader, Store
    from leaddesk.exchange.spool import Spool
    from leaddesk.qualify.playbook import Playbook
    from leaddesk.qualify.terms import Instant

__all__ = ["Desk", "SaveState"]

LOG = logging.getLogger(__name__)

T = TypeVar("T")

#: How often the window looks whether another program wrote to the database, in milliseconds.
LOOK_EVERY = 1000


class Desk(QObject):
    """Reads and writes for the rooms. Everything here is called on, and answers in, the thread of the window.

    `changed(Changes)`: whatever changed, here or in another program. `step_done(Changes)`: a step of this window was
    done (neither undone nor redone). `undo_changed`: `undoable` and `redoable` are others now.
    `warmed`: `warm` is over.
    """

    opened = Signal()
    open_failed = Signal(object)
    changed = Signal(object)
    step_done = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    save_state_changed = Signal()
    undo_changed = Signal()
    warmed = Signal()

    def __init__(
        self,
        language: str = "en",
        person: str = "",
        clock: Callable[[], Instant] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.person = person
        self.path: Path | None = None
        self.undoable: StepName | None = None
        self.redoable: StepName | None = None
        self.saved_at: Instant | None = None
        self._clock = Clock(clock)
        self._writer = Worker("writer", self)
        self._readers = Worker("reader", self)
        self.copying = Copying(self)
        self._store: Store | None = None
        self._reader: Reader | None = None  # the window's own
        self._back_reader = BackReader()
        self._playbook: Playbook | None = None
        self._era = 0  # counts databases asked for: rooms of an earlier one are gone when their answers come
        self._pending = 0
        self._state = SaveState.SAVED
        self._jobs: set[Job] = set()
        self._begun: dict[Job, None] = {}  # between two of their transactions; only the writer thread touches it
        self._data_version = 0
        self._looking = False
        #: Until then SQL alone would have to read whole orders, which with many leads keeps the window waiting.
        self.is_warming = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY)
        self._look.timeout.connect(self.look)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def now(self) -> Instant:
        """This instant; it never goes back, see `ui.clock`."""
        return self._clock.now()

    def today(self) -> date:
        """The day on this machine."""
        return self._clock.today()

    @cached_property
    def spool(self) -> Spool:
        """What could not be saved waits here."""
        from leaddesk.exchange.spool import Spool

        return Spool(spool_folder())

    @cached_property
    def typed(self) -> Spool:
        """What is typed as an answer and not entered yet waits here."""
        from leaddesk.exchange.spool import Spool

        return Spool(typed_folder())

    # ── open and close ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def is_open(self) -> bool:
        """Whether a database is open."""
        return self._reader is not None

    @property
    def playbook(self) -> Playbook:
        """The playbook in force."""
        if self._playbook is None:
            raise LeadDeskError("no_database")
        return self._playbook

    def open(self, path: Path, *, create: bool = True, before: Callable[[], object] | None = None) -> None:
        """Open a database on the writer thread, closing the present one; `opened` or `open_failed(error)` follow.

        `before` runs on the writer thread between closing and opening (a backup is put in place).
        """
        self._let_go()

        def run() -> tuple[Store, Done]:
            from leaddesk.db.store import Store

            self._shut()
            if before is not None:
                before()
            self._store = Store.open(path, create=create)
            self._data_version = self._store.data_version()
            return self._store, self._summary(self._store, None, None)

        def done(opened: tuple[Store, Done]) -> None:
            self.path = path
            self._reader = opened[0].reader()
            self._take(opened[1])
            self._clock.begin(self.undoable.at if self.undoable is not None else 0)
            self._look.start()
            self.opened.emit()

        self._writer.submit(run, done, lambda error: self.open_failed.emit(understood(error)))

    def close(self) -> bool:
        """Write what is waiting, stop jobs, let the database go; False when the writer is still busy."""
        for job in list(self._jobs):
            job.cancel()
        self._look.stop()
        reader, self._reader = self._reader, None
        self._readers.forget()
        self._readers.submit(self._back_reader.close)
        self._readers.stop()
        self.copying.end()
        if reader is not None:
            reader.close()

        self._writer.submit(self._shut)
        return self._writer.stop()

    def _shut(self) -> None:
        """On the writer thread: jobs go to their end, be it the taking back of a cancelled one; then it is closed."""
        while self._begun:
            self._begun.popitem()[0].advance(to_its_end=True)
        if self._store is not None:
            self._store.close()
            self._store = None

    def _let_go(self) -> None:
        self._era += 1
        self.is_warming = False
        self._look.stop()
        self.copying.end()
        self._readers.forget()
        self._readers.submit(self._back_reader.close)
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    # ── read ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def get(self, question: Callable[..., T], /, *args: object, **details: object) -> T:
        """A small answer at once, on the window's own reader: a lead, a page of cards. Raises LeadDeskError."""
        if self._reader is None:
            raise LeadDeskError("no_database")
        return self._reader.ask(question, *args, **details)

    def read(
        self,
        question: Callable[..., T],
        /,
        *args: object,
        then: Callable[[T], object],
        slot: str = "",
        failed: Callable[[LeadDeskError], object] | None = None,
        **details: object,
    ) -> None:
        """A larger answer, on the reader thread. A later read in the same `slot` makes an earlier one's answer void."""
        store = self._store
        if store is None:
            return
        self._readers.submit(
            lambda: self._back_reader.of(store).ask(question, *args, **details),
            then,
            lambda error: self._tell(error, None, failed),
            urgency=Urgency.SCREEN,
            slot=slot,
        )

    def warm(self) -> None:
        """Let the reader thread load what answers for orders and counts from memory, between what screens ask."""
        store = self._store
        if store is None:
            return
        self.is_warming = True

        def done(_: None) -> None:
            self.is_warming = False
            self.warmed.emit()

        def failed(error: Exception) -> None:
            LOG.error("could not load what answers for orders and counts", exc_info=error)
            done(None)

        self._readers.submit(lambda: self._back_reader.warm(store), done, failed, slot="warm")

    # ── write ────────────────────────────────────────────────────────────────────────────────────────────────────

    def do(
        self,
        operation: Callable[..., T],
        /,
        *args: object,
        then: Callable[[T], object] | None = None,
        refused: Callable[[Refused], object] | None = None,
        failed: Callable[[LeadDeskError], object] | None = None,
        **details: object,
    ) -> None:
        """Run an operation as one step on the writer thread: `changed` fires, then `then(result)`.

        A refusal goes to `refused`, another error to `failed`, where given; else to the signals of the same name. Once
        another database is asked for, `changed` and `then` stay silent, and errors go to the signals.
        """
        now = self.now()

        def run() -> Done:
            store = self._opened()
            result, changes = store.run(operation, *args, now=now, **details)
            return self._summary(store, result, changes)

        if self._jobs and self._store is not None:
            self._store.hurry()
        self._write(run, then, refused, failed, told=True)

    def undo(self, then: Callable[[Changes | None], object] | None = None) -> Job:
        """Take back the last step; `then` gets what changed, None where there was nothing to take back."""
        return self._replay("undoing", then)

    def redo(self, then: Callable[[Changes | None], object] | None = None) -> Job:
        """Do again what was taken back last; `then` as for `undo`."""
        return self._replay("redoing", then)

    def _replay(self, way: Literal["undoing", "redoing"], then: Callable[[Changes | None], object] | None) -> Job:
        job, now = Job(self, replays=True), self.now()

        def end(store: Store) -> Done:
            changes = job.result()
            return self._summary(store, changes, changes)

        return self._begin(job, lambda store: getattr(store, way)(now=now), end, then, None, None, told=False)

    def start(
        self,
        operation: Callable[..., Generator[Progress, None, T]],
        /,
        *args: object,
        then: Callable[[T], object] | None = None,
        refused: Callable[[Refused], object] | None = None,
        failed: Callable[[LeadDeskError], object] | None = None,
        **details: object,
    ) -> Job:
        """Run a job as one step on the writer thread; the Job tells progress and can be cancelled.

        A long one lets what a person does meanwhile be written in between.
        """
        now = self.now()
        job = Job(self)

        def end(store: Store) -> Done:
            return self._summary(store, *job.result())

        return self._begin(
            job, lambda store: store.job(operation, *args, now=now, **details), end, then, refused, failed, told=True
        )

    def tell(self, changes: Changes) -> None:
        """Let the rooms re-read what changed without a step: what time alone has moved."""
        self.changed.emit(changes)

    def work(
        self,
        run: Callable[[Store], T],
        /,
        then: Callable[[T], object] | None = None,
        failed: Callable[[LeadDeskError], object] | None = None,
        urgency: Urgency = Urgency.PERSON,
    ) -> None:
        """Something with the store that is no step, on the writer thread."""
        self._writer.submit(
            lambda: run(self._opened()), then, lambda error: self._tell(error, None, failed), urgency=urgency
        )

    def _begin(
        self,
        job: Job,
        steps: Callable[[Store], Generator[Progress, None, object]],
        result: Callable[[Store], Done],
        then: Callable[..., object] | None,
        refused: Callable[[Refused], object] | None,
        failed: Callable[[LeadDeskError], object] | None,
        *,
        told: bool,
    ) -> Job:
        self._jobs.add(job)
        meant = self._store

        def run() -> Done | Again:
            store = self._opened()
            if not job.has_begun:
                if meant not in (None, store):  # it waited, and another database was opened: its leads are not there
                    raise Cancelled
                if self._begun and not job.replays:
                    return AGAIN  # one job after the other
                for other in self._begun:
                    if other.replays:  # what is undone or redone now goes by what was before
                        other.advance(to_its_end=True)
                job.begin(steps(store))
                self._begun[job] = None
            if not job.advance():
                return AGAIN
            self._begun.pop(job, None)
            return result(store)

        def end() -> None:
            self._jobs.discard(job)
            job.ended.emit()
            job.deleteLater()
            self._data_version = -1 if job.failed_between else self._data_version  # all is read anew at the next look

        self._write(run, then, refused, failed, end, told=told)
        return job

    def _write(
        self,
        run: Callable[[], Done | Again],
        then: Callable[..., object] | None,
        refused: Callable[[Refused], object] | None,
        failed: Callable[[LeadDeskError], object] | None,
        end: Callable[[], object] | None = None,
        *,
        told: bool = False,
    ) -> None:
        self._pending += 1
        era = self._era
        self._show_state(SaveState.SAVING)

        def arrived(done: Done) -> None:
            self._pending -= 1
            self.saved_at = self.now()
            ours = era == self._era
            if ours:
                self._take(done)
            if not self._pending:
                self._show_state(SaveState.SAVED)
            if end is not None:
                end()
            if ours:
                self._answer(done, then, told=told)

        def went_wrong(error: Exception) -> None:
            self._pending -= 1
            # What a rule, a wrong value or a person stopped is not lost work; a disk that refuses, or our mistake, is.
            known = isinstance(error, LeadDeskError) and not isinstance(error, DatabaseTrouble)
            if not self._pending:
                self._show_state(SaveState.SAVED if known else SaveState.NOT_SAVED)
            if end is not None:
                end()
            ours = era == self._era
            self._tell(error, refused if ours else None, failed if ours else None)

        self._writer.submit(run, arrived, went_wrong)

    def _answer(self, done: Done, then: Callable[..., object] | None, *, told: bool) -> None:
        if done.changes is not None:
            self.changed.emit(done.changes)
            if told:
                self.step_done.emit(done.changes)
        if then is not None and listens(then):
            then(done.result)

    # ── what others wrote ────────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> None:
        """See whether another program wrote to the database, and what undo would take back now."""
        if self._looking or self._reader is None or self._pending:
            return
        self._looking = True

        def run() -> Done:
            from leaddesk.db.records import Changes

            store = self._opened()
            version = store.data_version()
            foreign, self._data_version = version != self._data_version, version
            return self._summary(store, None, Changes(everything=True) if foreign else None)

        def done(seen: Done) -> None:
            self._looking = False
            self._take(seen)
            self._answer(seen, None, told=False)

        def failed(error: Exception) -> None:
            self._looking = False
            LOG.warning("could not look at the database: %s", error)

        self._writer.submit(run, done, failed, urgency=Urgency.SCREEN)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def save_state(self) -> SaveState:
        """Whether everything done is on disk."""
        return self._state

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._jobs)

    @property
    def is_awaited(self) -> bool:
        """Whether something waits for the writer that is more urgent than background work; from any thread."""
        return self._writer.is_awaited

    def _opened(self) -> Store:
        if self._store is None:
            raise LeadDeskError("no_database")
        self._store.language, self._store.person = self.language, self.person
        return self._store

    def _summary(self, store: Store, result: object, changes: Changes | None) -> Done:
        return Done(result, changes, store.last_undoable(), store.last_redoable(), store.playbook)

    def _take(self, done: Done) -> None:
        self._playbook = done.playbook
        if (done.undoable, done.redoable) != (self.undoable, self.redoable):
            self.undoable, self.redoable = done.undoable, done.redoable
            self.undo_changed.emit()

    def _show_state(self, state: SaveState) -> None:
        if state is not self._state:
            self._state = state
            self.save_state_changed.emit()

    def _tell(
        self,
        error: Exception,
        refused: Callable[[Refused], object] | None,
        failed: Callable[[LeadDeskError], object] | None,
    ) -> None:
        known = understood(error)
        if isinstance(known, Refused) and refused is not None and listens(refused):
            refused(known)
        elif failed is not None and listens(failed):
            failed(known)
        elif isinstance(known, Refused):
            self.refused.emit(known)
        else:
            self.failed.emit(known)
