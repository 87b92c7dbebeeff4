"""Where cards lie: one pile or one for each swimlane, told without a window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.ui.board.layout import Layout, Piles
from leaddesk.ui.board.selection import Selection

_COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=6)


def _piles(counts: list[int], more: list[int], line: int = 20, pitch: int = 50) -> Piles:
    heights = tuple(max(pair) for pair in zip(counts, more, strict=False))
    return Piles(Layout(pitch, heights, line), counts[: len(heights)])


@given(_COUNTS, _COUNTS)
def test_every_card_is_found_where_it_lies(counts: list[int], more: list[int]) -> None:
    piles = _piles(counts, more)
    shown = sum(counts[: len(more)])
    tops = [piles.top_of(index) for index in range(shown)]
    assert tops == sorted(set(tops))
    for index, top in enumerate(tops):
        assert piles.index_at(top) == piles.index_at(top + 49) == index
        assert piles.nearest(top + 25) == index
        first, last = piles.bounds(piles.lane_of(index))
        assert first <= index < last
    assert list(piles.between(0, piles.layout.height)) == list(range(shown))


@given(_COUNTS, _COUNTS, st.integers(0, 1500), st.integers(0, 400))
def test_what_is_seen_is_what_overlaps(counts: list[int], more: list[int], top: int, high: int) -> None:
    piles = _piles(counts, more)
    bottom = top + high
    wanted = [
        index
        for index in range(sum(counts[: len(more)]))
        if piles.top_of(index) < bottom and piles.top_of(index) + 50 > top
    ]
    assert list(piles.between(top, bottom)) == wanted


def test_a_folded_swimlane_takes_only_its_line() -> None:
    piles = Piles(Layout(50, (0, 2), 20), (3, 2))
    assert piles.layout.height == 140
    assert piles.index_at(30) is None
    assert piles.index_at(45) == 3
    assert not piles.is_shown(1)
    assert piles.is_shown(4)
    assert piles.nearest(0) == 3
    assert list(piles.lines(0, 140)) == [(0, 0), (1, 20)]


def test_a_gap_lies_between_two_cards_of_one_swimlane() -> None:
    piles = Piles(Layout(50, (2, 3), 20), (2, 1))
    gaps = [piles.insertion(height) for height in (20, 60, 118, 300)]
    assert gaps == [(0, 0, 20), (0, 1, 70), (0, 2, 120), (1, 3, 190)]
    assert piles.bounds(1) == (2, 3)
    assert piles.bounds(7) == (0, 0)


def test_an_empty_board_has_no_cards() -> None:
    piles = Piles(Layout(50, ()), ())
    assert piles.index_at(0) is None
    assert piles.nearest(0) is None
    assert sum(piles.insertion(10)) == 0
    assert not piles.is_shown(0)


def test_cards_are_selected_one_by_one_or_as_a_range() -> None:
    selection = Selection()
    selection.toggle(7)
    selection.toggle(3)
    assert list(selection.nos) == [7, 3]
    assert selection.anchor == 3
    selection.toggle(7)
    assert 7 not in selection
    selection.set_range([1, 2, 3, 4, 5], 3, 1)
    assert list(selection.nos) == [2, 3, 4]
    assert selection.keep({2, 4})
    assert not selection.keep({2, 4})
    assert len(selection) == 2
    selection.clear()
    assert not selection.nos
    assert selection.anchor is None
