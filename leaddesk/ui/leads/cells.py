"""What the cells of the table say of a lead, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from leaddesk import words
from leaddesk.db.reads.table import CREATED, LAST_CALL, PART, More
from leaddesk.db.records import Card
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import Field
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant, Money, Standing
from leaddesk.ui import card_words, figures, shield
from leaddesk.ui.card_words import Urgency
from leaddesk.ui.field_words import custom_words, value_words
from leaddesk.ui.leads.columns import Column

_COLOUR = {Urgency.SOON: "partly", Urgency.LATE: "not-met"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words that may be cut and a tail that is not, or the letters of the strip."""

    text: str = ""
    tail: str = ""
    role: str = "text"
    bold: bool = False
    letters: tuple[tuple[str, Standing], ...] = ()

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.text} {self.tail}".strip()


@dataclass(frozen=True, slots=True)
class Seen:
    """Under what cells are made: the playbook, the language, the instant and its day."""

    playbook: Playbook
    language: str
    now: Instant
    today: date


def cell_of(column: Column, card: Card, more: More, seen: Seen) -> Cell:
    """One cell. `more`: what the card does not hold, see `reads.table.more`."""
    made = _OF_CARD.get(column.key)
    if made is not None:
        return made(shield.card(card), seen)
    value = more.get(column.key)
    if value is None:
        return Cell()
    if shield.hides(card.id) and column.field is not None:
        return Cell(shield.DOTS, role="mute")
    if column.key in (CREATED, LAST_CALL) and isinstance(value, int):
        return Cell(figures.moment(value, seen.now, seen.language), role="mute")
    if column.key.startswith(PART) and isinstance(value, int):
        return Cell(figures.whole_points(value), role="mute")
    if isinstance(column.field, CustomField):
        told = custom_words(column.field, str(value), seen.language, short=True)
        return Cell(one_line(told.text), role="text" if told.fits else "partly")
    if isinstance(value, Money):
        return Cell(figures.short_money(value, seen.language))
    if isinstance(column.field, Field):
        return Cell(one_line(value_words(column.field, value, seen.language)))
    return Cell(str(value))


def one_line(text: str) -> str:
    """Words without line breaks."""
    return " ".join(text.split())


def _stage(card: Card, seen: Seen) -> Cell:
    stage = seen.playbook.stage.get(card.stage)
    return Cell(words.pick(stage.label, seen.language) if stage is not None else card.stage)


def _in_stage(card: Card, seen: Seen) -> Cell:
    stage = seen.playbook.stage.get(card.stage)
    age = card_words.time_in_stage(card, stage, seen.now, seen.today, seen.language, seen.playbook.calendar)
    return Cell(age.tail, role=_COLOUR.get(age.urgency, "text"))


def _next_step(card: Card, seen: Seen) -> Cell:
    stage = seen.playbook.stage.get(card.stage)
    step = card_words.next_step(card, stage, seen.now, seen.today, seen.language)
    late = step.urgency is Urgency.LATE
    return Cell(one_line(step.text), step.tail, role=_COLOUR.get(step.urgency, "text"), bold=late)


def _lifecycle(card: Card, seen: Seen) -> Cell:
    rule = next((one for one in seen.playbook.lifecycle if one.key == card.lifecycle), None)
    return Cell(words.pick(rule.label, seen.language) if rule is not None else card.lifecycle)


_OF_CARD: Mapping[str, Callable[[Card, Seen], Cell]] = {
    "name": lambda card, _: Cell(one_line(card.title), bold=True),
    "company": lambda card, _: Cell(one_line(card.company)),
    "source": lambda card, _: Cell(one_line(card.source), role="mute"),
    "stage": _stage,
    "known": lambda card, seen: Cell(letters=card_words.letters(seen.playbook, card.strip, seen.language)),
    "score": lambda card, _: Cell(figures.whole_points(card.score), bold=True),
    "up_to": lambda card, _: Cell(figures.whole_points(card.up_to), role="mute"),
    "value": lambda card, seen: Cell(card_words.value(card, seen.language)),
    "in_stage": _in_stage,
    "next_step": _next_step,
    "owner": lambda card, _: Cell(one_line(card.owner)),
    "temperature": lambda card, seen: Cell(words.say(seen.language, "temperatures", card.temperature)),
    "lifecycle": _lifecycle,
}
