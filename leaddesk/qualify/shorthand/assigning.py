"""Which question a sum, a number or a day within a clause belongs to, and the answer that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from leaddesk.qualify.answers import band_of_money, band_of_number
from leaddesk.qualify.days import DayFound
from leaddesk.qualify.phrases import How
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.shorthand.line import LINKING, Clause, rest_of, size_of
from leaddesk.qualify.shorthand.values import AmountFound
from leaddesk.qualify.shorthand.words import Heard
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, QuestionKind, minor_digits

#: Words that may stand between a sure value and the word of its question before it, and after it.
_FAR_BEFORE = 3
_FAR_AFTER = 1
# Currencies that are counted in 万.
_IN_MYRIADS = frozenset({"CNY", "HKD", "JPY", "KRW", "TWD"})
# More is a phone number, not a number of people or things.
_MOST_OF_ANYTHING = 10**8
# The smallest sum worth naming by itself, where the playbook has no bands in its currency.
_SMALL = 500


@dataclass(frozen=True, slots=True)
class Value:
    """A sum, a number or a day of a clause. `sure`: it is one by itself."""

    kind: QuestionKind
    start: int
    end: int
    sure: bool
    amount: AmountFound | None = None
    day: DayFound | None = None

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares letters with a span."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Belonging:
    """A value and the word of a question it belongs to; `gap`: words between them that are not understood."""

    value: Value
    cue: Heard
    gap: int


def values_in(clause: Clause, amounts: Sequence[AmountFound], days: Sequence[DayFound]) -> list[Value]:
    """All readings of a clause's values; two may share letters."""
    found = [
        Value(QuestionKind.DATE, day.start, day.end, not day.loose, day=day)
        for day in days
        if clause.start <= day.start and day.end <= clause.end
    ]
    for amount in amounts:
        if not (clause.start <= amount.start and amount.end <= clause.end):
            continue
        if any(day.sure and day.overlaps(amount.start, amount.end) for day in found):
            continue
        if not amount.each and (amount.sure or _may_be_sum(amount)):
            found.append(Value(QuestionKind.MONEY, amount.start, amount.end, amount.sure, amount))
        if (
            amount.currency is None
            and amount.number < _MOST_OF_ANYTHING
            and amount.number == amount.number.to_integral_value()
        ):
            found.append(Value(QuestionKind.NUMBER, amount.start, amount.end, False, amount))
    return found


def _may_be_sum(amount: AmountFound) -> bool:
    """Whether a plain number is one that people say for a sum: neither a year nor a phone number."""
    return 100 <= amount.number < 10**9 and not (amount.bare and 1900 <= amount.number < 2100)


def belonging(
    low: str, values: Sequence[Value], cues: Sequence[Heard], taken: Sequence[tuple[int, int]]
) -> list[Belonging]:
    """The nearest word of a question for each value that has one near, nearest first; values do not share letters."""
    found: list[Belonging] = []
    for value in values:
        reach = [
            Belonging(value, cue, gap)
            for cue in cues
            if cue.question.kind is value.kind and (gap := _gap(low, value, cue, values, cues, taken)) is not None
        ]
        if reach:
            found.append(min(reach, key=lambda one: (one.gap, _distance(one), one.cue.start > value.start)))
    found.sort(key=lambda one: (one.gap, _distance(one), one.value.start - one.value.end))
    kept: list[Belonging] = []
    for one in found:
        if all(not one.value.overlaps(other.value.start, other.value.end) for other in kept):
            kept.append(one)
    return kept


def _distance(one: Belonging) -> int:
    return max(one.cue.start - one.value.end, one.value.start - one.cue.end)


def _gap(
    low: str,
    value: Value,
    cue: Heard,
    values: Sequence[Value],
    cues: Sequence[Heard],
    taken: Sequence[tuple[int, int]],
) -> int | None:
    """How many words lie between that are not understood; None where they are too many or another value lies there."""
    if value.overlaps(cue.start, cue.end):
        return None
    before = cue.end <= value.start
    start, end = (cue.end, value.start) if before else (value.end, cue.start)
    between = Clause(start, end)
    others = [other for other in values if other.kind is value.kind and other.sure >= value.sure]
    if any(start <= other.start and other.end <= end for other in others):
        return None
    known = [
        *taken,
        *((other.start, other.end) for other in values if start <= other.start < end),
        *((other.start, other.end) for other in cues if start <= other.start < end),
    ]
    size = size_of(rest_of(low, between, known, LINKING))
    most = (_FAR_BEFORE if before else _FAR_AFTER) if value.sure else 0
    return size if size <= most else None


def said_of(question: Question, value: Value, language: str, currency: str | None) -> Said | None:
    """The answer that a value is to a question of its kind; a sum or number that was not reached is its band."""
    if value.day is not None:
        return Said(day=value.day.day)
    amount = value.amount
    if amount is None:
        return None
    if question.kind is QuestionKind.NUMBER:
        if amount.under and amount.number >= 1:
            band = band_of_number(question.answers, float(amount.number) - 1)
            return Said(keys=(band.key,)) if band else None
        return Said(number=float(amount.number))
    money = money_of(question, amount, language, currency)
    if amount.under and money.minor > 0:
        reached = band_of_money(question.answers, Money(money.minor - 1, money.currency))
        return Said(keys=(reached.key,)) if reached else None
    return Said(money=money)


def money_of(question: Question, amount: AmountFound, language: str, currency: str | None) -> Money:
    """The sum of an amount. Where it names no currency it is that of the talk; 万 and Chinese talk mean yuan."""
    named = amount.currency
    if named == "CNY" and currency == "JPY":
        named = None  # both write ¥
    chinese = language.startswith("zh")
    if named is None and amount.han and not chinese and currency not in _IN_MYRIADS:
        named = "CNY"  # who talks of 万 in an English talk speaks of yuan, whatever else is sold in
    if named is None:
        listed = next((code for answer in question.answers for code in answer.sums or ()), "EUR")
        named = currency or ("CNY" if chinese else listed)
    minor = amount.number.scaleb(minor_digits(named)).to_integral_value()
    return Money(int(minor), named)


def is_worth_naming(question: Question, money: Money) -> bool:
    """Whether a sum by itself may be meant for a question: not the price of a lunch."""
    least = [
        answer.sums[money.currency] for answer in question.answers if answer.sums and money.currency in answer.sums
    ]
    smallest = min((one for one in least if one > 0), default=None)
    if smallest is None:
        return money.minor >= Decimal(_SMALL).scaleb(minor_digits(money.currency))
    return money.minor * 10 >= smallest


def counts_alone(cue: Heard) -> bool:
    """Whether a word of a question counts only where the clause says nothing else."""
    return cue.how is How.ALONE
