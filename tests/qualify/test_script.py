"""How questions and criteria stand: newest knowledge, evasions, expiry, branching, facts, disagreement."""

from __future__ import annotations

from datetime import date

from leaddesk.qualify.playbook import AnswerIs, QuestionStands
from leaddesk.qualify.state import Given, Said
from leaddesk.qualify.terms import QuestionKind, Standing
from tests.qualify.builders import (
    EVADED,
    NO,
    NOT_ASKED,
    NOW,
    PARTLY,
    SIMPLE_ANSWERS,
    TODAY,
    UNKNOWN,
    YES,
    answer,
    answered,
    days,
    given,
    heard,
    industry,
    lead,
    playbook,
    question,
    said,
    seen,
)

ONE = playbook(question("one"))


def standing(*answers: Given, at: int = NOW) -> Standing:
    return seen(ONE, lead(*answers), at).questions["one"].standing


def test_the_six_standings() -> None:
    assert standing() is NOT_ASKED
    assert standing(given("one", heard(EVADED))) is EVADED
    assert standing(given("one", heard(UNKNOWN))) is UNKNOWN
    assert standing(given("one", "no")) is NO
    assert standing(given("one", "partly")) is PARTLY
    assert standing(given("one", "yes")) is YES


def test_the_newest_knowledge_stands() -> None:
    assert standing(given("one", "yes", NOW - 2), given("one", "no", NOW - 1)) is NO


def test_a_later_evasion_is_shown_beside() -> None:
    knowledge, evasion = given("one", "yes", NOW - 2), given("one", heard(EVADED), NOW - 1)
    found = seen(ONE, lead(knowledge, evasion)).questions["one"]
    assert (found.standing, found.given, found.beside, found.points) == (YES, knowledge, evasion, 80)
    assert not found.open


def test_knowledge_after_an_evasion_stands_alone() -> None:
    found = seen(ONE, lead(given("one", heard(EVADED), NOW - 2), given("one", "yes", NOW - 1))).questions["one"]
    assert (found.standing, found.beside) == (YES, None)


def test_answers_of_one_instant_go_by_id() -> None:
    first, second = given("one", "yes", NOW, id="a"), given("one", "no", NOW, id="b")
    assert standing(first, second) is standing(second, first) is NO


def test_what_the_question_no_longer_offers_is_not_asked() -> None:
    found = seen(ONE, lead(given("one", "gone"))).questions["one"]
    assert (found.standing, found.open) == (NOT_ASKED, True)


def test_an_answer_expires_to_the_millisecond() -> None:
    book = playbook(question("one", expires_days=90))
    state = lead(given("one", "yes", NOW))
    before, after = (seen(book, state, NOW + days(90) + step) for step in (-1, 0))
    assert (before.questions["one"].standing, before.score) == (YES, 80)
    assert before.next_change_at == NOW + days(90)
    late = after.questions["one"]
    assert (late.standing, late.expired, late.open, after.score) == (NOT_ASKED, True, True, 0)
    assert late.given is not None
    assert late.expires_at == NOW + days(90)
    assert after.next_change_at is None


def test_an_evasion_after_what_expired_is_what_was_heard() -> None:
    book = playbook(question("one", expires_days=10))
    found = seen(book, lead(given("one", "yes", NOW - days(20)), given("one", heard(UNKNOWN), NOW)))
    assert (found.questions["one"].standing, found.questions["one"].expired) == (UNKNOWN, True)


def test_an_older_answer_does_not_come_back_when_the_newest_expires() -> None:
    dated = playbook(question("one", (("soon", YES, 5),), kind=QuestionKind.DATE))
    state = lead(given("one", Said(day=date(2028, 1, 1)), NOW - 2), given("one", Said(day=TODAY), NOW - 1))
    assert seen(dated, state).questions["one"].standing is YES
    assert seen(dated, state, NOW + days(1)).questions["one"].standing is NOT_ASKED


def test_a_day_that_was_said_expires_when_it_has_passed_where_the_person_is() -> None:
    book = playbook(question("one", (("soon", YES, 5),), kind=QuestionKind.DATE, expires_days=30))
    state = lead(given("one", Said(day=date(2027, 3, 3)), NOW))
    assert seen(book, state, NOW, date(2027, 3, 3)).questions["one"].standing is YES
    late = seen(book, state, NOW, date(2027, 3, 4)).questions["one"]
    assert (late.standing, late.expired) == (NOT_ASKED, True)


