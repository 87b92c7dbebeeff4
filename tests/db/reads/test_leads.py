"""One lead whole, found by what it is called, and who is worth a call now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leaddesk.db import schema
from leaddesk.db.days import local_day
from leaddesk.db.reads.board import cards
from leaddesk.db.reads.calls import open_call
from leaddesk.db.reads.leads import find_lead, lead, next_lead, number_of, state_of
from leaddesk.db.store import Step, Store
from leaddesk.errors import NotFound
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, Standing
from tests.builders import (
    DAY,
    NOW,
    add_answer,
    add_call,
    add_event,
    add_lead,
    add_task,
    change_lead,
    do,
)


def test_a_lead_whole(store: Store) -> None:
    one = add_lead(
        store,
        company="Acme",
        phone="+48 600 100 200",
        note="Likes tea",
        source="fair",
        value=250_000,
        value_currency="EUR",
        expected_on="2025-12-01",
        existing_customer=1,
    )

    def more(step: Step) -> None:
        step.insert(schema.custom_value, lead_id=one, name="Hall", value="7")
        step.insert(schema.lead_tag, lead_id=one, tag="fair")
        step.insert(schema.stakeholder, lead_id=one, name="Jan Nowak", role="signer", created_at=NOW)
        step.insert(schema.stage_change, lead_id=one, from_stage="new", to_stage="mql", at=NOW + 3)

    do(store, more)
    task = add_task(store, one, "2025-10-12")
    call = add_call(store, one, ended_at=NOW + 1)
    going_on = add_call(store, one, ended_at=None)
    add_event(store, one, "pricing_page", at=NOW + 2)
    add_answer(store, one, "approver", "on_call", at=NOW + 4)
    whole = lead(store, one, NOW + 5)
    assert whole.title == "Anna Kowalska"
    assert whole.facts["company"] == "Acme"
    assert whole.facts["value"] == Money(250_000, "EUR")
    assert whole.facts["expected_on"] == date(2025, 12, 1)
    assert whole.facts["existing_customer"] is True
    assert whole.facts["do_not_call"] is False
    assert whole.facts["tags"] == ("fair",)
    assert whole.facts["phone"] == "+48 600 100 200"
    assert whole.custom == {"Hall": "7"}
    assert [person.name for person in whole.stakeholders] == ["Jan Nowak"]
    assert [step.id for step in whole.tasks] == [task]
    assert [past.id for past in whole.calls] == [call]
    assert whole.open_call is not None
    assert whole.open_call.id == going_on
    assert [given.said for given in whole.answers] == [Said(keys=("on_call",))]
    kinds = [entry.kind for entry in whole.timeline]
    assert kinds[:4] == ["answer", "stage", "event", "call"]
    assert set(kinds[4:]) == {"created", "note", "task", "lifecycle"}
    assert whole.assessment.score == cards(store, [1], NOW + 5)[0].score
    assert open_call(store) == whole.open_call


def test_what_was_said_in_every_form(store: Store) -> None:
    one = add_lead(store)
    forms: list[tuple[dict[str, object], Said]] = [
        ({"keys": "a,b"}, Said(keys=("a", "b"))),
        ({"money": 5, "currency": "CNY"}, Said(money=Money(5, "CNY"))),
        ({"number": "12.5"}, Said(number=12.5)),
        ({"day": "2026-01-02"}, Said(day=date(2026, 1, 2))),
        ({"text": "王"}, Said(text="王")),
        ({"heard": "evaded"}, Said(heard=Standing.EVADED)),
    ]

    def give(step: Step) -> None:
        for place, (columns, _) in enumerate(forms):
            step.insert(schema.answer, lead_id=one, question="hoped", at=NOW + place, **columns)
        step.insert(schema.answer, lead_id=one, question="hoped", at=NOW, text="no", withdrawn_at=NOW)

    do(store, give)
    assert [given.said for given in state_of(store, one).answers] == [said for _, said in forms]


@pytest.mark.parametrize(
    ("columns", "title"),
    [
        ({"name": "Anna"}, "Anna"),
        ({"name": None, "given_name": "Anna", "family_name": "Nowak"}, "Anna Nowak"),
        ({"name": None, "given_name": "晓明", "family_name": "王"}, "王晓明"),
        ({"name": None, "company": "Acme", "email": "a@b.example"}, "Acme"),
        ({"name": None, "email": "a@b.example", "external_id": "X"}, "a@b.example"),
        ({"name": None, "external_id": "X", "phone": "1"}, "X"),
        ({"name": None, "phone": "+48 600"}, "+48 600"),
        ({"name": "<img src=x>"}, "<img src=x>"),
        ({"name": "=1+1"}, "=1+1"),
    ],
)
def test_what_a_lead_is_shown_as(store: Store, columns: dict[str, object], title: str) -> None:
    add_lead(store, **columns)  # type: ignore[arg-type]
    assert cards(store, [1], NOW)[0].title == title


def test_found_by_our_id_or_by_an_external_one(store: Store) -> None:
    one, two = add_lead(store, external_id="CRM-1"), add_lead(store, external_id="CRM-2")
    add_lead(store, external_id="CRM-2")
    assert find_lead(store, f" {one} ") == one
    assert find_lead(store, " CRM-1 ") == one
    assert number_of(store, two) == 2
    with pytest.raises(NotFound, match="ambiguous"):
        find_lead(store, "CRM-2")
    for nobody in ("CRM", "", "%"):
        with pytest.raises(NotFound, match="lead"):
            find_lead(store, nobody)
    with pytest.raises(NotFound):
        lead(store, "nobody", NOW)


def test_cards_of_leads_that_are_gone_are_left_out(store: Store) -> None:
    add_lead(store)
    assert [card.no for card in cards(store, [7, 1, 1], NOW)] == [1, 1]
    assert cards(store, [], NOW) == []


# ── who is next ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _day(days: int) -> str:
    return (local_day(NOW) + timedelta(days=days)).isoformat()


def _next(store: Store, *skip: str) -> str | None:
    card = next_lead(store, NOW, skip)
    return card.title if card is not None else None


def test_next_is_by_urgency(store: Store) -> None:
    add_lead(store, "nothing planned")
    worth = add_lead(store, "worth more", stage="mql")
    add_event(store, worth, "mail_opened")
    due = add_lead(store, "due", stage="discovery")
    add_task(store, due, _day(0))
    hot = add_lead(store, "hot")
    add_event(store, hot, "demo_request")
    add_task(store, add_lead(store, "tomorrow"), _day(1))
    assert _next(store) == "hot"
    assert _next(store, hot) == "due"
    assert _next(store, hot, due) == "worth more"
    assert _next(store, hot, due, worth) == "nothing planned"


def test_nobody_is_next_who_may_not_be_called_or_is_done_with(store: Store) -> None:
    assert _next(store) is None
    add_lead(store, "never", do_not_call=1)
    add_lead(store, "lost", stage="lost")
    add_lead(store, "won", stage="won")
    add_task(store, add_lead(store, "later"), _day(2))
    assert _next(store) is None


def test_who_was_called_just_now_is_left_in_peace(store: Store) -> None:
    one = add_lead(store)
    add_call(store, one, ended_at=NOW - 1000)
    assert _next(store) is None
    assert next_lead(store, NOW + DAY) is not None
    add_task(store, one, _day(0))
    assert _next(store) == "Anna Kowalska"
    change_lead(store, one, stage="lost")
    assert _next(store) is None
