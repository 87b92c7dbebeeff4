"""When a call was, in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.call.past import read_past

NOW = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("text", "month", "day", "clock"),
    [
        ("14:30", 11, 19, "14:30"),
        ("16:30", 11, 18, "16:30"),
        ("9:15", 11, 19, "09:15"),
        ("yesterday 9:15", 11, 18, "09:15"),
        ("Yesterday", 11, 18, "12:00"),
        ("昨天 9:15", 11, 18, "09:15"),
        ("昨天下午3点", 11, 18, "15:00"),
        ("前天", 11, 17, "12:00"),
        ("Tue 11:05", 11, 17, "11:05"),
        ("Fri", 11, 13, "12:00"),
        ("14 Nov 10:00", 11, 14, "10:00"),
        ("1 Mar", 3, 1, "12:00"),
        ("2026-11-03 10:00", 11, 3, "10:00"),
    ],
)
def test_the_last_one_there_was(text: str, month: int, day: int, clock: str) -> None:
    found = read_past(text, NOW)
    assert found is not None
    assert (found.year, found.month, found.day) == (2026, month, day)
    assert f"{found:%H:%M}" == clock


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "in 3 days", "+3d", "next week", "2027-01-01", "soon", "99:99", "today"]
)
def test_what_is_no_time_that_has_been(text: str) -> None:
    assert read_past(text, NOW) is None


@given(st.text() | st.sampled_from(("31 Dec", "29 Feb", "Q3", "年底", "下周三")), st.datetimes(timezones=st.just(UTC)))
def test_never_a_failure_and_never_later_than_now(text: str, now: datetime) -> None:
    found = read_past(text, now)
    assert found is None or found <= now
