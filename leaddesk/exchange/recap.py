"""What we heard on a call, as a letter to the buyer: their answers and words and what was agreed, nothing of ours.

Neither points nor standings nor hints are looked at. Questions marked `internal` are left out, and so are lines of a
note that begin with `//`, `internal:` or `内部：`, whatever the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from leaddesk import words
from leaddesk.qualify.playbook import Criterion, Playbook, Question
from leaddesk.qualify.spoken import Agreed, Person, SpokenCall, language_meant
from leaddesk.qualify.state import Given, Said
from leaddesk.qualify.terms import Instant, Money, Standing, minor_digits

# Letters that hold others together or apart: names of some scripts are spelt with them.
_JOINERS = "\u200c\u200d"

_INTERNAL = re.compile(r"\s*(//|(internal|内部|對內|对内)\s*[:：])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recap:
    """The letter: a subject of one line, and a text of many that ends with a line end."""

    subject: str
    text: str


def recap_language(call: SpokenCall, otherwise: str) -> str:
    """The language to write to the buyer in: theirs where we have it, else another."""
    return language_meant(call.language, words.LANGUAGES) or otherwise


def is_told(playbook: Playbook, question: Question) -> bool:
    """Whether the buyer may read what was said to a question.

    How they suit us is our own business, except for facts and where the playbook has words for the buyer.
    """
    criterion = playbook.criterion.get(question.criterion)
    part = playbook.part.get(criterion.part) if criterion is not None else None
    ours = part is not None and part.kind == "fit" and not question.recap and question.sets is None
    return not question.internal and not ours


def recap_of(call: SpokenCall, language: str, person: str = "") -> Recap:
    """What we heard, in a language; `person` signs."""
    day = _date(_day_of(call.started_at), language)
    firm = _line(call.company)
    subject = _say(language, "subject_firm" if firm else "subject", company=firm, day=day)
    name = _line(call.lead.name)
    greeting = _say(language, "greeting", name=name) if name else _say(language, "greeting_nobody")
    paragraphs = [greeting, _say(language, "opening", day=day)]
    paragraphs += _heard(call.playbook, call, language)
    paragraphs += _lists(call.playbook, call, language)
    paragraphs += ["\n".join(filter(None, (_say(language, "closing"), _line(person))))]
    return Recap(_line(subject), "\n\n".join(paragraphs) + "\n")


# ── the letter ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _heard(playbook: Playbook, call: SpokenCall, language: str) -> Iterator[str]:
    """A paragraph a criterion of which something was heard."""
    for criterion in playbook.criteria:
        lines = [
            line
            for question in playbook.questions
            if question.criterion == criterion.key and is_told(playbook, question)
            for line in _answered(question, call, language)
        ]
        if lines:
            yield "\n".join([_headline(criterion, language), *lines])


def _headline(criterion: Criterion, language: str) -> str:
    return words.pick(criterion.recap or criterion.label, language)


def _answered(question: Question, call: SpokenCall, language: str) -> Iterator[str]:
    title = _title(question, language)
    for given in call.answers:
        if given.question != question.key:
            continue
        said, note = _said(question, given.said, language), _theirs(given.note)
        if said:
            line = _say(language, "answer", question=title, answer=said)
            yield _item(language, line, given.by, note)
        elif note:
            yield _item(language, _say(language, "only_note", question=title), given.by, note)
    if note := _theirs(call.notes.get(question.key, "")):
        yield _item(language, _say(language, "only_note", question=title), "", note)


def _item(language: str, line: str, by: str, note: str) -> str:
    if by := _line(by):
        line = _say(language, "said_by", line=line, who=by)
    if note:
        line = _say(language, "with_note", line=line, note=note)
    return _say(language, "item", text=line)


def _lists(playbook: Playbook, call: SpokenCall, language: str) -> Iterator[str]:
    """What they will find out, who takes part, what comes next."""
    unknown = [one for one in playbook.questions if is_told(playbook, one) and _is_open(one, call.answers)]
    open_yet = [_title(question, language) for question in unknown]
    people = [_person(one, language) for one in (call.lead, *_others(call)) if _line(one.name)]
    for headline, items in (
        ("open", open_yet),
        ("people", people),
        ("agreed", [_agreed(call.agreed, language)] if call.agreed is not None else []),
    ):
        if items:
            yield "\n".join([_say(language, headline), *(_say(language, "item", text=item) for item in items)])


def _is_open(question: Question, answers: tuple[Given, ...]) -> bool:
    heard = [given.said.heard for given in answers if given.question == question.key]
    return bool(heard) and all(one is Standing.UNKNOWN for one in heard)


def _others(call: SpokenCall) -> Iterator[Person]:
    seen = {_line(call.lead.name).casefold()}
    for person in call.people:
        if _line(person.name).casefold() not in seen:
            seen.add(_line(person.name).casefold())
            yield person


def _person(person: Person, language: str) -> str:
    name, title = _line(person.name), _line(person.title)
    return _say(language, "person", name=name, title=title) if title else name


def _agreed(step: Agreed, language: str) -> str:
    key = "step_at" if step.time else "step"
    return _say(language, key, text=_line(step.text), day=_date(step.day, language), time=step.time or "")


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(question: Question, said: Said, language: str) -> str:
    """An answer in words, empty for what the buyer could or would not say."""
    if said.heard is not None:
        return ""
    if said.money is not None:
        return _money(said.money)
    if said.number is not None:
        return f"{said.number:,.10g}"
    if said.day is not None:
        return _date(said.day, language)
    if said.text is not None:
        return _line(said.text)
    chosen = [answer for key in said.keys if (answer := question.answer(key)) is not None]
    return _say(language, "comma").join(words.pick(one.recap or one.label, language) for one in chosen)


def _title(question: Question, language: str) -> str:
    return words.pick(question.recap or question.title, language)


def _money(money: Money) -> str:
    """30,000 EUR in every language: what was said can be read back without a doubt."""
    places = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    tail = f".{rest:0{places}d}" if rest else ""
    return f"{'-' if money.minor < 0 else ''}{whole:,}{tail} {money.currency}"


def _date(day: date, language: str) -> str:
    return _say(
        language,
        "date",
        weekday=_say(language, f"weekday_{day.isoweekday()}"),
        day=day.day,
        month=_say(language, f"month_{day.month}"),
        year=day.year,
    )


def _day_of(at: Instant) -> date:
    return datetime.fromtimestamp(at / 1000).astimezone().date()


def _theirs(note: str) -> str:
    """A note in one line, without what is marked as internal."""
    return _line(" ".join(line for line in note.splitlines() if not _INTERNAL.match(line)))


def _line(text: str) -> str:
    """Words on one line, without characters that cannot be seen or sent."""
    return " ".join("".join(letter if letter.isprintable() or letter in _JOINERS else " " for letter in text).split())


def _say(language: str, key: str, **details: object) -> str:
    return words.say(language, "recap", key, **details)


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def mail_draft(subject: str, text: str, name: str = "", address: str = "") -> bytes:
    """An unsent mail (.eml) of plain text, to be opened in a mail program; without receiver where there is none."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    receiver = _receiver(_line(name), address.strip())
    if receiver is not None:
        message["To"] = receiver
    message["Subject"] = _line(subject)
    message.set_content(text, charset="utf-8")
    return message.as_bytes()


def _receiver(name: str, address: str) -> Address | None:
    if not address:
        return None
    try:
        return Address(display_name=name, addr_spec=address)
    except (MessageError, ValueError, IndexError):  # no address after all: the person writes it
        return None
