"""Leads of whom nothing is known but facts, and who are alike in those a playbook looks at, are summed up alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.qualify.fields import FIELDS, FieldKind
from leaddesk.qualify.likeness import watched_by
from leaddesk.qualify.playbook import (
    All,
    AnyOf,
    Condition,
    FactBetween,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    Not,
    Playbook,
)
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money
from tests.qualify.builders import NOW, lead, playbook, shipped
from tests.qualify.strategies import INDUSTRIES, playbooks
from tests.qualify.test_summary import summed_up

TEXTS = st.sampled_from([*INDUSTRIES, "Head of Logistics", "CEO", "a1", " ", "x"])
OF_KIND: dict[FieldKind, st.SearchStrategy[FactValue]] = {
    FieldKind.NUMBER: st.sampled_from([0, 1, 49, 50, 700]),
    FieldKind.MONEY: st.builds(Money, st.sampled_from([0, 1000, 10**9]), st.sampled_from(["EUR", "CNY"])),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.TAGS: st.lists(TEXTS, min_size=1, max_size=2).map(tuple),
}
FACTS = [field for field in FIELDS if field.key not in ("stage", "note") and field.kind is not FieldKind.DATE]

known_facts = st.fixed_dictionaries(
    {}, optional={field.key: OF_KIND.get(field.kind, TEXTS) for field in FACTS} | {"custom.Segment": TEXTS}
)
atoms: st.SearchStrategy[Condition] = st.one_of(
    st.builds(FactKnown, st.sampled_from(["email", "tags", "value", "industry", "do_not_call", "custom.Segment"])),
    st.builds(
        FactIs, st.sampled_from(["source", "existing_customer", "tags", "custom.Segment"]), st.just(("yes", "x"))
    ),
    st.just(FactBetween("size", 50, None)),
    st.just(MoneyAtLeast("value", {"EUR": 500})),
)
conditions = st.one_of(
    atoms, st.builds(Not, atoms), *(st.builds(kind, st.tuples(atoms, atoms)) for kind in (All, AnyOf))
)


@st.composite
def books(draw: st.DrawFn) -> Playbook:
    """Shipped ones and invented ones, with rules about facts as well."""
    book = draw(st.one_of(playbooks(), st.sampled_from([shipped("default"), shipped("simple")])))
    rules = tuple(replace(rule, when=draw(conditions)) if draw(st.booleans()) else rule for rule in book.lifecycle)
    return replace(book, hot=draw(conditions), warm=draw(conditions), lifecycle=rules)


@settings(max_examples=150)
@given(books(), known_facts, known_facts, st.data())
def test_alike_in_what_is_watched_is_summed_up_alike(
    book: Playbook, one: dict[str, FactValue], other: dict[str, FactValue], data: st.DataObject
) -> None:
    watched = watched_by(book)
    # The other is like the first in what is watched, and as it likes in everything else.
    for fact in watched.valued:
        other.pop(fact, None)
        if fact in one:
            other[fact] = one[fact]
    for fact in watched.known:
        if fact in one:
            other[fact] = data.draw(st.sampled_from([one[fact], other.get(fact, one[fact])]))
        else:
            other.pop(fact, None)
    if watched.likeness(one) == watched.likeness(other):
        assert summed_up(book, lead(facts=one), NOW) == summed_up(book, lead(facts=other), NOW)
    else:
        assert any(one.get(fact) != other.get(fact) for fact in watched.known)


@pytest.mark.parametrize("name", ["default", "simple"])
def test_names_and_addresses_are_not_looked_at(name: str) -> None:
    watched = watched_by(shipped(name))
    assert not {"name", "company", "email", "phone", "external_id", "city"} & {*watched.valued, *watched.known}


def test_of_a_fact_that_only_has_to_be_known_its_value_does_not_matter() -> None:
    watched = watched_by(replace(playbook(), hot=FactKnown("email")))
    assert "email" in watched.known
    assert watched.likeness({"email": "a@b.cd"}) == watched.likeness({"email": "e@f.gh"})
    assert len({watched.likeness(facts) for facts in ({}, {"email": " "}, {"email": "a@b.cd"})}) == 3
