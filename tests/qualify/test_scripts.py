"""Scripts: ways through one pool of questions, offered by rule, that change what is asked and nothing that is known."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leaddesk import words
from leaddesk.qualify import scripts
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactIs,
    Not,
    QuestionStands,
    Requirement,
    ScoreAtLeast,
    Script,
    ScriptGroup,
)
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import Advice, Assessment, Event, LeadState, Offered
from leaddesk.resources import text_of
from tests.qualify.builders import (
    EVADED,
    NO,
    NOT_ASKED,
    NOW,
    PARTLY,
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

Tables = dict[str, Any]

SMALL = (("yes", YES, 1), ("no", NO, 0))
SIMPLE: Tables = tomllib.loads(text_of("playbooks", "simple.toml"))


def group(key: str, *questions: str, letter: str = "") -> ScriptGroup:
    return ScriptGroup(key, {"en": key}, {"en": letter or key[0].upper(), "zh_CN": "字"}, questions)


def script(key: str, *groups: ScriptGroup, when: Condition | None = None) -> Script:
    return Script(key, {"en": key}, {}, groups, 20, when)


BIG = FactBetween("size", 1000, None)

#: Two scripts: `long` for large companies, `usual` for all others; `aside` is asked by neither.
BOOK = replace(
    playbook(
        question("pain"),
        question("cost", SMALL),
        question("signer", criterion="authority", required=True),
        question("friend", SMALL, criterion="authority"),
        question("door", SMALL, criterion="authority"),
        question("behind", SMALL, criterion="authority", when=AnswerIs("door", ("yes",))),
        question("aside", criterion="fit"),
    ),
    own_scripts=(
        script("long", group("first", "friend", "door"), group("fellow", "behind", "cost"), when=BIG),
        script("usual", group("need", "pain", "cost"), group("authority", "signer", "friend")),
    ),
)


def by(key: str, *answers: Any, facts: Any = None) -> LeadState:
    return replace(lead(*answers, facts=facts), script=key)


def keys(asked: Any) -> list[str]:
    return [one.key for one in asked]


# ── which is offered ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_scripts_there_is_one_that_asks_everything_by_criterion() -> None:
    book = playbook(question("a", criterion="authority"), question("n"), question("m"))
    (only,) = book.scripts
    assert [(one.key, one.questions) for one in only.groups] == [
        ("need", ("n", "m")),
        ("authority", ("a",)),
        ("fit", ()),
    ]
    assert (only.key, only.minutes) == (book.key, book.call_minutes)
    assert seen(book, lead()).offered == Offered(book.key)


def test_the_first_script_whose_condition_holds_is_offered_with_what_holds() -> None:
    assert seen(BOOK, lead()).offered == Offered("usual")
    assert seen(BOOK, lead(facts={"size": 1000})).offered == Offered("long", (BIG,))
    either = AnyOf((FactIs("origin", ("referral",)), All((BIG, ScoreAtLeast(None, 0)))))
    book = replace(BOOK, own_scripts=(replace(BOOK.own_scripts[0], when=either), BOOK.own_scripts[1]))
    assert seen(book, lead(facts={"size": 2000})).offered.because == (BIG, ScoreAtLeast(None, 0))
    assert seen(book, lead(facts={"size": 2000, "origin": "Referral"})).offered.because == (either.of[0],)


def test_of_alternatives_those_that_are_the_case_are_told() -> None:
    when = All((EventSeen(("visit", "demo")), CriterionStands("need", (NOT_ASKED, EVADED)), Not(CallMade())))
    book = replace(BOOK, own_scripts=(replace(BOOK.own_scripts[0], when=when), BOOK.own_scripts[1]))
    state = LeadState("new", events=(Event("1", "demo", NOW), Event("2", "paper", NOW)))
    expected = (EventSeen(("demo",)), CriterionStands("need", (NOT_ASKED,)), Not(CallMade()))
    assert seen(book, state).offered == Offered("long", expected)


def test_a_chosen_script_stands_over_the_one_offered_unless_it_is_gone() -> None:
    chosen = seen(BOOK, by("usual", facts={"size": 1000}))
    assert (chosen.script, chosen.offered.script) == ("usual", "long")
    assert seen(BOOK, by("gone", facts={"size": 1000})).script == "long"
    assert scripts.script_of(BOOK, chosen).key == "usual"


# ── what is advised ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_advice_keeps_to_the_script() -> None:
    assert seen(BOOK, by("usual")).advice == Advice("pain", "worth", None, 80)
    assert seen(BOOK, by("long")).advice == Advice("friend", "worth", None, 10)


def test_a_script_that_is_through_leaves_what_the_gate_waits_for() -> None:
    through = by("long", given("friend", "yes"), given("door", "no"), given("cost", "no"))
    assert seen(BOOK, through).advice is None
    wants = (Requirement("signer", {}, QuestionStands("signer", (YES,))),)
    book = replace(BOOK, stages=(BOOK.stages[0], replace(BOOK.stages[1], gate=wants), *BOOK.stages[2:]))
    assert seen(book, through).advice == Advice("signer", "opens", "talk", 80)


def test_no_script_changes_what_is_known() -> None:
    for state in (lead(), lead(given("friend", "yes"), given("aside", "partly"))):
        one, other = (seen(BOOK, replace(state, script=key)) for key in ("usual", "long"))
        same = replace(other, script=one.script, advice=one.advice)
        assert same == one


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_script_shows_its_visible_questions_in_its_order() -> None:
    book, long = BOOK, BOOK.script["long"]
    found = seen(book, by("long"))
    assert keys(scripts.visible(book, found, long)) == ["friend", "door", "cost"]
    opened = seen(book, by("long", given("door", "yes")))
    assert keys(scripts.visible(book, opened, long)) == ["friend", "door", "behind", "cost"]
    assert keys(scripts.open_questions(book, opened, long)) == ["friend", "behind", "cost"]


def test_the_neighbour_is_the_next_the_script_asks() -> None:
    found, long = seen(BOOK, by("long")), BOOK.script["long"]
    assert scripts.neighbour(BOOK, found, long, "door", 1) == "cost"
    assert scripts.neighbour(BOOK, found, long, "cost", -2) == "friend"
    assert scripts.neighbour(BOOK, found, long, "cost", 5) == "cost"
    assert scripts.neighbour(BOOK, found, long, "behind", 1) == "cost"


def test_from_a_question_outside_the_way_leads_back_into_the_script() -> None:
    found, usual = seen(BOOK, by("usual")), BOOK.script["usual"]
    assert scripts.neighbour(BOOK, found, usual, "aside", -1) == "friend"
    assert scripts.neighbour(BOOK, found, usual, "aside", 1) == "aside"
    assert scripts.group_of(usual, "aside") is None
    assert scripts.group_of(usual, "signer") == usual.groups[1]


def test_a_letter_leads_to_the_first_open_question_and_on() -> None:
    usual = BOOK.script["usual"]
    found = seen(BOOK, by("usual", given("pain", "yes")))
    need = scripts.groups_of_letter(usual, "n")
    assert scripts.entered(BOOK, found, need, None) == "cost"
    assert scripts.entered(BOOK, found, need, "cost") == "pain"
    assert scripts.entered(BOOK, found, scripts.groups_of_letter(usual, "x"), None) is None


def test_groups_of_one_letter_are_gone_through_one_after_the_other() -> None:
    long = BOOK.script["long"]
    both = scripts.groups_of_letter(long, "F")
    assert [one.key for one in both] == ["first", "fellow"]
    assert scripts.groups_of_letter(long, "字") == long.groups
    found = seen(BOOK, by("long"))
    gone: list[str | None] = [None]
    for _ in range(4):
        gone.append(scripts.entered(BOOK, found, both, gone[-1]))
    assert gone[1:] == ["friend", "door", "cost", "friend"]
    half = seen(BOOK, by("long", given("friend", "yes"), given("door", "no")))
    assert scripts.entered(BOOK, half, both, None) == "cost"


def test_what_is_asked_first_is_the_advice() -> None:
    found = seen(BOOK, by("usual"))
    assert scripts.first(BOOK, found, BOOK.script["usual"]) == "pain"
    assert scripts.first(BOOK, found, BOOK.script["long"]) == "friend"


# ── how groups stand ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answers",
    [
        (),
        (("signer", said("yes")),),
        (("friend", said("yes")),),
        (("signer", said("no")),),
        (("friend", heard(EVADED)),),
        (("signer", said("yes")), ("friend", said("no")), ("door", said("yes")), ("behind", heard(EVADED))),
    ],
)
def test_a_group_with_all_questions_of_a_criterion_stands_as_the_criterion(answers: Any) -> None:
    book = replace(BOOK, own_scripts=())
    state = lead(*(given(key, what, NOW + place) for place, (key, what) in enumerate(answers)))
    found = seen(book, state, NOW + 100)
    for key, one in scripts.group_states(book, found, book.scripts[0]).items():
        criterion = found.criteria[key]
        assert (one.standing, one.visible) == (criterion.standing, criterion.visible)
        assert (one.known, one.met) == (criterion.known, criterion.met)
        open_ones = [q for q in book.questions if q.criterion == one.key and found.questions[q.key].open]
        assert one.open == len(open_ones)


def test_a_group_without_required_questions_is_met_by_all_it_shows() -> None:
    long = BOOK.script["long"]

    def stands(*answers: Any) -> list[str]:
        found = seen(BOOK, by("long", *answers))
        return [one.standing for one in scripts.group_states(BOOK, found, long).values()]

    assert stands() == [NOT_ASKED, NOT_ASKED]
    assert stands(given("friend", "yes")) == [PARTLY, NOT_ASKED]
    assert stands(given("friend", "yes"), given("door", "yes")) == [YES, NOT_ASKED]
    assert stands(given("cost", "no")) == [NOT_ASKED, NO]
    assert stands(given("cost", heard(EVADED))) == [NOT_ASKED, EVADED]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def tables(**more: Any) -> Tables:
    """The small shipped playbook with two scripts of its own."""
    data = copy.deepcopy(SIMPLE)
    groups = [{"key": "need", "questions": ["difficulty"]}, {"key": "budget", "questions": ["budget_sum"]}]
    data["scripts"] = [
        {"key": "short", "name": {"en": "Short", "zh_CN": "短"}, "minutes": 5, "groups": groups, **more},
        {"key": "all", "name": {"en": "All", "zh_CN": "全"}, "groups": copy.deepcopy(groups)},
    ]
    data["scripts"][0].setdefault("when", {"fact": "size", "at_least": 10})
    return data


def problems(data: Tables) -> dict[str, str]:
    with pytest.raises(BrokenPlaybook) as caught:
        read_playbook(data)
    for language in ("en", "zh_CN"):
        for one in caught.value.problems:
            assert words.say(language, "playbook_problems", one.code, **one.details) != one.code
    return {one.path: one.code for one in caught.value.problems}


def test_scripts_arrive_with_what_a_criterion_lends_them() -> None:
    book = read_playbook(tables(about={"en": "In a hurry", "zh_CN": "赶时间"}))
    short = book.script["short"]
    assert (short.minutes, book.script["all"].minutes) == (5, book.call_minutes)
    assert short.groups[0].label == book.criterion["need"].label
    assert short.groups[0].letter == book.criterion["need"].letter
    assert short.questions == ("difficulty", "budget_sum")
    assert short.about["zh_CN"] == "赶时间"


def test_any_condition_may_offer_a_script() -> None:
    conditions = (
        {"score": True, "at_least": 10},
        {"event": "web_visit", "within_days": 30},
        {"not": {"call": True}},
        {"criterion": "need", "standing": "yes"},
        {"next_step": True},
    )
    for when in conditions:
        assert read_playbook(tables(when=when)).own_scripts[0].when is not None


def _edit(change: Callable[[list[Tables]], object]) -> Tables:
    data = tables()
    change(data["scripts"])
    return data


def test_what_is_wrong_with_a_script_is_told_at_its_place() -> None:
    assert problems(_edit(lambda all_: all_[0]["groups"][1].update(questions=["budget_sum", "difculty"]))) == {
        "scripts[0].groups[1].questions[1]": "no_question_hint"
    }
    assert problems(_edit(lambda all_: all_[0]["groups"][1].update(questions=["budget_sum", "difficulty"]))) == {
        "scripts[0].groups[1].questions[1]": "asked_twice"
    }
    assert problems(_edit(lambda all_: all_[0]["groups"][1].update(questions=[]))) == {
        "scripts[0].groups[1].questions": "empty_list"
    }
    assert problems(_edit(lambda all_: all_[0].update(groups=[]))) == {"scripts[0].groups": "empty_list"}
    assert problems(_edit(lambda all_: all_[0].pop("when"))) == {"scripts[1]": "two_usual_scripts"}
    assert problems(_edit(lambda all_: all_.pop())) == {"scripts": "no_usual_script"}
    assert problems(_edit(lambda all_: all_[1].update(key="short"))) == {"scripts[1].key": "twice"}
    assert problems(_edit(lambda all_: all_[1]["groups"][1].update(key="need"))) == {
        "scripts[1].groups[1].key": "twice"
    }
    assert problems(_edit(lambda all_: all_[0]["groups"][0].update(key="own"))) == {
        "scripts[0].groups[0].label": "missing",
        "scripts[0].groups[0].letter": "missing",
    }
    assert problems(_edit(lambda all_: all_[0]["name"].pop("zh_CN"))) == {"scripts[0].name.zh_CN": "language_missing"}
    assert problems(_edit(lambda all_: all_[0].update(when={"event": "web_vist"}))) == {
        "scripts[0].when.event": "no_event_kind_hint"
    }
    assert problems(_edit(lambda all_: all_[0].update(groop=1))) == {"scripts[0].groop": "unknown_key_hint"}


def test_scripts_weigh_nothing() -> None:
    bare = replace(BOOK, own_scripts=())
    state = answered(BOOK, lead(), "pain", said("yes"))

    def numbers(found: Assessment) -> Any:
        return found.score, found.up_to, found.criteria, found.parts, found.reasons, found.gate, found.next_change_at

    assert numbers(seen(bare, state)) == numbers(seen(BOOK, state))
