"""How the questions of a script stand: what was heard, what has expired, what branching shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from leaddesk.qualify.answers import fact_of_said, over_at, standing_of_said, start_of
from leaddesk.qualify.conditions import is_known, texts_of
from leaddesk.qualify.fit import FactWorth, facts_worth, keys_of_fact
from leaddesk.qualify.plan import Asked, Plan
from leaddesk.qualify.playbook import Question
from leaddesk.qualify.state import FactValue, Given, LeadState, QuestionState
from leaddesk.qualify.terms import Instant, QuestionKind, Standing, Tenths

_NOT_ASKED = Standing.NOT_ASKED
_MINUTE: Instant = 60_000
# Every time zone in use is a multiple of a quarter of an hour away from UTC, at most 14 hours ahead.
_QUARTER = 15 * _MINUTE
_FARTHEST_AHEAD = 14 * 60 * _MINUTE
# An instant that falls on the same day from Hawaii to New Zealand.
_SAME_DAY_EVERYWHERE = 10 * 60 * _MINUTE + 30 * _MINUTE


class Heard(NamedTuple):
    """What was heard on one question. `given`: the newest knowledge, else what was heard; `beside`: a later evasion.

    `changes_at`: when an answer that counts now may expire.
    """

    standing: Standing
    points: Tenths = 0
    keys: tuple[str, ...] = ()
    given: Given | None = None
    beside: Given | None = None
    expires_at: Instant | None = None
    expired: bool = False
    disagree: bool = False
    changes_at: Instant | None = None


class Known(NamedTuple):
    """Everything known of a lead at one instant. `facts` include those that only an answer tells."""

    heard: Mapping[str, Heard]
    facts: Mapping[str, FactValue]
    worth: Mapping[str, FactWorth]
    #: Bits of branching: atoms met, questions and profiled facts known.
    bits: int
    known: int


def known_of(plan: Plan, state: LeadState, as_of: Instant, today: date) -> Known:
    """Reads what is known from a lead's answers and facts; later answers and expired ones do not count."""
    heard = _all_heard(plan, state, as_of, today)
    facts = facts_told(plan, state, heard) if heard else state.facts
    worth = facts_worth(plan.playbook, facts, plan.worths_found)
    bits, known = _bits(plan, heard, facts, worth)
    return Known(heard, facts, worth, bits, known)


def question_states(plan: Plan, known: Known) -> dict[str, QuestionState]:
    """How each question stands, in script order."""
    visible = plan.branching.visible(known.bits)
    return {asked.question.key: question_state(asked, known, visible) for asked in plan.asked}


def question_state(asked: Asked, known: Known, visible: int) -> QuestionState:
    """How one question stands. `visible`: the questions that are, as bits."""
    shown = bool(visible >> asked.place & 1)
    fact = known.worth.get(asked.profile.fact) if asked.profile else None
    one = known.heard.get(asked.question.key)
    if fact is not None:
        return _from_fact(asked, shown, fact, one)
    return asked.blank[shown] if one is None else _as_heard(asked, shown, one)


def standing_in(asked: Asked, known: Known) -> Standing:
    """The standing of `question_state` alone."""
    if asked.profile is not None:
        fact = known.worth.get(asked.profile.fact)
        if fact is not None:
            return fact.rule.standing
    heard = known.heard.get(asked.question.key)
    return _NOT_ASKED if heard is None else _heard_standing(asked, heard)


def standing_heard(asked: Asked, said: list[Given], as_of: Instant, today: date) -> Standing:
    """The standing of a question on no profiled fact, from its answers up to `as_of` alone; it may sort them."""
    return _hear(asked.question, said, as_of, today).standing if said else _NOT_ASKED


def _heard_standing(asked: Asked, heard: Heard) -> Standing:
    """A question on a profiled fact is known through the fact alone."""
    return heard.standing if asked.profile is None or not heard.standing.is_knowledge else _NOT_ASKED


