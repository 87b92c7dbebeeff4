"""Turns instants into local days and back."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from leaddesk.qualify.terms import Instant


def local_day(at: Instant) -> date:
    """The day on this machine at an instant."""
    return date.fromtimestamp(at / 1000)  # noqa: DTZ012 - the local one is wanted


def end_of_day(day: date) -> Instant:
    """The last millisecond of a local day: what a bare date means as an instant."""
    midnight = datetime.combine(day + timedelta(days=1), time_of_day()).astimezone()
    return int(midnight.timestamp() * 1000) - 1


def this_instant() -> Instant:
    """The instant it is now."""
    return time.time_ns() // 1_000_000
