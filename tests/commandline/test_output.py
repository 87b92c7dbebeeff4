"""Columns that stay aligned, sums in major units, lines a terminal cannot misread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.commandline.output import in_columns, one_line, shortened, sums_json, width


def test_chinese_takes_two_columns() -> None:
    assert [width(text) for text in ("明", "a明", "é", "e\u0301", "")] == [2, 3, 1, 1, 0]
    assert in_columns([["王晓明", "x"], ["Bo", "y"]]) == ["王晓明  x", "Bo      y"]


def test_numbers_stand_flush_right() -> None:
    assert in_columns([["7", "a"], ["12.5", "b"]], right=(0,)) == ["   7  a", "12.5  b"]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=6))
def test_second_columns_begin_at_the_same_place(rows: list[tuple[str, str]]) -> None:
    cleaned = [[one_line(first), f"|{one_line(second)}"] for first, second in rows]
    lines = in_columns(cleaned)
    assert len({width(line[: line.rindex(row[1])]) for line, row in zip(lines, cleaned, strict=True)}) == 1


@given(st.text(max_size=60), st.integers(2, 30))
def test_what_is_cut_fits(text: str, columns: int) -> None:
    assert width(shortened(text, columns)) <= columns


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert one_line("a\x1b[31mb\nc\u202ed") == "a [31mb c d"


def test_sums_are_whole_where_they_are() -> None:
    assert sums_json({"JPY": 8_000_000, "EUR": 125_050, "CNY": 3_000_000}) == {
        "CNY": 30000,
        "EUR": 1250.5,
        "JPY": 8_000_000,
    }
