"""Looks for garbage in cycles only in the window's thread, and when it has a moment.

Python looks whenever enough was made, in whichever thread: a widget found by a worker would be ended there, which Qt
does not survive, and a long look would keep the window waiting.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_EVERY = 1_000
_THOROUGHLY_EVERY = 120  # times
#: A thread that has long been at it lets the window's go first after so many seconds.
_TURN = 0.001


class Cycles(QObject):
    """From its making until `end`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look)
        self._clock.start(_EVERY)
        self._turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        gc.disable()

    def settle(self) -> None:
        """What is there now stays: it is not looked through again."""
        gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        self._clock.stop()
        sys.setswitchinterval(self._turn)
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        self._times += 1
        gc.collect(2 if self._times % _THOROUGHLY_EVERY == 0 else 1)
