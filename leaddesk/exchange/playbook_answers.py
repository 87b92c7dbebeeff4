"""Edits of the answers of a question: labels, points, bands, their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_places import Data
from leaddesk.exchange.playbook_questions import (
    languages,
    tables,
    unused,
    with_field,
    with_phrases,
    with_question,
    with_text,
)
from leaddesk.qualify.bands import MOST_ANSWERS

#: The texts of an answer that a person writes, per language.
TEXTS = ("label", "short", "recap")


def with_answers(draft: Draft, question: str, change: Callable[[list[Data]], Sequence[Data]]) -> Draft:
    """The draft with the answers of a question changed."""
    return with_question(draft, question, lambda one: {**one, "answers": list(change(tables(one)))})


def with_answer(draft: Draft, question: str, place: int, change: Callable[[Data], Data]) -> Draft:
    """The draft with one answer changed, counted from 0."""
    return with_answers(
        draft,
        question,
        lambda found: [change(one) if number == place else one for number, one in enumerate(found)],
    )


def set_answer_text(draft: Draft, question: str, place: int, field: str, language: str, text: str) -> Draft:
    """Words a text of an answer in one language."""
    return with_answer(
        draft, question, place, lambda one: with_text(one, field, language, text, wanted=field == "label")
    )


def set_answer_field(draft: Draft, question: str, place: int, field: str, value: object) -> Draft:
    """Sets key, standing, points, at_least, sums, within_days, unlisted; None and False take it out."""
    return with_answer(draft, question, place, lambda one: with_field(one, field, value))


def set_answer_phrases(draft: Draft, question: str, place: int, language: str, phrases: Sequence[str]) -> Draft:
    """What is heard as this answer, in one language."""
    return with_answer(draft, question, place, lambda one: with_phrases(one, language, phrases))


def add_answer(draft: Draft, question: str, after: int | None = None) -> Draft:
    """A new answer behind another, else at the end; as it is where eight are there already."""
    spoken = languages(draft)

    def changed(found: list[Data]) -> list[Data]:
        if len(found) >= MOST_ANSWERS:
            return found
        key = unused(f"answer_{len(found) + 1}", {str(one.get("key")) for one in found})
        fresh: Data = {"key": key, "label": dict.fromkeys(spoken, ""), "standing": "partly"}
        if not found or any("points" in one for one in found):
            fresh["points"] = 0
        place = len(found) if after is None else after + 1
        return [*found[:place], fresh, *found[place:]]

    return with_answers(draft, question, changed)


def remove_answer(draft: Draft, question: str, place: int) -> Draft:
    """Takes an answer out."""
    return with_answers(draft, question, lambda found: [one for number, one in enumerate(found) if number != place])


def move_answer(draft: Draft, question: str, place: int, to: int) -> Draft:
    """Another place among the answers: another digit."""

    def changed(found: list[Data]) -> list[Data]:
        if not (0 <= place < len(found) and 0 <= to < len(found)):
            return found
        rest = [one for number, one in enumerate(found) if number != place]
        return [*rest[:to], found[place], *rest[to:]]

    return with_answers(draft, question, changed)
