"""What a card, a row or a sheet says of a lead: strip, next step, time in stage, owner; plain text, never markup."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from leaddesk import words
from leaddesk.db.days import local_day
from leaddesk.db.records import Card
from leaddesk.qualify.playbook import Playbook, Stage
from leaddesk.qualify.rot import Rot, limit_of, rot_of
from leaddesk.qualify.terms import Instant, StageKind, Standing
from leaddesk.qualify.workdays import EVERY_WEEK, Calendar
from leaddesk.ui import figures, shield

#: Nothing is late any more for a lead that stands here.
_AT_REST = (StageKind.WON, StageKind.LOST, StageKind.PARKED)

#: The letters of `Card.strip` as standings.
STRIP: dict[str, Standing] = {
    "y": Standing.YES,
    "p": Standing.PARTLY,
    "n": Standing.NO,
    "u": Standing.UNKNOWN,
    "e": Standing.EVADED,
    "-": Standing.NOT_ASKED,
}


class Urgency(enum.Enum):
    """How much a line wants to be seen."""

    CALM = 0
    SOON = 1
    LATE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card. `text` may be cut where there is no room, `tail` not."""

    text: str
    tail: str
    urgency: Urgency

    def __str__(self) -> str:
        return " ".join(part for part in (self.text, self.tail) if part)


def next_step(card: Card, stage: Stage | None, now: Instant, today: date, language: str) -> Line:
    """What is planned: hot and waiting first, a parked lead's day, then overdue, today, later.

    That nothing is planned is said of open stages only.
    """
    if card.waiting:
        waited = figures.lasting(now - card.hot_since, language) if card.hot_since is not None else ""
        return Line("", words.say(language, "cards", "hot_waiting", time=waited), Urgency.LATE)
    if card.parked_until is not None and stage is not None and stage.kind is StageKind.PARKED:
        day = figures.near_day(card.parked_until, today, language)
        return Line("", words.say(language, "cards", "back_on", day=day), Urgency.CALM)
    step = card.next_step
    if step is None:
        if stage is not None and stage.kind is not StageKind.OPEN:
            return Line("", "", Urgency.CALM)
        return Line("", words.say(language, "cards", "no_next_step"), Urgency.LATE)
    if step.due_on < today and (stage is None or stage.kind not in _AT_REST):
        late = words.say(language, "cards", "overdue", days=figures.days((today - step.due_on).days, language))
        return Line("", f"▲ {late}", Urgency.LATE)
    when = figures.near_day(step.due_on, today, language)
    if step.due_time:
        when = f"{when} {step.due_time}"
    return Line(step.text, when, Urgency.CALM)


def time_in_stage(
    card: Card, stage: Stage | None, now: Instant, today: date, language: str, calendar: Calendar = EVERY_WEEK
) -> Line:
    """Days since it came here; where it rots, the worked days nobody touched it."""
    rot = rot_of_card(card, stage, today, calendar)
    if not rot.rotting:
        return Line("", figures.days(figures.days_since(card.stage_since, now), language), Urgency.CALM)
    return Line("", f"◷ {figures.days(rot.idle, language)}", Urgency.LATE if rot.late else Urgency.SOON)


def attention(card: Card, playbook: Playbook, now: Instant, today: date) -> tuple[str, Urgency]:
    """One sign for a card that has a line only: hot and waiting, overdue, stuck; none where nothing presses."""
    stage = playbook.stage.get(card.stage)
    if card.waiting:
        return "●", Urgency.LATE
    if card.next_step is not None and next_step(card, stage, now, today, "en").urgency is Urgency.LATE:
        return "▲", Urgency.LATE
    age = time_in_stage(card, stage, now, today, "en", playbook.calendar)
    return ("◷", age.urgency) if age.urgency is not Urgency.CALM else ("", Urgency.CALM)


def rot_of_card(card: Card, stage: Stage | None, today: date, calendar: Calendar = EVERY_WEEK) -> Rot:
    """How long a lead has waited."""
    planned = card.next_step.due_on if card.next_step is not None else None
    limit = limit_of(stage) if stage is not None else None
    return rot_of(calendar, limit, local_day(card.touched_at or card.stage_since), planned, today)


