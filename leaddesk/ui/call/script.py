"""Where a question stands in the script of the call, and which question a few letters mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leaddesk import words
from leaddesk.qualify import scripts
from leaddesk.qualify.playbook import Playbook, Question, Script, ScriptGroup
from leaddesk.qualify.state import Assessment

# How well letters match when they are merely somewhere in a title, in their order.
_SCATTERED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A question's place among the visible ones of its group, counted from 1."""

    number: int
    count: int


def visible(playbook: Playbook, assessment: Assessment) -> tuple[Question, ...]:
    """All questions that can be asked now, whichever script asks them."""
    return tuple(q for q in playbook.questions if q.key in assessment.questions and assessment.questions[q.key].visible)


def listed(playbook: Playbook, assessment: Assessment, script: Script, asked: Question) -> tuple[Question, ...]:
    """What a page of all questions shows: those of the script, and the one being asked where it is another's."""
    found = scripts.visible(playbook, assessment, script)
    return found if asked in found else (*found, asked)


def letter(playbook: Playbook, script: Script, question: Question, language: str) -> str:
    """The letter of a question's group; of its criterion where the script does not ask it."""
    group = scripts.group_of(script, question.key) or playbook.criterion[question.criterion]
    return words.pick(group.letter, language)


def place(playbook: Playbook, assessment: Assessment, script: Script, key: str) -> Place | None:
    """Where a question stands within its group; None where the script does not ask it."""
    group = scripts.group_of(script, key)
    if group is None:
        return None
    keys = [each.key for each in scripts.visible_in(playbook, assessment, group)]
    return Place(keys.index(key) + 1 if key in keys else 0, len(keys))


def criteria_of_letter(playbook: Playbook, letter: str) -> tuple[ScriptGroup, ...]:
    """The criterion a letter means in any language, with all its questions, for a script that has no such letter."""
    folded = letter.casefold()
    meant = [one for one in playbook.criteria if folded and folded in {each.casefold() for each in one.letter.values()}]
    pool = {one.key: tuple(q.key for q in playbook.questions if q.criterion == one.key) for one in meant}
    return tuple(ScriptGroup(one.key, one.label, one.letter, pool[one.key]) for one in meant)


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