def test_a_day_far_ahead_still_expires_after_its_days() -> None:
    book = playbook(question("one", (("soon", YES, 5),), kind=QuestionKind.DATE, expires_days=30))
    state = lead(given("one", Said(day=date(2028, 3, 3)), NOW))
    assert seen(book, state, NOW + days(30)).questions["one"].expired


def test_a_hidden_answer_still_counts() -> None:
    book = playbook(question("one"), question("two", when=AnswerIs("one", ("yes",))))
    state = answered(book, answered(book, lead(), "one", said("yes")), "two", said("yes"))
    hidden = seen(book, answered(book, state, "one", said("no")))
    assert not hidden.questions["two"].visible
    assert hidden.questions["two"].standing is YES
    assert hidden.score == 80


def test_hidden_questions_are_not_open() -> None:
    book = playbook(question("one"), question("two", when=QuestionStands("one", (NO,))))
    found = seen(book, lead()).questions["two"]
    assert (found.visible, found.open, found.stake) == (False, False, 80)


def test_a_known_fact_answers_its_question() -> None:
    book = playbook(question("line", sets="industry", kind=QuestionKind.TEXT), profiles=(industry(),))
    found = seen(book, lead(facts={"industry": "Retail chain"}))
    state = found.questions["line"]
    assert (state.standing, state.from_fact, state.open, state.points) == (PARTLY, True, False, 40)
    assert (state.stake, state.keys) == (80, ("near",))
    assert [(reason.code, reason.points) for reason in found.reasons] == [("fact", 40)]


def test_an_answer_that_sets_a_fact_scores_once_as_the_fact() -> None:
    book = playbook(question("line", sets="industry", kind=QuestionKind.TEXT), profiles=(industry(),))
    written = seen(book, answered(book, lead(), "line", Said(text="Logistics")))
    only_said = seen(book, lead(given("line", Said(text="Logistics"))))
    assert written.score == only_said.score == 80
    assert written.questions["line"].given is not None


def test_an_answer_that_a_fact_has_overtaken_is_not_shown_as_its_source() -> None:
    book = playbook(question("line", sets="industry", kind=QuestionKind.TEXT), profiles=(industry(),))
    state = lead(given("line", Said(text="Logistics")), facts={"industry": "Retail chain"})
    found = seen(book, state).questions["line"]
    assert (found.standing, found.from_fact, found.given) == (PARTLY, True, None)


def test_evading_a_question_on_a_fact_is_heard() -> None:
    book = playbook(question("line", sets="industry", kind=QuestionKind.TEXT), profiles=(industry(),))
    found = seen(book, lead(given("line", heard(EVADED))))
    assert (found.questions["line"].standing, found.up_to) == (EVADED, 80)


def test_stakeholders_who_differ_are_shown() -> None:
    mine, theirs = given("one", "yes", NOW - 2), given("one", "no", NOW - 1, by="cfo")
    found = seen(ONE, lead(mine, theirs))
    assert found.questions["one"].standing is NO
    assert found.questions["one"].disagree
    assert found.criteria["need"].disagree
    agreed = seen(ONE, lead(mine, theirs, given("one", "yes", NOW, by="cfo")))
    assert not agreed.criteria["need"].disagree


def test_one_person_changing_their_mind_is_no_disagreement() -> None:
    assert not seen(ONE, lead(given("one", "yes", NOW - 2), given("one", "no"))).questions["one"].disagree


def test_several_choices_stand_as_the_best_of_them() -> None:
    book = playbook(question("one", SIMPLE_ANSWERS, kind=QuestionKind.SEVERAL, limit=90))
    found = seen(book, lead(given("one", said("yes", "partly", "no"))))
    assert (found.questions["one"].standing, found.score) == (YES, 90)
    assert [(reason.code, reason.points) for reason in found.reasons] == [("answer", 110), ("question_limit", -20)]
    assert found.questions["one"].stake == 90


def test_a_number_stands_as_its_band() -> None:
    offers = (answer("many", YES, 5, at_least=100.0), answer("few", NO, 0))
    book = playbook(question("people", (), kind=QuestionKind.NUMBER, answers=offers))
    assert seen(book, lead(given("people", Said(number=100.0)))).score == 50
    assert seen(book, lead(given("people", Said(number=99.9)))).questions["people"].keys == ("few",)
