"""What a playbook hears, prepared for searching once: words of its questions and phrases of its answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from leaddesk.qualify.phrases import How, Phrase, is_name, read_phrase
from leaddesk.qualify.playbook import Hears, Playbook, Question
from leaddesk.qualify.shorthand.line import Clause, Line, is_denied


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase found at [start, end). `answer`: the key of the answer it says, empty for a word of the question."""

    question: Question
    answer: str
    how: How
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Listener:
    question: Question
    answer: str
    how: How
    named: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Vocabulary:
    """Everything a playbook hears. `places`: where each question stands in the script."""

    listeners: tuple[_Listener, ...]
    places: Mapping[str, int]
    #: Which listeners a sign or two letters of a line may wake, by their places.
    wakes: Mapping[str, frozenset[int]]

    def hear(self, line: Line, clause: Clause) -> Iterator[Heard]:
        """All phrases of a clause that are not taken back."""
        for place in self._awake(line.low[clause.start : clause.end]):
            listener = self.listeners[place]
            text = line.plain if listener.named else line.low
            for found in listener.pattern.finditer(text, clause.start, clause.end):
                start, end = _trimmed(text, *found.span())
                name = found["name"] if listener.named else ""
                if name and not is_name(name):
                    continue
                if listener.answer and is_denied(line.low, clause, start, end):
                    continue
                yield Heard(listener.question, listener.answer, listener.how, start, end, name)

    def _awake(self, low: str) -> list[int]:
        # Most phrases begin with letters that a line does not have: looking those up spares the search.
        awake: set[int] = set()
        for key in {*low, *map("".join, pairwise(low))}:
            awake |= self.wakes.get(key, _NONE)
        return sorted(awake)


_NONE: frozenset[int] = frozenset()


def vocabulary_of(playbook: Playbook) -> Vocabulary:
    """The vocabulary of a playbook, made at the first call and kept with it."""
    kept = vars(playbook).get("_vocabulary")
    if isinstance(kept, Vocabulary):
        return kept
    vocabulary = _made(playbook)
    # Kept the way cached_property keeps its values, so that it lives and dies with the playbook.
    vars(playbook)["_vocabulary"] = vocabulary
    return vocabulary


def _made(playbook: Playbook) -> Vocabulary:
    listeners: list[_Listener] = []
    wakes: dict[str, set[int]] = {}
    for question in playbook.questions:
        for listener, anchors in _listeners(question):
            for anchor in anchors:
                wakes.setdefault(anchor, set()).add(len(listeners))
            listeners.append(listener)
    places = {question.key: place for place, question in enumerate(playbook.questions)}
    return Vocabulary(tuple(listeners), places, {anchor: frozenset(some) for anchor, some in wakes.items()})


def _listeners(question: Question) -> Iterator[tuple[_Listener, frozenset[str]]]:
    heard: Iterable[tuple[str, Hears]] = [("", question.hears), *((one.key, one.hears) for one in question.answers)]
    for answer, hears in heard:
        phrases = [read_phrase(text) for texts in hears.values() for text in texts]
        for how in How:
            plain = [phrase for phrase in phrases if phrase.how is how and not phrase.named]
            if plain:
                anchors = frozenset[str]().union(*(phrase.anchors for phrase in plain))
                yield _Listener(question, answer, how, named=False, pattern=_joined(plain)), anchors
            for phrase in phrases:
                if phrase.how is how and phrase.named:
                    pattern = re.compile(phrase.pattern, re.IGNORECASE)
                    yield _Listener(question, answer, how, named=True, pattern=pattern), phrase.anchors


def _joined(phrases: list[Phrase]) -> re.Pattern[str]:
    # Of two phrases that begin at the same place the longer one is meant.
    return re.compile("|".join(sorted((phrase.pattern for phrase in phrases), key=len, reverse=True)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
