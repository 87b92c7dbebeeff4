"""Copies of the open database, beside everything else: a large one takes as long as the disk wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from leaddesk.errors import LeadDeskError
from leaddesk.ui.crash import understood
from leaddesk.ui.tasks import Worker

T = TypeVar("T")


class Copying(QObject):
    """A thread of its own, there from the first copy of a database until that database is let go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._run = 0  # raised when the copies of a database are to end

    def start(
        self,
        copy: Callable[[Callable[[], bool]], T],
        then: Callable[[T], object] | None,
        failed: Callable[[LeadDeskError], object],
    ) -> None:
        """Do it after those before it; `copy` is told by its argument whether to stop."""
        if self._worker is None:
            self._worker = Worker("copier", self)
        mine = self._run
        self._worker.submit(lambda: copy(lambda: self._run != mine), then, lambda error: failed(understood(error)))

    def end(self) -> None:
        """Stop what is being copied, leaving nothing of it, and come back when nobody has the database open for it."""
        self._run += 1
        if self._worker is not None:
            self._worker.forget()
            self._worker.stop()
            self._worker.deleteLater()
            self._worker = None