def _all_heard(plan: Plan, state: LeadState, as_of: Instant, today: date) -> dict[str, Heard]:
    said: dict[str, list[Given]] = {}
    by_key = plan.by_key
    for given in state.answers:
        if given.at <= as_of and given.question in by_key:
            said.setdefault(given.question, []).append(given)
    return {key: _hear(by_key[key].question, given, as_of, today) for key, given in said.items()}


def _hear(question: Question, said: list[Given], as_of: Instant, today: date) -> Heard:
    if len(said) == 1:
        return _hear_once(question, said[0], as_of, today)
    # Entries of the same instant go by id, whichever order they come in.
    said.sort(key=when_given)
    latest: dict[str, tuple[Given, Standing, Tenths, tuple[str, ...]]] = {}
    newest: Given | None = None
    beside: Given | None = None
    for given in said:
        standing, points, keys = standing_of_said(question, given.said, given.at)
        if standing.is_knowledge:
            latest[given.by] = (given, standing, points, keys)
            newest, beside = given, None
        elif standing is not Standing.NOT_ASKED:
            beside = given
    if newest is None:
        return _nothing_known(beside)
    _, standing, points, keys = latest[newest.by]
    lasting = [one for one in latest.values() if not _is_over(question, one[0], as_of, today)]
    ends = [end for one in lasting if (end := _may_end(question, one[0], as_of)) is not None]
    changes_at = min(ends, default=None)
    expires_at = _expires_at(question, newest)
    if _is_over(question, newest, as_of, today):
        late = _nothing_known(beside)
        return Heard(late.standing, 0, (), newest, beside, expires_at, expired=True, changes_at=changes_at)
    disagree = len({one[1] for one in lasting}) > 1
    return Heard(standing, points, keys, newest, beside, expires_at, disagree=disagree, changes_at=changes_at)


def _hear_once(question: Question, given: Given, as_of: Instant, today: date) -> Heard:
    """As `_hear` of a single entry, without what only several need."""
    standing, points, keys = standing_of_said(question, given.said, given.at)
    if not standing.is_knowledge:
        return Heard(_NOT_ASKED) if standing is _NOT_ASKED else _nothing_known(given)
    if _planned_day(question, given) is None:
        expires_at = changes_at = over_at(question, given)
        is_over = expires_at is not None and as_of >= expires_at
    else:
        expires_at, changes_at = _expires_at(question, given), _may_end(question, given, as_of)
        is_over = _is_over(question, given, as_of, today)
    if is_over:
        return Heard(_NOT_ASKED, 0, (), given, None, expires_at, True)
    return Heard(standing, points, keys, given, None, expires_at, False, False, changes_at)


def when_given(given: Given) -> tuple[Instant, str]:
    """The order of answers: by time, those of one instant by id."""
    return given.at, given.id


def _nothing_known(heard: Given | None) -> Heard:
    if heard is None or heard.said.heard is None:
        return Heard(Standing.NOT_ASKED)
    return Heard(heard.said.heard, given=heard)


def _planned_day(question: Question, given: Given) -> date | None:
    """A day that was said ends with itself, however long answers last."""
    return given.said.day if question.kind is QuestionKind.DATE else None


def _is_over(question: Question, given: Given, as_of: Instant, today: date) -> bool:
    over = over_at(question, given)
    if over is not None and as_of >= over:
        return True
    day = _planned_day(question, given)
    return day is not None and today > day


def _expires_at(question: Question, given: Given) -> Instant | None:
    """For people: where a day that was said passes first, an instant within the day after it."""
    over = over_at(question, given)
    day = _planned_day(question, given)
    if day is None or day == date.max:
        return over
    passed = start_of(day + timedelta(days=1)) + _SAME_DAY_EVERYWHERE
    return passed if over is None else min(over, passed)


