"""Keys of own order: always room between two, at the ends, and for many at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.places import between, place_of, spread


def is_place(text: str) -> bool:
    """Whether a text is a key, as the module says."""
    return text.isascii() and text.isalnum() and not text.endswith("0")


_KEYS = st.text("0123456789ABCXYZabcxyz", min_size=1, max_size=8).filter(is_place) | st.integers(1, 10**9).map(place_of)


@given(_KEYS, _KEYS)
def test_there_is_always_room_between(first: str, second: str) -> None:
    low, high = sorted((first, second))
    if low == high:
        with pytest.raises(ValueError, match="not before"):
            between(low, high)
        return
    made = between(low, high)
    assert low < made < high
    assert is_place(made)


@given(_KEYS)
def test_there_is_room_before_and_after_all(key: str) -> None:
    assert between(None, key) < key < between(key, None)
    assert is_place(between(None, key))
    assert is_place(between(key, None))
    assert is_place(between(None, None))


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_cards_put_anywhere_one_after_the_other_stay_in_order(where: list[int]) -> None:
    keys = [place_of(number) for number in range(1, 6)]
    for place in where:
        index = place % (len(keys) + 1)
        low = keys[index - 1] if index else None
        high = keys[index] if index < len(keys) else None
        keys.insert(index, between(low, high))
    assert keys == sorted(set(keys))
    assert all(map(is_place, keys))


@given(st.integers(0, 300), _KEYS | st.none(), _KEYS | st.none())
def test_many_at_once_stand_in_order_between(count: int, first: str | None, second: str | None) -> None:
    low, high = (first, second) if first is None or second is None else sorted((first, second))
    if low is not None and low == high:
        return
    made = spread(low, high, count)
    assert len(made) == count
    assert made == sorted(set(made))
    assert not made or ((low is None or low < made[0]) and (high is None or made[-1] < high))
    assert max(map(len, made), default=0) <= max(len(low or ""), len(high or "")) + 6


@given(st.integers(1, 10**11), st.integers(1, 10**11))
def test_unplaced_leads_stand_by_number(one: int, other: int) -> None:
    assert (place_of(one) < place_of(other)) == (one < other)
