"""What holds for every script: it changes what is asked, never what is known; and what gates offer to ask can help."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.qualify import scripts
from leaddesk.qualify.gate import check_gate
from leaddesk.qualify.playbook import Playbook, Script, ScriptGroup
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.summary import summary_in, summary_of
from tests.qualify.builders import NOW, TODAY, answered, seen, shipped
from tests.qualify.strategies import books_and_leads, knowing, leads

DEFAULT = shipped("default")

Case = tuple[Playbook, LeadState]

cases = st.one_of(books_and_leads(), st.tuples(st.just(DEFAULT), leads(DEFAULT, 12)))


@st.composite
def scripted(draw: st.DrawFn) -> Case:
    """A playbook with two scripts of its own, and a lead."""
    book, state = draw(cases)
    keys = [one.key for one in book.questions]

    def script(key: str) -> Script:
        asked = draw(st.permutations(keys))
        first, last = sorted((draw(st.integers(0, len(asked))), draw(st.integers(0, len(asked)))))
        parts = [part for part in (asked[:first], asked[first:last]) if part]
        groups = (ScriptGroup(f"g{place}", {}, {"en": "G"}, tuple(part)) for place, part in enumerate(parts))
        return Script(key, {"en": key}, {}, tuple(groups), 20)

    return replace(book, own_scripts=(script("one"), script("two"))), state


@settings(max_examples=60)
@given(scripted())
def test_a_script_changes_the_advice_alone(case: Case) -> None:
    book, state = case
    one, two = (seen(book, replace(state, script=key)) for key in ("one", "two"))
    assert replace(two, script=one.script, advice=one.advice) == one
    assert summary_of(book, replace(state, script="two"), NOW, TODAY) == summary_in(one)


@settings(max_examples=60)
@given(scripted(), st.sampled_from(("one", "two")))
def test_advice_is_open_and_from_the_script_or_awaited(case: Case, key: str) -> None:
    book, state = case
    found = seen(book, replace(state, script=key))
    asked = {one.key for one in scripts.open_questions(book, found, book.script[key])}
    if found.advice is None:
        assert not asked
        return
    assert found.questions[found.advice.question].open
    assert found.advice.question in asked or (not asked and found.advice.reason == "opens")


@settings(max_examples=60)
@given(scripted(), st.data())
def test_a_letter_leads_round_all_its_questions(case: Case, data: st.DataObject) -> None:
    book, state = case
    script = book.script["one"]
    found = seen(book, replace(state, script="one"))
    shown = [one.key for one in scripts.visible(book, found, script)]
    start = scripts.entered(book, found, scripts.groups_of_letter(script, "g"), None)
    if not shown:
        assert start is None
        return
    gone = [start]
    for _ in shown[1:]:
        gone.append(scripts.entered(book, found, script.groups, gone[-1]))
    assert sorted(one for one in gone if one) == sorted(shown)
    here = data.draw(st.sampled_from(shown))
    by = data.draw(st.integers(-3, 3).filter(bool))
    reached = shown.index(scripts.neighbour(book, found, script, here, by))
    assert reached == min(max(shown.index(here) + by, 0), len(shown) - 1)


@settings(max_examples=60)
@given(scripted())
def test_groups_count_what_they_show(case: Case) -> None:
    book, state = case
    found = seen(book, replace(state, script="one"))
    states = scripts.group_states(book, found, book.script["one"])
    assert sum(one.open for one in states.values()) == len(scripts.open_questions(book, found, book.script["one"]))
    for one in states.values():
        assert 0 <= one.met <= one.known <= one.visible


@settings(max_examples=60)
@given(leads(DEFAULT, 4), st.data())
def test_a_question_is_not_offered_again_while_another_one_can_meet_the_requirement(
    state: LeadState, data: st.DataObject
) -> None:
    state = replace(state, stage="discovery")
    named = {one.question for one in DEFAULT.stage["sql"].gate if one.question}
    for key in data.draw(st.lists(st.sampled_from(sorted(named)), unique=True, min_size=1)):
        state = answered(DEFAULT, state, key, data.draw(knowing(DEFAULT.question[key])))
    found = seen(DEFAULT, state)
    for need in check_gate(DEFAULT, state, found, "sql").unmet:
        if need.question is None or not found.questions[need.question].standing.is_knowledge:
            continue
        for key in (key for key, one in found.questions.items() if one.open):
            after = answered(DEFAULT, state, key, data.draw(knowing(DEFAULT.question[key])))
            still = check_gate(DEFAULT, after, seen(DEFAULT, after), "sql")
            assert need.code in {one.code for one in still.unmet}


@settings(max_examples=60)
@given(cases)
def test_what_a_gate_offers_and_can_be_asked_is_what_is_advised(case: Case) -> None:
    book, state = case
    found = seen(book, state)
    offered = {one.question for one in found.gate.unmet} if found.gate is not None else set()
    if any(found.questions[key].open for key in offered if key):
        assert found.advice is not None
        assert found.advice.reason == "opens"
