"""Who was last touched when: by what a person did, not by what the program did or what is yet to come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from leaddesk.db import schema
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.leads import number_of
from leaddesk.db.step import Step
from leaddesk.db.store import Store
from leaddesk.operations.answers import give_answer
from leaddesk.operations.calls import log_call
from leaddesk.operations.leads import add_event, add_note, set_facts
from leaddesk.operations.tasks import add_task, finish_task
from leaddesk.operations.verb import operation
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY
from tests.builders import NOW, add_lead, assert_sound, store_in


@operation
def change_owner(step: Step, lead_id: str, why: str) -> None:
    """As a claim or a return writes it."""
    step.insert(schema.owner_change, lead_id=lead_id, to_owner="Kim", at=step.now, why=why)


def _touched(store: Store, lead_id: str, as_of: int) -> tuple[str, int]:
    with store.reader() as reader:
        card = cards(reader, [number_of(reader, lead_id)], as_of)[0]
    return card.touched, (card.touched_at - NOW) // DAY


def test_what_a_person_does_touches_a_lead(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        lead_id = add_lead(store)
        assert _touched(store, lead_id, NOW) == ("stage", 0)
        store.run(add_note, lead_id, "Asks for references", now=NOW + DAY)
        assert _touched(store, lead_id, NOW + DAY) == ("note", 1)
        task = store.run(add_task, lead_id, "Send them", date(2030, 1, 1), now=NOW + 2 * DAY)[0]
        assert _touched(store, lead_id, NOW + 2 * DAY) == ("note", 1)
        store.run(finish_task, task, now=NOW + 3 * DAY)
        assert _touched(store, lead_id, NOW + 3 * DAY) == ("task", 3)
        store.run(give_answer, lead_id, "difficulty", Said(keys=("ours",)), now=NOW + 4 * DAY)
        assert _touched(store, lead_id, NOW + 4 * DAY) == ("answer", 4)
        store.run(log_call, lead_id, "no_answer", 1, now=NOW + 5 * DAY)
        assert _touched(store, lead_id, NOW + 5 * DAY) == ("call", 5)
        store.run(change_owner, lead_id, "claimed", now=NOW + 6 * DAY)
        assert _touched(store, lead_id, NOW + 6 * DAY) == ("owner", 6)
        assert_sound(store)
        # As of an earlier day, what came later has not happened.
        assert _touched(store, lead_id, NOW + 4 * DAY) == ("answer", 4)
        assert _touched(store, lead_id, NOW + 3 * DAY) == ("task", 3)
        for _ in range(5):
            store.undo(now=NOW + 7 * DAY)
        assert _touched(store, lead_id, NOW + 7 * DAY) == ("note", 1)
        assert_sound(store)


def test_facts_events_and_what_is_given_up_do_not(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        lead_id = add_lead(store)
        store.run(set_facts, lead_id, {"city": "Gdańsk"}, now=NOW + DAY)
        store.run(add_event, lead_id, "pricing_page", now=NOW + DAY)
        store.run(change_owner, lead_id, "untouched", now=NOW + DAY)
        store.run(change_owner, lead_id, "released", now=NOW + DAY)
        assert _touched(store, lead_id, NOW + DAY) == ("stage", 0)


def test_a_note_of_tomorrow_counts_from_tomorrow(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        lead_id = add_lead(store)
        store.run(add_note, lead_id, "Written with tomorrow's date", now=NOW + DAY)
        store.run(set_facts, lead_id, {"city": "Gdańsk"}, now=NOW)
        assert _touched(store, lead_id, NOW) == ("stage", 0)
        assert _touched(store, lead_id, NOW + 2 * DAY) == ("note", 1)
