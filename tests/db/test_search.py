"""Leads are found by what a person types, in English and Chinese, by phone and mail; what is typed is never syntax."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from leaddesk.db import schema
from leaddesk.db.engine import begin, roll_back
from leaddesk.db.reads.board import cards
from leaddesk.db.search import index, index_rows, phone_words, query_of, search, words_of
from leaddesk.db.store import Store
from tests.builders import NOW, add_event, add_lead, add_many, assert_sound, change_lead, do

_PEOPLE: dict[str, dict[str, Any]] = {
    "Anna Kowalska": {"company": "Acme Logistics", "phone": "+48 601 234 567", "email": "a.kowalska@acme.example"},
    "王晓明": {"company": "上海远景物流有限公司", "phone": "+86 138 1234 5678", "note": "想要报价单"},
    "Łukasz Öztürk": {"company": "Straße & Co", "external_id": "CRM-00042", "title": "Head of Buying"},
    "李明": {"company": "ＡＢＣ科技"},
}


@pytest.fixture
def people(store: Store) -> Store:
    for name, columns in _PEOPLE.items():
        add_lead(store, name, **columns)
    return store


def _found(store: Store, typed: str) -> list[str]:
    return [card.title for card in cards(store, search(store, typed), NOW)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("anna", ["Anna Kowalska"]),
        ("KOW an", ["Anna Kowalska"]),
        ("acme", ["Anna Kowalska"]),
        ("王", ["王晓明"]),
        ("晓", ["王晓明"]),
        ("明", ["王晓明", "李明"]),
        ("晓明", ["王晓明"]),
        ("王晓明", ["王晓明"]),
        ("王明", []),
        ("远景物流", ["王晓明"]),
        ("上海 物流", ["王晓明"]),
        ("报价", ["王晓明"]),
        ("lukasz", ["Łukasz Öztürk"]),
        ("ozturk", ["Łukasz Öztürk"]),
        ("strasse", ["Łukasz Öztürk"]),
        ("crm-00042", ["Łukasz Öztürk"]),
        ("buying", ["Łukasz Öztürk"]),
        ("abc科技", ["李明"]),
        ("601234567", ["Anna Kowalska"]),
        ("+48 601-234", ["Anna Kowalska"]),
        ("0601 234", ["Anna Kowalska"]),
        ("4567", ["Anna Kowalska", "王晓明"]),
        ("567", ["Anna Kowalska", "王晓明"]),
        ("anna 567", ["Anna Kowalska"]),
        ("138 1234", ["王晓明"]),
        ("12345678", ["王晓明"]),
        ("a.kowalska@acme", ["Anna Kowalska"]),
        ("acme.example", ["Anna Kowalska"]),
        ("nobody", []),
        ("", []),
        ("  ", []),
        ("…", []),
    ],
)
def test_finds(people: Store, typed: str, names: list[str]) -> None:
    assert sorted(_found(people, typed)) == sorted(names)


@pytest.mark.parametrize(
    ("typed", "anna"),
    [
        ('"', False),
        ("'", False),
        ("*", False),
        ("(", False),
        ("\0", False),
        ("a\0b", False),
        ("anna*", True),
        ("-anna", True),
        ("^anna", True),
        ("NEAR(anna kow)", False),
        ("title:anna", False),
        ("anna OR wang", False),
        ("anna NOT kow", False),
    ],
)
def test_what_is_typed_is_never_syntax(people: Store, typed: str, anna: bool) -> None:
    assert _found(people, typed) == (["Anna Kowalska"] if anna else [])


@given(st.text(max_size=20))
def test_any_text_makes_a_query_or_none(typed: str) -> None:
    query = query_of(typed)
    assert query is None or query.count('"') % 2 == 0
    words_of(typed)
    phone_words([typed])


def test_any_query_can_be_run(people: Store) -> None:
    @given(st.text(max_size=12))
    def run(typed: str) -> None:
        assert set(search(people, typed)) <= {1, 2, 3, 4}

    run()


_numbers = st.text("0123456789", min_size=1, max_size=16)


def test_any_run_of_the_digits_of_a_phone_number_is_found(store: Store) -> None:
    @given(st.lists(st.lists(_numbers, max_size=3), min_size=1, max_size=6), st.data())
    def looked_for(numbers: list[list[str]], data: st.DataObject) -> None:
        runs = [one[start:] for some in numbers for one in some for start in range(len(one))]
        typed = data.draw(st.sampled_from(runs or ["1"]))[: data.draw(st.integers(1, 9))]
        typed += data.draw(st.text("0123456789", max_size=1))
        begin(store.connection)
        index(store.connection, {no: ("", "", phone_words(some), "") for no, some in enumerate(numbers, start=1)})
        query = query_of(typed)
        found = set(store.connection.execute(index_rows(query)).scalars()) if query else set()
        roll_back(store.connection)
        assert found == {no for no, some in enumerate(numbers, start=1) if any(_has(one, typed) for one in some)}

    looked_for()


def _has(number: str, typed: str) -> bool:
    """Whether a number begins so, or has this run of digits where at least three are left."""
    ways = [way for way in (typed, typed.lstrip("0")) if way]
    ends = [number, *(number[place:] for place in range(1, len(number) - 2))]
    return any(end.startswith(way) for end in ends for way in ways)


def test_an_index_of_an_earlier_version_finds_phone_numbers_too(people: Store) -> None:
    ends = "48601234567 8601234567 601234567 01234567 1234567 234567 34567 4567"
    do(people, lambda step: index(step.connection, {1: ("anna kowalska", "", ends, "")}))
    for typed in ("601234567", "+48 601-234", "0601 234", "anna 4567", "601 kow"):
        assert _found(people, typed) == ["Anna Kowalska"]


def test_digits_of_two_numbers_are_no_run(people: Store) -> None:
    lead_id = add_lead(people, "Two Phones", phone="+48 500 111 222")
    do(people, lambda step: step.insert(schema.contact_point, lead_id=lead_id, kind="mobile", value="333444555"))
    assert _found(people, "111222") == _found(people, "333444") == ["Two Phones"]
    assert _found(people, "222333") == _found(people, "22233") == []


def test_a_title_comes_before_what_else_matches_then_the_score(store: Store) -> None:
    low, high = add_lead(store, "Anna Low"), add_lead(store, "Anna High")
    other = add_lead(store, "Piotr", note="Ask Anna about the budget")
    add_event(store, high, "pricing_page")
    add_event(store, other, "demo_request")
    assert _found(store, "anna") == ["Anna High", "Anna Low", "Piotr"]
    assert low


def test_follows_every_change(store: Store) -> None:
    one = add_lead(store, company="Acme")
    change_lead(store, one, name="Ewa Nowak")
    assert _found(store, "anna") == []
    assert _found(store, "nowak") == ["Ewa Nowak"]
    store.undo(now=NOW)
    assert _found(store, "anna") == ["Anna Kowalska"]
    do(store, lambda step: step.insert(schema.lead_tag, lead_id=one, tag="Messe Hannover"))
    assert _found(store, "hannover") == ["Anna Kowalska"]
    do(store, lambda step: step.delete(schema.lead, one))
    assert search(store, "anna") == []
    assert store.connection.execute(text("SELECT count(*) FROM search")).scalar_one() == 0
    assert_sound(store)


@pytest.mark.parametrize("leads", [60, 400])
def test_a_common_word_is_ranked_too(store: Store, leads: int) -> None:
    """Sixty are sorted; of four hundred the best are met going down the scores."""
    ids = add_many(store, leads)
    add_event(store, ids[-1], "demo_request")
    found = search(store, "lead")
    assert found == [leads, *range(1, 50)]
    store.undo(now=NOW)
    store.undo(now=NOW)
    assert search(store, "lead") == []
