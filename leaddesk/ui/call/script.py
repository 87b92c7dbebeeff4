"""Where the talk stands in the script: what can be asked, what comes next, what a letter or a few letters lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.state import Assessment

# How well letters match when they are merely somewhere in a title, in their order.
_SCATTERED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A question's place among the visible ones of its criterion, counted from 1."""

    number: int
    count: int


def visible(playbook: Playbook, assessment: Assessment) -> tuple[Question, ...]:
    """The questions that can be asked now, in script order."""
    return tuple(q for q in playbook.questions if q.key in assessment.questions and assessment.questions[q.key].visible)


def of_criterion(playbook: Playbook, assessment: Assessment, criterion: str) -> tuple[Question, ...]:
    """The visible questions of one criterion, in script order."""
    return tuple(question for question in visible(playbook, assessment) if question.criterion == criterion)


def place(playbook: Playbook, assessment: Assessment, key: str) -> Place:
    """Where a question stands within its criterion; 0 of n where it is hidden."""
    question = playbook.question[key]
    keys = [each.key for each in of_criterion(playbook, assessment, question.criterion)]
    return Place(keys.index(key) + 1 if key in keys else 0, len(keys))


def first(playbook: Playbook, assessment: Assessment) -> str | None:
    """What to ask first: what is advised, else the first open question, else the first of the script."""
    if assessment.advice is not None:
        return assessment.advice.question
    asked = visible(playbook, assessment)
    return next((q.key for q in asked if assessment.questions[q.key].open), asked[0].key if asked else None)


def neighbour(playbook: Playbook, assessment: Assessment, key: str, by: int) -> str:
    """The visible question so many places on; the ends of the script hold."""
    order = {question.key: number for number, question in enumerate(playbook.questions)}
    here = order.get(key, 0)
    if by > 0:
        onwards = [q.key for q in visible(playbook, assessment) if order[q.key] > here]
    else:
        onwards = [q.key for q in reversed(visible(playbook, assessment)) if order[q.key] < here]
    return onwards[min(abs(by), len(onwards)) - 1] if onwards else key


def entered(playbook: Playbook, assessment: Assessment, criterion: str, current: str | None) -> str | None:
    """Where a criterion's letter leads: its first open question; pressed again, the next one round."""
    keys = [question.key for question in of_criterion(playbook, assessment, criterion)]
    if not keys:
        return None
    if current in keys:
        return keys[(keys.index(current) + 1) % len(keys)]
    return next((key for key in keys if assessment.questions[key].open), keys[0])


def criterion_of_letter(playbook: Playbook, letter: str) -> str | None:
    """The criterion a typed letter means, in any of the playbook's languages."""
    folded = letter.casefold()
    for criterion in playbook.criteria:
        if folded and folded in {each.casefold() for each in criterion.letter.values()}:
            return criterion.key
    return None


def find(questions: Sequence[Question], letters: str) -> tuple[Question, ...]:
    """The questions a few letters mean, best first: in a title, its initials, the wording; scattered if no other."""
    sought = letters.casefold().strip()
    if not sought:
        return tuple(questions)
    ranked = [(rank, number) for number, q in enumerate(questions) if (rank := _rank(q, sought)) is not None]
    best = [place for place in ranked if place[0] < _SCATTERED] or ranked
    return tuple(questions[number] for _, number in sorted(best))


def _rank(question: Question, sought: str) -> int | None:
    titles = [text.casefold() for text in question.title.values()]
    wordings = [text.casefold() for texts in (question.short, question.wording) for text in texts.values()]
    if any(title.startswith(sought) for title in titles):
        return 0
    if any("".join(word[0] for word in title.split()).startswith(sought) for title in titles):
        return 1
    if any(sought in title for title in titles):
        return 2
    if any(sought in wording for wording in wordings):
        return 3
    return _SCATTERED if any(_scattered(sought, title) for title in titles) else None


def _scattered(sought: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in sought.replace(" ", ""))
