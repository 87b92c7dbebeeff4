"""What the chooser of conditions offers for what is typed, in both languages; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from leaddesk.db.reads.filter_values import KnownValues
from leaddesk.qualify.custom import CUSTOM
from leaddesk.qualify.filtering.meeting import folded
from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.subjects import CRITERION, QUESTION, Ask, Subject, subjects
from leaddesk.qualify.filtering.tree import DayIn, DayWithin, Has, Is, IsKnown, Leaf, Not, Stands, Where
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Standing
from leaddesk.ui.filtering.typed import AHEAD, typed_leaves
from leaddesk.ui.filtering.wording import OPEN, FilterWords

#: Lines that are worth offering.
MOST = 60

_NEGATIONS = frozenset({"not", "no", "非", "不是", "不"})
_PERIODS_AHEAD = (
    Period.PAST,
    Period.TODAY,
    Period.TOMORROW,
    Period.THIS_WEEK,
    Period.NEXT_WEEK,
    Period.THIS_MONTH,
    Period.NEXT_MONTH,
)
_PERIODS_BACK = (
    Period.TODAY,
    Period.YESTERDAY,
    Period.THIS_WEEK,
    Period.LAST_WEEK,
    Period.THIS_MONTH,
    Period.LAST_MONTH,
)
_STANDINGS = (
    Standing.NOT_ASKED,
    Standing.YES,
    Standing.PARTLY,
    Standing.NO,
    Standing.UNKNOWN,
    Standing.EVADED,
)
# Where letters of different writing meet, or letters and figures, a new word begins.
_SEAMS = re.compile(r"(?<=[^\W\d_a-zA-Z])(?=[\d<>=≥≤a-zA-Z])|(?<=[<>=≥≤])(?=\w)|(?<=[a-zA-Z])(?=[<>=≥≤])")


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the chooser: a condition, or (`opens`) a subject whose values come next."""

    text: str
    where: Where | None = None
    opens: str = ""


@dataclass(frozen=True, slots=True)
class _Ranked:
    rank: tuple[int, ...]
    offer: Offer


