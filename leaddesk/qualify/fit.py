"""Fit: what each known fact is worth by the rules of the ideal customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from leaddesk.qualify.answers import band_of_money, band_of_number
from leaddesk.qualify.conditions import is_known, rule_meets, texts_of
from leaddesk.qualify.playbook import FactRule, Playbook, Profile, Question
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money, QuestionKind

_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class FactWorth:
    """A known fact and the rule that counts for it."""

    profile: Profile
    rule: FactRule
    value: FactValue


def rule_for(profile: Profile, value: FactValue) -> FactRule:
    """The first rule of a fact that holds for its value."""
    return next((rule for rule in profile.rules if rule_meets(rule.when, value)), profile.otherwise)


#: Worths found before, by fact and value: many leads share an industry or a title.
WorthsFound: TypeAlias = dict[tuple[str, type, FactValue], FactWorth]


def facts_worth(playbook: Playbook, facts: Mapping[str, FactValue], found: WorthsFound) -> dict[str, FactWorth]:
    """The profiled facts that are known, by fact; what is not known is left out and stays open.

    `found`: worths found before, which it adds to.
    """
    worths: dict[str, FactWorth] = {}
    for profile in playbook.profiles:
        fact = profile.fact
        value = facts.get(fact)
        if value is None:
            continue
        # The type tells 1 from true and 1.0, which are equal as keys.
        key = (fact, value.__class__, value)
        worth = found.get(key)
        if worth is None:
            if not is_known(value):
                continue
            if len(found) > _MOST_REMEMBERED:
                found.clear()
            worth = found[key] = FactWorth(profile, rule_for(profile, value), value)
        worths[fact] = worth
    return worths


def keys_of_fact(question: Question, worth: FactWorth) -> tuple[str, ...]:
    """The answers a known fact amounts to: the rule that holds, and the offered answer or band it falls into."""
    band = _band(question, worth.value)
    keys = (worth.rule.key, *(() if band is None else (band,)))
    if question.kind in {QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.YES_NO, QuestionKind.SCALE}:
        texts = {text.casefold() for text in texts_of(worth.value)}
        keys += tuple(answer.key for answer in question.answers if answer.key.casefold() in texts)
    return tuple(dict.fromkeys(keys))


def _band(question: Question, value: FactValue) -> str | None:
    answer = None
    if question.kind is QuestionKind.MONEY and isinstance(value, Money):
        answer = band_of_money(question.answers, value)
    elif question.kind is QuestionKind.NUMBER and isinstance(value, (int, float)) and not isinstance(value, bool):
        answer = band_of_number(question.answers, value)
    # How far ahead a day lies is not a matter of the fact alone: days as facts fall into no band.
    return answer.key if answer else None
