"""Adding, changing and deleting leads, and what is written down about them."""

from __future__ import annotations

from datetime import date

import pytest

from leaddesk.db import schema
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations import leads
from leaddesk.operations.answers import give_answer
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY, Money
from tests.operations.trial import Trial


def test_a_lead_is_added_with_its_facts_read_from_text(trial: Trial) -> None:
    lead_id = trial.add(
        company="Baltic Freight", size="1,200", value="30000 EUR", expected_on="2026-09-30", tags="a, b"
    )
    facts = trial.lead(lead_id).facts
    assert facts["size"] == 1200
    assert facts["value"] == Money(3_000_000, "EUR")
    assert facts["expected_on"] == date(2026, 9, 30)
    assert facts["tags"] == ("a", "b")
    assert trial.lead(lead_id).stage == "new"


def test_a_new_lead_has_its_first_stage_in_its_story(trial: Trial) -> None:
    lead_id = trial.add()
    (change,) = trial.rows(schema.stage_change)
    assert (change["lead_id"], change["from_stage"], change["to_stage"]) == (lead_id, None, "new")


def test_a_lead_nobody_can_recognise_is_refused(trial: Trial) -> None:
    trial.refused(Refused, "no_facts", leads.add_lead, {"city": "Berlin"})


def test_an_external_id_belongs_to_one_lead(trial: Trial) -> None:
    trial.add(external_id="42")
    refusal = trial.refused(Refused, "external_id_taken", leads.add_lead, {"name": "Bo", "external_id": "42"})
    assert refusal.details["lead"] == "Anna Kowalska"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("size", "many"),
        ("size", "-3"),
        ("value", "30000"),
        ("expected_on", "tomorrow"),
        ("origin", "moon"),
        ("do_not_call", "maybe"),
    ],
)
def test_what_cannot_be_read_is_said(trial: Trial, field: str, text: str) -> None:
    trouble = trial.refused(BadValue, "bad_value", leads.add_lead, {"name": "Bo", field: text})
    assert trouble.details["field"] == field
    assert trouble.details["text"] == text


def test_an_unknown_field_is_refused(trial: Trial) -> None:
    trial.refused(BadValue, "field", leads.add_lead, {"name": "Bo", "shoe_size": "43"})


def test_markup_and_formulas_stay_text(trial: Trial) -> None:
    assert trial.lead(trial.add(name="<img src=x>")).title == "<img src=x>"
    assert trial.lead(trial.add(name="=1+1")).title == "=1+1"


def test_facts_are_changed_and_emptied(trial: Trial) -> None:
    lead_id = trial.add(company="Acme", phone="+49 30 123456", value="10 EUR", tags="x,y")
    trial.do(
        leads.set_facts, lead_id, {"phone": "", "value": None, "tags": "y", "city": "Gdańsk", "do_not_call": "yes"}
    )
    facts = trial.lead(lead_id).facts
    assert "phone" not in facts
    assert "value" not in facts
    assert (facts["tags"], facts["city"], facts["do_not_call"]) == (("y",), "Gdańsk", True)


def test_custom_values_are_set_and_removed(trial: Trial) -> None:
    lead_id = trial.do(leads.add_lead, {"name": "Bo"}, {"Shoe size": "43"})
    trial.do(leads.set_facts, lead_id, {}, {"Shoe size": "44", "Hat": "yes"})
    assert trial.lead(lead_id).custom == {"Shoe size": "44", "Hat": "yes"}
    trial.do(leads.set_facts, lead_id, {}, {"Shoe size": ""})
    assert trial.lead(lead_id).custom == {"Hat": "yes"}


def test_contact_points_have_a_form_to_match_by(trial: Trial) -> None:
    trial.add(country="Germany", phone="030 123456", email="Anna@Example.COM", wechat="Anna_K")
    normal = {row["kind"]: row["normal"] for row in trial.rows(schema.contact_point)}
    assert normal == {"phone": "+4930123456", "email": "anna@example.com", "wechat": "anna_k"}


def test_leads_of_one_company_share_it(trial: Trial) -> None:
    trial.add(company="Acme, GmbH", size=300)
    second = trial.add(name="Bo", company="ＡＣＭＥ  gmbh")
    assert len(trial.rows(schema.account)) == 1
    assert trial.lead(second).facts["size"] == 300


def test_a_new_company_name_renames_what_is_ones_own_and_leaves_what_is_shared(trial: Trial) -> None:
    first = trial.add(company="Acme", size=300)
    trial.do(leads.set_facts, first, {"company": "Acme Holding"})
    assert trial.lead(first).facts["size"] == 300
    second = trial.add(name="Bo", company="Acme Holding")
    trial.do(leads.set_facts, second, {"company": "Other"})
    assert trial.lead(first).facts["company"] == "Acme Holding"
    assert "size" not in trial.lead(second).facts


def test_joining_another_company_drops_the_one_left_empty(trial: Trial) -> None:
    trial.add(company="Acme", size=300)
    second = trial.add(name="Bo", company="Other")
    trial.do(leads.set_facts, second, {"company": "acme"})
    assert [row["company"] for row in trial.rows(schema.account)] == ["Acme"]
    assert trial.lead(second).facts["size"] == 300


