"""What is typed into a field of a day, and what is said of it before it is saved."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.errors import BadValue
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.ui.fields.typed import Typing, read_field, told_back

OWN = CustomField("1", "Start", FieldKind.DATE)
CLOSES = FIELD["expected_on"]
TODAY = date(2026, 11, 21)
BRITISH, AMERICAN = Typing("en", TODAY, "EUR"), Typing("en", TODAY, "EUR", month_first=True)
CHINESE = Typing("zh_CN", TODAY, "CNY", month_first=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("2026年12月31日", "2026-12-31"),
        ("12月31日", "2026-12-31"),
        ("tomorrow", "2026-11-22"),
        ("next Friday", "2026-11-27"),
        ("in 3 days", "2026-11-24"),
        ("明天", "2026-11-22"),
        ("下周五", "2026-11-27"),
        ("3天后", "2026-11-24"),
    ],
)
def test_own_fields_and_others_take_days_as_people_write_them(text: str, day: str) -> None:
    for typing in (BRITISH, CHINESE):
        assert read_field(OWN, text, typing) == day
        assert read_field(CLOSES, text, typing) == date.fromisoformat(day)


def test_what_may_be_two_days_says_which_one_was_understood() -> None:
    assert told_back(OWN, "10/11/2026", BRITISH) == "Tue 10 Nov 2026, read day before month"
    assert told_back(OWN, "10/11/2026", AMERICAN) == "Sun 11 Oct 2026, read month before day"
    assert "按“月/日”理解" in told_back(CLOSES, "10/11/2026", CHINESE)
    assert "read" not in told_back(OWN, "31/12/2026", BRITISH)
    assert "read" not in told_back(OWN, "10.11.2026", AMERICAN)


@pytest.mark.parametrize("text", ["soon", "31.13.2026", "30/2/2027", "Friday 10:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="bad_custom"):
        read_field(OWN, text, BRITISH)
    assert told_back(OWN, text, BRITISH) == ""
