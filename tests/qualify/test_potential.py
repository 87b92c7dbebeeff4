"""Up to: equal to trying everything, and quick where nothing branches."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings

from leaddesk.qualify.playbook import AnswerIs, FactHas, Not, Playbook, Question, QuestionStands
from leaddesk.qualify.potential import highest, unbeaten
from leaddesk.qualify.state import FactValue, LeadState, Said
from leaddesk.qualify.terms import QuestionKind, Tenths
from tests.qualify.builders import (
    EVADED,
    NO,
    PARTLY,
    UNKNOWN,
    YES,
    answered,
    heard,
    industry,
    lead,
    playbook,
    question,
    said,
    seen,
)
from tests.qualify.strategies import INDUSTRIES, books_and_leads

#: Enough sizes to fall on either side of every limit a made-up `when` draws.
SIZES = (5, 50)


def everything_sayable(asked: Question) -> list[Said]:
    if asked.kind is QuestionKind.SEVERAL:
        keys = [offer.key for offer in asked.answers]
        some = [said(*chosen) for count in range(1, len(keys) + 1) for chosen in combinations(keys, count)]
    elif asked.kind is QuestionKind.TEXT:
        some = [Said(text="told")]
    else:
        some = [said(offer.key) for offer in asked.answers]
    return [*some, heard(EVADED), heard(UNKNOWN)]


def by_trying(book: Playbook, state: LeadState) -> Tenths:
    """The highest score of all states that answers and newly known facts can lead to, one after the other."""
    best, waiting, met = 0, [state], set()
    while waiting:
        state = waiting.pop()
        found = seen(book, state)
        key = (
            tuple(sorted((fact, str(value)) for fact, value in state.facts.items())),
            tuple((one.standing, one.keys) for one in found.questions.values()),
        )
        if key in met:
            continue
        met.add(key)
        best = max(best, found.score)
        waiting += [
            answered(book, state, one.key, what)
            for one in found.questions.values()
            if one.open
            for what in everything_sayable(book.question[one.key])
        ]
        if "industry" not in state.facts:
            waiting += [told(state, "industry", value) for value in (*INDUSTRIES, "a0")]
    return best


def told(state: LeadState, fact: str, value: FactValue) -> LeadState:
    return LeadState(state.stage, {**state.facts, fact: value}, state.answers, state.events)


@settings(max_examples=60)
@given(books_and_leads(3))
def test_it_equals_trying_everything(case: tuple[Playbook, LeadState]) -> None:
    book, state = case
    # Sizes are no question here: a known one keeps both ways of looking at it alike.
    state = told(state, "size", state.facts.get("size", SIZES[0]))
    assert seen(book, state).up_to == by_trying(book, state)


def test_the_best_answer_to_every_open_question_counts() -> None:
    book = playbook(question("one"), question("two", criterion="authority"))
    assert seen(book, lead()).up_to == 160
    assert seen(book, answered(book, lead(), "one", said("no"))).up_to == 80
    assert seen(book, answered(book, lead(), "one", said("partly"))).up_to == 110


def test_a_part_holds_it_down() -> None:
    book = playbook(*(question(f"q{place}") for place in range(3)))
    assert seen(book, lead()).up_to == 200


def test_a_branch_that_may_open_counts() -> None:
    follows = question("two", when=AnswerIs("one", ("no",)), criterion="authority")
    book = playbook(question("one", (("yes", YES, 3), ("no", NO, 0))), follows)
    assert seen(book, lead()).up_to == 80
    assert seen(book, answered(book, lead(), "one", said("yes"))).up_to == 30


def test_what_is_asked_before_it_is_hidden_counts_beside_what_hides_it() -> None:
    hidden = question("two", when=Not(AnswerIs("one", ("yes",))), criterion="authority")
    book = playbook(question("one"), hidden)
    assert seen(book, lead()).up_to == 160
    assert seen(book, answered(book, lead(), "one", said("yes"))).up_to == 80


def test_an_evasion_may_open_a_branch() -> None:
    book = playbook(
        question("one", (("yes", YES, 3), ("no", NO, 0))),
        question("two", when=QuestionStands("one", (EVADED, UNKNOWN)), criterion="authority"),
    )
    assert seen(book, lead()).up_to == 110


def test_an_unknown_fact_counts_with_its_best_rule() -> None:
    book = playbook(question("one"), profiles=(industry(),))
    assert seen(book, lead()).up_to == 160
    assert seen(book, lead(facts={"industry": "farming"})).up_to == 80
    assert seen(book, lead(facts={"industry": "Retail chain"})).up_to == 120


def test_a_fact_may_open_a_branch() -> None:
    shops = question("shops", when=FactHas("industry", ("retail",)), criterion="authority")
    book = playbook(question("one"), shops, profiles=(industry(),))
    # Logistics 8 and retail 4 may stand in one text; the first rule counts, the branch opens all the same.
    assert seen(book, lead()).up_to == 80 + 80 + 80
    assert seen(book, lead(facts={"industry": "logistics"})).up_to == 160


def test_points_that_can_only_be_lost_do_not_count() -> None:
    book = playbook(question("one", (("bad", NO, -5), ("worse", NO, -8))))
    assert seen(book, lead()).up_to == 0


def test_losses_are_made_good_by_what_is_open() -> None:
    book = playbook(question("one", (("bad", NO, -5), ("good", YES, 5))), question("two"))
    assert seen(book, answered(book, lead(), "one", said("bad"))).up_to == 30


@pytest.mark.parametrize(
    ("vectors", "kept"),
    [
        ([(1, 2), (2, 1), (1, 1)], {(1, 2), (2, 1)}),
        ([(0, 0), (0, 0)], {(0, 0)}),
        ([(3, 3), (1, 9), (3, 2)], {(3, 3), (1, 9)}),
    ],
)
def test_only_unbeaten_vectors_are_kept(vectors: list[tuple[int, ...]], kept: set[tuple[int, ...]]) -> None:
    assert set(unbeaten(vectors)) == kept


def test_every_part_is_held_between_zero_and_its_limit() -> None:
    assert highest([(50, 0), (0, 90)], (-20, 30), (100, 100)) == 100


def test_a_script_of_many_branches_is_still_answered() -> None:
    """Beyond what can be walked, everything open counts with its best: never too low."""
    chain = [question("q0", (("yes", YES, 1), ("partly", PARTLY, 0.5), ("no", NO, 0)))]
    for place in range(1, 24):
        before = QuestionStands(f"q{place - 1}", (YES, EVADED))
        chain.append(question(f"q{place}", (("yes", YES, 1), ("partly", PARTLY, 0.5), ("no", NO, 0)), when=before))
    book = playbook(*chain)
    assert seen(book, lead()).up_to == 200
