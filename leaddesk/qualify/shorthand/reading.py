"""Reads a line of shorthand clause by clause: `预算30万 财务总监批 十月上线`, `200k, CFO signs, live by Q4`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from leaddesk.qualify.days import DayFound, find_days
from leaddesk.qualify.phrases import NAME, How, is_name
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.shorthand import assigning, polar
from leaddesk.qualify.shorthand.assigning import Value
from leaddesk.qualify.shorthand.line import (
    AROUND_DAY,
    AROUND_SUM,
    LINKING,
    UNSURE,
    Clause,
    Line,
    at_blanks,
    clauses,
    fold,
    has_no,
    rest_of,
)
from leaddesk.qualify.shorthand.offers import Offer, Why, choose
from leaddesk.qualify.shorthand.values import AmountFound, find_amounts
from leaddesk.qualify.shorthand.words import Heard, Vocabulary, vocabulary_of
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import QuestionKind

_NAME = re.compile(NAME, re.IGNORECASE)
_TOLD = frozenset({QuestionKind.TEXT, QuestionKind.PERSON})


def read_shorthand(
    playbook: Playbook,
    text: str,
    today: date,
    language: str,
    open_questions: Collection[str],
    *,
    asked: str | None = None,
    currency: str | None = None,
) -> tuple[Offer, ...]:
    """What a line may answer, best first; empty where it says nothing for these questions.

    `open_questions`: the keys that may be answered now, hidden ones left out. `asked`: the one on screen; it takes
    what is said without naming a question. `language`: of the person who writes. `currency`: of the talk, for sums
    that name none.
    """
    vocabulary = vocabulary_of(playbook)
    open_keys = frozenset(open_questions) & vocabulary.places.keys()
    line = fold(text)
    talk = _Talk(playbook, vocabulary, line, language, currency, open_keys, asked if asked in open_keys else None)
    talk.amounts = find_amounts(line.low)
    talk.days = find_days(line.low, today)
    for clause in clauses(line.low):
        talk.read(clause)
    return choose(talk.found, playbook, vocabulary.places, talk.asked, today)


@dataclass
class _Talk:
    """A line being read. `carried`: words of questions that stood alone and speak for what comes next."""

    playbook: Playbook
    vocabulary: Vocabulary
    line: Line
    language: str
    currency: str | None
    open: frozenset[str]
    asked: str | None
    amounts: list[AmountFound] = field(default_factory=list)
    days: list[DayFound] = field(default_factory=list)
    found: list[Offer] = field(default_factory=list)
    carried: list[Heard] = field(default_factory=list)

    def read(self, clause: Clause) -> None:
        """Reads one clause; phrases may reach across its blanks, values and evasions do not."""
        heard = _whole(self.vocabulary.hear(self.line, clause))
        parts = self._joined(at_blanks(self.line.low, clause), heard)
        for part in parts:
            _Part(self, part, heard).read()

    def _joined(self, parts: list[Clause], heard: list[Heard]) -> list[Clause]:
        """The parts of a clause, words of questions that stand alone joined to what follows, at the end to before."""
        joined: list[Clause] = []
        waiting: Clause | None = None
        for part in parts:
            whole = part if waiting is None else Clause(waiting.start, part.end, part.asks)
            waiting = None
            if len(parts) > 1 and self.only_names(whole, heard):
                waiting = whole
            else:
                joined.append(whole)
        if waiting is not None:
            joined.append(Clause(joined.pop().start, waiting.end, waiting.asks) if joined else waiting)
        return joined

    def only_names(self, clause: Clause, heard: Iterable[Heard]) -> bool:
        """Whether a clause does nothing but name a question."""
        spans = [(one.start, one.end) for one in heard if not one.answer and not one.name and _within(one, clause)]
        return bool(spans) and not rest_of(self.line.low, clause, spans, LINKING)

    def offer(self, question: Question, said: Said | None, span: tuple[int, int], why: Why) -> None:
        """Notes an answer, where the question is open."""
        if said is not None and question.key in self.open:
            self.found.append(Offer(question.key, said, *span, why))

    def home(self, kind: QuestionKind) -> tuple[Question | None, Why]:
        """The question that takes a value by itself: the one being asked, else the first of its kind."""
        if self.asked is not None and self.playbook.question[self.asked].kind is kind:
            return self.playbook.question[self.asked], Why.ASKED
        return next((one for one in self.playbook.questions if one.kind is kind), None), Why.ALONE


def _whole(heard: Iterable[Heard]) -> list[Heard]:
    """Phrases without words of a question that are a piece of a longer one."""
    found = list(heard)
    cues = [one for one in found if not one.answer]
    return [
        one
        for one in found
        if one.answer
        or not any(
            other.question is one.question
            and other.start <= one.start
            and one.end <= other.end
            and (other.end - other.start) > (one.end - one.start)
            for other in cues
        )
    ]


def _within(one: Heard | Value, clause: Clause) -> bool:
    return clause.start <= one.start and one.end <= clause.end


class _Part:
    """A clause, or the part of one between Chinese blanks, being read."""

    def __init__(self, talk: _Talk, clause: Clause, heard: list[Heard]) -> None:
        self.talk = talk
        self.clause = clause
        self.low = talk.line.low
        self.text = self.low[clause.start : clause.end]
        here = [one for one in heard if _within(one, clause) or (one.answer and clause.start <= one.start < clause.end)]
        at = clause.start + len(self.text) - len(self.text.lstrip(" ,;:-–—、"))
        self.cues = [
            *(one for one in here if not one.answer),
            *(replace(one, start=at, end=at) for one in talk.carried),
        ]
        self.phrases = [one for one in here if one.answer]
        self.taken: list[tuple[int, int]] = []
        # The questions that phrases of this part answered.
        self.said: set[str] = set()
        # What a phrase that began in the part before covers of this one.
        self.taken += [(one.start, one.end) for one in heard if one.answer and one.start < clause.start < one.end]

    def read(self) -> None:
        """Everything the part says, in order of how sure it is."""
        talk = self.talk
        if talk.only_names(self.clause, self.cues) and not self._is_answer():
            talk.carried = [one for one in self.cues if not one.name]
            return
        talk.carried = []
        if self._evades() or self.clause.asks or UNSURE.search(self.text):
            return
        self._told_after_colon()
        self._names()
        self._hear_phrases()
        values = assigning.values_in(self.clause, talk.amounts, talk.days)
        values = [one for one in values if not self._covered(one)]
        if not has_no(self.low, self.clause, self.taken):
            left = self._beside(values)
            self._hear_whole(values)
            self._alone([one for one in left if not self._covered(one)])
        else:
            self._hear_whole([])
        self._polar()
        self._asked()

    def _is_answer(self) -> bool:
        """Whether what names a question also answers one, as a phrase that stands for all that is said."""
        return any(one.how is not How.BESIDE for one in self.phrases)

    def _covered(self, value: Value) -> bool:
        return any(start <= value.start and value.end <= end for start, end in self.taken)

    def _rest(self, *spans: tuple[int, int], fillers: re.Pattern[str] = LINKING) -> str:
        return rest_of(self.low, self.clause, (*self.taken, *spans), fillers)

    # ── evasions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _evades(self) -> bool:
        marker = polar.find_evasion(self.low, self.clause)
        if marker is None:
            return False
        standing, start, end = marker
        said = Said(heard=standing)
        cues = [one for one in self.cues if not (start < one.end and one.start < end) or one.start == one.end]
        if cues:
            nearest = min(cues, key=lambda one: (max(one.start - end, start - one.end), one.start - one.end))
            span = (min(start, nearest.start), max(end, nearest.end))
            self.talk.offer(nearest.question, said, span, Why.BESIDE)
        elif self.talk.asked is not None and not self._rest((start, end)):
            self.talk.offer(self.talk.playbook.question[self.talk.asked], said, (start, end), Why.ASKED)
        return True

    # ── phrases ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _hear_phrases(self) -> None:
        named = {one.question.key for one in self.cues}
        for one in self._longest(
            one
            for one in self.phrases
            if one.how is How.ANYWHERE or (one.how is How.BESIDE and one.question.key in named)
        ):
            self._say(one)

    def _hear_whole(self, values: list[Value]) -> None:
        """Phrases that must be all a clause says, but for values."""
        others = [(value.start, value.end) for value in values if value.sure]
        for one in self._longest(one for one in self.phrases if one.how is How.ALONE):
            if one.question.key in self.said:
                continue
            longer = any(
                start <= one.start and one.end <= end and (start, end) != (one.start, one.end) for start, end in others
            )
            if not longer and not self._rest((one.start, one.end), *others):
                self._say(one)

    def _say(self, one: Heard) -> None:
        span = (one.start, one.end)
        self.said.add(one.question.key)
        self.taken.append(span)
        self.talk.offer(one.question, Said(keys=(one.answer,)), span, Why.WORDS)

    def _longest(self, heard: Iterable[Heard]) -> list[Heard]:
        """Of the answers to one question the one that was said at greatest length; of several choices all."""
        best: dict[tuple[str, str], Heard] = {}
        for one in heard:
            several = one.question.kind is QuestionKind.SEVERAL
            place = (one.question.key, one.answer if several else "")
            kept = best.get(place)
            if kept is None or one.end - one.start > kept.end - kept.start:
                best[place] = one
        return list(best.values())

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _beside(self, values: list[Value]) -> list[Value]:
        """Values beside a word of their question; returns those that are left."""
        talk, used = self.talk, []
        for one in assigning.belonging(self.low, values, self.cues, self.taken):
            spans = ((one.value.start, one.value.end), (one.cue.start, one.cue.end))
            if assigning.counts_alone(one.cue) and self._rest(*spans):
                continue
            said = assigning.said_of(one.cue.question, one.value, talk.language, talk.currency)
            span = (min(one.value.start, one.cue.start), max(one.value.end, one.cue.end))
            talk.offer(one.cue.question, said, span, Why.BESIDE)
            used.append(one.value)
            self.taken.append(span)
        return [one for one in values if not any(one.overlaps(other.start, other.end) for other in used)]

    def _alone(self, values: list[Value]) -> None:
        """Values that, with what is understood, are all a clause says."""
        chosen: dict[QuestionKind, Value] = {}
        for value in values:
            if value.kind in chosen or not self._may_stand_alone(value):
                continue
            if any(value.overlaps(other.start, other.end) for other in chosen.values()):
                continue
            chosen[value.kind] = value
        spans = [(one.start, one.end) for one in chosen.values()]
        rest = self._rest(*spans, fillers=AROUND_SUM if QuestionKind.DATE not in chosen else AROUND_DAY)
        if chosen and QuestionKind.DATE in chosen and len(chosen) > 1:
            rest = rest and AROUND_SUM.sub("", rest)
        if rest:
            return
        for kind, value in chosen.items():
            question, why = self.talk.home(kind)
            if question is not None:
                said = assigning.said_of(question, value, self.talk.language, self.talk.currency)
                self.talk.offer(question, said, (value.start, value.end), why)
                self.taken.append((value.start, value.end))

    def _may_stand_alone(self, value: Value) -> bool:
        question, why = self.talk.home(value.kind)
        if question is None or question.key not in self.talk.open:
            return False
        if why is Why.ASKED:
            return True
        if value.kind is QuestionKind.NUMBER or not value.sure:
            return False
        if value.amount is None:
            # A day beside a phrase belongs to that: `the contract ends in June`.
            return not self.said
        if self.low[value.end - 1] == "w" and not self.talk.language.startswith("zh"):
            return False
        money = assigning.money_of(question, value.amount, self.talk.language, self.talk.currency)
        return assigning.is_worth_naming(question, money)

    # ── yes, no, names and words ─────────────────────────────────────────────────────────────────────────────────────

    def _polar(self) -> None:
        found = polar.find_polar(self.low, self.clause)
        if found is None:
            return
        yes, start, end = found
        for one in self.cues:
            if one.question.kind is QuestionKind.YES_NO and not self._rest((start, end), (one.start, one.end)):
                said = polar.polar_answer(one.question, yes)
                span = (min(start, one.start), max(end, one.end))
                self.talk.offer(one.question, said, span, Why.BESIDE)
                return
        if self.talk.asked is not None and not self._rest((start, end)):
            question = self.talk.playbook.question[self.talk.asked]
            self.talk.offer(question, polar.polar_answer(question, yes), (start, end), Why.ASKED)

    def _names(self) -> None:
        for one in self.cues:
            if one.name and one.question.kind is QuestionKind.PERSON:
                self.taken.append((one.start, one.end))
                self.talk.offer(one.question, Said(text=one.name), (one.start, one.end), Why.WORDS)

    def _told_after_colon(self) -> None:
        """`users: twelve planners`: what follows the word of a question that takes a name or words."""
        for one in self.cues:
            told = _COLON.match(self.low, one.end, self.clause.end)
            if one.question.kind in _TOLD and told is not None and not one.name:
                words = self.talk.line.plain[told.end() : self.clause.end].strip()
                head = Clause(self.clause.start, one.start)
                if words and not rest_of(self.low, head, (), LINKING):
                    span = (told.end(), self.clause.end)
                    self.taken.append((one.start, self.clause.end))
                    self.talk.offer(one.question, Said(text=words), span, Why.BESIDE)

    def _asked(self) -> None:
        """A digit for a scale, a name for a person: answers that only the question being asked makes plain."""
        if self.talk.asked is None:
            return
        question = self.talk.playbook.question[self.talk.asked]
        span = (self.clause.start, self.clause.end)
        words = self.text.strip()
        if question.kind is QuestionKind.SCALE and question.answer(words) is not None:
            self.talk.offer(question, Said(keys=(words,)), span, Why.ASKED)
        elif question.kind is QuestionKind.PERSON:
            plain = self.talk.line.plain[self.clause.start : self.clause.end].strip()
            if _NAME.fullmatch(plain) and is_name(plain):
                self.talk.offer(question, Said(text=plain), span, Why.ASKED)


_COLON = re.compile(r"\s*[:=]\s*")
