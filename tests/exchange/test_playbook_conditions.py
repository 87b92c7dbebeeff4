"""Conditions as trees: what is read comes out again, and edits say what was meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leaddesk.exchange.playbook_conditions import Node, condition_of, hows_for, tree_of
from leaddesk.exchange.playbook_draft import draft_of
from leaddesk.resources import text_of


def conditions(value: object, key: str = "") -> Iterator[object]:
    if isinstance(value, dict):
        for name, one in value.items():
            if name in ("when", "only_if", "hot", "warm") and isinstance(one, dict) and key != "rules":
                yield one
            else:
                yield from conditions(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from conditions(one, key)


@pytest.mark.parametrize("name", ["default", "simple"])
def test_every_condition_that_ships_comes_out_as_it_went_in(name: str) -> None:
    found = list(conditions(draft_of(text_of("playbooks", f"{name}.toml")).data))
    assert found
    for one in found:
        assert condition_of(tree_of(one)) == one


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "a", "is": "x"},
        {"question": "a", "is": ["x", "y"]},
        {"question": "a", "standing": "yes"},
        {"fact": "size", "at_least": 5},
        {"fact": "size", "at_least": 5, "below": 9},
        {"fact": "value", "sums": {"EUR": 5}},
        {"fact": "industry", "has": ["a", "b"]},
        {"fact": "industry", "known": False},
        {"not": {"any": [{"question": "a", "is": "x"}, {"fact": "size", "known": True}]}},
        {"not": {"not": {"question": "a", "is": "x"}}},
        {"all": [{"not": {"question": "a", "is": "x"}}, {"any": [{"score": True, "at_least": 4}, {"call": True}]}]},
        {"question": "a"},
        {"nonsense": 4},
    ],
)
def test_conditions_come_out_as_they_went_in(condition: dict[str, object]) -> None:
    assert condition_of(tree_of(condition)) == condition


def test_a_group_of_one_is_that_one_and_an_empty_one_asks_for_nothing() -> None:
    assert condition_of(tree_of(None)) is None
    assert condition_of(Node("any", of=[Node("all"), Node("fact", subject="size", how="known")])) == {
        "fact": "size",
        "known": True,
    }
    assert condition_of(Node("all", negated=True)) is None


def test_what_can_be_said_goes_by_the_kind_of_field() -> None:
    assert "between" in hows_for("size")
    assert "sums" in hows_for("value")
    assert "has" in hows_for("industry")
    assert "has" not in hows_for("origin")
    assert "is" in hows_for("of_our_own")
