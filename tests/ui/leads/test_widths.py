"""Widths of the table's columns: words get room, the row is always filled, what is set by hand holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.leads.table_model import Col
from leaddesk.ui.leads.widths import LEAST, needed, read_widths, share, written

SHORT = {column: needed(column, 20) for column in Col}
LONG = {column: needed(column, 2000) for column in (Col.NAME, Col.COMPANY, Col.NEXT_STEP)}
WIDTHS = st.dictionaries(st.sampled_from([column for column in Col if column is not Col.CHECK]), st.integers(1, 3000))


def test_what_is_short_leaves_its_room_to_what_is_long() -> None:
    widths = share(1000, {**SHORT, Col.NAME: needed(Col.NAME, 170)}, {})
    assert widths[Col.NAME] >= 186
    assert widths[Col.NEXT_STEP] >= LEAST[Col.NEXT_STEP][0]
    assert set(widths) == set(Col)


def test_where_names_are_long_the_least_telling_columns_go() -> None:
    widths = share(886, {**SHORT, **LONG}, {})
    assert Col.SOURCE not in widths
    assert {Col.NAME, Col.COMPANY, Col.KNOWN, Col.SCORE, Col.NEXT_STEP} <= set(widths)


def test_a_width_given_by_hand_holds() -> None:
    widths = share(1200, {**SHORT, **LONG}, {Col.COMPANY: 320})
    assert widths[Col.COMPANY] == 320


@given(room=st.integers(520, 4000), needs=WIDTHS, by_hand=WIDTHS)
def test_the_row_is_filled_and_no_column_vanishes_in_another(
    room: int, needs: dict[Col, int], by_hand: dict[Col, int]
) -> None:
    wants = {column: needed(column, width) for column, width in needs.items()}
    widths = share(room, wants, by_hand)
    assert sum(widths.values()) == room
    assert all(width >= LEAST[column][0] or column in by_hand for column, width in widths.items())


@given(WIDTHS)
def test_widths_are_kept(by_hand: dict[Col, int]) -> None:
    assert read_widths(written(by_hand)) == by_hand


def test_what_was_kept_badly_is_left_out() -> None:
    assert read_widths("name=180,nonsense,=3,company=x,score=-4,check²=²") == {Col.NAME: 180}
