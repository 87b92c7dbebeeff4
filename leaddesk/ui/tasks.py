"""The only place that makes threads: a worker does its tasks one after another, the most urgent first."""

from __future__ import annotations

import enum
import itertools
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import PriorityQueue
from types import TracebackType
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

LOG = logging.getLogger(__name__)

T = TypeVar("T")


class Urgency(enum.IntEnum):
    """Which waiting task goes first; equals keep their order."""

    PERSON = 0
    SCREEN = 1
    JOB = 3
    STOP = 5  # what is more urgent than this is done before a worker ends; the rest is dropped
    BACKGROUND = 9


class Again:
    """What a task returns that did only a piece of its work: it is queued again, as a job, behind what is urgent."""


AGAIN = Again()


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """Something to do on a worker. `done` and `failed` are called in the thread that made the worker.

    Of tasks with the same `slot` only the newest one's answer arrives. A `run` that returns AGAIN is run again.
    """

    run: Callable[[], T | Again]
    done: Callable[[T], object] | None = None
    failed: Callable[[Exception], object] | None = None
    slot: str = ""
    generation: int = 0
    epoch: int = 0


@dataclass(order=True, slots=True)
class _Queued:
    urgency: int
    number: int
    task: Task[Any] | None = field(compare=False)


class Worker(QObject):
    """One thread and its queue."""

    _answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: PriorityQueue[_Queued] = PriorityQueue()
        self._numbers = itertools.count()
        self._generations: dict[str, int] = {}
        self._epoch = 0
        self._answered.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(
        self,
        run: Callable[[], T | Again],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        urgency: Urgency = Urgency.PERSON,
        slot: str = "",
    ) -> None:
        """Queue a task; returns at once."""
        generation = self._generations[slot] = self._generations.get(slot, 0) + 1
        self._queue.put(_Queued(urgency, next(self._numbers), Task(run, done, failed, slot, generation, self._epoch)))

    @property
    def is_awaited(self) -> bool:
        """Whether something more urgent than background work is queued; asked by such work, which then makes way."""
        with self._queue.mutex:
            return bool(self._queue.queue) and self._queue.queue[0].urgency < Urgency.BACKGROUND

    def forget(self) -> None:
        """Drop everything queued so far, and the answer of what is being done."""
        self._epoch += 1

    def stop(self, seconds: float = 30.0) -> bool:
        """Do what is urgent, drop the rest, end the thread; False when it is still busy after so many seconds."""
        self._queue.put(_Queued(Urgency.STOP, next(self._numbers), None))
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _stale(self, task: Task[Any]) -> bool:
        if task.epoch != self._epoch:
            return True
        return bool(task.slot) and self._generations.get(task.slot) != task.generation

    def _work(self) -> None:
        while (task := (queued := self._queue.get()).task) is not None:
            if self._stale(task):
                continue
            try:
                answer = _Answer(task, task.run(), None)
            except Exception as error:  # noqa: BLE001 - handed over to whoever asked, never swallowed
                answer = _Answer(task, None, error)
            if answer.result is AGAIN:
                self._queue.put(_Queued(max(queued.urgency, Urgency.JOB), next(self._numbers), task))
                continue
            if shiboken6.isValid(self):
                self._answered.emit(answer)
            del task, answer

    def _hand_over(self, answer: _Answer) -> None:
        if self._stale(answer.task):
            return
        if answer.error is not None:
            if listens(answer.task.failed):
                answer.task.failed(answer.error)  # type: ignore[misc]
            else:
                LOG.error("a task failed and nobody listened", exc_info=answer.error)
        elif listens(answer.task.done):
            answer.task.done(answer.result)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class _Answer:
    task: Task[Any]
    result: object
    error: Exception | None


def listens(callback: Callable[..., object] | None) -> bool:
    """Whether a callback is there and its widget was not deleted meanwhile."""
    if callback is None:
        return False
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def watch_threads(caught: Callable[[type[BaseException], BaseException | None, TracebackType | None], object]) -> None:
    """Tell what nobody caught in any thread."""
    threading.excepthook = lambda thread: caught(thread.exc_type, thread.exc_value, thread.exc_traceback)
