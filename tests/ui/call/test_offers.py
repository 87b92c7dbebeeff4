"""A line of shorthand in the note offers answers; only their keys take them, and the text stays the note."""

from __future__ import annotations

from leaddesk.qualify.terms import Money
from tests.ui.call.driver import Caller


def type_note(on_call: Caller, text: str) -> None:
    """Write beside the question that is asked."""
    if not on_call.room.question.note.hasFocus():
        on_call.room.question.note.setFocus()
    on_call.type(text)


def test_offers_are_taken_by_their_keys_and_the_text_stays(on_call: Caller) -> None:
    on_call.ask("approver")
    panel = on_call.room.question
    type_note(on_call, "200k, CFO signs, live by Q4")
    assert [offer.question for offer in panel.offers.offers] == ["approver", "go_live", "budget_sum"]
    assert [chip.isVisible() for chip in panel.offers.chips] == [True, True, True]
    on_call.press("Ctrl+3")
    assert on_call.driver.room == "call"
    given = on_call.lead().assessment.questions["budget_sum"].given
    assert given is not None
    assert given.said.money == Money(20_000_000, "EUR")
    assert [offer.question for offer in panel.offers.offers] == ["approver", "go_live"]
    on_call.press("Ctrl+1", "Ctrl+1")
    assert on_call.chosen == {2}
    assert panel.offers.isHidden()
    on_call.press("Ctrl+1")
    assert on_call.driver.room == "call"
    assert panel.note.hasFocus()
    assert panel.note.toPlainText() == "200k, CFO signs, live by Q4"
    on_call.wait_noted()
    given = on_call.lead().assessment.questions["approver"].given
    assert given is not None
    assert given.note == "200k, CFO signs, live by Q4"
    assert on_call.lead().assessment.questions["go_live"].given is not None


def test_without_an_offer_the_keys_lead_to_the_rooms(on_call: Caller) -> None:
    type_note(on_call, "we talked about the weather")
    assert on_call.room.question.offers.isHidden()
    on_call.press("Ctrl+1")
    assert on_call.driver.room == "board"


def test_outside_the_note_the_keys_lead_to_the_rooms(on_call: Caller) -> None:
    type_note(on_call, "CFO signs")
    assert on_call.room.question.offers.offers
    on_call.press("Esc", "Ctrl+2")
    assert on_call.driver.room == "leads"


def test_neither_tab_nor_a_digit_takes_an_offer(on_call: Caller) -> None:
    on_call.ask("reserved")
    type_note(on_call, "200k ")
    offered = on_call.room.question.offers.offers
    assert offered
    on_call.type("1")
    on_call.press("Tab")
    assert not on_call.lead().answers
    assert on_call.room.question.choices.hasFocus()


def test_only_the_line_being_typed_is_read(on_call: Caller) -> None:
    on_call.ask("approver")
    type_note(on_call, "CFO signs")
    on_call.press("Shift+Enter")
    on_call.type("that was all")
    assert on_call.room.question.offers.isHidden()


def test_a_word_being_composed_offers_nothing_yet(on_call: Caller) -> None:
    on_call.room.question.note.setFocus()
    on_call.compose("预算30万")
    assert on_call.room.question.offers.isHidden()
    on_call.press("Ctrl+1")
    assert on_call.lead().answers == ()
