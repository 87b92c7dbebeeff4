"""A long operation under way: tells how far it is, and stops when asked."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import Cancelled

if TYPE_CHECKING:
    from leaddesk.db.records import Progress

T = TypeVar("T")

#: It tells how far it is at most so often, in seconds.
TELL_EVERY = 0.05


class Job(QObject):
    """A long operation under way. `progressed(Progress)`; `ended()` whatever its end."""

    progressed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False  # set by the window, read by the writer

    def cancel(self) -> None:
        """Ask it to stop; everything it did is rolled back."""
        self._stopped = True

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped

    def follow(self, steps: Generator[Progress, None, T]) -> T:
        """Run to the end on the calling thread, telling progress; raises Cancelled. Returns the generator's value."""
        told = 0.0
        try:
            while True:
                progress = next(steps)
                if self._stopped:
                    raise Cancelled
                if time.monotonic() - told >= TELL_EVERY:
                    told = time.monotonic()
                    self.progressed.emit(progress)
        except StopIteration as end:
            return cast("T", end.value)
        finally:
            steps.close()
