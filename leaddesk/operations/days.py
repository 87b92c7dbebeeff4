"""The day an instant falls on where this machine stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from leaddesk.qualify.terms import Instant


def day_of(at: Instant) -> date:
    """The local day of an instant."""
    return datetime.fromtimestamp(at / 1000).astimezone().date()


def end_of(day: date) -> Instant:
    """The last millisecond of a local day."""
    midnight = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    return round(midnight.timestamp() * 1000) - 1
