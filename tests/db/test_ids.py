"""Ids are UUIDs of version 7 that never run backwards."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.db.ids import id_of, new_id, new_id_after
from tests.builders import NOW

instants = st.integers(min_value=0, max_value=2**48 - 1)


def test_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id(NOW))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_tells_its_instant() -> None:
    assert uuid.UUID(id_of(NOW, 0, 0)).int >> 80 == NOW


def test_sorts_by_when_it_was_made_within_one_millisecond_too() -> None:
    made = [new_id(NOW) for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_never_runs_backwards_when_the_clock_does() -> None:
    later = new_id(NOW + 50_000)
    assert new_id(NOW) > later


@given(instants, st.integers(0, 4095), st.integers(0, 2**62 - 1))
def test_same_parts_same_id(at: int, counter: int, noise: int) -> None:
    made = id_of(at, counter, noise)
    assert made == id_of(at, counter, noise)
    assert len(made) == 36
    assert uuid.UUID(made).version == 7


@given(instants, st.integers(0, 4095), st.integers(0, 2**62 - 1))
def test_one_after_another_of_whichever_process(at: int, counter: int, noise: int) -> None:
    former = id_of(at, counter, noise)
    made = new_id_after(at, former)
    assert made > former or at == 2**48 - 1
    assert uuid.UUID(made).version == 7
