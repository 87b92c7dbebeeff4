"""An answer belongs to a person: whose words it is, what is known of that person, and that two disagree."""

from __future__ import annotations

from leaddesk.ui.call.person_form import PersonForm
from tests.ui.call.driver import Caller


def with_marek(on_call: Caller) -> None:
    """Somebody else takes part."""
    on_call.press("Ctrl+P")
    on_call.type("Marek")
    on_call.press("Tab", "Tab", "1", "Tab", "3", "Tab")
    on_call.type("Not before the audit")
    on_call.press("Enter")
    on_call.driver.wait_for(lambda: on_call.lead().stakeholders)


def test_role_attitude_and_words_are_written_by_keys(on_call: Caller) -> None:
    with_marek(on_call)
    (marek,) = on_call.lead().stakeholders
    assert (marek.role, marek.attitude, marek.note) == ("signer", "against", "Not before the audit")
    on_call.press("Ctrl+Shift+E", "2")  # 1 is the lead's own person
    form = on_call.room.over.panel
    assert isinstance(form, PersonForm)
    assert form.name.text() == "Marek"
    on_call.press("2", "Tab", "1", "Enter")
    on_call.driver.wait_for(lambda: on_call.lead().stakeholders[0].role == "champion")
    (marek,) = on_call.lead().stakeholders
    assert (marek.attitude, marek.note) == ("for", "Not before the audit")
    on_call.press("Ctrl+Shift+E", "1", "1", "Enter")
    on_call.driver.wait_for(lambda: len(on_call.lead().stakeholders) == 2)
    assert {one.name for one in on_call.lead().stakeholders} == {"Anna Kowalska", "Marek"}


def test_two_who_disagree_are_shown_by_name(on_call: Caller) -> None:
    with_marek(on_call)
    on_call.ask("approver")
    panel = on_call.room.question
    assert "Anna Kowalska" in panel.said_by.name.text()
    on_call.press("1", "Ctrl+Shift+P")
    assert "Marek" in panel.said_by.name.text()
    on_call.press("4")
    answers = [given for given in on_call.lead().answers if given.question == "approver"]
    assert [(given.by, given.said.keys) for given in answers] == [("", ("on_call",)), ("Marek", ("out_of_reach",))]
    assert on_call.lead().assessment.criteria["authority"].disagree
    told = panel.earlier.text()
    assert "disagree" in told
    assert "Anna Kowalska: " in told
    assert "Marek: " in told
    assert "disagree" in panel.tabs.tabs["authority"].text
    on_call.press("Ctrl+Shift+P")
    assert "Anna Kowalska" in panel.said_by.name.text()


def test_several_choices_of_another_person_begin_afresh(on_call: Caller) -> None:
    with_marek(on_call)
    on_call.ask("people")
    on_call.press("1", "2", "Enter")
    on_call.ask("people")
    on_call.press("Ctrl+Shift+P", "2", "Enter")
    said = {given.by: given.said.keys for given in on_call.lead().answers if given.question == "people"}
    assert said == {"": ("users", "it"), "Marek": ("it",)}


def test_with_nobody_else_known_the_key_adds_somebody(on_call: Caller) -> None:
    assert on_call.room.question.said_by.isHidden()
    on_call.press("Ctrl+Shift+P")
    assert isinstance(on_call.room.over.panel, PersonForm)
    on_call.press("Esc")
    assert on_call.room.question.choices.hasFocus()
