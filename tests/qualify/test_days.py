"""Days and times in plain words, in both languages; silent where nothing is meant."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.days import find_days, is_either, read_when
from leaddesk.qualify.periods import months_later

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("today", date(2026, 11, 21), None),
        ("tomorrow", date(2026, 11, 22), None),
        ("Tomorrow at 9:30", date(2026, 11, 22), time(9, 30)),
        ("Thu 10", date(2026, 11, 26), time(10)),
        ("thursday 3", date(2026, 11, 26), time(15)),
        ("thu 3pm", date(2026, 11, 26), time(15)),
        ("Tue 24 Nov 10:00", date(2026, 11, 24), time(10)),
        ("24 November", date(2026, 11, 24), None),
        ("Nov 24", date(2026, 11, 24), None),
        ("1 Feb", date(2027, 2, 1), None),
        ("24 Nov 2027", date(2027, 11, 24), None),
        ("24.11.", date(2026, 11, 24), None),
        ("1.2.", date(2027, 2, 1), None),
        ("24.11.2027", date(2027, 11, 24), None),
        ("2027-03-01", date(2027, 3, 1), None),
        ("+3d", date(2026, 11, 24), None),
        ("2w", date(2026, 12, 5), None),
        ("in 6 weeks", date(2027, 1, 2), None),
        ("in a month", date(2026, 12, 21), None),
        ("in 2 years", date(2028, 11, 21), None),
        ("Saturday", date(2026, 11, 28), None),
        ("next friday", date(2026, 11, 27), None),
        ("next week", date(2026, 11, 23), None),
        ("next month", date(2026, 12, 21), None),
        ("end of month", date(2026, 11, 30), None),
        ("by Q4", date(2026, 12, 31), None),
        ("Q1", date(2027, 3, 31), None),
        ("October", date(2027, 10, 31), None),
        ("10:30", date(2026, 11, 21), time(10, 30)),
        ("今天", date(2026, 11, 21), None),
        ("明天下午3点", date(2026, 11, 22), time(15)),
        ("后天", date(2026, 11, 23), None),
        ("周五", date(2026, 11, 27), None),
        ("下周三", date(2026, 11, 25), None),
        ("下周三 10点半", date(2026, 11, 25), time(10, 30)),
        ("下下周一", date(2026, 11, 30), None),
        ("星期天", date(2026, 11, 22), None),
        ("3天后", date(2026, 11, 24), None),
        ("两周后", date(2026, 12, 5), None),
        ("六个月后", date(2027, 5, 21), None),
        ("下个月", date(2026, 12, 21), None),
        ("11月24日", date(2026, 11, 24), None),
        ("十月", date(2027, 10, 31), None),
        ("20号", date(2026, 12, 20), None),
        ("年底", date(2026, 12, 31), None),
        ("月底", date(2026, 11, 30), None),
        ("第一季度", date(2027, 3, 31), None),
        ("２０２７年３月１日", date(2027, 3, 1), None),
    ],
)
def test_what_is_meant(text: str, day: date, clock: time | None) -> None:
    when = read_when(text, TODAY)
    assert when is not None
    assert (when.day, when.time) == (day, clock)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "monkey",
        "30.02.2027",
        "10",
        "99:99",
        "32 Nov",
        "13月1日",
        "later this year",
        "q5",
        "下次",
        "+d",
    ],
)
def test_silent_where_nothing_is_meant(text: str) -> None:
    assert read_when(text, TODAY) is None


@given(st.text(max_size=20), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_text_breaks_it(text: str, today: date) -> None:
    read_when(text, today)


@given(st.integers(0, 400), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_ahead(count: int, today: date) -> None:
    when = read_when(f"+{count}d", today)
    assert when is not None
    assert when.day == today + timedelta(days=count)


@given(st.integers(0, 48), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_months_ahead_stay_in_their_month(count: int, today: date) -> None:
    later = months_later(today, count)
    assert (later.year - today.year) * 12 + later.month - today.month == count
    assert later.day <= today.day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("live by end of march, or in 6 weeks", {"end of march": date(2027, 3, 31), "in 6 weeks": date(2027, 1, 2)}),
        ("明年三月底上线", {"明年三月底": date(2027, 3, 31)}),
        ("q4 2027", {"q4 2027": date(2027, 12, 31)}),
        ("before march", {"before march": date(2027, 2, 28)}),
        ("十月前", {"十月": date(2027, 9, 30)}),
        ("年底前", {"年底": date(2026, 12, 31)}),
        ("春节前", {"春节": date(2027, 2, 6)}),
        ("半年内", {"半年内": date(2027, 5, 21)}),
        ("两三个月内", {"两三个月内": date(2027, 2, 21)}),
        ("the 24th of november 2027", {"the 24th of november 2027": date(2027, 11, 24)}),
        ("this month and next week", {"this month": date(2026, 11, 30), "next week": date(2026, 11, 27)}),
        ("h1 2027", {"h1 2027": date(2027, 6, 30)}),
        ("cw 12", {"cw 12": date(2027, 3, 26)}),
    ],
)
def test_days_are_found_among_words(text: str, found: dict[str, date]) -> None:
    assert {text[day.start : day.end]: day.day for day in find_days(text, TODAY) if not day.loose} == found


@pytest.mark.parametrize(
    "text",
    ["last friday", "上周五", "3 weeks ago", "三天前", "march 2024", "2024年三月", "v2.5", "marek decides", "每周三",
     "020 7946 0958", "version q42", "octopus", "since march", "last quarter"],
)  # fmt: skip
def test_days_that_are_over_or_none_are_not_found(text: str) -> None:
    assert [day for day in find_days(text, TODAY) if not day.loose] == []


@given(st.text(max_size=30), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_found_lie_apart_and_ahead(text: str, today: date) -> None:
    end = 0
    for day in find_days(text.lower(), today):
        assert end <= day.start < day.end
        assert day.day >= today
        end = day.end


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("31.12.2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("1.2.27", date(2027, 2, 1), date(2027, 2, 1)),
        ("10/11/2026", date(2026, 11, 10), date(2026, 10, 11)),
        ("10-11-26", date(2026, 11, 10), date(2026, 10, 11)),
        ("31/12/2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31), date(2026, 12, 31)),
        ("3/4", date(2027, 4, 3), date(2027, 3, 4)),
        ("2026年12月31日", date(2026, 12, 31), date(2026, 12, 31)),
        ("12月31日", date(2026, 12, 31), date(2026, 12, 31)),
        ("下周五", date(2026, 11, 27), date(2026, 11, 27)),
        ("3天后", date(2026, 11, 24), date(2026, 11, 24)),
        ("next Friday", date(2026, 11, 27), date(2026, 11, 27)),
        ("31.13.2026", None, None),
        ("12.31.2026", None, None),
        ("30/2/2027", None, None),
        ("40/50", None, None),
        ("10-11", None, None),
    ],
)
def test_days_in_figures_go_by_the_order_that_is_usual_here(
    text: str, day_first: date | None, month_first: date | None
) -> None:
    for order, day in ((False, day_first), (True, month_first)):
        found = read_when(text, TODAY, month_first=order)
        assert (found.day if found is not None else None) == day


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.booleans(), st.sampled_from("/-"))
def test_a_day_written_in_either_order_is_read_again(day: date, month_first: bool, mark: str) -> None:
    first, second = (day.month, day.day) if month_first else (day.day, day.month)
    text = f"{first}{mark}{second}{mark}{day.year}"
    found = read_when(text, TODAY, month_first=month_first)
    assert found is not None
    assert found.day == day
    other = read_when(text, TODAY, month_first=not month_first)
    assert other is not None
    assert is_either(text) is (other.day != day)
