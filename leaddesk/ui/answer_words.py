"""What was said, and what follows from it, in words: answers, reasons of a score, evidence of a gate."""

from __future__ import annotations

from leaddesk import words
from leaddesk.qualify.conditions import call_counts, window_seen
from leaddesk.qualify.gate import met_by
from leaddesk.qualify.playbook import (
    AnswerIs,
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
from leaddesk.qualify.state import Assessment, FactValue, Given, LeadState, QuestionState, Said
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
    """What met a requirement: the answer, fact, call, event or person; empty where nothing can be named."""
    told = (_evidence(one, playbook, state, assessment, language) for one in met_by(playbook, state, assessment, need))
    return next((text for text in told if text), "")


def _evidence(condition: Condition, playbook: Playbook, state: LeadState, assessment: Assessment, language: str) -> str:
    """What makes one condition hold that does."""
    now = assessment.as_of
    match condition:
        case AnswerIs(question=key) | QuestionStands(question=key):
            return _question_evidence(key, playbook, state, assessment, language)
        case CriterionStands():
            return _criterion_evidence(condition, playbook, assessment, language)
        case (
            FactIs(fact=key) | FactHas(fact=key) | FactKnown(fact=key) | FactBetween(fact=key) | MoneyAtLeast(fact=key)
        ):
            value = state.facts.get(key)
            return fact_words(value, language) if value is not None else ""
        case ScoreAtLeast(part=part):
            tenths = assessment.score if part is None else assessment.parts[part].points
            return words.say(language, "board", "points", n=figures.exact_points(tenths))
        case EventSeen():
            return _event_evidence(condition, playbook, state, now, language)
        case CallMade():
            return _call_evidence(condition, playbook, state, now, language)
        case NextStepPlanned():
            return figures.calendar_day(state.next_step_on, language) if state.next_step_on is not None else ""
        case SignedOff(key=key):
            signed = [one for one in state.signoffs if one.key == key]
            return _said_when(signed[-1].by, signed[-1].at, now, language) if signed else ""
        case _:
            return ""


def _question_evidence(key: str, playbook: Playbook, state: LeadState, assessment: Assessment, language: str) -> str:
    stands = assessment.questions.get(key)
    if stands is None:
        return ""
    if stands.given is not None:
        return given_words(playbook, stands.given, assessment.as_of, language)
    value = state.facts.get(playbook.question[key].sets or "") if stands.from_fact else None
    return fact_words(value, language) if value is not None else ""


def _event_evidence(condition: EventSeen, playbook: Playbook, state: LeadState, now: Instant, language: str) -> str:
    seen = [one for one in state.events if one.kind in condition.kinds and window_seen(condition, one.at, now)]
    kind = playbook.event_kind.get(seen[-1].kind) if seen else None
    return _said_when(words.pick(kind.label, language), seen[-1].at, now, language) if kind else ""


def _said_when(what: str, at: Instant, now: Instant, language: str) -> str:
    return words.say(language, "board", "said", what=what, when=figures.moment(at, now, language))


def _call_evidence(condition: CallMade, playbook: Playbook, state: LeadState, now: Instant, language: str) -> str:
    calls = [one for one in state.calls if one.at <= now and call_counts(condition, one.outcome, playbook)]
    return words.say(language, "board", "call_of", when=figures.moment(calls[-1].at, now, language)) if calls else ""


def _criterion_evidence(condition: CriterionStands, playbook: Playbook, assessment: Assessment, language: str) -> str:
    """The answer that speaks for it most: one that stands as wanted, required ones and the buyer's own words first."""
    known = [
        stands
        for stands in assessment.questions.values()
        if stands.criterion == condition.criterion and stands.given is not None and stands.standing.is_knowledge
    ]

    def speaks(stands: QuestionState) -> tuple[bool, bool, bool, Instant]:
        required, given = playbook.question[stands.key].required, stands.given
        said = (bool(given.note), given.at) if given is not None else (False, 0)
        return (stands.standing in condition.standings, required, *said)

    best = max(known, key=speaks, default=None)
    return given_words(playbook, best.given, assessment.as_of, language) if best is not None and best.given else ""
