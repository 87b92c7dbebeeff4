"""Which of the offered answers was said, how it stands, and what it is worth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from leaddesk.errors import BadValue
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.playbook import Answer, Question
from leaddesk.qualify.state import FactValue, Given, Said
from leaddesk.qualify.sums import read_sum
from leaddesk.qualify.terms import DAY, Instant, Money, QuestionKind, Standing, Tenths

BANDED = frozenset({QuestionKind.MONEY, QuestionKind.NUMBER, QuestionKind.DATE})
NAMED = frozenset({QuestionKind.PERSON, QuestionKind.TEXT})

_NOTHING: tuple[Standing, Tenths, tuple[str, ...]] = (Standing.NOT_ASKED, 0, ())
_EPOCH = date(1970, 1, 1)
_RANK: Mapping[Standing, int] = {standing: rank for rank, standing in enumerate(Standing)}


def standing_of_said(question: Question, said: Said, at: Instant) -> tuple[Standing, Tenths, tuple[str, ...]]:
    """How what was said stands, the tenths it is worth and the keys of the answers it amounts to.

    `at`: when it was said; a day's band is counted from there. What the question no longer offers counts as not asked.
    """
    if said.heard is not None:
        return said.heard, 0, ()
    if question.kind is QuestionKind.SEVERAL:
        chosen = tuple(answer for answer in question.answers if answer.key in said.keys)
        return worth_of_choices(question, chosen) if chosen else _NOTHING
    answer = _answer_said(question, said, at)
    return (answer.standing, answer.points, (answer.key,)) if answer else _NOTHING


def worth_of_choices(question: Question, chosen: Iterable[Answer]) -> tuple[Standing, Tenths, tuple[str, ...]]:
    """Several choices together: the best standing among them, and their points up to the question's limit."""
    picked = tuple(chosen)
    total = sum(answer.points for answer in picked)
    if question.limit is not None:
        total = min(total, question.limit)
    best = max((answer.standing for answer in picked), key=_RANK.__getitem__)
    return best, total, tuple(answer.key for answer in picked)


def outcomes(question: Question) -> tuple[tuple[Standing, Tenths, tuple[str, ...]], ...]:
    """Everything that can become known by asking: each answer or band, or each set of several choices."""
    if question.kind is not QuestionKind.SEVERAL:
        return tuple((answer.standing, answer.points, (answer.key,)) for answer in question.answers)
    return tuple(
        worth_of_choices(question, chosen)
        for count in range(1, len(question.answers) + 1)
        for chosen in combinations(question.answers, count)
    )


def band_of_money(answers: Iterable[Answer], money: Money) -> Answer | None:
    """The highest band whose sum is reached; in a currency no band lists, the unlisted one."""
    offered = tuple(answers)
    if not any(answer.sums and money.currency in answer.sums for answer in offered):
        return next((answer for answer in offered if answer.unlisted), None)
    reached = [
        (answer.sums.get(money.currency, -1) if answer.sums else -1, answer)
        for answer in offered
        if answer.sums or not answer.unlisted
    ]
    return max(
        ((least, answer) for least, answer in reached if money.minor >= least),
        key=lambda one: one[0],
        default=(0, None),
    )[1]


def band_of_number(answers: Iterable[Answer], number: float) -> Answer | None:
    """The highest band that the number reaches."""
    reached = [(-math.inf if answer.at_least is None else answer.at_least, answer) for answer in answers]
    return max(
        ((least, answer) for least, answer in reached if number >= least), key=lambda one: one[0], default=(0, None)
    )[1]


def band_of_day(answers: Iterable[Answer], days: int) -> Answer | None:
    """The nearest band that a day so many days ahead still falls into."""
    reached = [(math.inf if answer.within_days is None else answer.within_days, answer) for answer in answers]
    return min(((most, answer) for most, answer in reached if days <= most), key=lambda one: one[0], default=(0, None))[
        1
    ]


