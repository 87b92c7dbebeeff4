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


class _Listener:
    """A phrase of a question or an answer; its pattern is made when a line first has a word of it."""

    __slots__ = ("_pattern", "answer", "phrase", "question")

    def __init__(self, question: Question, answer: str, phrase: Phrase) -> None:
        self.question = question
        self.answer = answer
        self.phrase = phrase
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """What to search for."""
        if self._pattern is None:
            self._pattern = re.compile(self.phrase.pattern, re.IGNORECASE if self.phrase.named else 0)
        return self._pattern


@dataclass(frozen=True)
class Vocabulary:
    """Everything a playbook hears. `places`: where each question stands in the script."""

    listeners: tuple[_Listener, ...]
    places: Mapping[str, int]
    #: Words of which a phrase needs one with the phrase's place, by their first two letters or first sign.
    wakes: Mapping[str, tuple[tuple[str, int], ...]]

    def hear(self, line: Line, clause: Clause) -> Iterator[Heard]:
        """All phrases of a clause that are not taken back."""
        for place in self._awake(line.low[clause.start : clause.end]):
            listener = self.listeners[place]
            phrase = listener.phrase
            text = line.plain if phrase.named else line.low
            for found in listener.pattern.finditer(text, clause.start, clause.end):
                start, end = _trimmed(text, *found.span())
                name = found["name"] if phrase.named else ""
                if name and not is_name(name):
                    continue
                if listener.answer and is_denied(line.low, clause, start, end):
                    continue
                yield Heard(listener.question, listener.answer, phrase.how, start, end, name)

    def _awake(self, low: str) -> list[int]:
        # Nearly every phrase lacks its word in a line: looking that up spares the search.
        solid = low.replace(" ", "")
        return sorted(
            {
                place
                for key in {*solid, *map("".join, pairwise(solid))}
                for word, place in self.wakes.get(key, ())
                if word in solid
            }
        )


def vocabulary_of(playbook: Playbook) -> Vocabulary:
    """The vocabulary of a playbook, made at the first call and kept with it."""
    kept = vars(playbook).get("_vocabulary")
    if isinstance(kept, Vocabulary):
        return kept
    vocabulary = _made(playbook)
    # Kept the way cached_property keeps its values, so that it lives and dies with the playbook.
    vars(playbook)["_vocabulary"] = vocabulary
    return vocabulary


def prepare(playbook: Playbook) -> None:
    """Makes all of a playbook's patterns now; else each is made when a line first has a word of it."""
    for _ in preparing(playbook):
        pass


def preparing(playbook: Playbook) -> Iterator[None]:
    """The same a little at a time: whoever has a moment takes a step."""
    for listener in vocabulary_of(playbook).listeners:
        _ = listener.pattern
        yield


def _made(playbook: Playbook) -> Vocabulary:
    listeners = tuple(listener for question in playbook.questions for listener in _listeners(question))
    wakes: dict[str, list[tuple[str, int]]] = {}
    for place, listener in enumerate(listeners):
        for word in listener.phrase.anchors:
            wakes.setdefault(word[:2] if word.isascii() else word[0], []).append((word, place))
    places = {question.key: place for place, question in enumerate(playbook.questions)}
    return Vocabulary(listeners, places, {key: tuple(some) for key, some in wakes.items()})


def _listeners(question: Question) -> Iterator[_Listener]:
    heard: Iterable[tuple[str, Hears]] = [("", question.hears), *((one.key, one.hears) for one in question.answers)]
    for answer, hears in heard:
        for texts in hears.values():
            for text in texts:
                yield _Listener(question, answer, read_phrase(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
