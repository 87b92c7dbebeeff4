"""What is found among texts in memory is what the index finds, and what a plain look through every lead finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.db import schema, search_common, search_window
from leaddesk.db.engine import fetch
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.search import needles_for, search, wanted_of
from leaddesk.db.states import load
from leaddesk.db.store import Reader, Store
from leaddesk.db.texts import texts_of
from tests.builders import NOW, add_event, add_lead, change_lead, do, store_in

NAMES = ("Anna Kowalska", "王晓明", "李明", "Łukasz Öztürk", "Bo Ann", "华辰 Wang", "Anna-Lena 3M")
COMPANIES = (None, "Acme Logistics", "上海远景物流有限公司", "Straße & Co", "Anna GmbH")
TYPED = (
    *("a", "an", "anna", "anna k", "kow an", "b", "x", "3", "3m", "acme", "logistics gmbh", "str", "strasse"),
    *("王", "明", "晓明", "王晓明", "王明", "物流", "上海", "远景物流", "上海 物流", "有限公司", "华辰wang"),
    *(
        "+48 6",
        "600",
        "0600",
        "100 2",
        "00 100 0",
        "7700 9001",
        "anna 600",
        "48600 met",
        "4567",
        "example",
        "example.com",
        "m1@example.com",
        "met",
        "想要",
        "…",
        " ",
        "",
    ),
)


def plainly(reader: Reader, typed: str, limit: int) -> list[int]:
    """Every lead looked at: those whose title matches, then by score, the older first."""
    if not typed.strip(" …"):
        return []
    rows = fetch(reader.connection, "SELECT l.id, s.lead_no, s.score FROM standing s JOIN lead l ON l.no = s.lead_no")
    texts = texts_of(reader.connection, load(reader.connection, [row[0] for row in rows]))
    needles = needles_for(wanted_of(typed))
    ranked = []
    for _, number, score in rows:
        title, *others = (f" {words} ".encode() for words in texts[number])
        whole = b"\n".join((title, *others))
        if all(any(needle in whole for needle in some) for some in needles):
            named = all(any(needle in title for needle in some) for some in needles)
            ranked.append((not named, -score, number))
    return [number for _, _, number in sorted(ranked)][:limit]


def warmed(store: Store) -> Reader:
    reader = store.reader()
    for _ in warm(reader):
        pass
    return reader


def assert_alike(held: Reader, plain: Reader) -> None:
    assert plain.orders is None
    for typed in TYPED:
        for limit in (3, 50):
            found = list(held.ask(search, typed, limit))
            assert found == list(plain.ask(search, typed, limit)), typed
            assert found == plain.ask(plainly, typed, limit), typed


def _add(store: Store, number: int) -> None:
    lead_id = add_lead(
        store,
        NAMES[number % len(NAMES)],
        company=COMPANIES[number % len(COMPANIES)],
        phone=f"+48 600 {number % 3}00 {number:03}",
        email=f"m{number % 4}@example.com",
        note=("met", "想要报价单", "call +44 7700 900123")[number % 3],
    )
    for turn in range(number % 4):
        add_event(store, lead_id, ("demo_request", "pricing_page")[turn % 2], NOW - turn * 1000)


def _rename(store: Store, number: int) -> None:
    ids = list(store.connection.execute(schema.lead.select().with_only_columns(schema.lead.c.id)).scalars())
    change_lead(store, ids[number % len(ids)], name=NAMES[(number + 3) % len(NAMES)])


def _heat(store: Store, number: int) -> None:
    ids = list(store.connection.execute(schema.lead.select().with_only_columns(schema.lead.c.id)).scalars())
    add_event(store, ids[number % len(ids)], "demo_request", NOW)


def _delete(store: Store, number: int) -> None:
    ids = list(store.connection.execute(schema.lead.select().with_only_columns(schema.lead.c.id)).scalars())
    do(store, lambda step: step.delete(schema.lead, ids[number % len(ids)]))


def _undo(store: Store, _: int) -> None:
    store.undo(now=NOW)


acts = st.lists(st.tuples(st.sampled_from([_add, _rename, _heat, _delete, _undo]), st.integers(0, 50)), max_size=10)


@settings(max_examples=12)
@given(acts=acts)
def test_whatever_happens_the_same_is_found(
    acts: list[tuple[Callable[[Store, int], None], int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with store_in(tmp_path_factory.mktemp("search")) as store:
        for number in range(30):
            _add(store, number)
        with warmed(store) as held, store.reader() as plain:
            for act, number in acts:
                act(store, number)
                held.ask(search, "anna", 5)
            assert_alike(held, plain)


@pytest.mark.parametrize("common", [2, 10])
def test_what_many_have_is_found_without_the_index(store: Store, monkeypatch: pytest.MonkeyPatch, common: int) -> None:
    monkeypatch.setattr(search_window, "COMMON", common)
    for number in range(30):
        _add(store, number)
    with warmed(store) as held, store.reader() as plain:
        for typed in TYPED:
            assert list(held.ask(search, typed, 2)) == plain.ask(plainly, typed, 2), typed


@pytest.mark.parametrize("unsure", [0, 2, 1_000])
def test_beginnings_that_many_have_are_found_beside_others(
    store: Store, monkeypatch: pytest.MonkeyPatch, unsure: int
) -> None:
    """With few leads held, single letters are common and looked up, also of leads that changed since."""
    monkeypatch.setattr(search_window, "COMMON", 3)
    monkeypatch.setattr(search_window, "_SAMPLED", 1)
    monkeypatch.setattr(search_common, "_UNSURE", unsure)
    for number in range(30):
        _add(store, number)
    monkeypatch.setattr(search_window, "HELD", 12)
    with warmed(store) as held, store.reader() as plain:
        for _ in range(2):
            for typed in ("anna k", "k anna", "a k", "kow a", "met k", "wang 600 a", "lena a e", "anna ko", "王 a"):
                assert list(held.ask(search, typed, 3)) == plain.ask(plainly, typed, 3), typed
            _rename(store, 4)
            _rename(store, 6)
            _add(store, 31)
            _delete(store, 5)


def test_what_is_typed_twice_is_wanted_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single letter that many have in words of which none is a title: nothing is left for the index."""
    monkeypatch.setattr(search_window, "COMMON", 3)
    monkeypatch.setattr(search_window, "_SAMPLED", 1)
    for number in range(8):
        add_lead(store, f"Anna {number}", note="Bonn" if number < 6 else "Ulm")
    with warmed(store) as held, store.reader() as plain:
        for typed in ("b b", "B b", "b b b", "b b an", "600 600", "王明 王明"):
            assert list(held.ask(search, typed, 50)) == plain.ask(plainly, typed, 50), typed
            assert list(plain.ask(search, typed, 50)) == plain.ask(plainly, typed, 50), typed


def test_leads_outside_the_window_are_found_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_window, "HELD", 8)
    for number in range(30):
        _add(store, number)
    with warmed(store) as held, store.reader() as plain:
        assert_alike(held, plain)
        _heat(store, 3)
        _rename(store, 4)
        assert_alike(held, plain)
