"""Standings follow the fields of a team's own that the playbook asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db.check import check, dump
from leaddesk.db.reads import leads
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.reads.sheet import lead as sheet
from leaddesk.db.store import Store
from leaddesk.errors import Refused
from leaddesk.operations.fields import add_field, change_field, remove_field
from leaddesk.operations.importing import import_leads, plan_import
from leaddesk.operations.leads import add_lead, set_facts
from leaddesk.operations.pipeline import move_lead, move_with_answers
from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.resources import text_of
from tests.builders import NOW, store_in
from tests.qualify.test_own import SEATS

_WHEN = '{ fact = "custom.Seats planned", at_least = 10 }'
_GATE = f'gate = [ {{ code = "seats", label = {{ en = "Seats", zh_CN = "席位" }}, when = {_WHEN} }},'
NAME = "Seats planned"


def toml(*, gate: bool = False) -> str:
    """The shipped playbook that scores seats; with `gate` MQL wants ten of them."""
    text = text_of("playbooks", "default.toml")
    if gate:
        before = text.index("gate = [", text.index('key = "mql"\n', text.index("[[stages]]")))
        text = text[:before] + _GATE + text[before + len("gate = [") :]
    return text + SEATS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database whose playbook scores the seats a lead plans."""
    with store_in(tmp_path) as store:
        store.run(adopt_playbook, toml(), now=NOW)
        yield store


def score(store: Store, lead_id: str) -> int:
    """The score as boards and lists show it; and the database is sound."""
    with store.reader() as reader:
        assert check(reader) == []
        (card,) = cards(reader, [leads.number_of(reader, lead_id)], NOW)
        assert card.score == sheet(reader, lead_id, NOW).assessment.score
        return card.score


def anna(store: Store, **own: str) -> str:
    """A lead."""
    return store.run(add_lead, {"name": "Anna"}, own, now=NOW)[0]


def test_a_value_that_is_set_changed_or_emptied(store: Store) -> None:
    lead_id = anna(store)
    plain = score(store, lead_id)
    for text, more in (("40", 20), ("400", 60), ("many", 0), ("10", 20), ("", 0)):
        store.run(set_facts, lead_id, {}, {NAME: text}, now=NOW)
        assert score(store, lead_id) == plain + more


def test_undo_and_redo(store: Store) -> None:
    lead_id = anna(store, **{NAME: "400"})
    high = score(store, lead_id)
    store.run(set_facts, lead_id, {}, {NAME: "4"}, now=NOW)
    low = score(store, lead_id)
    store.undo(now=NOW)
    assert score(store, lead_id) == high == low + 60
    store.redo(now=NOW)
    assert score(store, lead_id) == low


def test_a_field_that_is_renamed_or_removed_takes_the_points_along(store: Store) -> None:
    lead_id = anna(store, **{NAME: "400"})
    field_id = store.run(add_field, NAME, "number", now=NOW)[0]
    high = score(store, lead_id)
    store.run(change_field, field_id, "Seats", now=NOW)
    assert score(store, lead_id) == high - 60
    store.run(change_field, field_id, NAME, now=NOW)
    assert score(store, lead_id) == high
    store.run(remove_field, field_id, now=NOW)
    assert score(store, lead_id) == high - 60
    store.undo(now=NOW)
    assert score(store, lead_id) == high


def test_another_kind_changes_no_standing(store: Store) -> None:
    lead_id = anna(store, **{NAME: "400"})
    field_id = store.run(add_field, NAME, "text", now=NOW)[0]
    high = score(store, lead_id)
    store.run(change_field, field_id, None, "number", now=NOW)
    assert score(store, lead_id) == high
    with store.reader() as reader:
        assert [field.kind for field in custom_fields(reader)] == ["number"]


def test_what_an_import_brings(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "fair.csv"
    path.write_text(f"Name,Email,{NAME}\nBo,bo@example.com,400\nCy,cy@example.com,4\n", encoding="utf-8")
    with store.reader() as reader:
        plan = plan_import(reader, path)
    job = store.job(import_leads, plan, None, now=NOW)
    for _ in job:
        pass
    with store.reader() as reader:
        found = {card.title: card.score for card in cards(reader, [1, 2], NOW)}
        assert check(reader) == []
    assert found["Bo"] == found["Cy"] + 60


def test_a_playbook_that_asks_for_them_is_adopted_later_and_undone(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        lead_id = anna(store, **{NAME: "400"})
        with store.reader() as reader:
            plain = sheet(reader, lead_id, NOW).assessment.score
            store.run(adopt_playbook, toml(), now=NOW)
            assert sheet(reader, lead_id, NOW).assessment.score == plain + 60
            store.undo(now=NOW)
            assert sheet(reader, lead_id, NOW).assessment.score == plain


def test_a_lead_shows_its_own_fields_once(store: Store) -> None:
    lead_id = anna(store, **{NAME: "400"})
    with store.reader() as reader:
        whole = sheet(reader, lead_id, NOW)
    assert whole.custom == {NAME: "400"}
    assert f"custom.{NAME}" not in whole.facts
    assert whole.state.facts[f"custom.{NAME}"] == "400"


def test_what_a_gate_misses_is_written_with_the_move(store: Store) -> None:
    store.run(adopt_playbook, toml(gate=True), now=NOW)
    lead_id = anna(store)
    before = dump(store)
    with pytest.raises(Refused, match="gate"):
        store.run(move_lead, lead_id, "mql", now=NOW)
    told = {f"custom.{NAME}": "40", "industry": "logistics", "size": 300}
    with pytest.raises(Refused, match="gate"):
        store.run(move_with_answers, lead_id, "mql", facts={**told, f"custom.{NAME}": "4"}, now=NOW)
    assert dump(store) == before
    store.run(move_with_answers, lead_id, "mql", facts=told, override="known well", now=NOW)
    with store.reader() as reader:
        whole = sheet(reader, lead_id, NOW)
        assert check(reader) == []
    assert (whole.stage, whole.custom, whole.facts["size"]) == ("mql", {NAME: "40"}, 300)
    store.undo(now=NOW)
    assert dump(store) == before
