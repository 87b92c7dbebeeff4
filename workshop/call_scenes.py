"""Pictures of the call: its scripts, half way, expired and unsaved answers, the small window, the shield."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leaddesk.db.engine import begin, roll_back
from leaddesk.db.records import Lead
from leaddesk.db.store import Store
from leaddesk.operations.calls import give_answer
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import DAY
from leaddesk.ui.call.room import CallRoom
from workshop.hand import Hand

_AGO = 200 * DAY


def call_scripts(hand: Hand, _: Path) -> Iterator[str]:
    """Which script is offered, the choice, each of them on the call, in both shapes."""
    hand.trigger("call.next")
    hand.rest(0.5)
    yield "script-before"
    hand.press("Ctrl+Shift+S")
    yield "script-choice"
    hand.press("Escape", "Return")
    hand.rest(0.5)
    for digit, script in enumerate(hand.program.desk.playbook.scripts, start=1):
        hand.press("Ctrl+Shift+S", str(digit))
        hand.rest(0.5)
        yield f"script-{script.key}"
        hand.press("F6")
        yield f"script-{script.key}-checklist"
        hand.press("F6")


def half_way(hand: Hand, _: Path) -> Iterator[str]:
    """Most of a call answered; an answer that has expired; what could not be saved."""
    hand.trigger("call.next")
    hand.rest(0.5)
    lead = _lead(hand)
    past = hand.program.desk.now() - _AGO
    said = Said(keys=(hand.program.desk.playbook.question["reserved"].answers[0].key,))

    def told_long_ago(store: Store) -> None:
        store.run(give_answer, lead.id, "reserved", said, now=past)

    hand.program.desk.work(told_long_ago)
    hand.rest(0.5)
    hand.trigger("call.next")
    hand.rest(0.5)
    for question in ("difficulty", "unsolved", "approver", "people", "how_soon"):
        hand.trigger("call.start", lead=lead.id, question=question)
        hand.press("2", "Return")
    hand.rest(0.5)
    yield "call-half-way"
    hand.press("F6")
    yield "call-half-way-checklist"
    hand.press("F6")
    hand.trigger("call.start", lead=lead.id, question="reserved")
    hand.rest(0.5)
    yield "call-expired"
    other = Store.open(_database(hand), create=False)
    begin(other.connection)
    for keys in ("Ctrl+Down", "1", "Tab", "Tab"):
        hand.strike(keys)
    hand.type("They decide in January 一月董事会决定", rest=False)
    hand.wait(lambda: _room(hand).session.talk.answers.unsaved)
    yield "call-not-saved"
    roll_back(other.connection)
    other.close()
    hand.rest(3)


def compact(hand: Hand, _: Path) -> Iterator[str]:
    """The small window: a question, an answer and offers, a sum, all questions, panels, shielded."""
    _begin(hand)
    hand.press("F7")
    hand.rest(0.5)
    yield "compact"
    hand.press("2", "Tab")
    hand.type("200k, CFO signs, live by Q4" if hand.program.desk.language == "en" else "预算30万 财务总监批 十月上线")
    hand.rest(0.5)
    yield "compact-offers"
    hand.press("Escape", "B")
    yield "compact-sum"
    hand.press("F6")
    yield "compact-checklist"
    hand.press("F6", "Ctrl+J")
    yield "compact-jump"
    hand.press("Escape", "F5")
    yield "compact-objection"
    hand.press("Escape", "Ctrl+Shift+S")
    yield "compact-scripts"
    hand.press("Escape", "F12")
    yield "compact-shielded"
    hand.press("F12", "F7")


def shielded(hand: Hand, _: Path) -> Iterator[str]:
    """Every room while the screen is shared."""
    _begin(hand)
    hand.press("2", "F12")
    hand.rest(0.5)
    yield "shielded-call"
    hand.press("F6")
    yield "shielded-checklist"
    hand.press("F6", "Ctrl+1")
    hand.rest(0.5)
    yield "shielded-board"
    hand.press("Ctrl+2", "Down")
    hand.rest(0.5)
    yield "shielded-leads"
    hand.press("Ctrl+K")
    hand.type("an")
    hand.rest(0.5)
    yield "shielded-palette"
    hand.press("Escape", "F10")
    hand.rest(0.5)
    yield "shielded-ending"
    hand.press("1", "Return")
    hand.rest(0.7)
    yield "shielded-afterwards"
    hand.press("F12")


def _begin(hand: Hand) -> None:
    """A call goes on."""
    hand.trigger("call.next")
    hand.rest(0.5)
    hand.press("Return")
    hand.rest(0.5)


def _room(hand: Hand) -> CallRoom:
    """The room."""
    room = hand.window.room_widget("call")
    if not isinstance(room, CallRoom):
        raise TypeError("there is no call room yet")
    return room


def _lead(hand: Hand) -> Lead:
    """Who is shown."""
    lead = _room(hand).session.lead
    if lead is None:
        raise LookupError("nobody is shown")
    return lead


def _database(hand: Hand) -> Path:
    """The file that is open."""
    path = hand.program.desk.path
    if path is None:
        raise LookupError("no database is open")
    return path


CALL_SCENES = (call_scripts, half_way, compact, shielded)
