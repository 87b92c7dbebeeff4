"""What to ask next, and why."""

from __future__ import annotations

from dataclasses import replace

from leaddesk.qualify.playbook import AnswerIs, AnyOf, CriterionStands, Playbook, QuestionStands, Requirement
from leaddesk.qualify.state import Advice
from leaddesk.qualify.terms import QuestionKind
from tests.qualify.builders import NO, NOW, YES, answered, days, given, industry, lead, playbook, question, said, seen

SMALL = (("yes", YES, 1), ("no", NO, 0))


def with_gate(book: Playbook, *requirements: Requirement) -> Playbook:
    return replace(book, stages=(book.stages[0], replace(book.stages[1], gate=requirements), *book.stages[2:]))


def test_the_most_points_at_stake_come_first() -> None:
    book = playbook(question("small", SMALL), question("big"), question("as_big"))
    assert seen(book, lead()).advice == Advice("big", "worth", None, 80)


def test_what_a_gate_waits_for_comes_before_points() -> None:
    book = playbook(question("big"), question("small", SMALL, criterion="authority"))
    book = with_gate(book, Requirement("small", {}, QuestionStands("small", (YES,))))
    assert seen(book, lead()).advice == Advice("small", "opens", "talk", 10)
    assert seen(book, answered(book, lead(), "small", said("yes"))).advice == Advice("big", "worth", None, 80)


def test_a_criterion_waits_for_all_its_required_questions() -> None:
    book = playbook(
        question("big", criterion="authority"), question("a", SMALL, required=True), question("b", required=True)
    )
    book = with_gate(book, Requirement("need", {}, CriterionStands("need", (YES,))))
    assert (first := seen(book, lead()).advice) is not None
    assert (second := seen(book, answered(book, lead(), "b", said("yes"))).advice) is not None
    assert (first.question, second.question, second.reason) == ("b", "a", "opens")


def test_what_hides_a_wanted_question_is_asked_first() -> None:
    book = playbook(question("big"), question("door", SMALL), question("wanted", when=AnswerIs("door", ("yes",))))
    book = with_gate(book, Requirement("wanted", {}, QuestionStands("wanted", (YES,))))
    assert seen(book, lead()).advice == Advice("door", "opens", "talk", 10)


def test_where_the_offered_question_was_answered_the_other_way_to_meet_a_gate_is_asked() -> None:
    book = playbook(question("big"), question("first", SMALL), question("other", SMALL))
    either = AnyOf((QuestionStands("first", (YES,)), QuestionStands("other", (YES,))))
    book = with_gate(book, Requirement("either", {}, either, question="first"))
    assert seen(book, lead()).advice == Advice("first", "opens", "talk", 10)
    assert seen(book, answered(book, lead(), "first", said("no"))).advice == Advice("other", "opens", "talk", 10)


def test_an_expired_answer_says_so() -> None:
    book = playbook(question("one", expires_days=10))
    late = seen(book, lead(given("one", "yes", NOW - days(11))))
    assert late.advice == Advice("one", "expired", None, 80)


def test_a_question_on_a_fact_is_worth_its_rules() -> None:
    book = playbook(question("line", SMALL, sets="industry"), question("small", SMALL), profiles=(industry(),))
    assert seen(book, lead()).advice == Advice("line", "worth", None, 80)


def test_nothing_open_is_nothing_to_ask() -> None:
    book = playbook(question("one"))
    assert seen(book, answered(book, lead(), "one", said("no"))).advice is None
    assert seen(playbook(), lead()).advice is None


def test_what_is_at_stake_is_what_the_part_can_still_take() -> None:
    full = playbook(question("full", (("yes", YES, 19), ("no", NO, 0))), question("more"), question("last", SMALL))
    full = replace(full, questions=(*full.questions, question("else", SMALL, criterion="authority")))
    known = answered(full, lead(), "full", said("yes"))
    # Of the 8 points of `more`, need has room for 1.
    assert seen(full, known).advice == Advice("more", "worth", None, 10)
    known = answered(full, known, "more", said("yes"))
    assert seen(full, known).advice == Advice("else", "worth", None, 10)
    known = answered(full, known, "else", said("yes"))
    assert seen(full, known).advice == Advice("last", "next", None, 0)


def test_what_is_free_to_say_is_worth_its_points() -> None:
    book = playbook(question("small", SMALL), question("told", (("told", YES, 3),), kind=QuestionKind.TEXT))
    assert seen(book, lead()).advice == Advice("told", "worth", None, 30)