class Offers:
    """Everything that can be offered under one playbook and with the values leads have."""

    def __init__(self, playbook: Playbook, known: KnownValues, language: str, today: date, person: str = "") -> None:
        self._made_for = (playbook, language, today)
        self._known = known
        self._person = person
        self._today = today
        self.subjects: Mapping[str, Subject] = subjects(playbook, known.custom)
        self._made: dict[str, list[tuple[Offer, tuple[str, ...]]]] = {}
        self.here = FilterWords(playbook, language, today)
        self._other = FilterWords(playbook, "en" if language != "en" else "zh_CN", today)

    def fits(self, playbook: Playbook, language: str, today: date) -> bool:
        """Whether these offers are still right."""
        return self._made_for[0] is playbook and self._made_for[1:] == (language, today)

    def warming(self) -> Iterator[None]:
        """Works out, a subject at a time, what the first letter typed would have to wait for."""
        for subject in self.subjects.values():
            self._fixed(subject)
            yield

    def find(self, text: str, subject: str = "") -> list[Offer]:
        """The offers for what is typed, best first; of one subject where that was chosen already."""
        found = self._found(text, subject)
        first, _, rest = text.strip().partition(" ")
        if folded(first) in _NEGATIONS and rest.strip():
            meant = self._found(rest, subject)
            turned = [self._offer(_opposite(offer.where)) for offer in meant if offer.where is not None]
            there = [offer for offer in found if not isinstance(offer.where, Has)]
            found = [*there, *turned, *found]
        return list({offer.text: offer for offer in found}.values())[:MOST]

    def _found(self, text: str, subject: str) -> list[Offer]:
        if subject:
            return list(self._of_subject(self.subjects[subject], text))
        if not text.strip():
            return list(self._beginning())
        return [one.offer for one in sorted(self._of_all(text), key=lambda one: one.rank)]

    # ── nothing typed ────────────────────────────────────────────────────────────────────────────────────────────

    def _beginning(self) -> Iterator[Offer]:
        """What is wanted most, then every subject."""
        first: list[Where] = [Is("owner", (self._person,))] if self._person else []
        first += [DayIn("next_step", Period.PAST), Not(IsKnown("next_step")), Is("stuck", ("yes",))]
        for where in first:
            yield Offer(self.here.where(where), where)
        yield from (self._opener(subject) for subject in self.subjects.values())

    def _opener(self, subject: Subject) -> Offer:
        return Offer(f"{self.here.subject(subject.key)}…", opens=subject.key)

    # ── something typed ──────────────────────────────────────────────────────────────────────────────────────────

    def _of_all(self, text: str) -> Iterator[_Ranked]:
        words = _SEAMS.sub(" ", text).split()
        for place, subject in enumerate(self.subjects.values()):
            # What a text is to contain stands as it was typed.
            yield from self._about(subject, place, text.split() if subject.ask is Ask.TEXT else words)
        if not words[0][0].isalpha():  # a figure alone means what is asked for by figures most
            for order, key in enumerate(("score", "up_to", "days_in_stage")):
                for leaf in self._typed(self.subjects[key], " ".join(words)):
                    yield _Ranked((0, 0, order, 0), self._offer(leaf))

    def _about(self, subject: Subject, place: int, words: Sequence[str]) -> Iterator[_Ranked]:
        typed = [folded(word) for word in words]
        names = self._names[subject.key]
        meant = [_fits(word, names) for word in typed]
        near, depth = _nearness(typed[0], names), _depth(subject)
        if all(meant):
            yield _Ranked((near, depth, place, 0), self._opener(subject))
        for order, (offer, said) in enumerate(self._fixed(subject), start=1):
            if all(fits or _fits(word, said) for fits, word in zip(meant, typed, strict=True)):
                yield _Ranked((min(near, _nearness(typed[0], said)), depth, place, order), offer)
        # A value that is there comes before a text that may be; figures come before everything.
        ahead = 1000 if subject.ask is Ask.TEXT else -1000
        for many in range(1, len(words)):
            if all(meant[:many]):
                for order, leaf in enumerate(self._typed(subject, " ".join(words[many:]))):
                    yield _Ranked((near, depth, place, ahead + order), self._offer(leaf))

    def _of_subject(self, subject: Subject, text: str) -> Iterator[Offer]:
        typed = [folded(word) for word in text.split()]
        meant = [self._offer(leaf) for leaf in self._typed(subject, text.strip())]
        there = [offer for offer, said in self._fixed(subject) if all(_fits(word, said) for word in typed)]
        yield from (*there, *meant) if subject.ask is Ask.TEXT else (*meant, *there)

    def _offer(self, where: Where) -> Offer:
        return Offer(self.here.where(where), where)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """The words a subject goes by, in both languages."""
        return {
            key: _words(self.here.subject(key), self._other.subject(key), key.rpartition(".")[2].replace("_", " "))
            for key in self.subjects
        }

    # ── what a subject can be ────────────────────────────────────────────────────────────────────────────────────

    def _typed(self, subject: Subject, text: str) -> Iterator[Leaf]:
        """Conditions that hold what is typed: a number, a sum, a day, a text."""
        return typed_leaves(subject, text, self._known.currencies)

    def _fixed(self, subject: Subject) -> Sequence[tuple[Offer, tuple[str, ...]]]:
        """Conditions that need nothing typed, with the words of what they ask in both languages."""
        made = self._made.get(subject.key)
        if made is None:
            made = self._made[subject.key] = [
                (self._offer(where), _words(self._asked(self.here, where), self._asked(self._other, where)))
                for where in self._conditions(subject)
            ]
        return made

    def _asked(self, words: FilterWords, where: Where) -> str:
        """The words of a condition but those of its subject."""
        return words.where(where).removeprefix(words.subject(_subject_of(where)))

    def _conditions(self, subject: Subject) -> Iterator[Where]:
        key = subject.key
        if subject.ask is Ask.STANDING:
            yield Stands(key, tuple(one for one in _STANDINGS if one in OPEN))
            yield from (Stands(key, (one,)) for one in _STANDINGS)
            yield Stands(key, (Standing.YES, Standing.PARTLY))
            return
        if subject.ask in (Ask.CHOICE, Ask.YES_NO, Ask.TEXT):
            values = subject.choices or self._known.values.get(key, ())
            if key == "owner" and self._person:
                values = tuple(dict.fromkeys((self._person, *values)))
            yield from (Is(key, (value,)) for value in values if value)
        elif subject.ask is Ask.DAY:
            yield from _day_conditions(key)
        if key == "owner":
            yield Is(key, ("",))
        elif not subject.never_blank:
            yield Not(IsKnown(key))
            yield IsKnown(key)


def _day_conditions(key: str) -> Iterator[Where]:
    yield from (DayIn(key, period) for period in (_PERIODS_AHEAD if key in AHEAD else _PERIODS_BACK))
    if key in AHEAD:
        yield from (DayWithin(key, 0, days) for days in (7, 14, 30))
    else:
        yield from (DayWithin(key, -days, 0) for days in (7, 30, 90))
        yield from (DayWithin(key, None, -days - 1) for days in (7, 30, 90))


def _opposite(where: Where) -> Where:
    if isinstance(where, Stands):
        return Stands(where.subject, tuple(one for one in Standing if one not in where.standings))
    return where.of if isinstance(where, Not) else Not(where)


def _subject_of(where: Where) -> str:
    while isinstance(where, Not):
        where = where.of
    return getattr(where, "subject", "")


def _words(*texts: str) -> tuple[str, ...]:
    """Folded words of some texts, and the texts whole: Chinese has no blanks to begin words at."""
    whole = [folded(text) for text in texts]
    return tuple(
        dict.fromkeys(word for text in whole for word in (*re.split(r"[\s:：,，“”()（）/]+", text), text) if word)
    )


def _fits(word: str, names: Iterable[str]) -> bool:
    """Whether a typed word begins one of these, or, in Chinese, stands anywhere in it."""
    return any(name.startswith(word) or (not word.isascii() and word in name) for name in names)


def _nearness(word: str, names: Sequence[str]) -> int:
    """0 where the word is one of these, 1 where it begins one, else 2."""
    return 0 if word in names else 1 if any(name.startswith(word) for name in names) else 2


def _depth(subject: Subject) -> int:
    """What is asked for most comes first: derived and plain fields, then single questions and a team's own fields."""
    key = subject.key
    if key.startswith(CRITERION):
        return 0
    return 2 if key.startswith((QUESTION, CUSTOM)) else 1
