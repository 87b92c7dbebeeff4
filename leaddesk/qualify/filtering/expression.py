"""Filters as one line of text: `score>=60 and authority=not_asked and (owner=none or tags=fair)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import InvalidOperation
from difflib import get_close_matches
from typing import NoReturn, TypeVar

from leaddesk.errors import BadValue
from leaddesk.qualify.amounts import in_minor, read_amount, split_currency
from leaddesk.qualify.filtering.packed import MOST_CONDITIONS, BrokenFilter, packed, unpacked
from leaddesk.qualify.filtering.periods import Period
from leaddesk.qualify.filtering.subjects import CRITERION, QUESTION, Ask, Subject, subject_of
from leaddesk.qualify.filtering.tree import (
    All,
    AnyOf,
    Between,
    DayBetween,
    DayIn,
    DayWithin,
    Has,
    Is,
    IsKnown,
    Not,
    Stands,
    SumBetween,
    Where,
)
from leaddesk.qualify.periods import read_day
from leaddesk.qualify.terms import Standing

T = TypeVar("T", int, float, date)

#: Standings that tell nothing, under one name.
OPEN = (Standing.NOT_ASKED, Standing.EVADED, Standing.UNKNOWN)

_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[()])|(?P<op>!=|!~|>=|<=|=|~)|(?P<comma>,)|\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s()\"=~!<>,]+))"
)
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,3})?")
_AGO = re.compile(r"([+-]?\d{1,4})d")
_CODE = re.compile(r"(?<=[\dkm])([A-Z]{3})$")
_RANGE = ".."
_EXAMPLES = {Ask.NUMBER: "60, 40..60", Ask.MONEY: "50000EUR", Ask.DAY: "overdue, this_week, 2026-03-01, -7d"}
_NONE, _ANY = "none", "any"
_DEEPEST = 50
_LONGEST_NAMED = 60


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def read_expression(text: str, known: Mapping[str, Subject]) -> Where:
    """The filter a line says.

    BadValue `filter_syntax` (near), `filter_subject` (name, hint), `filter_value`, `filter_large` (most): larger than
    what can be kept as a view.
    """
    reader = _Reader(list(_tokens(text)), known)
    where = reader.any()
    reader.expect_end()
    try:
        unpacked(packed(where))
    except BrokenFilter:
        raise BadValue("filter_large", most=MOST_CONDITIONS) from None
    return where


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None:
            raise BadValue("filter_syntax", near=text[place:].strip()[:20])
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind], found.start(kind))
        place = found.end()


class _Reader:
    """Reads tokens from left to right: `or` binds weakest, then `and`, then `not`."""

    def __init__(self, tokens: list[_Token], known: Mapping[str, Subject]) -> None:
        self._tokens = tokens
        self._at = 0
        self._known = known
        self._depth = 0
        self._conditions = 0

    def any(self) -> Where:
        """One or several, any of which must hold."""
        found = [self._all()]
        while self._takes("or"):
            found.append(self._all())
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _all(self) -> Where:
        found = [self._one()]
        while self._takes("and"):
            found.append(self._one())
        return found[0] if len(found) == 1 else All(tuple(found))

    def _one(self) -> Where:
        if self._takes("not"):
            return Not(self._within(self._one))
        if self._takes("("):
            where = self._within(self.any)
            if not self._takes(")"):
                raise self._trouble()
            return where
        return self._condition()

    def _within(self, read: Callable[[], Where]) -> Where:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadValue("filter_large", most=MOST_CONDITIONS)
        where = read()
        self._depth -= 1
        return where

    def expect_end(self) -> None:
        """Nothing may follow."""
        if self._at < len(self._tokens):
            raise self._trouble()

    def _condition(self) -> Where:
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise BadValue("filter_large", most=MOST_CONDITIONS)
        name = self._take("word", "quoted").text
        subject = self._subject(name)
        op = self._take("op").text
        values = [self._take("word", "quoted")]
        while self._at < len(self._tokens) and self._tokens[self._at].kind == "comma":
            self._at += 1
            values.append(self._take("word", "quoted"))
        where = _condition(subject, op.lstrip("!"), values)
        return Not(where) if op.startswith("!") else where

    def _subject(self, name: str) -> Subject:
        for key in (name, CRITERION + name, QUESTION + name):
            found = subject_of(self._known, key)
            if found is not None:
                return found
        names = [key.removeprefix(CRITERION).removeprefix(QUESTION) for key in self._known]
        raise BadValue(
            "filter_subject", name=_brief(name), hint=next(iter(get_close_matches(name, names, 1)), names[0])
        )

    def _takes(self, word: str) -> bool:
        here = self._tokens[self._at] if self._at < len(self._tokens) else None
        if here is None or here.kind == "quoted" or here.text.casefold() != word:
            return False
        self._at += 1
        return True

    def _take(self, *kinds: str) -> _Token:
        if self._at >= len(self._tokens) or self._tokens[self._at].kind not in kinds:
            raise self._trouble()
        self._at += 1
        return self._tokens[self._at - 1]

    def _trouble(self) -> BadValue:
        return BadValue(
            "filter_syntax", near=_brief(self._tokens[self._at].text) if self._at < len(self._tokens) else "…"
        )


# ── one condition ────────────────────────────────────────────────────────────────────────────────────────────────────


def _condition(subject: Subject, op: str, values: list[_Token]) -> Where:
    key = subject.key
    if op == "=" and len(values) == 1 and values[0].kind == "word" and subject.ask is not Ask.STANDING:
        if values[0].text == _NONE:
            return Not(IsKnown(key))
        if values[0].text == _ANY:
            return IsKnown(key)
    texts = ["" if one.kind == "word" and one.text == _NONE else one.text for one in values]
    try:
        if subject.ask is Ask.STANDING:
            return Stands(key, _standings(op, texts))
        if subject.ask in (Ask.TEXT, Ask.CHOICE, Ask.YES_NO):
            return _text(subject, op, texts)
        if len(texts) != 1:
            raise ValueError(texts)  # noqa: TRY301 - told as every other value that makes no sense
        return _READ[subject.ask](key, op, texts[0])
    except (ValueError, InvalidOperation) as trouble:
        choices = (*Standing, "open") if subject.ask is Ask.STANDING else subject.choices
        wanted = ", ".join(choices) or _EXAMPLES[subject.ask]
        raise BadValue("filter_value", subject=key, value=_brief(", ".join(texts)), wanted=wanted) from trouble


def _standings(op: str, texts: list[str]) -> tuple[Standing, ...]:
    if op != "=":
        raise ValueError(op)
    found: list[Standing] = []
    for text in texts:
        found += OPEN if text == "open" else (Standing(text),)
    return tuple(dict.fromkeys(found))


def _text(subject: Subject, op: str, texts: list[str]) -> Where:
    if op == "~" and subject.ask is Ask.TEXT and all(texts):
        found = [Has(subject.key, text) for text in texts]
        return found[0] if len(found) == 1 else AnyOf(tuple(found))
    strange = [text for text in texts if text and subject.choices and text not in subject.choices]
    if op != "=" or strange:
        raise ValueError(texts)
    return Is(subject.key, tuple(texts))


def _number(key: str, op: str, text: str) -> Where:
    return Between(key, *_ends(op, text, lambda one: float(one) if _NUMBER.fullmatch(one) else _no(one)))


def _sum(key: str, op: str, text: str) -> Where:
    digits, currency = split_currency(_CODE.sub(r" \1", text))
    if currency is None:
        raise ValueError(text)
    least, most = _ends(op, digits.strip(), lambda one: in_minor(read_amount(one), currency).minor)
    return SumBetween(key, currency, least, most)


def _day(key: str, op: str, text: str) -> Where:
    word = "past" if text == "overdue" else text
    if op == "=" and word in set(Period):
        return DayIn(key, Period(word))
    if _AGO.fullmatch(text.partition(_RANGE)[0]):
        first, last = _ends(op, text, lambda one: int(one[:-1]) if _AGO.fullmatch(one) else _no(one))
        if last is None and first is not None and first < 0:
            last = 0  # the last seven days end today
        elif first is None and last is not None and last > 0:
            first = 0
        return DayWithin(key, first, last)
    return DayBetween(key, *_ends(op, text, read_day))


def _ends(op: str, text: str, read: Callable[[str], T]) -> tuple[T | None, T | None]:
    """`>=60`, `<=60`, `=60`, `=40..60`."""
    first, dots, last = text.partition(_RANGE)
    if dots:
        if op != "=":
            raise ValueError(op)
        ends = read(first), read(last)
        if ends[0] > ends[1]:
            raise ValueError(text)
        return ends
    value = read(text)
    if op == "~":
        raise ValueError(op)
    return (None if op == "<=" else value), (None if op == ">=" else value)


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST_NAMED else text[:_LONGEST_NAMED] + "…"


def _no(text: str) -> NoReturn:
    raise ValueError(text)


_READ: Mapping[Ask, Callable[[str, str, str], Where]] = {Ask.NUMBER: _number, Ask.MONEY: _sum, Ask.DAY: _day}
