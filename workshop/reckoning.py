"""What the database and the files beside it hold after a kill, against what was typed and shown as saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from leaddesk.db.schema import answer, call, note
from leaddesk.db.store import Reader
from leaddesk.exchange.spool import Spool
from leaddesk.qualify.state import Said
from workshop.ledger import ON_THE_WAY, Account, Entry, Place

#: A call and a question of it.
Asked = tuple[str, str]

#: What is kept beside where the database is locked.
_TYPED = frozenset({"note", "draft"})
_SAID = ("keys", "money", "currency", "number", "day", "text", "heard")


def value_of(said: Said) -> str:
    """What was said, as one line."""
    money = (said.money.minor, said.money.currency) if said.money is not None else (None, None)
    number = None if said.number is None else f"{said.number:.15g}"
    day = said.day.isoformat() if said.day is not None else None
    text = said.text.strip() if said.text is not None else None
    return _line(",".join(said.keys), *money, number, day, text, said.heard)


def _line(*parts: object) -> str:
    return "|".join("" if part is None else str(part) for part in parts)


@dataclass(frozen=True, slots=True)
class Held:
    """Everything of all calls: answers in the order they were given, notes, what is typed but not entered, and ends.

    `astray`: answers and notes of another lead than their call's, and notes that are there twice.
    """

    answers: Mapping[Asked, Sequence[str]]
    notes: Mapping[Asked, str]
    drafts: Mapping[Asked, str]
    ended: Mapping[str, str]
    stands: Mapping[str, str]
    astray: tuple[str, ...]

    def value(self, place: Place) -> str:
        """What a place holds; empty where it holds nothing."""
        kind, on, question = place
        if kind == "answer":
            return (self.answers.get((on, question)) or [""])[-1]
        held = {"note": self.notes, "draft": self.drafts}.get(kind)
        if held is not None:
            return held.get((on, question), "").strip()
        return {"ended": self.ended, "stands": self.stands}[kind].get(on, "")


def held_by(database: Path, drafts: Path) -> Held:
    """Read it all, with a connection of its own."""
    reader = Reader(database)
    try:
        return reader.ask(_held, drafts)
    finally:
        reader.close()


def _held(reader: Reader, drafts: Path) -> Held:
    connection, astray = reader.connection, []
    calls = {row["id"]: row for row in connection.execute(select(call)).mappings()}
    answers, notes = defaultdict(list), {}
    for row in connection.execute(select(answer).order_by(answer.c.no)).mappings():
        if row["call_id"] is None:
            continue
        asked = row["call_id"], row["question"]
        answers[asked].append(
            _line(*(row[key] for key in ("keys", "money", "currency", "number", "day", "text", "heard")))
        )
        notes[asked] = row["note"]
        astray += [f"answer {asked} on another lead"] if row["lead_id"] != calls[row["call_id"]]["lead_id"] else []
    kept: set[Asked] = set()
    for row in connection.execute(select(note).order_by(note.c.no)).mappings():
        if row["call_id"] is None or row["question"] is None:
            continue
        asked = row["call_id"], row["question"]
        notes[asked] = row["text"]
        astray += [f"note {asked} on another lead"] if row["lead_id"] != calls[row["call_id"]]["lead_id"] else []
        astray += [f"note {asked} is there twice"] if asked in kept else []
        kept.add(asked)
    return Held(
        answers=dict(answers),
        notes=notes,
        drafts={(one.call, one.question): one.note or "" for one in Spool(drafts).all()},
        ended={key: row["outcome"] or "" for key, row in calls.items() if row["ended_at"] is not None},
        stands={key: row["question"] or "" for key, row in calls.items()},
        astray=tuple(astray),
    )


def differences(before: Held, after: Held, account: Account, *, every_answer: bool) -> tuple[list[str], list[str]]:
    """What is missing, and what stands where nobody typed it, after a run from `before`.

    `every_answer`: answers that were corrected must be there too, and where the call stood; where the database was
    locked, the last answers suffice.
    """
    missing: list[str] = []
    astray = [f"on screen: {what}" for what in account.wrong]
    typed = account.by_place()
    for place, entries in typed.items():
        if place[0] == "answer":
            found = _answers(place, entries, before, after, account.needed(entries), every_answer=every_answer)
        else:
            needed = account.needed(entries) if every_answer or place[0] in _TYPED else 0
            found = _values(place, entries, before, after, needed)
        for is_missing, what in found:
            (missing if is_missing else astray).append(what)
    astray += list(_untyped(before, after, typed))
    astray += [what for what in after.astray if what not in before.astray]
    return missing, astray


def _values(
    place: Place, entries: Sequence[Entry], before: Held, after: Held, needed: int
) -> Iterator[tuple[bool, str]]:
    """A text that is rewritten holds one of its states, and none before the one that must be there."""
    states = [before.value(place), *(entry.value.strip() for entry in entries)]
    now = after.value(place)
    if now not in states[needed:] and states[-1] != ON_THE_WAY:
        yield now in states, f"{place}: needed {states[needed]!r}, holds {now!r}, typed last {states[-1]!r}"


def _answers(
    place: Place, entries: Sequence[Entry], before: Held, after: Held, needed: int, *, every_answer: bool
) -> Iterator[tuple[bool, str]]:
    """New answers stand in the order they were given; the same one twice running is one."""
    _, on, question = place
    former = list(before.answers.get((on, question), ()))
    present = list(after.answers.get((on, question), ()))
    new = present[len(former) :]
    base = former[-1:]
    given = _without_repeats([*base, *(entry.value for entry in entries)])[len(base) :]
    must = _without_repeats([*base, *(entry.value for entry in entries[:needed])])[len(base) :]
    lasting = [entry.value for entry in entries[:needed] if not entry.passing]
    each = _without_repeats([*base, *lasting])[len(base) :] if every_answer else []
    if present[: len(former)] != former or not _is_part(new, given):
        yield False, f"{place}: holds {new}, given {given}"
    elif (must and _reaches(new or base, [*base, *given]) < len(must) + len(base)) or not _is_part(each, new):
        yield True, f"{place}: needed {must}, holds {new}"


def _without_repeats(values: Sequence[str]) -> list[str]:
    return [value for number, value in enumerate(values) if not number or value != values[number - 1]]


def _is_part(some: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some stand within the whole in the same order."""
    rest = iter(whole)
    return all(value in rest for value in some)


def _reaches(some: Sequence[str], whole: Sequence[str]) -> int:
    """How many of the whole are behind the last one of some."""
    return max((place for place, value in enumerate(whole, start=1) if some and value == some[-1]), default=0)


def _untyped(before: Held, after: Held, typed: Mapping[Place, Sequence[Entry]]) -> Iterator[str]:
    """What came to places where nothing was typed."""
    for asked, answers in after.answers.items():
        if ("answer", *asked) not in typed and list(answers) != list(before.answers.get(asked, ())):
            yield f"{asked}: answers {answers} that nobody gave"
    for kind, notes in (("note", after.notes), ("draft", after.drafts)):
        for asked, text in notes.items():
            if (kind, *asked) not in typed and text.strip() != before.value((kind, *asked)):
                yield f"{asked}: {kind} {text!r} that nobody typed"
