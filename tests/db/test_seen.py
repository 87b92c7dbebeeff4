"""What a step knows of leads from steps before is what the database says, whoever wrote in between."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.db import schema
from leaddesk.db.records import Progress
from leaddesk.db.states import Known, load_one
from leaddesk.db.store import Step, Store
from leaddesk.qualify.terms import DAY
from tests.builders import NOW, add_answer, add_lead, assert_sound, change_lead, do, store_in

_Deed = Callable[[Store, str, int], object]


def _task(store: Store, lead_id: str, now: int) -> str:
    row = {"lead_id": lead_id, "text": "Call", "due_on": "2026-01-01", "created_at": now}
    return do(store, lambda step: step.insert(schema.task, **row), now)


def _note(store: Store, lead_id: str, now: int) -> None:
    def rewrite(step: Step) -> None:
        step.merge(f"note {lead_id}")
        for (note_id,) in step.connection.exec_driver_sql("SELECT id FROM note WHERE lead_id = ?", (lead_id,)).all():
            step.update(schema.note, note_id, text=f"at {now}", at=now)

    do(store, rewrite, now)


def _rename_company(store: Store, _: str, now: int) -> None:
    def rename(step: Step) -> None:
        for (account_id,) in step.connection.exec_driver_sql("SELECT id FROM account").all():
            step.update(schema.account, account_id, company=f"Firm {now}", match_key=f"firm{now}")

    do(store, rename, now)


def _fail(store: Store, lead_id: str, now: int) -> None:
    def change_and_fail(step: Step) -> None:
        step.known(lead_id)
        step.update(schema.lead, lead_id, title="Nobody")
        step.known(lead_id)
        raise ZeroDivisionError

    try:
        do(store, change_and_fail, now)
    except ZeroDivisionError:
        return


_DEEDS: list[_Deed] = [
    lambda store, lead_id, now: change_lead(store, lead_id, now, title=f"Head {now}"),
    lambda store, lead_id, now: add_answer(store, lead_id, "reserved", "approved", at=now, now=now),
    lambda store, lead_id, now: add_answer(store, lead_id, "approver", "on_call", at=now, now=now),
    lambda store, lead_id, now: do(
        store, lambda step: step.insert(schema.event, lead_id=lead_id, kind="price_request", at=now), now
    ),
    lambda store, lead_id, now: do(store, lambda step: step.known(lead_id), now),
    lambda store, _, now: store.undo(now=now),
    lambda store, _, now: store.redo(now=now),
    _task,
    _note,
    _rename_company,
    _fail,
]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 1), st.integers(0, 1)), max_size=12))
def test_what_is_known_is_what_is_there(deeds: list[tuple[_Deed, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, store_in(Path(folder)) as one, store_in(Path(folder)) as other:
        leads = [add_lead(one, name, company="Acme", note="tea") for name in ("Ada", "Bo")]
        for hour, (deed, whose, which) in enumerate(deeds, start=1):
            store = (one, other)[whose]
            deed(store, leads[which], NOW + hour * DAY // 24)
            for lead_id in leads:
                there = load_one(store.connection, lead_id)
                assert do(store, lambda step, lead_id=lead_id: _bare(step.known(lead_id))) == _bare(there)  # type: ignore[misc]
        assert_sound(one)


def _bare(known: Known | None) -> object:
    assert known is not None
    return known.row, list(known.points), known.task, list(known.tags), known.state, list(known.touches)


def test_a_step_sees_what_it_writes(store: Store) -> None:
    lead_id = add_lead(store, company="Acme", phone="+48 600 1")

    def work(step: Step) -> None:
        assert step.known(lead_id).row["firm_company"] == "Acme"
        step.insert(schema.lead_tag, lead_id=lead_id, tag="hot")
        assert step.known(lead_id).tags == ["hot"]
        step.insert(schema.event, lead_id=lead_id, kind="price_request", at=NOW)
        known = step.known(lead_id)
        assert (known.tags, [event.kind for event in known.state.events]) == (["hot"], ["price_request"])
        assert known.points == step.known(lead_id).points

    do(store, work)
    assert_sound(store)


def test_a_job_and_those_let_in_between_see_each_other(store: Store) -> None:
    lead_id = add_lead(store)

    def work(step: Step) -> Generator[Progress, None, None]:
        for number in range(3):
            assert step.known(lead_id).row["title"] == (f"Boss {number - 1}" if number else None)
            step.update(schema.lead, lead_id, department=f"D{number}")
            yield Progress(number, 3)

    store.patience = 0.0
    job = store.job(work, now=NOW)
    number = 0
    for progress in job:
        if progress.between:
            change_lead(store, lead_id, title=f"Boss {number}")
            number += 1
    assert number
    change_lead(store, lead_id, city="Gdańsk")
    assert do(store, lambda step: step.known(lead_id).row["department"]) == "D2"
    assert_sound(store)
