"""Widths of the table's columns: words get room, the row is always filled, what is set by hand holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.leads.columns import CHECK, CHECKS, USUAL
from leaddesk.ui.leads.widths import needed, share, steps

ALL = (CHECKS, *USUAL)
COLUMN = {column.key: column for column in ALL}
SHORT = {key: needed(column, 20) for key, column in COLUMN.items()}
LONG = {key: needed(COLUMN[key], 2000) for key in ("name", "company", "next_step")}
WIDTHS = st.dictionaries(st.sampled_from([key for key in COLUMN if key != CHECK]), st.integers(1, 3000))


def test_what_is_short_leaves_its_room_to_what_is_long() -> None:
    widths = share(1000, ALL, {**SHORT, "name": needed(COLUMN["name"], 170)}, {})
    assert widths["name"] >= 186
    assert widths["next_step"] >= COLUMN["next_step"].least
    assert set(widths) == set(COLUMN)


def test_where_names_are_long_the_least_telling_columns_go() -> None:
    widths = share(886, ALL, {**SHORT, **LONG}, {})
    assert "source" not in widths
    assert {"name", "company", "known", "score", "next_step"} <= set(widths)


def test_a_width_given_by_hand_holds() -> None:
    widths = share(1200, ALL, {**SHORT, **LONG}, {"company": 320})
    assert widths["company"] == 320


@given(room=st.integers(520, 4000), needs=WIDTHS, by_hand=WIDTHS)
def test_the_row_is_filled_and_no_column_vanishes_in_another(
    room: int, needs: dict[str, int], by_hand: dict[str, int]
) -> None:
    wants = {key: needed(COLUMN[key], width) for key, width in needs.items()}
    widths = share(room, ALL, wants, by_hand)
    assert sum(widths.values()) == room
    assert all(width >= COLUMN[key].least or key in by_hand for key, width in widths.items())


@given(
    room=st.integers(200, 4000), chosen=st.lists(st.sampled_from(USUAL[1:]), min_size=1, unique=True), by_hand=WIDTHS
)
def test_chosen_columns_all_stay_and_scroll_where_there_is_no_room(
    room: int, chosen: list[object], by_hand: dict[str, int]
) -> None:
    columns = (CHECKS, *(column for column in USUAL if column in chosen))
    widths = share(room, columns, {**SHORT, **LONG}, by_hand)
    assert list(widths) == [column.key for column in columns]
    assert sum(widths.values()) >= room


def test_keys_make_a_column_wider_and_narrower() -> None:
    assert steps(100, wider=False) < 100 < steps(100, wider=True)
    assert steps(40, wider=False) == 40
