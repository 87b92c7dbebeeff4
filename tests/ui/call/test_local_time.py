"""The lead's own clock, from what is known of the place; none rather than a wrong one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leaddesk.qualify.state import FactValue
from leaddesk.ui.call.local_time import is_decent, local_time

NOON = round(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp() * 1000)  # a Friday


@pytest.mark.parametrize(
    ("facts", "phones", "hour"),
    [
        ({"time_zone": "Asia/Tokyo", "city": "Berlin"}, (), 21),
        ({"city": "Warsaw"}, (), 13),
        ({"city": "New York"}, (), 7),
        ({"city": "Gdańsk"}, ("+48 58 555 01 42",), 13),
        ({}, ("+1 212 555 0142",), 7),
        ({}, ("021 555", "+86 21 5555 0142"), 20),
        ({"country": "Poland"}, (), 13),
        ({"country": "de"}, (), 13),
        ({"country": "中国"}, (), 20),
    ],
)
def test_the_clock_there(facts: dict[str, FactValue], phones: tuple[str, ...], hour: int) -> None:
    clock = local_time(facts, phones, NOON)
    assert clock is not None
    assert clock.hour == hour


@pytest.mark.parametrize(
    ("facts", "phones"),
    [({}, ()), ({"country": "United States"}, ()), ({"country": "Atlantis"}, ("555",)), ({"time_zone": "x"}, ())],
)
def test_silent_where_it_cannot_be_told(facts: dict[str, FactValue], phones: tuple[str, ...]) -> None:
    assert local_time(facts, phones, NOON) is None


def test_decent_hours() -> None:
    assert is_decent(datetime(2026, 11, 20, 9, tzinfo=UTC))
    assert not is_decent(datetime(2026, 11, 20, 22, tzinfo=UTC))
    assert not is_decent(datetime(2026, 11, 21, 10, tzinfo=UTC))
