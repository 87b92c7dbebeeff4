"""What the table of leads asks: further facts of a page, an order by any column, sums."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from leaddesk.db.reader import Reader
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.leads import lead, number_of
from leaddesk.db.reads.table import more, table_order, values_of
from leaddesk.db.store import Store
from leaddesk.operations.calls import log_call
from leaddesk.operations.fields import add_field
from leaddesk.operations.leads import add_event, add_lead
from leaddesk.qualify.terms import DAY, Instant, Money

#: 2 March 2026, 12:00 UTC.
NOW: Instant = 1_772_452_800_000
ANNA = {
    "name": "Anna",
    "title": "Zoologist",
    "company": "Acme",
    "industry": "Logistics",
    "size": "300",
    "revenue": "5m EUR",
    "phone": "+49 30 1",
    "city": "Bonn",
    "tags": "b, a",
    "expected_on": "2026-09-30",
    "existing_customer": "yes",
    "value": "100 EUR",
}
BO = {"name": "Bo", "title": "Agent", "company": "Other", "size": "20", "city": "Aachen", "value": "30 CNY"}
CY = {"name": "Cy"}


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Three leads: Anna and Bo with facts, Cy with none."""
    with Store.open(tmp_path / "leads.leaddesk") as store:
        store.run(add_field, "Hat", "number", now=NOW)
        for day, (facts, hat) in enumerate(((ANNA, "9"), (BO, "10"), (CY, ""))):
            lead_id = store.run(add_lead, facts, {"Hat": hat}, now=NOW + day * DAY)[0]
            if facts is BO:
                store.run(log_call, lead_id, "no_answer", 3, now=NOW + 2 * DAY)
                store.run(add_event, lead_id, "pricing_page", now=NOW + 2 * DAY)
        with store.reader() as asked:
            yield asked


def test_what_columns_hold_beyond_the_card(reader: Reader) -> None:
    keys = {"title", "industry", "size", "revenue", "phone", "tags", "expected_on", "existing_customer", "custom.Hat"}
    anna, bo, cy = more(reader, [1, 2, 3], keys, NOW).values()
    assert anna == {
        "title": "Zoologist",
        "industry": "Logistics",
        "size": 300,
        "revenue": Money(500_000_000, "EUR"),
        "phone": "+49 30 1",
        "tags": ("b", "a"),
        "expected_on": date(2026, 9, 30),
        "existing_customer": True,
        "custom.Hat": "9",
    }
    assert bo == {"title": "Agent", "size": 20, "custom.Hat": "10"}
    assert cy == {}


def test_points_grade_and_days(reader: Reader) -> None:
    now = NOW + 30 * DAY
    found = more(reader, [2, 3], {"part.engagement", "part.fit", "grade", "created", "last_call"}, now)
    for no in (2, 3):
        assessment = lead(reader, _id(reader, no), now).assessment
        assert found[no]["part.engagement"] == assessment.parts["engagement"].points
        assert found[no]["part.fit"] == assessment.parts["fit"].points
        assert found[no]["grade"] == f"{assessment.fit_grade}{assessment.engagement_grade}"
    assert found[2]["created"] == NOW + DAY
    assert "last_call" in found[2]
    assert "last_call" not in found[3]


def _id(reader: Reader, number: int) -> str:
    return str(reader.connection.exec_driver_sql("SELECT id FROM lead WHERE no = ?", (number,)).scalar_one())


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("fact.title", [2, 1, 3]),
        ("fact.city", [2, 1, 3]),
        ("fact.size", [2, 1, 3]),
        ("fact.revenue", [1, 2, 3]),
        ("fact.phone", [1, 2, 3]),
        ("fact.tags", [1, 2, 3]),
        ("fact.expected_on", [1, 2, 3]),
        ("custom.Hat", [1, 2, 3]),
        ("custom.Gone", [1, 2, 3]),
        ("created", [1, 2, 3]),
        ("last_call", [2, 1, 3]),
        (Sort.TITLE, [1, 2, 3]),
    ],
)
def test_an_order_by_any_column_has_those_without_it_last(reader: Reader, key: str, order: list[int]) -> None:
    assert table_order(reader, Filters(), key, NOW).tolist() == order


@pytest.mark.parametrize("key", ["part.fit", "part.engagement", "grade", "temperature", "lifecycle"])
@pytest.mark.parametrize("descending", [False, True])
def test_an_order_by_what_is_reckoned_has_everyone_once(reader: Reader, key: str, descending: bool) -> None:
    order = table_order(reader, Filters(), key, NOW, descending=descending).tolist()
    assert sorted(order) == [1, 2, 3]
    if key.startswith("part."):
        found = more(reader, order, {key}, NOW)
        points = [int(str(found[no][key])) for no in order]
        assert points == sorted(points, reverse=descending)


def test_turned_round_those_without_it_are_still_last(reader: Reader) -> None:
    assert table_order(reader, Filters(), "custom.Hat", NOW, descending=True).tolist() == [2, 1, 3]
    assert table_order(reader, Filters(search="other"), "custom.Hat", NOW).tolist() == [2]


def test_many_leads_are_put_in_the_same_order(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaddesk.db.reads.table._NAMED", 1)
    assert table_order(reader, Filters(), "fact.city", NOW).tolist() == [2, 1, 3]


def test_values_are_summed_by_currency(reader: Reader) -> None:
    assert values_of(reader, [1, 2, 3]) == (2, {"EUR": 10_000, "CNY": 3_000})
    assert values_of(reader, [3]) == (0, {})
    assert number_of(reader, _id(reader, 3)) == 3
