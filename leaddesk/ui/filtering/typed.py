"""Conditions made of what is typed behind a subject: `60`, `>= 60`, `40-60`, `50k EUR`, `14 days`, `2026-03-01`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import InvalidOperation

from leaddesk.qualify.amounts import in_minor, read_amount, split_currency
from leaddesk.qualify.filtering.subjects import Ask, Subject
from leaddesk.qualify.filtering.tree import Between, DayBetween, DayWithin, Has, Is, Leaf, SumBetween
from leaddesk.qualify.periods import read_day

_BOUND = re.compile(r"(?P<sign>>=|<=|=>|=<|≥|≤|>|<|=)?\s*(?P<rest>.+)")
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,3})?")
_RANGE = re.compile(r"(-?\d{1,12}(?:\.\d{1,3})?)\s*(?:\.\.|-|–|—|~|至|到| to )\s*(-?\d{1,12}(?:\.\d{1,3})?)")
_DAYS = re.compile(r"-?(\d{1,4})\s*(?:d|days?|天|日)?")
_LEAST, _MOST = frozenset({">=", "=>", "≥", ">"}), frozenset({"<=", "=<", "≤", "<"})

#: Days that lie ahead as a rule, and days that never do.
AHEAD = frozenset({"next_step", "expected_on"})
_BEHIND = frozenset({"created", "last_call", "first_contact_on"})


def typed_leaves(subject: Subject, text: str, currencies: Sequence[str]) -> Iterator[Leaf]:
    """What a text behind a subject may mean, the likeliest first; nothing where it means nothing to it."""
    text = text.strip()
    if subject.ask is Ask.TEXT and text:
        yield Is(subject.key, (text[1:].strip(),)) if text[0] == "=" and text[1:].strip() else Has(subject.key, text)
    found = _BOUND.fullmatch(text)
    if found is None:
        return
    sign, rest = found["sign"] or "", found["rest"].strip()
    if subject.ask is Ask.NUMBER:
        yield from _numbers(subject.key, sign, rest)
    elif subject.ask is Ask.MONEY:
        yield from _sums(subject.key, sign, rest, currencies)
    elif subject.ask is Ask.DAY:
        yield from _days(subject.key, sign, rest)


def _numbers(key: str, sign: str, rest: str) -> Iterator[Leaf]:
    between = _RANGE.fullmatch(rest)
    if between is not None and not sign:
        first, last = sorted((_number(between[1]), _number(between[2])))
        yield Between(key, first, last)
        return
    if not _NUMBER.fullmatch(rest):
        return
    number = _number(rest)
    if sign not in _MOST | {"="}:
        yield Between(key, number, None)
    if sign not in _LEAST | {"="}:
        yield Between(key, None, number)
    if sign not in _LEAST | _MOST:
        yield Between(key, number, number)


def _sums(key: str, sign: str, rest: str, currencies: Sequence[str]) -> Iterator[Leaf]:
    try:
        digits, currency = split_currency(rest)
        amount = read_amount(digits)
        sums = [in_minor(amount, one) for one in ([currency] if currency else currencies)]
    except (ValueError, InvalidOperation):
        return
    for money in sums:
        if sign not in _MOST:
            yield SumBetween(key, money.currency, money.minor, None)
        if sign not in _LEAST:
            yield SumBetween(key, money.currency, None, money.minor)


def _days(key: str, sign: str, rest: str) -> Iterator[Leaf]:
    few = _DAYS.fullmatch(rest)
    if few is not None:
        days = int(few[1])
        if days and key not in AHEAD:
            yield DayWithin(key, -days, 0)
            yield DayWithin(key, None, -days - 1)
        if days and key not in _BEHIND:
            yield DayWithin(key, 0, days)
            yield DayWithin(key, days + 1, None)
        return
    try:
        day = read_day(rest)
    except ValueError:
        return
    if sign not in _MOST | {"="}:
        yield DayBetween(key, day, None)
    if sign not in _LEAST | {"="}:
        yield DayBetween(key, None, day)
    if sign not in _LEAST | _MOST:
        yield DayBetween(key, day, day)


def _number(text: str) -> float:
    number = float(text)
    return int(number) if number.is_integer() else number
