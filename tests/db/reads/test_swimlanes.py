"""The board in swimlanes: the same cards in the same order, parted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db.reads.board import Filters, Order, column_order, totals
from leaddesk.db.reads.chosen import ids_in_order
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.reads.swimlanes import Grouping, column_parts, found_parts, lane_order, lane_sums, parted
from leaddesk.db.store import Reader, Store
from tests.builders import NOW, add_lead, store_in

_OWNERS = ("Ewa", None, "Bo", "Ewa", None, "Cy")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Six leads of three people, one of nobody."""
    with store_in(tmp_path) as made:
        for number, owner in enumerate(_OWNERS):
            source = "Fair" if number % 2 else None
            add_lead(made, f"Lead {number}", owner=owner, source=source, value=100 * number, value_currency="EUR")
        yield made


@pytest.fixture(params=["rows", "memory"])
def reading(request: pytest.FixtureRequest, store: Store) -> Iterator[Reader]:
    """A reader that asks the rows, and one that holds their columns in memory."""
    with store.reader() as reader:
        if request.param == "memory":
            for _ in warm(reader):
                pass
        yield reader


def test_parts_keep_the_order_and_lose_nobody(reading: Reader) -> None:
    whole = column_order(reading, "new", Order.VALUE, Filters(), NOW, as_kept=True)
    for by in (Grouping.OWNER, Grouping.SOURCE, Grouping.BAND):
        parts = column_parts(reading, "new", Order.VALUE, Filters(), by, NOW)
        assert sorted(number for part in parts.values() for number in part) == sorted(whole)
        places = {number: place for place, number in enumerate(whole)}
        for part in parts.values():
            assert [places[number] for number in part] == sorted(places[number] for number in part)


def test_owners_by_name_and_nobody_last_bands_from_hot(reading: Reader) -> None:
    parts = column_parts(reading, "new", Order.OWN, Filters(), Grouping.OWNER, NOW)
    assert lane_order(list(parts), Grouping.OWNER) == ["Bo", "Cy", "Ewa", ""]
    assert [len(parts[lane]) for lane in ("Bo", "Cy", "Ewa", "")] == [1, 1, 2, 2]
    assert lane_order(["cold", "hot", "warm"], Grouping.BAND) == ["hot", "warm", "cold"]


def test_a_search_is_parted_too_and_sums_are_those_of_the_filter(reading: Reader) -> None:
    found = found_parts(reading, Filters(search="lead"), Order.URGENCY, Grouping.OWNER, NOW)
    assert {lane: len(part) for lane, part in found.parts["new"].items()} == {"Ewa": 2, "": 2, "Bo": 1, "Cy": 1}
    assert found.totals["new"] == totals(reading, Filters(search="lead"))["new"]
    assert lane_sums(reading, Filters(), Grouping.OWNER, NOW)["Ewa"] == {"EUR": 300}
    assert lane_sums(reading, Filters(owner="Bo"), Grouping.OWNER, NOW) == {"Bo": {"EUR": 200}}


def test_numbers_of_leads_that_are_gone_are_left_out(reading: Reader) -> None:
    numbers = list(column_order(reading, "new", Order.OWN, Filters(), NOW))
    assert ids_in_order(reading, [numbers[1], 999, numbers[0]]) == ids_in_order(reading, [numbers[1], numbers[0]])
    assert parted(reading, [999], Grouping.OWNER) == parted(reading, [], Grouping.OWNER) == {}
