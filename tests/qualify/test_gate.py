"""Gates: which stages a move enters, what is unmet, and which question would help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaddesk.errors import NotFound
from leaddesk.qualify.gate import check_gate, met_by, position_of, stages_entered
from leaddesk.qualify.playbook import (
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    Disposition,
    EventSeen,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    NextStepPlanned,
    Not,
    Playbook,
    Question,
    QuestionStands,
    Requirement,
    ScoreAtLeast,
    SignedOff,
    Stage,
)
from leaddesk.qualify.state import Event, GateCheck, LeadState, PastCall, RequirementState, Signoff
from leaddesk.qualify.terms import Money, QuestionKind, Standing
from tests.qualify.builders import (
    EVADED,
    NO,
    NOT_ASKED,
    NOW,
    PARTLY,
    TODAY,
    UNKNOWN,
    YES,
    answered,
    given,
    heard,
    lead,
    playbook,
    question,
    said,
    seen,
)


def wants(code: str, when: Condition, **more: object) -> Requirement:
    return replace(Requirement(code, {"en": code}, when), **more)  # type: ignore[arg-type]


def gated(book: Playbook, **gates: tuple[Requirement, ...]) -> Playbook:
    stages = tuple(replace(stage, gate=gates.get(stage.key, ())) for stage in book.stages)
    return replace(book, stages=stages)


def check(book: Playbook, state: LeadState, target: str) -> GateCheck:
    return check_gate(book, state, seen(book, state), target)


def only(book: Playbook, state: LeadState, target: str = "talk") -> RequirementState:
    (requirement,) = check(book, state, target).requirements
    return requirement


EVERY = gated(
    playbook(question("one")),
    **{key: (wants(key, ScoreAtLeast(None, 500)),) for key in ("new", "talk", "sql", "won", "lost", "parked")},
)


@pytest.mark.parametrize(
    ("stage", "before", "target", "gates"),
    [
        ("new", None, "talk", ["talk"]),
        ("new", None, "sql", ["talk", "sql"]),
        ("new", None, "won", ["talk", "sql", "won"]),
        ("sql", None, "won", ["won"]),
        ("sql", None, "new", []),
        ("sql", None, "sql", []),
        ("new", None, "lost", ["lost"]),
        ("sql", None, "parked", ["parked"]),
        ("parked", "talk", "sql", ["sql"]),
        ("parked", "talk", "talk", []),
        ("parked", "talk", "new", []),
        ("parked", None, "talk", ["new", "talk"]),
        ("parked", "talk", "lost", ["lost"]),
        ("lost", "sql", "won", ["won"]),
        ("won", "sql", "sql", []),
        ("nurture", "gone", "new", ["new"]),
    ],
)
def test_a_move_meets_the_gates_it_passes_over(stage: str, before: str | None, target: str, gates: list[str]) -> None:
    state = LeadState(stage, stage_before=before)
    assert [one.code for one in check(EVERY, state, target).unmet] == gates


def test_where_a_lead_stands() -> None:
    assert position_of(EVERY, LeadState("talk")) == 1
    assert position_of(EVERY, LeadState("parked", stage_before="sql")) == 2
    assert position_of(EVERY, LeadState("lost")) == -1


def test_an_unknown_stage_is_told() -> None:
    with pytest.raises(NotFound) as caught:
        stages_entered(EVERY, LeadState("new"), "gone")
    assert caught.value.code == "stage"


def test_a_requirement_may_hold_only_under_a_condition() -> None:
    large = MoneyAtLeast("value", {"EUR": 10_000_000})
    book = gated(playbook(), talk=(wants("manager", SignedOff("manager"), only_if=large, signoff=True),))
    assert check(book, lead(facts={"value": Money(9_999_999, "EUR")}), "talk").open
    assert check(book, lead(facts={"value": Money(10_000_000, "CNY")}), "talk").open
    state = lead(facts={"value": Money(10_000_000, "EUR")})
    unmet = only(book, state)
    assert (unmet.met, unmet.signoff, unmet.standing) == (False, True, NOT_ASKED)
    signed = replace(state, signoffs=(Signoff("manager", "Ms Vogel", NOW),))
    assert check(book, signed, "talk").open
    assert not check(book, replace(state, signoffs=(Signoff("manager", "Ms Vogel", NOW + 1),)), "talk").open


def test_a_sign_off_meets_its_requirement_whatever_else_would() -> None:
    either = AnyOf((SignedOff("accepted"), CallMade()))
    book = gated(playbook(), talk=(wants("accepted", either, signoff=True),))
    book = replace(book, dispositions=(Disposition("spoke", {"en": "Spoke"}, True), Disposition("no", {}, False)))
    assert not check(book, lead(), "talk").open
    assert not check(book, replace(lead(), calls=(PastCall("c", NOW, "no"),)), "talk").open
    assert check(book, replace(lead(), calls=(PastCall("c", NOW, "spoke"),)), "talk").open
    assert check(book, replace(lead(), signoffs=(Signoff("accepted", "Li", NOW),)), "talk").open


def test_activities_meet_requirements() -> None:
    named = gated(playbook(), talk=(wants("called", CallMade(("spoke",))),))
    assert check(named, replace(lead(), calls=(PastCall("c", NOW, "spoke"),)), "talk").open
    planned = gated(playbook(), talk=(wants("planned", NextStepPlanned()),))
    assert not check(planned, lead(), "talk").open
    assert check(planned, replace(lead(), next_step_on=TODAY), "talk").open
    asked = gated(playbook(), talk=(wants("asked", EventSeen(("demo",))),))
    assert check(asked, replace(lead(), events=(Event("e", "demo", NOW),)), "talk").open


@pytest.mark.parametrize(
    ("answer", "standing"), [(None, NOT_ASKED), ("no", NO), ("partly", PARTLY), (EVADED, NOT_ASKED)]
)
def test_an_unmet_requirement_stands_as_its_question(answer: str | Standing | None, standing: Standing) -> None:
    book = gated(playbook(question("one")), talk=(wants("one", QuestionStands("one", (YES,))),))
    what = heard(answer) if isinstance(answer, Standing) else answer
    unmet = only(book, lead(given("one", what)) if what else lead())
    assert (unmet.standing, unmet.question, unmet.hidden_by) == (standing, "one", None)


def test_a_criterion_asks_for_its_required_question() -> None:
    book = playbook(question("may"), question("must", required=True))
    book = gated(book, talk=(wants("need", CriterionStands("need", (YES,))),))
    assert only(book, lead()).question == "must"
    assert check(book, answered(book, lead(), "must", said("yes")), "talk").open
    partly = only(book, answered(book, lead(), "must", said("partly")))
    assert (partly.standing, partly.question) == (PARTLY, "must")


def test_a_score_tells_what_is_missing_and_asks_for_the_most() -> None:
    book = playbook(question("small", (("yes", YES, 2), ("no", NO, 0))), question("big", criterion="authority"))
    book = gated(book, talk=(wants("score", ScoreAtLeast(None, 95)),))
    blank, half = only(book, lead()), only(book, answered(book, lead(), "big", said("yes")))
    assert (blank.missing_points, blank.question, blank.standing) == (95, "big", NOT_ASKED)
    assert (half.missing_points, half.question, half.standing) == (15, "small", PARTLY)


def test_a_part_asks_among_its_own_questions() -> None:
    book = playbook(question("small", (("yes", YES, 2), ("no", NO, 0))), question("big", criterion="authority"))
    book = gated(book, talk=(wants("need", ScoreAtLeast("need", 20)),))
    assert only(book, lead()).question == "small"


def test_a_fact_asks_the_question_that_sets_it() -> None:
    book = playbook(question("sum", (("any", YES, 1),), kind=QuestionKind.MONEY, sets="value"))
    book = gated(book, talk=(wants("value", FactKnown("value")),))
    assert only(book, lead()).question == "sum"
    assert check(book, lead(facts={"value": Money(1, "EUR")}), "talk").open


def test_a_fact_that_is_known_otherwise_says_no() -> None:
    book = gated(playbook(), talk=(wants("home", FactIs("country", ("de",))),))
    assert only(book, lead(facts={"country": "DE"})).met
    assert only(book, lead(facts={"country": "FR"})).standing is NO
    assert only(book, lead()).standing is NOT_ASKED


def test_a_hidden_question_is_explained_by_the_one_that_hides_it() -> None:
    book = playbook(
        question("one"),
        question("two", when=AnswerIs("one", ("yes",))),
        question("three", when=AnswerIs("two", ("yes",))),
    )
    book = gated(book, talk=(wants("three", QuestionStands("three", (YES,))),))
    blank = only(book, lead())
    assert (blank.question, blank.hidden_by) == ("three", "one")
    further = only(book, answered(book, lead(), "one", said("yes")))
    assert (further.question, further.hidden_by) == ("three", "two")


def test_what_hides_by_not_is_found() -> None:
    book = playbook(question("one"), question("two", when=Not(AnswerIs("one", ("no",)))))
    book = gated(book, talk=(wants("two", QuestionStands("two", (YES,)), question="two"),))
    assert only(book, lead()).hidden_by is None
    assert only(book, answered(book, lead(), "one", said("no"))).hidden_by == "one"


def test_a_question_hidden_by_a_fact_points_to_the_question_that_sets_it() -> None:
    book = playbook(
        question("home", (("de", YES, 1),), sets="country"),
        question("law", when=FactIs("country", ("de",))),
    )
    book = gated(book, talk=(wants("law", QuestionStands("law", (YES,))),))
    assert only(book, lead()).hidden_by == "home"


def test_the_next_open_stage_is_assessed() -> None:
    assert (gate := seen(EVERY, LeadState("new")).gate) is not None
    assert gate.target == "talk"
    assert seen(EVERY, LeadState("sql")).gate is None
    assert seen(EVERY, LeadState("won", stage_before="new")).gate is None
    assert (back := seen(EVERY, LeadState("parked", stage_before="talk")).gate) is not None
    assert back.target == "sql"


def test_every_requirement_is_told_met_or_not() -> None:
    book = gated(
        playbook(question("one")), talk=(wants("one", AnswerIs("one", ("yes",))), wants("two", NextStepPlanned()))
    )
    found = check(book, answered(book, lead(), "one", said("yes")), "talk")
    assert [(one.code, one.met, one.standing) for one in found.requirements] == [
        ("one", True, YES),
        ("two", False, NOT_ASKED),
    ]
    assert [one.code for one in found.unmet] == ["two"]
    assert not found.open


def test_stages_are_data() -> None:
    book = replace(playbook(), stages=(Stage("only", {"en": "Only"}, playbook().stages[0].kind),))
    assert check(book, LeadState("only"), "only").open


# ── what to ask where the named question cannot help ─────────────────────────────────────────────────────────────────


def timely(*questions: Question) -> Playbook:
    """A gate of `talk` that one of two questions opens; it names the first."""
    either = AnyOf((QuestionStands("soon", (YES,)), QuestionStands("day", (YES,))))
    return gated(playbook(*questions), talk=(wants("time", either, question="soon"),))


def test_a_requirement_offers_another_question_once_the_one_it_names_is_answered() -> None:
    book = timely(question("soon"), question("day"))
    assert only(book, lead()).question == "soon"
    assert only(book, lead(given("soon", heard(UNKNOWN)))).question == "soon"
    assert only(book, lead(given("soon", "no"))).question == "day"
    # Where both are answered, the one named is the one to ask again.
    assert only(book, lead(given("soon", "no"), given("day", "no"))).question == "soon"


def test_an_open_question_that_cannot_bring_a_yes_is_not_offered() -> None:
    book = gated(
        playbook(question("first", required=True), question("more"), question("second", required=True)),
        talk=(wants("need", CriterionStands("need", (YES,)), question="first"),),
    )
    assert only(book, lead(given("first", "yes"))).question == "second"
    assert only(book, lead(given("first", "partly"))).question == "first"
    found = seen(book, lead(given("first", "partly")))
    assert found.advice is not None
    assert (found.advice.question, found.advice.reason) == ("more", "worth")


def test_what_met_a_requirement_is_what_holds_of_it() -> None:
    book = timely(question("soon"), question("day"))
    (requirement,) = book.stages[1].gate
    state = lead(given("soon", "no"), given("day", "yes"))
    assert met_by(book, state, seen(book, state), requirement) == (QuestionStands("day", (YES,)),)
    assert met_by(book, lead(), seen(book, lead()), requirement) == ()
    signed = replace(requirement, signoff=True)
    state = replace(lead(), signoffs=(Signoff("time", "Eva", NOW),))
    assert met_by(book, state, seen(book, state), signed) == (SignedOff("time"),)


def test_a_score_is_not_sought_in_a_part_that_is_full() -> None:
    book = gated(
        playbook(
            question("full", (("yes", YES, 20), ("no", NO, 0))),
            question("more"),
            question("small", (("yes", YES, 1), ("no", NO, 0)), criterion="authority"),
        ),
        talk=(wants("score", ScoreAtLeast(None, 900)),),
        sql=(wants("need", ScoreAtLeast("need", 300)),),
    )
    state = lead(given("full", "yes"))
    assert only(book, state).question == "small"
    assert [one.question for one in check(book, state, "sql").unmet] == ["small", None]