def _may_end(question: Question, given: Given, as_of: Instant) -> Instant | None:
    """The earliest instant after `as_of` at which an answer may be over, wherever the person is."""
    over = over_at(question, given)
    day = _planned_day(question, given)
    if day is None or day == date.max:
        return over
    earliest = start_of(day + timedelta(days=1)) - _FARTHEST_AHEAD
    passed = max(earliest, (as_of // _QUARTER + 1) * _QUARTER)
    return passed if over is None else min(over, passed)


def facts_told(
    plan: Plan, state: LeadState, heard: Mapping[str, Heard] | Mapping[str, QuestionState]
) -> Mapping[str, FactValue]:
    """The lead's facts, and those that an answer tells although nobody wrote them down."""
    told: dict[str, tuple[tuple[Instant, str], FactValue]] = {}
    for asked in plan.setters:
        one = heard.get(asked.question.key)
        fact = asked.question.sets
        if one is None or one.given is None or not one.standing.is_knowledge or fact is None:
            continue
        if is_known(state.facts.get(fact)):
            continue
        value = fact_of_said(asked.question, one.given.said)
        if value is not None and is_known(value):
            when = when_given(one.given)
            if fact not in told or told[fact][0] < when:
                told[fact] = (when, value)
    if not told:
        return state.facts
    return {**state.facts, **{fact: value for fact, (_, value) in told.items()}}


def _bits(
    plan: Plan, heard: Mapping[str, Heard], facts: Mapping[str, FactValue], worth: Mapping[str, FactWorth]
) -> tuple[int, int]:
    branching = plan.branching
    bits, known = branching.blank, 0
    by_key, subjects = plan.by_key, branching.questions
    for key, one in heard.items():
        asked = by_key[key]
        if asked.profile is None and one.standing.is_knowledge:
            known |= 1 << asked.place
        subject = subjects.get(key)
        if subject is not None:
            bits = bits & ~subject.mask | subject.question_bits(one.standing, one.keys)
    for fact, about in branching.facts.items():
        value = facts.get(fact)
        if is_known(value):
            bits |= about.fact_bits(value)
    if worth:
        known, bits = _with_facts(plan, worth, known, bits)
    return bits, known


def _with_facts(plan: Plan, worth: Mapping[str, FactWorth], known: int, bits: int) -> tuple[int, int]:
    for place, profile in enumerate(plan.playbook.profiles, start=len(plan.asked)):
        if profile.fact in worth:
            known |= 1 << place
    for asked in plan.setters:
        if asked.profile is None or asked.profile.fact not in worth:
            continue
        known |= 1 << asked.place
        subject = plan.branching.questions.get(asked.question.key)
        if subject is not None:
            fact = worth[asked.profile.fact]
            keys = keys_of_fact(asked.question, fact)
            bits = bits & ~subject.mask | subject.question_bits(fact.rule.standing, keys)
    return known, bits


def _as_heard(asked: Asked, visible: bool, heard: Heard) -> QuestionState:
    question = asked.question
    standing = _heard_standing(asked, heard)
    return QuestionState(
        question.key,
        question.criterion,
        question.kind,
        visible,
        standing,
        visible and not standing.is_knowledge,
        heard.points if asked.profile is None else 0,
        asked.stake,
        heard.given,
        heard.beside,
        heard.expires_at,
        heard.expired,
        False,
        heard.disagree,
        heard.keys if standing.is_knowledge else (),
    )


def _from_fact(asked: Asked, visible: bool, fact: FactWorth, heard: Heard | None) -> QuestionState:
    question = asked.question
    evaded = heard is not None and heard.given is not None and heard.given.said.heard is not None
    told = heard.given if heard is not None and not evaded else None
    return QuestionState(
        question.key,
        question.criterion,
        question.kind,
        visible,
        fact.rule.standing,
        False,
        fact.rule.points,
        asked.stake,
        given=told if told is not None and _tells(question, told, fact.value) else None,
        beside=None if heard is None else (heard.given if evaded else heard.beside),
        from_fact=True,
        disagree=heard is not None and heard.disagree,
        keys=keys_of_fact(question, fact),
    )


def _tells(question: Question, given: Given, value: FactValue) -> bool:
    """Whether an answer is where a fact comes from; one that says otherwise was overtaken by the fact."""
    told = fact_of_said(question, given.said)
    return told is not None and [text.casefold() for text in texts_of(told)] == [
        text.casefold() for text in texts_of(value)
    ]