def rot_words(card: Card, playbook: Playbook, today: date, language: str) -> str:
    """What a lead's clock says in full: how long nobody touched it, of how many days, and what set it back last."""
    stage = playbook.stage.get(card.stage)
    rot = rot_of_card(card, stage, today, playbook.calendar)
    touched = touch_words(card, today, language)
    if rot.limit is None:
        return touched
    key = "rotting" if rot.rotting else "waits" if rot.held_until is None else "held"
    until = figures.near_day(rot.held_until, today, language) if rot.held_until is not None else ""
    return words.say(language, "cards", key, n=rot.idle, limit=rot.limit, until=until, touched=touched)


def short_touch(card: Card, today: date, language: str) -> str:
    """What was done about a lead last, where there is little room: "call 3 Nov"."""
    day = figures.near_day(local_day(card.touched_at or card.stage_since), today, language)
    what = words.say(language, "cards", f"touched_{card.touched or 'stage'}")
    return f"{what} {day}"


def touch_words(card: Card, today: date, language: str) -> str:
    """What was done about a lead last, and when: "last touched: call, 3 Nov"."""
    day = figures.near_day(local_day(card.touched_at or card.stage_since), today, language)
    what = words.say(language, "cards", f"touched_{card.touched or 'stage'}")
    return words.say(language, "cards", "touched", what=what, day=day)


def value(card: Card, language: str, digits: int = 3) -> str:
    """What it may be worth, to so many digits; a dash where nobody knows."""
    return figures.short_money(card.value, language, digits) if card.value is not None else "—"


def letters(playbook: Playbook, strip: str, language: str) -> tuple[tuple[str, Standing], ...]:
    """The letter of each criterion with its standing, in playbook order."""
    known = strip.ljust(len(playbook.criteria), "-")
    return tuple(
        (words.pick(criterion.letter, language), STRIP.get(mark, Standing.NOT_ASKED))
        for criterion, mark in zip(playbook.criteria, known, strict=False)
    )


def strip_spoken(playbook: Playbook, strip: str, language: str) -> str:
    """The strip for ears: Budget yes, Authority not asked …"""
    known = strip.ljust(len(playbook.criteria), "-")
    heard = []
    for criterion, mark in zip(playbook.criteria, known, strict=False):
        standing = words.say(language, "standings", STRIP.get(mark, Standing.NOT_ASKED))
        heard.append(f"{words.pick(criterion.label, language)} {standing}")
    return ", ".join(heard)


def initials(owner: str) -> str:
    """Letters for a person's badge: CW for Carol White, 明 for 王晓明 (two would not fit), AN for anna@here."""
    parts = owner.split("@", maxsplit=1)[0].replace(".", " ").replace("_", " ").split()
    if not parts:
        return ""
    if len(parts) == 1:
        only = parts[0]
        return only[-1:] if figures.is_square(only) else only[:2].upper()
    return (parts[0][0] + parts[-1][0]).upper()


def score_words(card: Card, language: str) -> str:
    """The score to its tenth, and what it may still become, since a card shows whole points only."""
    of = {"score": figures.exact_points(card.score), "up_to": figures.exact_points(card.up_to)}
    return words.say(language, "cards", "score", **of)


def whole(card: Card, playbook: Playbook, now: Instant, today: date, language: str) -> str:
    """What a resting pointer is told of a card: what was cut short on it, and its numbers to the tenth."""
    card = shield.card(card)
    step = next_step(card, playbook.stage.get(card.stage), now, today, language)
    about = " · ".join(part for part in (card.job, card.company) if part and part != card.title)
    stage = playbook.stage.get(card.stage)
    told = rot_words(card, playbook, today, language) if stage is None or stage.kind not in _AT_REST else ""
    return "\n".join(line for line in (card.title, about, score_words(card, language), str(step), told) if line)


def spoken(card: Card, playbook: Playbook, now: Instant, today: date, language: str) -> str:
    """The whole card in one sentence, for a screen reader."""
    card = shield.card(card)
    stage = playbook.stage.get(card.stage)
    who = card.title
    if card.company and card.company != card.title:
        who = words.say(language, "cards", "who", title=card.title, company=card.company)
    rot = rot_of_card(card, stage, today, playbook.calendar)
    said = words.say(
        language,
        "cards",
        "spoken",
        who=who,
        score=figures.exact_points(card.score),
        up_to=figures.exact_points(card.up_to),
        strip=strip_spoken(playbook, card.strip, language),
        value=value(card, language),
        next=str(next_step(card, stage, now, today, language)),
        age=figures.days(figures.days_since(card.stage_since, now), language),
    )
    return f"{said} {rot_words(card, playbook, today, language)}" if rot.rotting else said
