"""Fields of a team's own."""

from __future__ import annotations

import pytest

from leaddesk.db import schema
from leaddesk.db.reads.custom_fields import custom_fields, undefined_names, use_in, uses
from leaddesk.db.reads.views import saved_views
from leaddesk.errors import BadValue, NotFound, Refused
from leaddesk.operations import fields, leads, views
from leaddesk.operations.values import LONGEST, LONGEST_NOTE
from leaddesk.qualify.fields import FieldKind
from tests.operations.trial import Trial


def names(trial: Trial) -> list[str]:
    """The fields in their order."""
    with trial.store.reader() as reader:
        return [field.name for field in custom_fields(reader)]


def with_hat(trial: Trial, value: str, name: str = "Bo") -> str:
    """A lead with a value of its own."""
    return trial.do(leads.add_lead, {"name": name}, {"Hat": value})


def test_a_field_takes_the_values_that_are_there(trial: Trial) -> None:
    with_hat(trial, "12")
    with trial.store.reader() as reader:
        assert undefined_names(reader) == ["Hat"]
    trial.do(fields.add_field, " Hat ", "number")
    with trial.store.reader() as reader:
        assert undefined_names(reader) == []
        assert uses(reader) == {"Hat": 1}
        (field,) = custom_fields(reader)
    assert (field.name, field.kind) == ("Hat", FieldKind.NUMBER)


def test_a_name_is_taken_once(trial: Trial) -> None:
    trial.do(fields.add_field, "Hat")
    trial.refused(Refused, "field_taken", fields.add_field, "hAT")
    trial.refused(BadValue, "empty_text", fields.add_field, "  ")
    trial.refused(BadValue, "field_name_long", fields.add_field, "x" * 10_000)
    trial.refused(BadValue, "field_kind", fields.add_field, "Coat", "phone")
    trial.refused(BadValue, "no_choices", fields.add_field, "Coat", "choice", [" "])


def test_values_are_kept_in_one_form_under_the_name_as_defined(trial: Trial) -> None:
    trial.do(fields.add_field, "Spend", "money")
    trial.do(fields.add_field, "Colour", "choice", ["Green", "Blue"])
    lead_id = trial.do(leads.add_lead, {"name": "Bo"}, {"spend": "€12k", "COLOUR": "green"})
    assert trial.lead(lead_id).custom == {"Spend": "12000 EUR", "Colour": "Green"}
    trouble = trial.refused(BadValue, "bad_custom", leads.set_facts, lead_id, {}, {"Spend": "a lot"})
    assert trouble.details["field"] == "Spend"
    trial.refused(BadValue, "bad_custom_choice", leads.set_facts, lead_id, {}, {"Colour": "red"})


def test_a_field_is_renamed_with_its_values(trial: Trial) -> None:
    lead_id = with_hat(trial, "12")
    hat = trial.do(fields.add_field, "Hat")
    other = trial.do(fields.add_field, "Coat")
    trial.do(fields.change_field, hat, name="Headwear")
    assert trial.lead(lead_id).custom == {"Headwear": "12"}
    trial.refused(Refused, "field_taken", fields.change_field, other, name="headwear")
    with_hat(trial, "a", name="Cy")
    trial.refused(Refused, "field_has_values", fields.change_field, other, name="Hat")


def test_a_field_that_is_renamed_is_still_shown_by_views(trial: Trial) -> None:
    hat = trial.do(fields.add_field, "Hat")
    shown = {"columns": ["name", "custom.Hat"], "widths": {"custom.Hat": 90}, "sort": "custom.Hat", "backwards": True}
    trial.do(views.save_view, "Hats", None, {"order": "score", "table": shown})
    trial.do(fields.change_field, hat, name="Headwear")
    with trial.store.reader() as reader:
        (view,) = saved_views(reader)
    assert view.look == {
        "order": "score",
        "table": {
            "columns": ["name", "custom.Headwear"],
            "widths": {"custom.Headwear": 90},
            "sort": "custom.Headwear",
            "backwards": True,
        },
    }


def test_another_kind_only_where_the_values_allow_it_unless_a_person_insists(trial: Trial) -> None:
    with_hat(trial, "12")
    lead_id = with_hat(trial, "large", name="Cy")
    hat = trial.do(fields.add_field, "Hat")
    refusal = trial.refused(Refused, "values_unfit", fields.change_field, hat, kind="number")
    assert refusal.details["n"] == 1
    assert "large" in str(refusal.details["examples"])
    trial.do(fields.change_field, hat, kind="number", anyway=True)
    assert trial.lead(lead_id).custom == {"Hat": "large"}
    with trial.store.reader() as reader:
        [field] = custom_fields(reader)
        assert use_in(reader.connection, field, "Hat").examples == ("large",)
    trial.do(fields.change_field, hat, kind="choice", choices=["12", "Large"])


def test_choices_in_use_are_not_taken_away(trial: Trial) -> None:
    hat = trial.do(fields.add_field, "Hat", "choice", ["Red", "Blue"])
    with_hat(trial, "blue")
    trial.refused(Refused, "values_unfit", fields.change_field, hat, choices=["Red"])
    trial.do(fields.change_field, hat, choices=["Blue", "Green"])


def test_fields_are_put_in_order(trial: Trial) -> None:
    ids = [trial.do(fields.add_field, name) for name in ("A", "B", "C")]
    trial.do(fields.place_field, ids[2], 0)
    assert names(trial) == ["C", "A", "B"]
    trial.do(fields.place_field, ids[2], 99)
    assert names(trial) == ["A", "B", "C"]


def test_a_field_goes_with_its_values_and_comes_back(trial: Trial) -> None:
    lead_id = with_hat(trial, "12")
    hat = trial.do(fields.add_field, "Hat")
    assert trial.do(fields.remove_field, hat) == 1
    assert trial.lead(lead_id).custom == {}
    assert trial.rows(schema.custom_field) == []
    for verb in (fields.remove_field, fields.change_field):
        trial.refused(NotFound, "no_custom_field", verb, "nothing")


@pytest.mark.parametrize("change", [{}, {"name": "Hat"}, {"kind": "text"}])
def test_what_changes_nothing_is_no_step(trial: Trial, change: dict[str, str]) -> None:
    hat = trial.do(fields.add_field, "Hat")
    _, changes = trial.store.run(fields.change_field, hat, now=trial.now, **change)
    assert not changes.tables


def test_what_was_pasted_by_mistake_is_refused_and_what_is_there_stays(trial: Trial) -> None:
    trial.do(fields.add_field, "Hat")
    lead_id = trial.do(leads.add_lead, {"name": "Bo"}, {"Hat": "x" * LONGEST, "Loose": "y" * LONGEST})
    for name in ("Hat", "Loose"):
        trouble = trial.refused(BadValue, "custom_long", leads.set_facts, lead_id, {}, {name: "x" * (LONGEST + 1)})
        assert trouble.details == {"field": name, "n": "10,001", "most": "10,000"}
    trial.refused(BadValue, "value_long", leads.set_facts, lead_id, {"city": "x" * (LONGEST + 1)})
    trial.refused(BadValue, "value_long", leads.set_facts, lead_id, {"note": "x" * (LONGEST_NOTE + 1)})
    trial.refused(BadValue, "field_name_long", leads.set_facts, lead_id, {}, {"x" * 300: "1"})
    trial.do(leads.set_facts, lead_id, {"note": "x" * LONGEST_NOTE}, {"x" * 300: ""})
    assert {len(text) for text in trial.lead(lead_id).custom.values()} == {LONGEST}
