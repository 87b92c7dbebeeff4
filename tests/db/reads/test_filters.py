"""Filters find by SQL whom they find by looking at every lead, at any instant."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reads.board import Filters, Order, column_order, found, totals
from leaddesk.db.reads.filter_seen import seen_of
from leaddesk.db.reads.filter_sql import subjects_of
from leaddesk.db.reads.filter_values import known_values
from leaddesk.db.reads.leads import Sort, count, list_order
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.store import Step, Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.leads import set_facts
from leaddesk.operations.samples import add_samples
from leaddesk.qualify.filtering.meeting import Seen, meets
from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.tree import (
    All,
    AnyOf,
    Between,
    DayIn,
    DayWithin,
    Has,
    Is,
    IsKnown,
    Not,
    Stands,
    SumBetween,
    Where,
)
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY, Standing
from tests.builders import NOW, add_call, add_lead, add_task, do, store_in
from tests.filters import wheres

TODAY = local_day(NOW)

#: Now, the past, and days by which time has moved scores and let answers expire.
_INSTANTS = (NOW, NOW - 3 * DAY, NOW + 45 * DAY, NOW + 400 * DAY)


def _strangers(step: Step) -> None:
    """Values that are hard to compare, and fields of a team's own."""
    draw = random.Random(7)
    for place, (name, kind) in enumerate(
        (("Seats", "number"), ("Renewal", "date"), ("Spend", "money"), ("Hue", "text"), ("Keen", "yes_no"))
    ):
        row = {"name": name, "kind": kind, "place": place, "created_at": step.now}
        step.insert(schema.custom_field, **row)
    values = {
        "Keen": ("yes", "Y", "no", "是", "perhaps"),
        "Seats": ("1,200", "12", "12.5", "-3", "many", "1e3", "007"),
        "Renewal": ("2025-10-09", "2026-02-30", "soon", "2025-11-01"),
        "Spend": ("500 EUR", "1250.50 CNY", "30000 JPY", "much"),
        "Hue": ("red", "RED", "红", "", "ŁÓDŹ"),
        "Undefined": ("x", "12"),
    }
    cities = ("ŁÓDŹ", "łódź", "Łódź", "ＡＮＮＡ", "anna", "100%", "a_b", "it's", None)
    for number, lead_id in enumerate(step.connection.execute(select(schema.lead.c.id)).scalars().all()):
        if number % 3:
            name = draw.choice(sorted(values))
            step.insert(schema.custom_value, lead_id=lead_id, name=name, value=draw.choice(values[name]))
        if number % 4 == 0:
            step.update(schema.lead, lead_id, city=draw.choice(cities), owner=draw.choice(("Anna", "anna", "", None)))
        if number % 5 == 0:
            step.insert(schema.note, lead_id=lead_id, at=step.now, text=draw.choice(("50% of it\nANNA", "物流公司")))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Sixty leads with everything that may be asked about."""
    with store_in(tmp_path_factory.mktemp("filters")) as store:
        for _ in store.job(add_samples, 60, 3, now=NOW):
            pass
        do(store, _strangers)
        yield store


@lru_cache(maxsize=8)
def _everybody(store: Store, as_of: int) -> Mapping[int, Seen]:
    numbers = store.connection.execute(select(schema.lead.c.no)).scalars().all()
    return {known.no: seen for known, seen in seen_of(store, numbers, as_of)}


@given(data=st.data(), as_of=st.sampled_from(_INSTANTS))
def test_sql_finds_whom_looking_at_each_finds(team: Store, data: st.DataObject, as_of: int) -> None:
    known = subjects_of(team)
    where = data.draw(wheres(known, known_values(team).values, local_day(as_of)))
    wanted = {number for number, seen in _everybody(team, as_of).items() if meets(where, seen)}
    assert set(list_order(team, Filters(where=where), Sort.TITLE, as_of)) == wanted


def test_every_subject_and_every_choice_alone(team: Store) -> None:
    everybody = _everybody(team, NOW)
    for subject in subjects_of(team).values():
        trees: list[Where] = [IsKnown(subject.key), Is(subject.key, ("",)), Not(IsKnown(subject.key))]
        trees += [Is(subject.key, (choice,)) for choice in subject.choices]
        trees += [Stands(subject.key, (standing,)) for standing in Standing]
        trees += [DayIn(subject.key, period) for period in Period]
        trees += [Between(subject.key, 40, None), SumBetween(subject.key, "EUR", 1, None), Has(subject.key, "a")]
        for where in trees:
            wanted = {number for number, seen in everybody.items() if meets(where, seen)}
            assert set(list_order(team, Filters(where=where), Sort.TITLE, NOW)) == wanted, where


@given(data=st.data())
def test_as_kept_is_exact_where_time_moved_nothing(team: Store, data: st.DataObject) -> None:
    where = data.draw(wheres(subjects_of(team), known_values(team).values, TODAY))
    exact = list_order(team, Filters(where=where), Sort.SCORE, NOW)
    assert list_order(team, Filters(where=where), Sort.SCORE, NOW, as_kept=True) == exact
    assert count(team, Filters(where=where), NOW) == len(exact)


# ── one by one ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _titles(store: Store, where: Where, as_of: int = NOW, search: str = "", owner: str | None = None) -> set[str]:
    found = list_order(store, Filters(search=search, owner=owner, where=where), Sort.TITLE, as_of)
    asked = select(schema.standing.c.title).where(schema.standing.c.lead_no.in_(list(found)))
    return set(store.connection.execute(asked).scalars())


def test_authority_not_asked_and_its_questions(store: Store) -> None:
    asked, evaded = add_lead(store, "asked"), add_lead(store, "evaded")
    add_lead(store, "nobody asked")
    do(store, lambda step: give_answer(step, asked, "approver", Said(keys=("on_call",))))
    do(store, lambda step: give_answer(step, evaded, "approver", Said(heard=Standing.EVADED)))
    for subject in ("criterion.authority", "question.approver"):
        assert _titles(store, Stands(subject, (Standing.NOT_ASKED,))) == {"nobody asked"}
        assert _titles(store, Stands(subject, (Standing.NOT_ASKED, Standing.EVADED))) == {"nobody asked", "evaded"}
    assert _titles(store, Stands("question.approver", (Standing.YES,))) == {"asked"}


def test_an_answer_that_expired_counts_as_not_asked_on_the_day_it_does(store: Store) -> None:
    lead = add_lead(store, "Anna")
    do(store, lambda step: give_answer(step, lead, "approver", Said(keys=("on_call",))))
    days = store.playbook.question["approver"].expires_days
    assert days is not None
    for subject in ("criterion.authority", "question.approver"):
        where = Stands(subject, (Standing.NOT_ASKED,))
        assert _titles(store, where, NOW + days * DAY - 1) == set()
        assert _titles(store, where, NOW + days * DAY) == {"Anna"}


def test_next_steps_by_day(store: Store) -> None:
    for name, days in (("late", -2), ("today", 0), ("this week", 3), ("next week", 7)):
        add_task(store, add_lead(store, name), (TODAY + timedelta(days=days)).isoformat())
    add_lead(store, "none")
    assert TODAY.weekday() == 3
    assert _titles(store, DayIn("next_step", Period.PAST)) == {"late"}
    assert _titles(store, DayIn("next_step", Period.TODAY)) == {"today"}
    assert _titles(store, DayIn("next_step", Period.THIS_WEEK)) == {"late", "today", "this week"}
    assert _titles(store, DayIn("next_step", Period.NEXT_WEEK)) == {"next week"}
    assert _titles(store, Not(IsKnown("next_step"))) == {"none"}
    assert _titles(store, DayIn("next_step", Period.PAST), NOW + DAY) == {"late", "today"}


def test_the_public_pool_and_whose_leads(store: Store) -> None:
    add_lead(store, "nobody's")
    add_lead(store, "hers", owner="Anna")
    add_lead(store, "his", owner="ŁUKASZ")
    assert _titles(store, Is("owner", ("",))) == {"nobody's"}
    assert _titles(store, Is("owner", ("łukasz", ""))) == {"nobody's", "his"}
    assert _titles(store, Not(Is("owner", ("anna",)))) == {"nobody's", "his"}


def test_what_a_person_typed_is_never_a_pattern(store: Store) -> None:
    for name in ("100% sure", "a_b", "c:\\d", "it's", "[x]*"):
        add_lead(store, name)
    for text, wanted in (("%", "100% sure"), ("_", "a_b"), ("\\", "c:\\d"), ("'", "it's"), ("[x]*", "[x]*")):
        assert _titles(store, Has("name", text)) == {wanted}


def test_the_last_call_alone_counts(store: Store) -> None:
    often, long_ago = add_lead(store, "often"), add_lead(store, "long ago")
    add_call(store, often, ended_at=NOW - 50 * DAY)
    add_call(store, often, ended_at=NOW - DAY)
    add_call(store, long_ago, ended_at=NOW - 50 * DAY)
    add_lead(store, "never")
    assert _titles(store, DayWithin("last_call", None, -31)) == {"long ago"}
    assert _titles(store, DayWithin("last_call", -30, 0)) == {"often"}
    assert _titles(store, Not(IsKnown("last_call"))) == {"never"}


def test_filters_meet_searches_and_the_quick_ones(store: Store) -> None:
    add_lead(store, "Anna North", owner="Clara", city="Oslo")
    add_lead(store, "Anna South", owner="Clara", city="Rome")
    add_lead(store, "Bert North", owner="Dan", city="Oslo")
    oslo = Is("city", ("oslo",))
    assert _titles(store, oslo, search="anna") == {"Anna North"}
    assert _titles(store, oslo, owner="Dan") == {"Bert North"}
    assert _titles(store, AnyOf((oslo, Is("city", ("rome",)))), search="anna") == {"Anna North", "Anna South"}


def test_board_and_list_find_the_same(team: Store) -> None:
    where = All((Between("score", 20, None), Not(Is("stage", ("won",)))))
    filters = Filters(where=where)
    listed = set(list_order(team, filters, Sort.SCORE, NOW))
    board = found(team, filters, Order.SCORE, NOW)
    columns = {stage: set(column_order(team, stage, Order.SCORE, filters, NOW)) for stage in team.playbook.stage}
    assert {stage: set(nos) for stage, nos in board.orders.items()} == columns
    assert set().union(*columns.values()) == listed
    heads = totals(team, filters, NOW)
    assert {stage: head.leads for stage, head in heads.items()} == {stage: len(nos) for stage, nos in columns.items()}
    assert heads == dict(board.totals)


@given(data=st.data(), as_of=st.sampled_from((NOW, NOW + 3 * DAY)), sort=st.sampled_from((Sort.URGENCY, Sort.SCORE)))
@settings(max_examples=40)
def test_columns_in_memory_find_the_same(team: Store, data: st.DataObject, as_of: int, sort: Sort) -> None:
    where = data.draw(wheres(subjects_of(team), known_values(team).values, local_day(as_of)))
    filters = Filters(where=where, search=data.draw(st.sampled_from(("", "a"))))
    with team.reader() as plain, team.reader() as quick:
        for _ in warm(quick):
            pass
        assert quick.orders is not None
        for read, args in ((list_order, (filters, sort, as_of)), (totals, (filters, as_of))):
            kept = {"as_kept": True} if read is list_order else {}
            assert plain.ask(read, *args, **kept) == quick.ask(read, *args, **kept)  # type: ignore[arg-type]


def test_what_was_found_before_midnight_is_not_what_is_due_after_it(store: Store) -> None:
    add_task(store, add_lead(store, "due tomorrow"), (TODAY + timedelta(days=1)).isoformat())
    with store.reader() as quick:
        for _ in warm(quick):
            pass
        due = Filters(where=DayIn("next_step", Period.TODAY))
        assert list(quick.ask(list_order, due, Sort.SCORE, NOW, as_kept=True)) == []
        assert list(quick.ask(list_order, due, Sort.SCORE, NOW + DAY, as_kept=True)) == [1]


def test_a_question_on_a_fact_is_answered_by_the_fact(store: Store) -> None:
    told = add_lead(store, "told only")
    do(store, lambda step: give_answer(step, told, "industry", Said(keys=("logistics",))))
    do(store, lambda step: set_facts(step, told, {"industry": ""}))
    written = add_lead(store, "written", company="Freight AB")
    do(store, lambda step: set_facts(step, written, {"industry": "Logistics"}))
    add_lead(store, "neither")
    everybody = {known.row["name"]: seen for known, seen in seen_of(store, [1, 2, 3], NOW)}
    for standing in Standing:
        where = Stands("question.industry", (standing,))
        assert _titles(store, where) == {name for name, seen in everybody.items() if meets(where, seen)}


def test_a_tree_that_was_not_bound_is_a_mistake_of_ours() -> None:
    from leaddesk.db.reads.filters import conditions

    with pytest.raises(ValueError, match="bound"):
        conditions(Filters(where=IsKnown("phone")))


def test_values_to_offer_are_those_leads_have(team: Store, tmp_path: Path) -> None:
    known = known_values(team)
    assert "Anna" in known.values["owner"]
    assert known.values["tags"]
    assert "Undefined" in {field.name for field in known.custom}
    assert set(known.currencies) <= {"EUR", "CNY", "USD", "GBP"}
    with store_in(tmp_path) as empty:
        assert known_values(empty).values["owner"] == ()