def day_of(at: Instant) -> date:
    """The day an instant falls on, in UTC."""
    return _EPOCH + timedelta(days=at // DAY)


def start_of(day: date) -> Instant:
    """The first instant of a day, in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def fact_of_said(question: Question, said: Said) -> FactValue | None:
    """What an answer says about the fact its question sets; None where it says nothing that a field could hold.

    Money, numbers, days and texts are taken as said. A chosen key is kept as text, `yes` and `no` as such; a number's
    band stands for its lowest number. A band of money or days names no sum and no day.
    """
    if question.sets is None or said.heard is not None:
        return None
    said_value: FactValue | None = next(
        (value for value in (said.money, said.number, said.day, said.text) if value is not None), None
    )
    if isinstance(said_value, float) and said_value.is_integer():
        return int(said_value)
    return said_value if said_value is not None else _fact_of_keys(question, said.keys)


def _fact_of_keys(question: Question, keys: tuple[str, ...]) -> FactValue | None:
    chosen = tuple(answer for answer in question.answers if answer.key in keys)
    if not chosen:
        return None
    field = FIELD.get(question.sets or "")
    if field is not None and field.kind is FieldKind.YES_NO:
        return chosen[0].standing is Standing.YES
    if field is not None and field.kind is FieldKind.TAGS:
        return tuple(answer.key for answer in chosen)
    if question.kind is QuestionKind.NUMBER:
        least = chosen[0].at_least or 0.0
        return int(least) if float(least).is_integer() else least
    if question.kind in BANDED:
        return None
    return ", ".join(answer.key for answer in chosen)


def over_at(question: Question, given: Given) -> Instant | None:
    """When an answer has lasted its `expires_days`; None: never."""
    return None if question.expires_days is None else given.at + question.expires_days * DAY


def _answer_said(question: Question, said: Said, at: Instant) -> Answer | None:
    if said.keys:
        for answer in question.answers:
            if answer.key == said.keys[0]:
                return answer
        return None
    if said.money is not None:
        return band_of_money(question.answers, said.money) if question.kind is QuestionKind.MONEY else None
    if said.number is not None:
        return band_of_number(question.answers, said.number) if question.kind is QuestionKind.NUMBER else None
    if said.day is not None:
        ahead = (said.day - day_of(at)).days
        return band_of_day(question.answers, ahead) if question.kind is QuestionKind.DATE else None
    return question.answers[0] if said.text and question.kind in NAMED else None


# ── reading what a person typed ──────────────────────────────────────────────────────────────────────────────────────


def parse_said(question: Question, text: str) -> Said:
    """What a person typed as an answer: a key, keys joined by commas, a number, a sum, a day, a name or words.

    A band's key is accepted for sums, numbers and days. Raises `BadValue`: empty_text · answer (question, name,
    choices) · bad_number, bad_money, bad_date (text) · no_currency (text, choices).
    """
    typed = text.strip()
    if not typed:
        raise BadValue("empty_text")
    if question.kind in NAMED:
        return Said(text=typed)
    if question.kind is QuestionKind.SEVERAL:
        chosen = {_offered(question, one) for one in typed.split(",") if one.strip()}
        if not chosen:
            raise BadValue("empty_text")
        return Said(keys=tuple(answer.key for answer in question.answers if answer.key in chosen))
    if question.kind not in BANDED:
        return Said(keys=(_offered(question, typed),))
    band = _same_key(question, typed)
    return Said(keys=(band,)) if band is not None else _value_typed(question, typed)


def _value_typed(question: Question, typed: str) -> Said:
    if question.kind is QuestionKind.MONEY:
        listed = dict.fromkeys(currency for answer in question.answers for currency in answer.sums or ())
        said = Said(money=read_sum(typed, tuple(listed)))
    elif question.kind is QuestionKind.NUMBER:
        said = Said(number=_number_typed(typed))
    else:
        said = Said(day=_day_typed(typed))
    if _answer_said(question, said, 0) is None:
        raise BadValue("answer", question=question.key, name=typed, choices=_choices(question))
    return said


def _offered(question: Question, typed: str) -> str:
    key = _same_key(question, typed.strip())
    if key is None:
        raise BadValue("answer", question=question.key, name=typed.strip(), choices=_choices(question))
    return key


def _same_key(question: Question, typed: str) -> str | None:
    return next((answer.key for answer in question.answers if answer.key.casefold() == typed.casefold()), None)


def _choices(question: Question) -> str:
    return ", ".join(answer.key for answer in question.answers)


def _number_typed(typed: str) -> float:
    plain = typed.replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadValue("bad_number", text=typed)
    return number


def _day_typed(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise BadValue("bad_date", text=typed) from error
