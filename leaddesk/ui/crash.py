"""What happens when LeadDesk meets something it did not foresee: a log entry and a clear message, never silence."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.errors import LeadDeskError
from leaddesk.paths import log_folder
from leaddesk.ui.tasks import watch_threads

LOG = logging.getLogger("leaddesk")
FILE = "leaddesk.log"


def keep_log() -> None:
    """Write what happens to the log folder; a disk that refuses is no reason not to start."""
    from logging.handlers import RotatingFileHandler

    try:
        handler = RotatingFileHandler(
            log_folder() / FILE, maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)


def understood(error: Exception) -> LeadDeskError:
    """An error as it can be told; what nobody expected is in the log."""
    if isinstance(error, LeadDeskError):
        return error
    LOG.error("unexpected", exc_info=error)
    return LeadDeskError("unexpected", path=log_folder())


class CrashWatch(QObject):
    """Catches what nobody caught, in any thread, logs it and calls `tell` in the thread of the window."""

    _happened = Signal()

    def __init__(self, tell: Callable[[], QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._told: QWidget | None = None
        self._happened.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """Begin."""
        sys.excepthook = self._caught
        watch_threads(self._caught)

    def _caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        LOG.critical("not foreseen", exc_info=(kind, error, trace))
        self._happened.emit()

    def _say(self) -> None:
        # One message at a time: a broken paint event would otherwise pile them up.
        if self._told is None or not shiboken6.isValid(self._told) or not self._told.isVisible():
            self._told = self._tell()
