"""Ids are 16 letters that sort by time, never run backwards, and come after the UUIDs of earlier versions."""

from __future__ import annotations

import json
import re
import uuid
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.db import ids
from leaddesk.db.ids import LENGTH, id_of, new_id, new_id_after, new_ids, number_of
from tests.builders import NOW

END = 2**44 - 1
#: The clock of a machine that runs this program, and some centuries more.
instants = st.integers(min_value=NOW - 10 * 365 * 86_400_000, max_value=END)
counters = st.integers(0, 2**14 - 1)
noises = st.integers(0, 2**38 - 1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids of the far future are for one test only."""
    monkeypatch.setattr(ids, "_last", (0, 0))


def _uuid(at: int, noise: int = 0) -> str:
    """An id as earlier versions made it."""
    return str(uuid.UUID(int=at << 80 | 0x7 << 76 | 0b10 << 62 | noise))


def test_sorts_by_when_it_was_made_within_one_millisecond_too() -> None:
    made = [new_id(NOW) for _ in range(20_000)] + new_ids(NOW, 20_000)
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_never_runs_backwards_when_the_clock_does() -> None:
    later = new_id(NOW + 50_000)
    assert new_id(NOW) > later


@given(instants, counters, noises)
def test_means_nothing_wherever_it_is_written(at: int, counter: int, noise: int) -> None:
    made = id_of(at, counter, noise)
    assert made == id_of(at, counter, noise)
    assert len(made) == LENGTH
    assert quote(made, safe="") == made
    assert json.dumps(made) == f'"{made}"'
    assert re.fullmatch(r"[-~0-9A-Za-z]+", made)  # no wildcard, no folder
    assert made[0] != "-"  # no option


@given(st.tuples(instants, counters, noises), st.tuples(instants, counters, noises))
def test_sorts_as_its_parts_do(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (id_of(*one) < id_of(*other)) == (one < other)
    assert (id_of(*one) == id_of(*other)) == (one == other)


@given(instants, st.integers(0, 2**48 - 1), st.integers(0, 2**62 - 1))
def test_comes_after_every_id_of_earlier_versions(at: int, then: int, noise: int) -> None:
    # Their first letter is 0 until the year 2527.
    assert id_of(at, 0, 0) > _uuid(min(then, 2**44 - 1), noise)


@given(instants, counters, noises)
def test_one_after_another_of_whichever_process(at: int, counter: int, noise: int) -> None:
    former = id_of(at, counter, noise)
    made = new_id_after(at, former)
    assert made > former or (at, counter) == (END, 2**14 - 1)
    assert len(made) == LENGTH
    assert new_id(at) > made or at == END


def test_what_comes_later_comes_after_the_id_of_another_process_too() -> None:
    ahead = id_of(NOW + 5, 3, 0)
    made = new_id_after(NOW, ahead)
    assert ahead < made < new_id(NOW) < new_ids(NOW, 2)[1]
    assert new_id_after(NOW, _uuid(NOW + 99)) < new_id(NOW)


def test_the_last_id_there_is_stops_nobody() -> None:
    made = {new_id_after(NOW, id_of(END, 2**14 - 1, 2**38 - 1)), new_id(NOW), *new_ids(NOW, 3)}
    assert len(made) == 5


def test_one_after_a_uuid_of_whichever_process_though_the_clock_is_wrong() -> None:
    former = _uuid(NOW, 5)
    for now in (NOW, 1):
        assert new_id_after(now, former) > former


def test_two_machines_in_one_millisecond_do_not_make_the_same() -> None:
    assert id_of(NOW, 3, 1) != id_of(NOW, 3, 2)


def test_a_number_for_an_id() -> None:
    assert number_of(_uuid(NOW, 0x1234)) == 0x1234  # as earlier versions kept it
    one, other = new_ids(NOW, 2)
    assert number_of(one) == number_of(one) != number_of(other)
    assert 0 <= number_of(one) < 2**31
    assert number_of(_uuid(NOW, 2**32 - 1)) == 2**32 - 1
