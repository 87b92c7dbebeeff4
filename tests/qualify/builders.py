"""Short ways to say a playbook and a lead's state in a test."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from leaddesk.qualify.answers import fact_of_said
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import (
    All,
    Answer,
    Condition,
    Criterion,
    EventGroup,
    EventKind,
    FactHas,
    FactRule,
    Grades,
    Part,
    Playbook,
    Profile,
    Question,
    ScoreAtLeast,
    Stage,
)
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import Assessment, FactValue, Given, LeadState, Said
from leaddesk.qualify.terms import DAY, Instant, QuestionKind, StageKind, Standing
from leaddesk.resources import text_of

#: Noon of 1 March 2027, UTC.
NOW: Instant = int(datetime(2027, 3, 1, 12, tzinfo=UTC).timestamp()) * 1000
TODAY = date(2027, 3, 1)

YES, PARTLY, NO = Standing.YES, Standing.PARTLY, Standing.NO
EVADED, UNKNOWN, NOT_ASKED = Standing.EVADED, Standing.UNKNOWN, Standing.NOT_ASKED

SIMPLE_ANSWERS = (("yes", YES, 8), ("partly", PARTLY, 3), ("no", NO, 0))


def answer(key: str, standing: Standing = YES, points: float = 0, **more: object) -> Answer:
    """An offered answer; points as a person writes them."""
    return replace(Answer(key, {"en": key}, {"en": key}, standing, round(points * 10)), **more)  # type: ignore[arg-type]


def question(
    key: str,
    offers: tuple[tuple[str, Standing, float], ...] = SIMPLE_ANSWERS,
    *,
    criterion: str = "need",
    kind: QuestionKind = QuestionKind.SINGLE,
    when: Condition | None = None,
    **more: object,
) -> Question:
    """A question; offers as (key, standing, points)."""
    offered = tuple(answer(*one) for one in offers)
    text = {"en": key}
    plain = Question(key, criterion, kind, text, text, text, offered, text, when=when)
    return replace(plain, **more)  # type: ignore[arg-type]


def playbook(*questions: Question, **more: object) -> Playbook:
    """A small playbook: parts and criteria need 20, authority 15, fit 25, engagement 15; stages new, talk, sql."""
    parts = (
        Part("need", {"en": "Need"}, 200, "criterion"),
        Part("authority", {"en": "Authority"}, 150, "criterion"),
        Part("fit", {"en": "Fit"}, 250, "fit"),
        Part("engagement", {"en": "Engagement"}, 150, "engagement"),
    )
    plain = Playbook(
        key="small",
        name={"en": "Small"},
        parts=parts,
        criteria=tuple(Criterion(part.key, part.label, part.label, part.key) for part in parts[:3]),
        questions=questions,
        profiles=(),
        event_groups=(EventGroup("web", {"en": "Web"}, 60), EventGroup("asked", {"en": "Asked"}, 100)),
        event_kinds=(
            EventKind("visit", {"en": "Visit"}, "web", 20, 10),
            EventKind("paper", {"en": "White paper"}, "web", 50, 30),
            EventKind("demo", {"en": "Demo"}, "asked", 80, 20, hot=True),
            EventKind("left_list", {"en": "Left the list"}, "asked", -30, 40),
        ),
        grades=Grades(150, 80, 90, 40, 650, 350),
        hot=ScoreAtLeast(None, 600),
        warm=ScoreAtLeast("engagement", 20),
        lifecycle=(),
        stages=tuple(
            Stage(key, {"en": key}, kind)
            for key, kind in (
                ("new", StageKind.OPEN),
                ("talk", StageKind.OPEN),
                ("sql", StageKind.OPEN),
                ("won", StageKind.WON),
                ("lost", StageKind.LOST),
                ("parked", StageKind.PARKED),
                ("nurture", StageKind.NURTURE),
            )
        ),
        dispositions=(),
        reasons={},
        roles=(),
        call_minutes=20,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def industry(part: str = "fit") -> Profile:
    """Logistics 8, retail 4, anything else 0."""

    def rule(key: str, points: int, standing: Standing, when: Condition) -> FactRule:
        return FactRule(key, {"en": key}, when, points, standing)

    rules = (
        rule("core", 80, YES, FactHas("industry", ("logistics",))),
        rule("near", 40, PARTLY, FactHas("industry", ("retail",))),
    )
    return Profile("industry", part, rules, rule("other", 0, NO, All(())))


def said(*keys: str) -> Said:
    """Answers by their keys."""
    return Said(keys=keys)


def heard(standing: Standing) -> Said:
    """Evaded or does not know."""
    return Said(heard=standing)


def given(question_key: str, what: Said | str, at: Instant = NOW, **more: str) -> Given:
    """An answer as given; a text is an answer's key."""
    return Given(
        more.get("id", f"{question_key}@{at}"),
        question_key,
        at,
        said(what) if isinstance(what, str) else what,
        more.get("by", ""),
        more.get("note", ""),
    )


def lead(*answers: Given, stage: str = "new", facts: Mapping[str, FactValue] | None = None) -> LeadState:
    """A lead of which this is known."""
    return LeadState(stage, facts or {}, answers)


def seen(book: Playbook, state: LeadState, at: Instant = NOW, today: date | None = None) -> Assessment:
    """The lead as of an instant, by UTC's day."""
    return assess(book, state, at, today or datetime.fromtimestamp(at / 1000, UTC).date())


def answered(book: Playbook, state: LeadState, question_key: str, what: Said, at: Instant = NOW) -> LeadState:
    """The lead after one more answer, with the fact it sets."""
    one = Given(f"{len(state.answers):04}", question_key, at, what)
    asked = book.question[question_key]
    value = fact_of_said(asked, what)
    facts = state.facts if value is None or asked.sets is None else {**state.facts, asked.sets: value}
    return replace(state, answers=(*state.answers, one), facts=facts)


def shipped(name: str) -> Playbook:
    """A playbook that comes with LeadDesk."""
    return read_playbook(tomllib.loads(text_of("playbooks", f"{name}.toml")))


def days(count: float) -> Instant:
    """So many days in milliseconds."""
    return round(count * DAY)
