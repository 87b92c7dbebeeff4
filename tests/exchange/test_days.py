"""Days are read in the order their column proves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.exchange.days import find_order, read_day

SHAPES = {"ymd": "%Y-%m-%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}
DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=40), st.sampled_from(sorted(SHAPES)))
def test_a_column_that_proves_its_order_is_read_right(days: list[date], order: str) -> None:
    texts = [day.strftime(SHAPES[order]) for day in days]
    found, proven = find_order(texts)
    assert proven == (order == "ymd" or any(day.day > 12 for day in days))
    if proven:
        assert found == order
        assert [read_day(text, found) for text in texts] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-02-01", date(2018, 2, 1)),
        ("2018-02-26 19:58:54", date(2018, 2, 26)),
        ("2024-08-18T10:00:00Z", date(2024, 8, 18)),
        ("2018/2/1", date(2018, 2, 1)),
        ("1.2.2018", date(2018, 2, 1)),
        ("01-02-2018", date(2018, 2, 1)),
        ("26-02-2018 19:58", date(2018, 2, 26)),
        ("1/2/18", date(2018, 2, 1)),
        ("02/24/26 02:18 AM", date(2026, 2, 24)),
        ("12 Mar 2025", date(2025, 3, 12)),
        ("01 Jul 2026", date(2026, 7, 1)),
        ("12-Mar-25", date(2025, 3, 12)),
        ("March 12th, 2025", date(2025, 3, 12)),
        ("Tue, 5 Mar 2024 10:00", date(2024, 3, 5)),
        ("5 mai 2024", date(2024, 5, 5)),
        ("3. Oktober 2024", date(2024, 10, 3)),
        ("45631", date(2024, 12, 5)),
        ("45631.0", date(2024, 12, 5)),
        ("20250304", date(2025, 3, 4)),
        ("1714521600000", date(2024, 5, 1)),
        ("2025年3月4日", date(2025, 3, 4)),
        ("2025年03月04日 10:30", date(2025, 3, 4)),
    ],
)
def test_one_day(text: str, day: date) -> None:
    assert read_day(text) == day


def test_the_order_decides_only_what_is_open() -> None:
    assert read_day("01/02/2018", "mdy") == date(2018, 1, 2)
    assert read_day("28/02/2018", "mdy") == date(2018, 2, 28)
    assert read_day("18/02/03", "ymd") == date(2018, 2, 3)


def test_columns_that_prove_nothing() -> None:
    assert find_order([]) == ("dmy", False)
    assert find_order(["01.02.2018", "03.04.2018"]) == ("dmy", False)
    assert find_order(["01/02/2018 02:18 AM"]) == ("mdy", False)
    assert find_order(["28/01/2018", "01/28/2018", "29/01/2018"]) == ("dmy", False)


@pytest.mark.parametrize(
    "text", ["soon", "32/13/2018", "2018-02-30", "99", "12 Foo 2020", "", "1/2", "12345678901234567"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_day(text)


def test_spreadsheet_days_count_on() -> None:
    first = read_day("40000")
    assert read_day("40366") - first == timedelta(days=366)
