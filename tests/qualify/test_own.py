"""Conditions of a playbook on fields of a team's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.assessment import assess
from leaddesk.qualify.conditions import fact_meets
from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.own import own_facts
from leaddesk.qualify.playbook import FactBetween, FactHas, FactIs, FactKnown, MoneyAtLeast, Playbook
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.toml_text import tables_of
from leaddesk.resources import text_of
from tests.qualify.builders import NOW, TODAY

SEATS = """
[[profile]]
fact = "custom.Seats planned"
part = "fit"
rules = [
  { key = "many", label = { en = "Many", zh_CN = "多" }, when = { at_least = 100 }, points = 6, standing = "yes" },
  { key = "some", label = { en = "Some", zh_CN = "一些" }, when = { at_least = 10 }, points = 2, standing = "partly" },
]
otherwise = { key = "few", label = { en = "Few", zh_CN = "少" }, points = 0, standing = "no" }
"""
_GATE = 'gate = [\n  { code = "seats", label = { en = "Seats", zh_CN = "席位" }, when = {condition} },'


def book(profile: str = "", *, gate: str = "", when: str = "") -> Playbook:
    """The shipped playbook with a profile, with a requirement of MQL, or with a condition on its second question."""
    toml = text_of("playbooks", "default.toml")
    if gate:
        before = toml.index("gate = [", toml.index('key = "mql"\n', toml.index("[[stages]]")))
        toml = f"{toml[:before]}{_GATE.replace('{condition}', gate)}{toml[before + len('gate = [') :]}"
    if when:
        at = toml.index("[[questions]]", toml.index("[[questions]]") + 1) + len("[[questions]]\n")
        toml = f"{toml[:at]}when = {when}\n{toml[at:]}"
    return read_playbook(tables_of(f"{toml}\n{profile}"))


def lead(**own: str) -> LeadState:
    """A lead with values of a team's own fields."""
    return LeadState("new", facts={f"custom.{name.replace('_', ' ')}": value for name, value in own.items()})


@pytest.mark.parametrize(
    ("atom", "met", "unmet"),
    [
        (FactBetween("custom.A", 10, 20), ["10", "19.5", "1,5 ".replace(",", "")], ["20", "9", "many", "", "10 EUR"]),
        (FactBetween("custom.A", None, 0), ["-1"], ["0"]),
        (MoneyAtLeast("custom.A", {"EUR": 100_000}), ["1000 EUR", "€2,500.50"], ["999 EUR", "5000 USD", "1000", "x"]),
        (FactIs("custom.A", ("yes",)), ["yes", "YES"], ["no", ""]),
        (FactIs("custom.A", ("2027-01-31", "12")), ["2027-01-31", "12"], ["2027-01-30", "120"]),
        (FactHas("custom.A", ("物流",)), ["上海物流"], ["上海"]),
        (FactKnown("custom.A"), ["x"], []),
    ],
)
def test_a_value_is_read_by_what_is_asked_of_it(atom: FactBetween, met: list[str], unmet: list[str]) -> None:
    assert [text for text in met if not fact_meets(atom, text)] == []
    assert [text for text in unmet if fact_meets(atom, text)] == []
    assert not fact_meets(atom, None)


@given(st.text(max_size=20))
def test_whatever_was_typed_is_no_trouble(text: str) -> None:
    for atom in (FactBetween("custom.A", 0, 5), MoneyAtLeast("custom.A", {"EUR": 1}), FactIs("custom.A", ("x",))):
        assert fact_meets(atom, text) in (True, False)


def test_which_fields_a_playbook_asks_for() -> None:
    assert own_facts(book()) == frozenset()
    assert own_facts(book(SEATS)) == {"Seats planned"}
    asked = book(gate='{ any = [{ fact = "custom.A", known = true }, { not = { fact = "custom.B", is = "x" } }] }')
    assert own_facts(asked) == {"A", "B"}
    assert own_facts(book(when='{ fact = "custom.C", is = "yes" }')) == {"C"}


@pytest.mark.parametrize("fact", ["custom.", "custom.  ", "costum.A"])
def test_a_name_is_wanted(fact: str) -> None:
    with pytest.raises(BrokenPlaybook) as caught:
        book(SEATS.replace("custom.Seats planned", fact))
    assert {problem.code for problem in caught.value.problems if problem.path.endswith("fact")} <= {
        "no_fact",
        "no_fact_hint",
    }


def test_a_profile_scores_them_and_says_so() -> None:
    playbook = book(SEATS)
    none = assess(playbook, lead(), NOW, TODAY)
    many = assess(playbook, lead(Seats_planned="120"), NOW, TODAY)
    few = assess(playbook, lead(Seats_planned="a handful"), NOW, TODAY)
    assert many.score - none.score == 60
    assert few.score == none.score
    assert none.up_to >= many.score
    reason = next(one for one in many.reasons if one.details.get("fact") == "custom.Seats planned")
    assert (reason.points, reason.details["rule"]) == (60, "many")


def test_what_is_missing_counts_as_reachable() -> None:
    without, with_it = (assess(one, lead(), NOW, TODAY).parts["fit"] for one in (book(), book(SEATS)))
    assert with_it.open
    assert without.limit == with_it.limit
    limited = replace(book(SEATS), questions=())
    bare = replace(book(), questions=())
    assert assess(limited, lead(), NOW, TODAY).up_to >= assess(bare, lead(), NOW, TODAY).up_to


def test_a_gate_names_the_facts_it_misses() -> None:
    playbook = book(gate='{ fact = "custom.Seats planned", at_least = 10 }')
    for state, met, facts in (
        (lead(), False, ("custom.Seats planned",)),
        (lead(Seats_planned="4"), False, ("custom.Seats planned",)),
        (lead(Seats_planned="40"), True, ()),
    ):
        check = check_gate(playbook, state, assess(playbook, state, NOW, TODAY), "mql")
        (need,) = (one for one in check.requirements if one.code == "seats")
        assert (need.met, need.facts) == (met, facts)


def test_a_fact_that_a_question_sets_is_asked_by_the_question() -> None:
    playbook = book(gate='{ fact = "value", known = true }')
    state = lead()
    check = check_gate(playbook, state, assess(playbook, state, NOW, TODAY), "mql")
    (need,) = (one for one in check.requirements if one.code == "seats")
    setters = [question.key for question in playbook.questions if question.sets == "value"]
    assert (need.facts == ()) is bool(setters)


def test_a_question_is_asked_where_the_field_says_so() -> None:
    playbook = book(when='{ fact = "custom.Region", is = "north" }')
    key = playbook.questions[1].key
    shown = {
        value: assess(playbook, lead(Region=value), NOW, TODAY).questions[key].visible for value in ("North", "south")
    }
    assert shown == {"North": True, "south": False}
    assert not assess(playbook, lead(), NOW, TODAY).questions[key].visible


def test_lifecycle_looks_at_them() -> None:
    playbook = book()
    rules = tuple(
        replace(rule, when=FactIs("custom.Partner", ("yes",))) if place == len(playbook.lifecycle) - 1 else rule
        for place, rule in enumerate(playbook.lifecycle)
        if not rule.by_person
    )
    asked = replace(playbook, lifecycle=rules)
    plain, partner = (assess(asked, state, NOW, TODAY).lifecycle for state in (lead(), lead(Partner="yes")))
    assert (plain == partner) is (rules[-1].when != FactIs("custom.Partner", ("yes",)))
