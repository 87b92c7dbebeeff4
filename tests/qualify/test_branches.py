"""Branches that turn in circles, or pay less for a better answer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.qualify.branches import circle_problems, less_for_better_problems
from leaddesk.qualify.playbook import AnswerIs, FactHas, Not, Playbook, QuestionStands
from leaddesk.qualify.terms import QuestionKind
from tests.qualify.builders import EVADED, NO, YES, answered, industry, lead, playbook, question, said, seen
from tests.qualify.strategies import playbooks

TWO = (("yes", YES, 5), ("no", NO, 3))


def test_a_circle_is_told_once() -> None:
    book = playbook(
        question("one", when=QuestionStands("three", (YES,))),
        question("two", when=AnswerIs("one", ("yes",))),
        question("three", when=Not(AnswerIs("two", ("no",)))),
        question("four", when=AnswerIs("one", ("yes",))),
    )
    (problem,) = circle_problems(book)
    assert (problem.path, problem.details["questions"]) == ("questions[0].when", "one → three → two → one")


def test_no_circle_no_problem() -> None:
    book = playbook(question("one"), question("two", when=AnswerIs("one", ("yes",))))
    assert not list(circle_problems(book))


def test_hiding_more_than_it_pays_is_told() -> None:
    book = playbook(question("one", TWO), question("two", when=Not(AnswerIs("one", ("yes",)))))
    (problem,) = less_for_better_problems(book)
    assert (problem.path, problem.code) == ("questions[0].answers", "less_for_better")
    assert problem.details == {"better": "yes", "worse": "no", "points": 6}


def test_hiding_less_than_it_pays_is_fine() -> None:
    small = question("two", (("yes", YES, 2), ("no", NO, 0)), when=Not(AnswerIs("one", ("yes",))))
    assert not list(less_for_better_problems(playbook(question("one", TWO), small)))


def test_opening_for_a_worse_answer_counts_too() -> None:
    follow_up = question("two", when=AnswerIs("one", ("no",)), criterion="authority")
    (problem,) = less_for_better_problems(playbook(question("one", TWO), follow_up))
    assert problem.details["worse"] == "no"


def test_opening_for_whoever_does_not_know_is_fine() -> None:
    follow_up = question("two", when=QuestionStands("one", (EVADED,)))
    assert not list(less_for_better_problems(playbook(question("one", TWO), follow_up)))


def test_a_fact_that_hides_more_than_it_pays_is_told() -> None:
    shops = question("shops", when=Not(FactHas("industry", ("logistics",))))
    (problem,) = less_for_better_problems(playbook(shops, profiles=(industry(),)))
    assert (problem.path, problem.details["better"]) == ("profile[0].rules", "core")


def test_deeper_in_the_script_it_is_found_too() -> None:
    book = playbook(
        question("door"),
        question("one", TWO, when=AnswerIs("door", ("yes",))),
        question("two", when=Not(AnswerIs("one", ("yes",)))),
    )
    assert [problem.path for problem in less_for_better_problems(book)] == ["questions[1].answers"]


@settings(max_examples=60)
@given(playbooks(4), st.data())
def test_where_nothing_is_told_a_better_answer_never_leads_to_less(book: Playbook, data: st.DataObject) -> None:
    single = [one for one in book.questions if one.kind is QuestionKind.SINGLE and one.sets is None and not one.when]
    if not single or list(less_for_better_problems(book)):
        return
    asked = data.draw(st.sampled_from(single))
    ends = [
        (offer.points, seen(book, answered(book, lead(), asked.key, said(offer.key))).up_to) for offer in asked.answers
    ]
    for more, high in ends:
        for fewer, low in ends:
            assert more <= fewer or high >= low
