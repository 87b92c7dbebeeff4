"""What was said, and what follows from it, in words: answers, reasons of a score, evidence of a gate."""

from __future__ import annotations

from leaddesk import words
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    NextStepPlanned,
    Playbook,
    Question,
    QuestionStands,
    Requirement,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.state import Assessment, FactValue, Given, LeadState, Said
from leaddesk.qualify.terms import Instant, Money
from leaddesk.ui import figures


def said_words(question: Question | None, said: Said, language: str, *, short: bool = False) -> str:
    """An answer as a person says it: the words of its choices, a sum, a number, a day, a name, or what was heard."""
    if said.heard is not None:
        return words.say(language, "standings", said.heard)
    if said.money is not None:
        return figures.full_money(said.money, language)
    if said.number is not None:
        return f"{said.number:,.10g}"
    if said.day is not None:
        return figures.calendar_day(said.day, language)
    if said.text is not None:
        return said.text
    offered = [question.answer(key) for key in said.keys] if question is not None else []
    known = [words.pick(one.short if short else one.label, language) for one in offered if one is not None]
    return words.say(language, "board", "comma").join(known) or ", ".join(said.keys)


def fact_words(value: FactValue, language: str) -> str:
    """The value of a fact."""
    if isinstance(value, bool):
        return words.say(language, "standings", "yes" if value else "no")
    if isinstance(value, Money):
        return figures.full_money(value, language)
    if isinstance(value, tuple):
        return words.say(language, "board", "comma").join(value)
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    if isinstance(value, str):
        return value
    return figures.calendar_day(value, language)


def given_words(playbook: Playbook, given: Given, now: Instant, language: str) -> str:
    """An answer with its day, in the buyer's own words where they were noted: 14 Nov, “a day a week”."""
    when = figures.moment(given.at, now, language)
    if given.note:
        return words.say(language, "board", "noted", when=when, note=given.note)
    said = said_words(playbook.question.get(given.question), given.said, language, short=True)
    return words.say(language, "board", "said", when=when, what=said)


def requirement_evidence(
    playbook: Playbook, need: Requirement, state: LeadState, assessment: Assessment, language: str
) -> str:
    """Why a requirement is met: the answer, fact, call, event or person behind it; empty where nothing can be named."""
    return _evidence(need.when, playbook, state, assessment, language)


def _evidence(condition: Condition, playbook: Playbook, state: LeadState, assessment: Assessment, language: str) -> str:
    now = assessment.as_of
    match condition:
        case AnswerIs(question=key) | QuestionStands(question=key):
            stands = assessment.questions.get(key)
            return given_words(playbook, stands.given, now, language) if stands is not None and stands.given else ""
        case CriterionStands(criterion=key):
            return _criterion_evidence(key, playbook, assessment, language)
        case (
            FactIs(fact=key) | FactHas(fact=key) | FactKnown(fact=key) | FactBetween(fact=key) | MoneyAtLeast(fact=key)
        ):
            value = state.facts.get(key)
            return fact_words(value, language) if value is not None else ""
        case ScoreAtLeast(part=part):
            tenths = assessment.score if part is None else assessment.parts[part].points
            return words.say(language, "board", "points", n=figures.exact_points(tenths))
        case EventSeen(kinds=kinds):
            seen = [event for event in state.events if event.kind in kinds and event.at <= now]
            kind = playbook.event_kind.get(seen[-1].kind) if seen else None
            return f"{words.pick(kind.label, language)}, {figures.moment(seen[-1].at, now, language)}" if kind else ""
        case CallMade():
            calls = [call for call in state.calls if call.at <= now]
            return (
                words.say(language, "board", "call_of", when=figures.moment(calls[-1].at, now, language))
                if calls
                else ""
            )
        case NextStepPlanned():
            return figures.calendar_day(state.next_step_on, language) if state.next_step_on is not None else ""
        case SignedOff(key=key):
            signed = [one for one in state.signoffs if one.key == key]
            return f"{signed[-1].by}, {figures.moment(signed[-1].at, now, language)}" if signed else ""
        case All(of=parts) | AnyOf(of=parts):
            told = (_evidence(part, playbook, state, assessment, language) for part in parts)
            return next((text for text in told if text), "")
        case _:
            return ""


def _criterion_evidence(key: str, playbook: Playbook, assessment: Assessment, language: str) -> str:
    """The newest answer of a criterion, one with the buyer's own words before others."""
    given = [
        stands.given
        for stands in assessment.questions.values()
        if stands.criterion == key and stands.given is not None and stands.standing.is_knowledge
    ]
    if not given:
        return ""
    best = max(given, key=lambda one: (bool(one.note), one.at))
    return given_words(playbook, best, assessment.as_of, language)
