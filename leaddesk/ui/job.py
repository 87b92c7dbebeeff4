"""A long operation under way: tells how far it is, and stops when asked."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import Cancelled

if TYPE_CHECKING:
    from leaddesk.db.records import Progress

#: It tells how far it is at most so often, in seconds.
TELL_EVERY = 0.05


class Job(QObject):
    """A long operation under way. `progressed(Progress)`; `ended()` whatever its end."""

    progressed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None, *, replays: bool = False) -> None:
        super().__init__(parent)
        self.replays = replays  # it undoes a step, or does one again
        self._stopped = False  # set by the window, read by the writer
        self._thrown = False
        self._over = self._paused = False
        self._steps: Generator[Progress, None, object] | None = None
        self._value: object = None
        self._error: Exception | None = None

    def cancel(self) -> None:
        """Ask it to stop; everything it did is rolled back."""
        self._stopped = True

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped

    def begin(self, steps: Generator[Progress, None, object]) -> None:
        """What it goes through; on the thread that will advance it."""
        self._steps = steps

    @property
    def failed_between(self) -> bool:
        """Whether it ended before it was done, after others could read what it had done until then."""
        return self._paused and self._error is not None

    @property
    def has_begun(self) -> bool:
        """Whether it was begun."""
        return self._steps is not None

    def advance(self, *, to_its_end: bool = False) -> bool:
        """Go on until others may write, or to the end; True when it is over, then `result` tells what came of it."""
        told = 0.0
        while self._steps is not None and not self._over:
            try:
                progress = self._step(self._steps)
            except StopIteration as end:
                self._over, self._value = True, end.value
                break
            except Exception as error:  # noqa: BLE001 - handed over to whoever asks for the result
                self._over, self._error = True, error
                break
            if time.monotonic() - told >= TELL_EVERY:
                told = time.monotonic()
                self.progressed.emit(progress)
            self._paused |= progress.between
            if progress.between and not to_its_end:
                break
        return self._over

    def result(self) -> Any:
        """What it ended with; raises what ended it, Cancelled among it."""
        if self._error is not None:
            raise self._error
        return self._value

    def _step(self, steps: Generator[Progress, None, object]) -> Progress:
        if self._stopped and not self._thrown:
            self._thrown = True
            return steps.throw(Cancelled())
        return next(steps)