def test_facts_of_a_company_without_a_name(trial: Trial) -> None:
    lead_id = trial.add(industry="Logistics")
    assert trial.lead(lead_id).facts["industry"] == "Logistics"
    trial.do(leads.set_facts, lead_id, {"company": "Acme"})
    trial.do(leads.set_facts, lead_id, {"company": ""})
    assert trial.lead(lead_id).facts["industry"] == "Logistics"
    assert "company" not in trial.lead(lead_id).facts


def test_deleting_takes_everything_that_hangs_on_a_lead(trial: Trial) -> None:
    lead_id = trial.add(company="Acme", phone="1", tags="a", note="hello")
    other = trial.add(name="Bo", company="Other")
    trial.do(leads.add_event, lead_id, "white_paper")
    trial.do(leads.add_stakeholder, lead_id, "Bo")
    trial.do(leads.delete_leads, [lead_id])
    assert [row["id"] for row in trial.rows(schema.lead)] == [other]
    assert [row["company"] for row in trial.rows(schema.account)] == ["Other"]
    assert not trial.rows(schema.event)


def test_deleting_what_is_gone_is_refused(trial: Trial) -> None:
    lead_id = trial.add()
    trial.refused(NotFound, "no_lead", leads.delete_leads, [lead_id, "nobody"])
    trial.refused(NotFound, "no_lead", leads.delete_leads, [])


def test_notes_are_written_rewritten_and_deleted(trial: Trial) -> None:
    lead_id = trial.add()
    note_id = trial.do(leads.add_note, lead_id, " likes\0 tea ")
    assert trial.rows(schema.note)[0]["text"] == "likes tea"
    trial.do(leads.change_note, note_id, "likes coffee")
    trial.do(leads.delete_note, note_id)
    assert not trial.rows(schema.note)
    trial.refused(BadValue, "empty_text", leads.add_note, lead_id, "  ")
    trial.refused(NotFound, "no_note", leads.change_note, note_id, "x")


def test_tags_are_put_on_once_and_taken_off(trial: Trial) -> None:
    lead_id = trial.add()
    trial.do(leads.add_tag, lead_id, " big  fish ")
    trial.do(leads.add_tag, lead_id, "big fish")
    assert trial.lead(lead_id).tags == ("big fish",)
    trial.do(leads.remove_tag, lead_id, "big fish")
    trial.refused(NotFound, "no_tag", leads.remove_tag, lead_id, "big fish")


def test_events_happened_and_are_of_a_known_kind(trial: Trial) -> None:
    lead_id = trial.add()
    event_id = trial.do(leads.add_event, lead_id, "pricing_page", trial.now - 14 * DAY)
    reason = next(one for one in trial.lead(lead_id).assessment.reasons if one.code == "event")
    assert reason.points == 20
    trial.do(leads.remove_event, event_id)
    trial.refused(NotFound, "event_kind", leads.add_event, lead_id, "sneeze")
    trial.refused(BadValue, "in_future", leads.add_event, lead_id, "pricing_page", trial.now + 1)


def test_people_who_take_part(trial: Trial) -> None:
    lead_id = trial.add()
    person = trial.do(leads.add_stakeholder, lead_id, "Bo", "CFO", "signer", "against")
    trial.do(leads.change_stakeholder, person, attitude="for", title="")
    (found,) = trial.lead(lead_id).stakeholders
    assert (found.name, found.title, found.role, found.attitude) == ("Bo", "", "signer", "for")
    trial.refused(NotFound, "no_role", leads.add_stakeholder, lead_id, "Bo", role="king")
    trial.refused(BadValue, "no_attitude", leads.add_stakeholder, lead_id, "Bo", attitude="sleepy")
    trial.do(leads.remove_stakeholder, person)
    assert not trial.lead(lead_id).stakeholders


def test_a_stage_among_the_facts_goes_through_its_gate(trial: Trial) -> None:
    trial.refused(Refused, "gate", leads.add_lead, {"name": "Bo", "stage": "mql"})
    lead_id = trial.do(leads.add_lead, {"name": "Bo", "stage": "nurture"})
    assert trial.lead(lead_id).stage == "nurture"
    trial.refused(Refused, "needs_reason", leads.set_facts, lead_id, {"city": "Bonn", "stage": "lost"})


def test_the_step_names_its_lead(trial: Trial) -> None:
    trial.add(name="", company="Baltic Freight")
    step = trial.store.last_undoable()
    assert step is not None
    assert (step.name, step.details["lead"]) == ("add_lead", "Baltic Freight")


def test_answers_of_somebody_renamed_stay_that_persons(trial: Trial) -> None:
    lead_id = trial.add(name="Anna")
    person = trial.do(leads.add_stakeholder, lead_id, "Bo")
    trial.do(give_answer, lead_id, "reserved", Said(keys=("approved",)), by="Bo")
    trial.do(leads.change_stakeholder, person, name="Bo Larsen")
    assert [given.by for given in trial.lead(lead_id).answers] == ["Bo Larsen"]
