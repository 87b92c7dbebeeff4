"""Whether the answers of a question fit its kind: their number, their bands, and the fact they set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leaddesk.qualify.answers import NAMED
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.terms import QuestionKind

#: Digits 1 to 8 choose an answer; 9 and 0 are evaded and does not know.
MOST_ANSWERS = 8

# What a question must be to set a field of a kind; other kinds of field take any text.
_SETTING: Mapping[FieldKind, frozenset[QuestionKind]] = {
    FieldKind.MONEY: frozenset({QuestionKind.MONEY}),
    FieldKind.NUMBER: frozenset({QuestionKind.NUMBER}),
    FieldKind.DATE: frozenset({QuestionKind.DATE}),
    FieldKind.YES_NO: frozenset({QuestionKind.YES_NO, QuestionKind.SINGLE}),
    FieldKind.CHOICE: frozenset({QuestionKind.SINGLE}),
}


def answer_problems(question: Question, path: str) -> Iterator[Problem]:
    """What is wrong with a question's answers as a whole."""
    count = len(question.answers)
    if count > MOST_ANSWERS:
        yield Problem(f"{path}.answers", "too_many_answers", {"n": count, "most": MOST_ANSWERS})
    if question.kind in NAMED and count > 1:
        yield Problem(f"{path}.answers", "one_answer", {"n": count, "kind": question.kind.value})
    if question.kind is QuestionKind.MONEY:
        yield from _money_problems(question, path)
    elif question.kind is QuestionKind.NUMBER:
        lows = [answer.at_least for answer in question.answers]
        yield from _same_bands(lows, path)
        if lows and all(low is not None and low > 0 for low in lows):
            yield Problem(f"{path}.answers", "no_lowest_band")
    elif question.kind is QuestionKind.DATE:
        days = [answer.within_days for answer in question.answers]
        yield from _same_bands(days, path)
        if days and None not in days:
            yield Problem(f"{path}.answers", "no_farthest_band")
    yield from _setting_problems(question, path)


def _money_problems(question: Question, path: str) -> Iterator[Problem]:
    unlisted = sum(1 for answer in question.answers if answer.unlisted)
    if unlisted != 1:
        yield Problem(f"{path}.answers", "unlisted_count", {"n": unlisted})
    listed = sorted({currency for answer in question.answers for currency in answer.sums or ()})
    for place, answer in enumerate(question.answers):
        missing = [currency for currency in listed if answer.sums and currency not in answer.sums]
        if missing:
            yield Problem(f"{path}.answers[{place}].sums", "currencies_missing", {"currencies": ", ".join(missing)})
    for currency in listed:
        lows = [answer.sums.get(currency) for answer in question.answers if answer.sums]
        yield from _same_bands([low for low in lows if low is not None], path)
        open_end = any(not answer.sums and not answer.unlisted for answer in question.answers)
        if not open_end and all(low is None or low > 0 for low in lows):
            yield Problem(f"{path}.answers", "no_lowest_band")
            return


def _same_bands(bounds: list[float | None] | list[int | None] | list[int], path: str) -> Iterator[Problem]:
    if len(set(bounds)) < len(bounds):
        yield Problem(f"{path}.answers", "same_band")


def _setting_problems(question: Question, path: str) -> Iterator[Problem]:
    field = FIELD.get(question.sets or "")
    if field is None:
        return
    fits = _SETTING.get(field.kind)
    if fits is not None and question.kind not in fits:
        details = {"fact": field.key, "kind": question.kind.value, "wanted": ", ".join(sorted(fits))}
        yield Problem(f"{path}.sets", "sets_kind", details)
    if field.kind is FieldKind.CHOICE:
        for place, answer in enumerate(question.answers):
            if answer.key not in field.choices:
                details = {"fact": field.key, "value": answer.key, "offered": ", ".join(field.choices)}
                yield Problem(f"{path}.answers[{place}].key", "not_a_choice", details)
