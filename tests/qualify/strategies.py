"""Playbooks and leads made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from leaddesk.qualify.answers import day_of
from leaddesk.qualify.playbook import (
    AnswerIs,
    AnyOf,
    Condition,
    FactBetween,
    FactHas,
    FactIs,
    Not,
    Playbook,
    Question,
    QuestionStands,
)
from leaddesk.qualify.state import Event, LeadState, Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing
from tests.qualify.builders import EVADED, NO, NOW, PARTLY, UNKNOWN, YES, answered, days, industry, playbook, question

KINDS = (QuestionKind.SINGLE, QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.TEXT, QuestionKind.NUMBER)
INDUSTRIES = ("logistics", "retail", "logistics and retail", "farming")

_KNOWN = st.sampled_from((YES, PARTLY, NO))


@st.composite
def questions(draw: st.DrawFn, place: int, earlier: list[Question]) -> Question:
    """A question whose branching looks at earlier ones and at facts."""
    kind = draw(st.sampled_from(KINDS))
    count = 1 if kind is QuestionKind.TEXT else draw(st.integers(2, 3))
    offered = tuple((f"a{one}", draw(_KNOWN), draw(st.integers(-3, 10))) for one in range(count))
    more: dict[str, object] = {}
    if kind is QuestionKind.SEVERAL and draw(st.booleans()):
        more["limit"] = draw(st.integers(20, 100))
    if kind is QuestionKind.SINGLE and draw(st.integers(0, 4)) == 0:
        more["sets"] = draw(st.sampled_from(("industry", "origin")))
    if draw(st.integers(0, 3)) == 0:
        more["expires_days"] = draw(st.integers(1, 60))
    more["required"], more["knock_out"] = draw(st.booleans()), draw(st.integers(0, 5)) == 0
    one = question(
        f"q{place}",
        offered,
        criterion=draw(st.sampled_from(("need", "authority", "fit"))),
        kind=kind,
        when=draw(st.none() | conditions(earlier)),
        **more,
    )
    if kind is QuestionKind.NUMBER:
        bands = [None, 10.0, 100.0]
        offers = tuple(replace(offer, at_least=bands[at]) for at, offer in enumerate(one.answers))
        one = replace(one, answers=offers)
    return one


def conditions(earlier: list[Question]) -> st.SearchStrategy[Condition]:
    """What a `when` may look at."""
    facts: list[st.SearchStrategy[Condition]] = [
        st.just(FactHas("industry", ("retail",))),
        st.just(FactIs("industry", ("a0", "logistics"))),
        st.just(FactIs("origin", ("a1",))),
        st.just(FactBetween("size", 50, None)),
    ]
    atoms = st.one_of(facts)
    for one in earlier:
        keys = [offer.key for offer in one.answers]
        if one.sets == "industry":
            keys = ["core", "near", "other"]
        atoms |= st.builds(AnswerIs, st.just(one.key), st.lists(st.sampled_from(keys), min_size=1).map(tuple))
        stands = st.lists(st.sampled_from(tuple(Standing)), min_size=1, max_size=3).map(tuple)
        atoms |= st.builds(QuestionStands, st.just(one.key), stands)
    pairs = st.lists(atoms, min_size=1, max_size=2).map(tuple)
    return st.one_of(atoms, st.builds(Not, atoms), st.builds(AnyOf, pairs))


@st.composite
def playbooks(draw: st.DrawFn, most: int = 5) -> Playbook:
    """A small playbook with branching; at most one question sets the industry, which the profile scores."""
    made: list[Question] = []
    for place in range(draw(st.integers(1, most))):
        one = draw(questions(place, made))
        if one.sets == "industry" and any(other.sets == "industry" for other in made):
            continue
        made.append(one)
    return playbook(*made, profiles=(industry(draw(st.sampled_from(("fit", "need")))),))


def sayings(asked: Question) -> st.SearchStrategy[Said]:
    """Anything that may be said to a question."""
    evasions = st.sampled_from((EVADED, UNKNOWN)).map(lambda standing: Said(heard=standing))
    return st.one_of(knowing(asked), knowing(asked), evasions)


def knowing(asked: Question) -> st.SearchStrategy[Said]:
    """Anything that tells something."""
    keys = [offer.key for offer in asked.answers]
    if asked.kind is QuestionKind.SEVERAL:
        return st.sets(st.sampled_from(keys), min_size=1).map(lambda some: Said(keys=tuple(sorted(some))))
    if asked.kind in (QuestionKind.TEXT, QuestionKind.PERSON):
        return st.just(Said(text="Anna Kowalska"))
    by_key = st.sampled_from(keys).map(lambda key: Said(keys=(key,)))
    if asked.kind is QuestionKind.NUMBER:
        return by_key | st.sampled_from((0.0, 9.0, 10.0, 55.0, 250.0, 5000.0)).map(lambda number: Said(number=number))
    if asked.kind is QuestionKind.MONEY:
        sums = st.builds(
            Money, st.sampled_from((0, 500_000, 6_000_000, 90_000_000)), st.sampled_from(("EUR", "CNY", "SEK"))
        )
        return by_key | sums.map(lambda money: Said(money=money))
    if asked.kind is QuestionKind.DATE:
        ahead = st.sampled_from((0, 5, 91, 92, 93, 400))
        return by_key | ahead.map(lambda count: Said(day=day_of(NOW) + timedelta(days=count)))
    return by_key


@st.composite
def leads(draw: st.DrawFn, book: Playbook, most: int = 6) -> LeadState:
    """A lead with some facts, events of the last months, and answers given to whatever was asked."""
    facts: dict[str, str | int] = {}
    if draw(st.booleans()):
        facts["industry"] = draw(st.sampled_from(INDUSTRIES))
    if draw(st.booleans()):
        facts["size"] = draw(st.sampled_from((5, 50, 700)))
    kinds = st.sampled_from([kind.key for kind in book.event_kinds])
    events = draw(st.lists(st.tuples(kinds, st.floats(0, 120)), max_size=4))
    state = LeadState(
        draw(st.sampled_from([stage.key for stage in book.stages])),
        facts,
        events=tuple(Event(f"e{place}", kind, NOW - days(age)) for place, (kind, age) in enumerate(events)),
    )
    for age in sorted(draw(st.lists(st.floats(0, 90), max_size=most)), reverse=True):
        asked = draw(st.sampled_from(book.questions))
        state = answered(book, state, asked.key, draw(sayings(asked)), NOW - days(age))
    return state


@st.composite
def books_and_leads(draw: st.DrawFn, most: int = 5) -> tuple[Playbook, LeadState]:
    """A playbook and a lead it is used on."""
    book = draw(playbooks(most))
    return book, draw(leads(book))
