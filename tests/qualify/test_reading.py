"""Reading a playbook: the shipped ones are sound, a broken one tells all its errors with path and hint."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk import words
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    CallMade,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    NextStepPlanned,
    Not,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.problems import BrokenPlaybook, Problem
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.reading_conditions import read_condition
from leaddesk.qualify.sections import Section
from leaddesk.qualify.terms import QuestionKind, Standing
from leaddesk.resources import text_of

#: The tables of a TOML file: nested as the file is.
Tables = dict[str, Any]

DEFAULT: Tables = tomllib.loads(text_of("playbooks", "default.toml"))


def broken(change: Callable[[Tables], object]) -> list[Problem]:
    """The problems of the default playbook after a change to its tables."""
    data = copy.deepcopy(DEFAULT)
    change(data)
    with pytest.raises(BrokenPlaybook) as caught:
        read_playbook(data)
    return list(caught.value.problems)


def by_path(problems: list[Problem]) -> dict[str, str]:
    return {problem.path: problem.code for problem in problems}


def place_of(key: str) -> int:
    return next(place for place, one in enumerate(DEFAULT["questions"]) if one["key"] == key)


@pytest.mark.parametrize("name", ["default", "simple"])
def test_the_shipped_playbooks_are_sound(name: str) -> None:
    book = read_playbook(tomllib.loads(text_of("playbooks", f"{name}.toml")))
    assert sum(part.limit for part in book.parts) == 1000
    assert set(book.name) == {"en", "zh_CN"}


def test_what_the_file_says_arrives() -> None:
    book = read_playbook(DEFAULT)
    budget = book.question["budget_sum"]
    assert (budget.kind, budget.sets, budget.required, budget.expires_days) == (QuestionKind.MONEY, "value", True, 180)
    assert budget.answers[0].sums is not None
    assert (budget.answers[0].sums["EUR"], budget.answers[0].sums["JPY"]) == (5_000_000, 8_000_000)
    assert book.event_kind["trial_started"].points == 80
    assert book.stage["parked"].needs_reason == "parked"
    assert [stage.key for stage in book.open_stages] == ["new", "mql", "discovery", "sql", "proposal"]


def test_objections_and_what_the_buyer_reads_arrive() -> None:
    playbook = read_playbook(DEFAULT)
    assert "太贵了" in playbook.objection["price"].words["zh_CN"]
    assert playbook.question["approver"].answers[0].recap["en"] == "You do"
    assert playbook.criterion["authority"].recap["en"] == "Who decides"
    assert playbook.question["culture"].internal
    one_word = copy.deepcopy(DEFAULT)
    one_word["objections"][0]["words"]["en"] = "Too dear"
    assert read_playbook(one_word).objections[0].words["en"] == ("Too dear",)
    without = copy.deepcopy(DEFAULT)
    del without["objections"]
    assert read_playbook(without).objections == ()


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (lambda price: price["words"].pop("zh_CN"), "objections[0].words.zh_CN", "language_missing"),
        (lambda price: price["words"].update(en=[]), "objections[0].words.en", "wrong_kind"),
        (lambda price: price["words"].update(en=["ok", 3]), "objections[0].words.en", "wrong_kind"),
        (lambda price: price.pop("words"), "objections[0].words", "missing"),
        (lambda price: price.pop("answer"), "objections[0].answer", "missing"),
        (lambda price: price.update(reply="no"), "objections[0].reply", "unknown_key"),
        (lambda price: price.update(key="no_budget"), "objections[1].key", "twice"),
    ],
)
def test_a_slip_in_an_objection_is_told(change: Callable[[Tables], object], path: str, code: str) -> None:
    found = by_path(broken(lambda tables: change(tables["objections"][0])))
    assert found == {path: code}


def test_answers_on_a_profiled_fact_show_what_its_rules_pay() -> None:
    line = read_playbook(DEFAULT).question["industry"]
    shown = {answer.key: (answer.standing, answer.points) for answer in line.answers}
    assert shown["manufacturing"] == (Standing.YES, 60)
    assert shown["other"][1] == 0


def test_all_errors_are_told_at_once() -> None:
    def change(data: Tables) -> None:
        data["questions"][3]["answers"][1]["points"] = "many"
        data["questions"][0]["criterion"] = "bugdet"
        data["stages"][1]["gate"][0]["wenn"] = True
        data["event_kinds"][0]["half_life_days"] = 0
        del data["grades"]["hot"]

    found = by_path(broken(change))
    assert found["questions[3].answers[1].points"] == "wrong_kind"
    assert found["questions[0].criterion"] == "no_criterion_hint"
    assert found["stages[1].gate[0].wenn"] == "unknown_key_hint"
    assert found["event_kinds[0].half_life_days"] == "out_of_range"
    assert found["grades.hot"] == "missing"
    assert len(found) == 5


def test_a_hint_names_what_was_probably_meant() -> None:
    (problem,) = broken(lambda data: data["questions"][0].update(criterion="bugdet"))
    assert problem.details["hint"] == "budget"


QUESTION = place_of("culture")
AT = f"questions[{QUESTION}]"
NUMBER = place_of("size")
MONEY = place_of("budget_sum")
DATE = place_of("go_live")
TEXT = place_of("users")


def _question(**values: object) -> Callable[[Tables], object]:
    return lambda data: data["questions"][QUESTION].update(values)


def _answers(place: int, change: Callable[[list[Tables]], object]) -> Callable[[Tables], object]:
    return lambda data: change(data["questions"][place]["answers"])


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (lambda data: data.pop("key"), "key", "missing"),
        (lambda data: data.update(key="two words"), "key", "bad_key"),
        (lambda data: data.update(format=2), "format", "newer_format"),
        (lambda data: data.update(questions=[]), "questions", "empty_list"),
        (lambda data: data.update(questions=3), "questions", "wrong_kind"),
        (lambda data: data.update(questoins=[]), "questoins", "unknown_key_hint"),
        (lambda data: data["questions"].append("one"), f"questions[{len(DEFAULT['questions'])}]", "wrong_kind"),
        (lambda data: data["name"].update(de="Bewertung"), "roles[0].label.de", "language_missing"),
        (lambda data: data["roles"][0].update(label={"en": "", "zh_CN": "一"}), "roles[0].label.en", "empty"),
        (lambda data: data["grades"].update(fit_b=20), "grades.fit_a", "not_above"),
        (lambda data: data["parts"][0].update(kind="fti"), "parts[0].kind", "not_offered_hint"),
        (lambda data: data["parts"][0].update(limit=90), "parts", "limits_over"),
        (lambda data: data["parts"][2].update(kind="fit"), "parts[2].kind", "one_part"),
        (lambda data: data["criteria"][0].update(part="nothing"), "criteria[0].part", "no_part"),
        (lambda data: data["stages"][0].update(probability=101), "stages[0].probability", "out_of_range"),
        (lambda data: data["stages"][0].update(rot_days=1.5), "stages[0].rot_days", "not_whole"),
        (lambda data: data["stages"][0].update(lifecycle="sqll"), "stages[0].lifecycle", "no_lifecycle_hint"),
        (lambda data: data["stages"][6].update(needs_reason="gone"), "stages[6].needs_reason", "no_reasons"),
        (lambda data: data["reasons"].update(lost=[]), "stages[8].needs_reason", "no_reasons"),
        (lambda data: data["stages"][1].update(key="new"), "stages[1].key", "twice"),
        (lambda data: data["dispositions"][0].update(stage="nuture"), "dispositions[0].stage", "no_stage_hint"),
        (lambda data: data["event_kinds"][0].update(group="wbe"), "event_kinds[0].group", "no_event_group"),
        (lambda data: data["profile"][0].update(fact="industri"), "profile[0].fact", "no_fact_hint"),
        (lambda data: data["profile"][0]["rules"][0].update(points=1.25), "profile[0].rules[0].points", "not_tenths"),
        (_question(criterion="culture"), f"{AT}.criterion", "no_criterion"),
        (_question(asks="userr"), f"{AT}.asks", "no_role_hint"),
        (_question(sets="valeu"), f"{AT}.sets", "no_fact_hint"),
        (_question(sets="value"), f"{AT}.sets", "sets_kind"),
        (_question(limit=5), f"{AT}.limit", "limit_not_several"),
        (_question(expires_days=0), f"{AT}.expires_days", "out_of_range"),
        (_question(required="yes"), f"{AT}.required", "wrong_kind"),
        (_question(key="users"), f"questions[{TEXT}].key", "twice"),
        (_answers(QUESTION, lambda some: some[0].update(standing="maybe")), f"{AT}.answers[0].standing", "not_offered"),
        (_answers(QUESTION, lambda some: some[0].pop("points")), f"{AT}.answers[0].points", "missing"),
        (_answers(QUESTION, lambda some: some[0].update(at_least=3)), f"{AT}.answers[0].at_least", "wrong_band"),
        (_answers(QUESTION, lambda some: some[1].update(key="yes")), f"{AT}.answers[1].key", "twice"),
        (
            _answers(QUESTION, lambda some: some.extend({**some[0], "key": f"k{at}"} for at in range(7))),
            f"{AT}.answers",
            "too_many_answers",
        ),
        (_answers(TEXT, lambda some: some.append({**some[0], "key": "x"})), f"questions[{TEXT}].answers", "one_answer"),
        (
            _answers(NUMBER, lambda some: some[0].update(points=3)),
            f"questions[{NUMBER}].answers[0].points",
            "points_of_fact",
        ),
        (_answers(NUMBER, lambda some: some.pop()), f"questions[{NUMBER}].answers", "no_lowest_band"),
        (_answers(NUMBER, lambda some: some[0].update(at_least=200)), f"questions[{NUMBER}].answers", "same_band"),
        (_answers(MONEY, lambda some: some[2].pop("unlisted")), f"questions[{MONEY}].answers", "unlisted_count"),
        (
            _answers(MONEY, lambda some: some[0].update(unlisted=True)),
            f"questions[{MONEY}].answers",
            "unlisted_count",
        ),
        (
            _answers(MONEY, lambda some: some[0]["sums"].pop("EUR")),
            f"questions[{MONEY}].answers[0].sums",
            "currencies_missing",
        ),
        (
            _answers(MONEY, lambda some: some[0]["sums"].update(euro=1)),
            f"questions[{MONEY}].answers[0].sums.euro",
            "bad_currency",
        ),
        (
            _answers(MONEY, lambda some: some[0]["sums"].update(EUR=-1)),
            f"questions[{MONEY}].answers[0].sums.EUR",
            "bad_sum",
        ),
        (_answers(DATE, lambda some: some.pop()), f"questions[{DATE}].answers", "no_farthest_band"),
        (_question(when={"question": "difficulty", "is": "nome"}), f"{AT}.when.is", "no_answer_hint"),
        (_question(when={"question": "dificulty", "is": "none"}), f"{AT}.when.question", "no_question_hint"),
        (_question(when={"question": "difficulty"}), f"{AT}.when", "question_how"),
        (_question(when={"fact": "industry"}), f"{AT}.when", "fact_how"),
        (_question(when={"fact": "size", "is": "5", "at_least": 4}), f"{AT}.when", "two_shapes"),
        (_question(when={"fact": "industry", "at_least": 4}), f"{AT}.when", "fact_kind"),
        (_question(when={"fact": "size", "at_least": 9, "below": 4}), f"{AT}.when.below", "empty_range"),
        (_question(when={"score": True, "at_least": 4}), f"{AT}.when", "when_uses"),
        (_question(when={"any": [{"next_step": True}]}), f"{AT}.when.any[0]", "when_uses"),
        (_question(when={"quesiton": "difficulty"}), f"{AT}.when.quesiton", "no_shape_hint"),
        (_question(when={}), f"{AT}.when", "no_shape"),
        (_question(when={"question": "culture", "is": "yes"}), f"{AT}.when", "when_circle"),
        (
            lambda data: data["temperature"].update(hot={"event": "demo_requst"}),
            "temperature.hot.event",
            "no_event_kind_hint",
        ),
        (lambda data: data["temperature"].update(warm={"call": ["gone"]}), "temperature.warm.call", "no_outcome"),
        (lambda data: data["temperature"].update(warm={"signoff": "gone"}), "temperature.warm.signoff", "no_signoff"),
        (
            lambda data: data["temperature"].update(warm={"score": "engagment", "at_least": 2}),
            "temperature.warm.score",
            "no_part_hint",
        ),
        (lambda data: data["temperature"].pop("warm"), "temperature.warm", "missing"),
        (lambda data: data["stages"][3]["gate"][0].update(question="x"), "stages[3].gate[0].question", "no_question"),
        (lambda data: data["stages"][3]["gate"][1].update(code="need"), "stages[3].gate[1].code", "twice"),
        (
            lambda data: data["profile"][0]["rules"][0].update(when={"fact": "size", "at_least": 4}),
            "profile[0].rules[0].when.fact",
            "only_this_fact",
        ),
    ],
)
def test_each_slip_is_told_where_it_is(change: Callable[[Tables], object], path: str, code: str) -> None:
    problems = broken(change)
    assert (path, code) in {(problem.path, problem.code) for problem in problems}
    for problem in problems:
        for language in words.LANGUAGES:
            assert problem.code in words.table(language)["playbook_problems"]


def test_a_branch_that_pays_less_for_the_better_answer_is_refused() -> None:
    def change(data: Tables) -> None:
        # Who says that it fits as it is gains a point and is not asked about culture, which pays three.
        data["questions"][place_of("culture")]["when"] = {"not": {"question": "works_with", "is": "as_is"}}

    (problem,) = broken(change)
    assert (problem.path, problem.code) == (f"questions[{place_of('works_with')}].answers", "less_for_better")
    assert (problem.details["better"], problem.details["points"]) == ("as_is", 2)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"question": "q", "is": "k"}, AnswerIs("q", ("k",))),
        ({"question": "q", "is": ["a", "b"]}, AnswerIs("q", ("a", "b"))),
        ({"question": "q", "standing": "yes"}, QuestionStands("q", (Standing.YES,))),
        ({"criterion": "need", "standing": ["no"]}, CriterionStands("need", (Standing.NO,))),
        ({"fact": "industry", "is": "x"}, FactIs("industry", ("x",))),
        ({"fact": "industry", "has": ["x"]}, FactHas("industry", ("x",))),
        ({"fact": "value", "known": True}, FactKnown("value")),
        ({"fact": "value", "known": False}, Not(FactKnown("value"))),
        ({"fact": "size", "at_least": 50, "below": 500}, FactBetween("size", 50, 500)),
        ({"fact": "value", "sums": {"EUR": 100, "JPY": 7}}, MoneyAtLeast("value", {"EUR": 10_000, "JPY": 7})),
        ({"score": True, "at_least": 40}, ScoreAtLeast(None, 400)),
        ({"score": "fit", "at_least": 2.5}, ScoreAtLeast("fit", 25)),
        ({"event": "demo"}, EventSeen(("demo",))),
        ({"event": ["a", "b"], "at_least": 3, "within_days": 30}, EventSeen(("a", "b"), 3, 30)),
        ({"call": True}, CallMade()),
        ({"call": ["spoke"]}, CallMade(("spoke",))),
        ({"next_step": True}, NextStepPlanned()),
        ({"signoff": "manager"}, SignedOff("manager")),
        ({"all": [{"call": True}]}, All((CallMade(),))),
        ({"any": [{"call": True}, {"next_step": True}]}, AnyOf((CallMade(), NextStepPlanned()))),
        ({"not": {"call": True}}, Not(CallMade())),
    ],
)
def test_each_shape_of_a_condition_is_read(written: Tables, read: object) -> None:
    problems: list[Problem] = []
    assert read_condition(Section({"when": written}, "", problems, frozenset()), "when") == read
    assert problems == []


rubbish = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.data())
def test_rubbish_anywhere_is_told_and_never_crashes(data: st.DataObject) -> None:
    tables = copy.deepcopy(DEFAULT)
    for _ in range(data.draw(st.integers(1, 3))):
        _put(tables, data)
    try:
        read_playbook(tables)
    except BrokenPlaybook as caught:
        for problem in caught.problems:
            assert words.say("en", "playbook_problems", problem.code, **problem.details) != problem.code


def _put(tables: Tables, data: st.DataObject) -> None:
    """Replaces one value somewhere in the tables."""
    here: Any = tables
    while True:
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        below = here[key]
        if not isinstance(below, (dict, list)) or not below or data.draw(st.integers(0, 3)) == 0:
            here[key] = data.draw(rubbish)
            return
        here = below
