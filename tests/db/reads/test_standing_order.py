"""Orders, counts and sums from columns in memory are those of SQL, whatever is written meanwhile and by whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.db import refresh, resident, schema
from leaddesk.db.reads import board, leads
from leaddesk.db.reads.filters import Filters, Order, Sort
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.store import Reader, Step, Store
from leaddesk.qualify.filtering.tree import Is
from leaddesk.qualify.terms import DAY
from leaddesk.resources import text_of
from tests.builders import NOW, add_event, add_lead, add_many, change_lead, do, store_in

STAGES = ("new", "mql", "sql", "won", "nobody's")
FILTERS = (
    Filters(),
    Filters(stage="new"),
    Filters(owner="Mei"),
    Filters(owner="", source="Web"),
    Filters(temperature="hot"),
    Filters(search="anna"),
    Filters(search="…"),
    Filters(lifecycle="lead", owner="nobody"),
)


@pytest.fixture(autouse=True)
def _a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resident, "_LOAD", resident._LOAD.replace(str(resident._AT_ONCE), "7"))


def warmed(store: Store) -> Reader:
    reader = store.reader()
    for _ in warm(reader):
        pass
    return reader


def assert_alike(held: Reader, plain: Reader, now: int = NOW) -> None:
    """Everything the board and the table ask, of a reader that holds columns and one that does not."""
    assert plain.orders is None

    def alike(question: Callable[[Reader], object], *about: object) -> None:
        assert held.ask(question) == plain.ask(question), about

    for filters in FILTERS:
        alike(partial(board.totals, filters=filters), filters)
        for order in (Order.URGENCY, Order.OWN):
            alike(partial(board.found, filters=filters, order=order, as_of=now), filters, order)
    for filters in FILTERS[:3]:
        for sort in Sort:
            listed = partial(leads.list_order, filters=filters, sort=sort, as_of=now, as_kept=True)
            alike(listed, filters, sort)
            alike(partial(listed, descending=True), filters, sort)


def _add(store: Store, number: int, now: int) -> None:
    columns: dict[str, object] = {
        "stage": STAGES[number % len(STAGES)],
        "owner": ("Mei", "Ann", None, "émile", "Ölaf", "mei")[number % 6],
        "source": ("Web", None, "fair")[number % 3],
        "place": "Zz" if number % 7 == 3 else None,
    }
    if number % 4 == 1:
        columns |= {"value": number * 1000, "value_currency": ("EUR", "CNY", "USD")[number % 3]}
    lead_id = add_lead(
        store, ("Anna", "Bo", "王晓明")[number % 3], now, company="Acme" if number % 2 else None, **columns
    )
    if number % 3 == 0:
        due = ("2025-10-08", "2025-10-09", "2025-12-01", "1931-02-03", "9999-12-31")[number % 15 // 3]
        time = (None, "09:30", "")[number % 27 // 9]
        row = {"lead_id": lead_id, "text": "call", "due_on": due, "due_time": time, "created_at": now}
        do(store, lambda step: step.insert(schema.task, **row), now)
    if number % 5 == 2:
        add_event(store, lead_id, "demo_request", now - number * 1000)


def _some_lead(store: Store, number: int) -> str | None:
    ids = list(store.connection.execute(schema.lead.select().with_only_columns(schema.lead.c.id)).scalars())
    return ids[number % len(ids)] if ids else None


def _change(store: Store, number: int, now: int) -> None:
    lead_id = _some_lead(store, number)
    if lead_id is not None:
        stage, owner = STAGES[number % len(STAGES)], f"Owner {number % 4}" if number % 3 else None
        change_lead(store, lead_id, now, stage=stage, owner=owner, stage_since=now, place=None)


def _delete(store: Store, number: int, now: int) -> None:
    lead_id = _some_lead(store, number)
    if lead_id is not None:
        do(store, lambda step: step.delete(schema.lead, lead_id), now)


def _many(store: Store, number: int, now: int) -> None:
    add_many(store, 30, now, owner="Mei" if number % 2 else None)


def _undo(store: Store, _: int, now: int) -> None:
    store.undo(now=now)


def _redo(store: Store, _: int, now: int) -> None:
    store.redo(now=now)


def _freshen(store: Store, number: int, now: int) -> None:
    while store.freshen(now=now + number * DAY, limit=3):
        pass


def _rebuild(store: Store, _: int, now: int) -> None:
    list(store.rebuild(now=now))


ACTS: tuple[Callable[[Store, int, int], None], ...] = (
    _add,
    _add,
    _change,
    _change,
    _delete,
    _many,
    _undo,
    _redo,
    _freshen,
    _rebuild,
)
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 60), st.booleans()), max_size=12)


@settings(max_examples=20)
@given(acts=acts)
def test_whatever_happens_the_columns_say_what_sql_says(
    acts: list[tuple[Callable[[Store, int, int], None], int, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder: Path = tmp_path_factory.mktemp("orders")
    with store_in(folder) as store, store_in(folder) as other:
        for number in range(12):
            _add(store, number, NOW)
        with warmed(store) as held, store.reader() as plain:
            for turn, (act, number, elsewhere) in enumerate(acts):
                act(other if elsewhere else store, number, NOW + turn)
                held.ask(partial(leads.list_order, filters=Filters(), sort=Sort.URGENCY, as_of=NOW, as_kept=True))
                if act is _rebuild:
                    assert held.orders is None
                    for _ in warm(held):
                        pass
                assert held.orders is not None
            assert_alike(held, plain)


def test_what_is_written_while_they_are_loaded_is_followed(store: Store) -> None:
    for number in range(40):
        _add(store, number, NOW)
    with store.reader() as held, store.reader() as plain:
        loading = warm(held)
        next(loading)
        next(loading)
        for number in range(40, 60):
            _add(store, number, NOW)
            _change(store, number * 7, NOW)
            _delete(store, number * 3, NOW)
        for _ in loading:
            pass
        assert_alike(held, plain)


def test_after_midnight_other_leads_are_due(store: Store) -> None:
    for number in range(40):
        _add(store, number, NOW)
    with warmed(store) as held, store.reader() as plain:
        assert_alike(held, plain, NOW)
        assert_alike(held, plain, NOW + 60 * DAY)
        assert_alike(held, plain, NOW - 2 * DAY)


def test_what_was_forgotten_to_be_named_makes_them_stale(store: Store) -> None:
    add_many(store, 30)
    with warmed(store) as held, store.reader() as plain:
        _add(store, 1, NOW)
        _add(store, 2, NOW)
        store.connection.exec_driver_sql("DELETE FROM standing_change WHERE no < (SELECT max(no) FROM standing_change)")
        assert_alike(held, plain)


def test_another_playbook_has_other_stages_and_grades_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "AT_ONCE", 0)  # as with very many leads: no standing changes with it
    for number in range(20):
        _add(store, number, NOW)
    by_stage = partial(leads.list_order, filters=Filters(), sort=Sort.STAGE, as_of=NOW, as_kept=True)
    top = Filters(where=Is("fit_grade", ("A",)))
    graded = partial(leads.list_order, filters=top, sort=Sort.NEWEST, as_of=NOW, as_kept=True)
    head, *stages = text_of("playbooks", "default.toml").split("[[stages]]\n")
    mql = next(stage for stage in stages if stage.startswith('key = "mql"'))
    stages.remove(mql)
    other = "[[stages]]\n".join([head.replace("fit_a = 18", "fit_a = 0").replace("fit_b = 10", "fit_b = 0"), *stages])
    at = other.index('[[stages]]\nkey = "won"')
    other = f"{other[:at]}[[stages]]\n{mql}{other[at:]}"

    def adopt(step: Step) -> None:
        step.insert(schema.playbook_version, number=2, name="Other", toml=other, adopted_at=step.now)

    with warmed(store) as held, store.reader() as plain:
        before = held.ask(by_stage), held.ask(graded)
        store.run(adopt, now=NOW)
        after = held.ask(by_stage), held.ask(graded)
        assert after == (plain.ask(by_stage), plain.ask(graded))
        assert held.orders is not None
    assert before[0] != after[0]
    assert (len(before[1]), len(after[1])) == (0, 20)


def test_only_many_leads_are_worth_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_many(store, 30)
    with store.reader() as reader:
        wanted = [reader.wants_orders]
        monkeypatch.setattr("leaddesk.db.reader.FEWEST", 30)
        wanted.append(reader.wants_orders)
        for _ in warm(reader):
            pass
        wanted.append(reader.wants_orders)
    assert wanted == [False, True, False]
