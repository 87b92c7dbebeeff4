"""The time as the window knows it: it never goes back while a database is open."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.qualify.terms import Instant

_DAY = 86_400_000


class Clock:
    """While the machine's clock is set back this one stands still: no answer comes before the one it corrects.

    A clock that is set back by more than a day was wrong before. `told`: another clock than the machine's.
    """

    def __init__(self, told: Callable[[], Instant] | None = None) -> None:
        self._told = told or (lambda: time.time_ns() // 1_000_000)
        self._latest: Instant = 0

    def begin(self, latest: Instant) -> None:
        """Never before this instant, from now on."""
        self._latest = latest

    def now(self) -> Instant:
        """This instant, in milliseconds UTC."""
        told = self._told()
        if not told < self._latest <= told + _DAY:
            self._latest = told
        return self._latest

    def today(self) -> date:
        """The day on this machine."""
        return datetime.fromtimestamp(self.now() / 1000).astimezone().date()
