"""What is offered for a line of shorthand, and which of several findings are."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from leaddesk.qualify.answers import standing_of_said, start_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind, Standing

#: The most offers that are made at once: there is a key for each.
MOST_OFFERS = 3


class Why(enum.StrEnum):
    """Why an answer is offered, as a code."""

    #: A phrase that the playbook hears for it.
    WORDS = "words"
    #: A value, an evasion or a yes beside a word of its question.
    BESIDE = "beside"
    #: The line answers the question that is being asked.
    ASKED = "asked"
    #: A value by itself; the question is the first of its kind.
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that a line may mean. It was read from `text[start:end]`; `why` is a code."""

    question: str
    said: Said
    start: int
    end: int
    why: Why


_RANK = {Why.WORDS: 1, Why.BESIDE: 1, Why.ASKED: 0, Why.ALONE: 2}


def choose(
    found: Iterable[Offer], playbook: Playbook, places: Mapping[str, int], asked: str | None, today: date
) -> tuple[Offer, ...]:
    """The best offers, at most one a question: the question being asked first, then what is surest, then as written."""
    best: dict[str, Offer] = {}
    for offer in found:
        question = playbook.question[offer.question]
        if standing_of_said(question, offer.said, start_of(today))[0] is Standing.NOT_ASKED:
            continue
        kept = best.get(offer.question)
        if kept is not None and question.kind is QuestionKind.SEVERAL and kept.said.keys and offer.said.keys:
            best[offer.question] = _together(kept, offer, tuple(answer.key for answer in question.answers))
        elif kept is None or _beats(offer, kept):
            best[offer.question] = offer
    order = sorted(
        best.values(),
        key=lambda offer: (offer.question != asked, _RANK[offer.why], offer.start, places[offer.question]),
    )
    return tuple(order[:MOST_OFFERS])


def _beats(offer: Offer, kept: Offer) -> bool:
    """Knowledge beats what was only heard; else what is surer; else what was said last, since people correct
    themselves."""
    if (offer.said.heard is None) is not (kept.said.heard is None):
        return offer.said.heard is None
    return _RANK[offer.why] <= _RANK[kept.why]


def _together(one: Offer, other: Offer, order: tuple[str, ...]) -> Offer:
    keys = {*one.said.keys, *other.said.keys}
    said = Said(keys=tuple(key for key in order if key in keys))
    return replace(one, said=said, start=min(one.start, other.start), end=max(one.end, other.end))
