"""The rows a question offers on its digits: 1–8 the answers or known persons, 9 evaded, 0 does not know."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from leaddesk import words
from leaddesk.db.records import Stakeholder
from leaddesk.qualify.playbook import Answer, Playbook, Question
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind, Standing
from leaddesk.ui import figures, shield

#: Kinds that are answered exactly by what is typed, beside any bands on digits.
TYPED = frozenset({QuestionKind.MONEY, QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.PERSON, QuestionKind.TEXT})
_LAST_ANSWER = 8
EVADED, UNKNOWN = 9, 0


class Does(enum.Enum):
    """What choosing a row does."""

    ANSWER = enum.auto()
    TOGGLE = enum.auto()
    TYPE = enum.auto()


@dataclass(frozen=True, slots=True)
class Option:
    """One row: its digit, its words, what stands at its end, and what it says when chosen."""

    digit: int
    label: str
    tail: str
    does: Does
    said: Said

    @property
    def key(self) -> str:
        """The answer's key, empty where the row offers none."""
        return self.said.keys[0] if self.said.keys else ""


def options(
    playbook: Playbook, question: Question, people: Sequence[str], language: str, *, short: bool = False
) -> tuple[Option, ...]:
    """All rows of a question; `people` are the names a person question offers."""
    rows = _persons(people) if question.kind is QuestionKind.PERSON else []
    if question.kind not in {QuestionKind.PERSON, QuestionKind.TEXT}:
        does = Does.TOGGLE if question.kind is QuestionKind.SEVERAL else Does.ANSWER
        scored = question.sets is None or question.sets not in playbook.profile
        for digit, answer in enumerate(question.answers[:_LAST_ANSWER], start=1):
            label = words.pick(answer.short if short else answer.label, language)
            tail = _points(answer) if scored else ""
            rows.append(Option(digit, label, tail, does, Said(keys=(answer.key,))))
    if question.kind in TYPED and len(rows) < _LAST_ANSWER:
        rows.append(_typed(question, len(rows) + 1, language))
    stays = words.say(language, "call", "stays_open")
    length = "_short" if short else ""
    for digit, standing in ((UNKNOWN, Standing.UNKNOWN), (EVADED, Standing.EVADED)):
        label = words.say(language, "call", f"{standing.value}{length}")
        rows.append(Option(digit, label, stays, Does.ANSWER, Said(heard=standing)))
    return tuple(rows)


def chosen_digits(question: Question, rows: Sequence[Option], said: Said | None) -> frozenset[int]:
    """The digits of the rows that say what was said."""
    if said is None:
        return frozenset()
    if said.heard is not None:
        return frozenset(row.digit for row in rows if row.said.heard is said.heard)
    if said.keys:
        return frozenset(row.digit for row in rows if row.key and row.key in said.keys)
    if said.text is not None and question.kind is QuestionKind.PERSON:
        named = {row.digit for row in rows if row.said.text == said.text and row.does is Does.ANSWER}
        if named:
            return frozenset(named)
    return frozenset(row.digit for row in rows if row.does is Does.TYPE)


def names(lead_name: str, stakeholders: Sequence[Stakeholder]) -> tuple[str, ...]:
    """Who can be named on a digit: the lead first, then those already known."""
    known = dict.fromkeys(name for name in (lead_name, *(each.name for each in stakeholders)) if name)
    return tuple(known)[: _LAST_ANSWER - 1]


def _points(answer: Answer) -> str:
    if shield.is_up():
        return ""
    return figures.signed_points(answer.points) if answer.points else "0"


def _persons(people: Sequence[str]) -> list[Option]:
    return [Option(digit, name, "", Does.ANSWER, Said(text=name)) for digit, name in enumerate(people, start=1)]


def _typed(question: Question, digit: int, language: str) -> Option:
    label = words.say(language, "call", f"type_{question.kind.value}")
    only = question.answers[0] if question.kind in {QuestionKind.PERSON, QuestionKind.TEXT} else None
    return Option(digit, label, _points(only) if only is not None else "", Does.TYPE, Said())
