"""Moving many leads at once, and putting cards between others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reads.board import Filters, Order, column_order, totals
from leaddesk.db.reads.leads import number_of
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations.answers import give_answer
from leaddesk.operations.moves import Readiness, move_leads, readiness
from leaddesk.operations.pipeline import move_lead
from leaddesk.operations.places import place_leads
from leaddesk.qualify.state import Said
from tests.operations.trial import Trial

_FITTING = {"company": "Acme", "industry": "Logistics", "size": 300, "title": "Head of Operations"}


def _moved(trial: Trial, *args: object, **details: object) -> int:
    job = trial.store.job(move_leads, *args, now=trial.now, **details)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return int(end.value[0])


def _order(trial: Trial, stage: str = "new") -> list[int]:
    with trial.store.reader() as reader:
        return list(column_order(reader, stage, Order.OWN, Filters(), trial.now))


def test_many_are_moved_in_one_step_with_a_name_and_undone_together(trial: Trial) -> None:
    ids = [trial.add(name=f"Lead {number}") for number in range(5)]
    before = trial.dump()
    assert _moved(trial, ids, "lost", reason="price") == 5
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.name, step.details["n"], step.details["to"]) == ("move_leads", 5, "lost")
    assert {trial.lead(one).stage for one in ids} == {"lost"}
    assert trial.lead(ids[0]).reason == "price"
    assert len(trial.rows(schema.stage_change)) == 10
    trial.store.undo(now=trial.now)
    assert trial.dump() == before


def test_a_gate_says_how_many_it_holds_and_what_they_lack(trial: Trial) -> None:
    good = trial.add(**_FITTING)
    trial.do(give_answer, good, "difficulty", Said(keys=("ours",)))
    poor = [trial.add(name=name) for name in ("Bo", "Cy")]
    with trial.store.reader() as reader:
        found = readiness(reader, [good, *poor], "mql", trial.now)
        assert readiness(reader, poor, "new", trial.now) == Readiness((), (), {})
    assert found == Readiness((good,), tuple(poor), {("mql", "score"): 2})
    before = trial.dump()
    with pytest.raises(Refused) as refused:
        _moved(trial, [good, *poor], "mql")
    assert (refused.value.code, refused.value.details["n"], refused.value.details["all"]) == ("gate_many", 2, 3)
    assert trial.dump() == before
    assert _moved(trial, [good, *poor], "mql", only_ready=True) == 1
    assert [trial.lead(one).stage for one in (good, *poor)] == ["mql", "new", "new"]
    assert trial.lead(good).lifecycle == "mql"
    assert _moved(trial, [good, *poor], "mql", override="a fair") == 2
    assert {row["override"] for row in trial.rows(schema.stage_change) if row["to_stage"] == "mql"} == {None, "a fair"}


def test_reasons_and_days_are_wanted_of_many_as_of_one(trial: Trial) -> None:
    ids = [trial.add(name="Bo"), trial.add(name="Cy")]
    with pytest.raises(Refused, match="needs_reason"):
        _moved(trial, ids, "lost")
    with pytest.raises(BadValue, match="date_past"):
        _moved(trial, ids, "parked", reason="person_away", until=local_day(trial.now))
    with pytest.raises(NotFound, match="stage"):
        _moved(trial, ids, "limbo")
    with pytest.raises(NotFound):
        _moved(trial, [], "nurture")
    reason = trial.store.playbook.reasons["parked"][0].key
    until = local_day(trial.now) + timedelta(days=3)
    assert _moved(trial, ids, "parked", reason=reason, until=until) == 2
    assert trial.lead(ids[1]).parked_until == until


def test_who_came_there_meanwhile_gets_the_owner_all_the_same(trial: Trial) -> None:
    ids = [trial.add(name=f"Lead {number}") for number in range(3)]
    trial.do(move_lead, ids[0], "new", give_to="Mei")
    _moved(trial, [ids[1], ids[2]], "new", give_to="Ann")
    assert [trial.lead(one).facts.get("owner") for one in ids] == ["Mei", "Ann", "Ann"]
    trial.store.undo(now=trial.now)
    trial.store.undo(now=trial.now)
    assert [trial.lead(one).facts.get("owner") for one in ids] == [None, None, None]


def test_a_card_is_put_between_two_others(trial: Trial) -> None:
    ids = [trial.add(name=f"Lead {number}") for number in range(6)]
    with trial.store.reader() as reader:
        a, b, c, d, e, f = (number_of(reader, one) for one in ids)
    trial.do(place_leads, [ids[4]], (ids[1], ids[2]))
    assert _order(trial) == [a, b, e, c, d, f]
    trial.do(place_leads, [ids[5], ids[0]], (ids[1], ids[4]))
    assert _order(trial) == [b, f, a, e, c, d]
    trial.do(place_leads, [ids[3]], (None, ids[1]))
    assert _order(trial) == [d, b, f, a, e, c]
    trial.do(place_leads, [ids[3]], (ids[2], None))
    assert _order(trial) == [b, f, a, e, c, d]
    with trial.store.reader() as reader:
        first = column_order(reader, "new", Order.OWN, Filters(), trial.now, limit=3)
        searched = column_order(reader, "new", Order.OWN, Filters(search="lead"), trial.now)
    assert (list(first), list(searched)) == ([b, f, a], [b, f, a, e, c, d])


def test_neighbours_that_changed_places_meanwhile_do_no_harm(trial: Trial) -> None:
    ids = [trial.add(name=f"Lead {number}") for number in range(3)]
    trial.do(place_leads, [ids[0]], (ids[2], ids[1]))
    with trial.store.reader() as reader:
        a, b, c = (number_of(reader, one) for one in ids)
    assert _order(trial) == [b, c, a]


def test_a_moved_card_lands_between_two_others_of_its_new_stage(trial: Trial) -> None:
    ids = [trial.add(name=f"Lead {number}") for number in range(5)]
    for one in ids[:2]:
        trial.do(move_lead, one, "nurture")
    trial.do(move_lead, ids[2], "nurture", beside=(ids[0], ids[1]))
    _moved(trial, ids[3:], "nurture", beside=(ids[0], ids[2]))
    with trial.store.reader() as reader:
        a, b, c, d, e = (number_of(reader, one) for one in ids)
    assert _order(trial, "nurture") == [a, d, e, c, b]


def test_totals_are_true_after_ten_thousand_moves_and_after_their_undo(trial: Trial) -> None:
    from leaddesk.db.step import Step
    from leaddesk.operations.verb import operation

    @operation
    def add_many(step: Step) -> None:
        rows = [
            {
                "id": step.new_id(),
                "name": f"Lead {number}",
                "stage": "new",
                "stage_since": step.now,
                "created_at": step.now,
                "value": 100,
                "value_currency": "EUR" if number % 2 else "CNY",
            }
            for number in range(10_000)
        ]
        step.bulk_insert(schema.lead, rows)

    trial.store.run(add_many, now=trial.now)
    ids = [row["id"] for row in trial.rows(schema.lead)]
    assert _moved(trial, ids, "nurture") == 10_000

    def heads() -> dict[str, tuple[int, dict[str, int]]]:
        with trial.store.reader() as reader:
            found = totals(reader, Filters())
        return {stage: (total.leads, dict(total.values)) for stage, total in found.items() if total.leads}

    whole = (10_000, {"EUR": 500_000, "CNY": 500_000})
    assert heads() == {"nurture": whole}
    trial.store.undo(now=trial.now)
    assert heads() == {"new": whole}
    trial.store.redo(now=trial.now)
    assert heads() == {"nurture": whole}


def test_who_stands_there_already_gets_a_place_among_those_who_come(trial: Trial) -> None:
    """Dropped together in own order, all stand where they fell; who was there keeps the time in the stage."""
    first, there, comes = (trial.add(name=name) for name in ("First", "There", "Comes"))
    for lead_id in (first, there):
        trial.do(move_lead, lead_id, "nurture")
    since = {row["id"]: row["stage_since"] for row in trial.rows(schema.lead)}
    assert _moved(trial, [there, comes], "nurture", beside=(None, first)) == 1
    with trial.store.reader() as reader:
        numbers = [number_of(reader, one) for one in (there, comes, first)]
    assert _order(trial, "nurture") == numbers
    assert {row["id"]: row["stage_since"] for row in trial.rows(schema.lead)}[there] == since[there]
