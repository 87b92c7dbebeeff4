"""Leads come in the order a rep works them, the same by index and by hand, as kept and as of any instant."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from leaddesk.db import schema
from leaddesk.db.days import end_of_day, local_day
from leaddesk.db.reads.board import Filters, Order, cards, column_order, first_cards, found, totals
from leaddesk.db.reads.leads import Sort, count, list_order, owners, sources
from leaddesk.db.reads.ordering import urgency_key
from leaddesk.db.store import Step, Store
from leaddesk.qualify.terms import Temperature
from tests.builders import DAY, NOW, add_call, add_event, add_lead, add_task, do, write_lead

TODAY = local_day(NOW)


def _day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def _titles(store: Store, numbers: list[int]) -> list[str]:
    return [card.title for card in cards(store, numbers, NOW)]


@pytest.fixture
def week(store: Store) -> Store:
    """Leads of every urgency, entered in no order."""
    add_task(store, add_lead(store, "in three days"), _day(3))
    add_lead(store, "nothing planned")
    add_event(store, add_lead(store, "hot since today"), "demo_request", at=NOW - 1000)
    add_task(store, add_lead(store, "today at ten"), _day(0), "10:00")
    add_task(store, add_lead(store, "overdue a week"), _day(-7))
    add_event(store, add_lead(store, "nothing planned, worth more"), "mail_opened")
    add_task(store, add_lead(store, "today at any time"), _day(0))
    add_task(store, add_lead(store, "tomorrow"), _day(1))
    add_event(store, add_lead(store, "hot since yesterday"), "demo_request", at=NOW - DAY)
    add_task(store, add_lead(store, "overdue a day"), _day(-1))
    called = add_lead(store, "hot but called, due tomorrow")
    add_event(store, called, "demo_request", at=NOW - DAY)
    add_call(store, called, ended_at=NOW - 1000)
    add_task(store, called, _day(1), "09:00")
    return store


def test_urgency(week: Store) -> None:
    assert _titles(week, list(column_order(week, "new", Order.URGENCY, Filters(), NOW))) == [
        "hot since yesterday",
        "hot since today",
        "overdue a week",
        "overdue a day",
        "today at ten",
        "today at any time",
        "nothing planned, worth more",
        "nothing planned",
        "hot but called, due tomorrow",
        "tomorrow",
        "in three days",
    ]


@pytest.mark.parametrize("days", [0, 2])
def test_today_is_the_day_of_the_instant_also_as_kept(store: Store, days: int) -> None:
    add_lead(store, "nothing planned")
    add_task(store, add_lead(store, "in two days"), _day(2))
    found = column_order(store, "new", Order.URGENCY, Filters(), NOW + days * DAY, as_kept=True)
    first = "in two days" if days else "nothing planned"
    assert _titles(store, list(found))[0] == first


def test_the_first_cards_are_the_start_of_the_column(week: Store) -> None:
    for order in Order:
        whole = list(column_order(week, "new", order, Filters(), NOW))
        for limit in (0, 1, 3, 6, 50):
            first = first_cards(week, "new", order, Filters(), limit, NOW)
            assert [card.no for card in first] == whole[:limit]


def _fill(store: Store, count_: int, seed: int) -> None:
    chance = random.Random(seed)

    def fill(step: Step) -> None:
        for n in range(count_):
            value = chance.choice([None, 1000, 250_000])
            lead_id = write_lead(
                step,
                f"Lead {n}",
                stage=chance.choice(["new", "new", "mql", "lost"]),
                source=chance.choice(["fair", "web", None]),
                owner=chance.choice(["Ewa", None]),
                value=value,
                value_currency=None if value is None else chance.choice(["EUR", "CNY"]),
                place=chance.choice([None, "a", "m", "z"]),
            )
            if chance.random() < 0.5:
                kind = chance.choice(["demo_request", "pricing_page", "webinar", "mail_opened"])
                step.insert(schema.event, lead_id=lead_id, kind=kind, at=NOW - chance.randrange(40) * DAY)
            if chance.random() < 0.5:
                due = _day(chance.randrange(-5, 6))
                time = chance.choice([None, "09:00", "15:30"])
                step.insert(schema.task, lead_id=lead_id, text="Call", due_on=due, due_time=time, created_at=step.now)
            if chance.random() < 0.2:
                step.insert(schema.call, lead_id=lead_id, started_at=NOW, ended_at=NOW - DAY, outcome="no_answer")

    do(store, fill)


def _by_hand(store: Store, wanted: Filters, sort: Sort, as_of: int) -> list[int]:
    everyone = list(store.connection.execute(select(schema.lead.c.no)).scalars())
    met = [
        card
        for card in cards(store, everyone, as_of)
        if (wanted.stage is None or card.stage == wanted.stage)
        and (wanted.source is None or card.source == wanted.source)
        and (wanted.owner is None or card.owner == wanted.owner)
        and (wanted.temperature is None or card.temperature == wanted.temperature)
    ]
    today = local_day(as_of).isoformat()

    def row(no: int) -> Mapping[str, Any]:
        card = next(card for card in met if card.no == no)
        step = card.next_step
        return {
            "lead_no": card.no,
            "score": card.score,
            "waiting": 0 if card.waiting else 1,
            "hot_since": card.hot_since,
            "next_on": step.due_on.isoformat() if step else None,
            "next_time": step.due_time if step else None,
        }

    keys = {
        Sort.URGENCY: lambda card: urgency_key(row(card.no), today),
        Sort.SCORE: lambda card: (-card.score, card.no),
        Sort.UP_TO: lambda card: (-card.up_to, card.no),
    }
    return [card.no for card in sorted(met, key=keys[sort])]


@pytest.mark.parametrize("sort", [Sort.URGENCY, Sort.SCORE, Sort.UP_TO])
@pytest.mark.parametrize("as_of", [NOW - 10 * DAY, NOW, NOW + 3 * DAY, NOW + 400 * DAY])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(stage="new"),
        Filters(source="", owner="Ewa"),
        Filters(temperature="hot"),
        Filters(source="web", temperature="cold"),
    ],
    ids=["all", "stage", "source and owner", "hot", "cold from the web"],
)
def test_is_the_order_by_hand_as_of_any_instant(store: Store, sort: Sort, as_of: int, filters: Filters) -> None:
    _fill(store, 60, seed=3)
    assert list(list_order(store, filters, sort, as_of)) == _by_hand(store, filters, sort, as_of)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_sort_gives_everyone_once(store: Store, sort: Sort) -> None:
    _fill(store, 60, seed=5)
    everyone = list_order(store, Filters(), sort, NOW, as_kept=True)
    assert sorted(everyone) == list(range(1, 61))
    assert list(list_order(store, Filters(), sort, NOW, as_kept=True, descending=True)) == list(reversed(everyone))
    assert list(list_order(store, Filters(), sort, NOW, as_kept=True, limit=7)) == list(everyone[:7])
    last = list_order(store, Filters(), sort, NOW, as_kept=True, limit=7, descending=True)
    assert list(last) == list(reversed(everyone))[:7]
    assert sorted(list_order(store, Filters(temperature="hot"), sort, NOW + DAY)) == sorted(
        card.no for card in cards(store, list(everyone), NOW + DAY) if card.temperature is Temperature.HOT
    )


def test_sums_of_two_currencies_are_not_compared(store: Store) -> None:
    for name, value, currency in (("a", 5, "EUR"), ("b", 900, "CNY"), ("c", 7, "EUR"), ("d", 100, "CNY")):
        add_lead(store, name, value=value, value_currency=currency)
    add_lead(store, "e")
    assert _titles(store, list(list_order(store, Filters(), Sort.VALUE, NOW))) == ["b", "d", "c", "a", "e"]


def test_own_order_then_age(store: Store) -> None:
    for name, place in (("a", "m"), ("b", None), ("c", "c"), ("d", None)):
        add_lead(store, name, place=place)
    assert _titles(store, list(column_order(store, "new", Order.OWN, Filters(), NOW))) == ["c", "a", "b", "d"]


def test_filters_by_what_is_typed(week: Store) -> None:
    found = list_order(week, Filters(search="overdue"), Sort.URGENCY, NOW)
    assert _titles(week, list(found)) == ["overdue a week", "overdue a day"]
    assert count(week, Filters(search="overdue")) == 2
    assert count(week, Filters(search="…")) == 0
    assert count(week, Filters()) == 11


def _spread(step: Step) -> None:
    """Over three stages, with sums of two currencies and without."""
    for place, lead_id in enumerate(step.connection.execute(select(schema.lead.c.id)).scalars().all()):
        currency = (None, "EUR", "CNY", "EUR")[place % 4]
        value = None if currency is None else 1000 * (place % 5)
        stage = ("new", "mql", "sql")[place % 3]
        step.update(schema.lead, lead_id, stage=stage, value=value, value_currency=currency)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("search", ["", "today", "d", "hot tomorrow", "nobody is called so"])
def test_a_search_finds_the_same_all_at_once_as_stage_by_stage(week: Store, order: Order, search: str) -> None:
    do(week, _spread)
    filters = Filters(search=search)
    at_once = found(week, filters, order, NOW)
    by_stage = {key: column_order(week, key, order, filters, NOW, as_kept=True) for key in week.playbook.stage}
    assert dict(at_once.orders) == by_stage
    assert dict(at_once.totals) == totals(week, filters)


def test_sources_and_owners(store: Store) -> None:
    _fill(store, 40, seed=1)
    assert list(sources(store)) == ["fair", "web"]
    assert list(owners(store)) == ["Ewa"]


def test_a_bare_date_means_the_end_of_its_local_day() -> None:
    for day in (date(2025, 1, 1), date(2025, 3, 30), date(2025, 10, 26)):
        assert local_day(end_of_day(day)) == day
        assert local_day(end_of_day(day) + 1) == day + timedelta(days=1)
