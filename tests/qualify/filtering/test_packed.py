"""Filters go through JSON unharmed, and what is wrong with one is named, all of it."""

from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.filtering.checking import problems_of
from leaddesk.qualify.filtering.packed import MOST_CONDITIONS, BrokenFilter, packed, unpacked
from leaddesk.qualify.filtering.subjects import subjects
from leaddesk.qualify.filtering.tree import All, AnyOf, Between, Has, Is, IsKnown, Not, Stands, Where
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.terms import Standing
from leaddesk.resources import text_of
from tests.filters import wheres

PLAYBOOK = read_playbook(tomllib.loads(text_of("playbooks", "default.toml")))
KNOWN = subjects(
    PLAYBOOK, [CustomField("1", "Seats", FieldKind.NUMBER), CustomField("2", "Hue", FieldKind.CHOICE, ("red", "blue"))]
)


@given(where=wheres(KNOWN, {}, date(2026, 3, 4)))
def test_through_json_and_back(where: Where) -> None:
    assert unpacked(json.loads(json.dumps(packed(where)))) == where


@given(
    data=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4) | st.sampled_from(["is", "owner", "all"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["all", "any", "not", "is", "values", "between", "least", "most", "day_in", "period", "x"]
                ),
                inner,
            )
        ),
        max_leaves=6,
    )
)
def test_anything_is_read_or_refused(data: object) -> None:
    try:
        where = unpacked(data)
    except BrokenFilter:
        return
    assert unpacked(packed(where)) == where


def test_every_mistake_is_named_with_its_place() -> None:
    data = {
        "all": [
            {"is": "owner", "values": []},
            {"any": [{"between": "score", "least": 9, "most": 1}, {"has": "name"}]},
            {"not": {"sum": "value", "currency": "XXX", "least": 1}},
            {"day_in": "next_step", "period": "some day"},
            {"stands": "criterion.need", "standings": ["perhaps"]},
            {"what": 1},
            {"known": "phone", "also": 2},
            7,
        ]
    }
    with pytest.raises(BrokenFilter) as trouble:
        unpacked(data)
    assert [problem.path for problem in trouble.value.problems] == [
        "all[0]",
        "all[1].any[0]",
        "all[1].any[1]",
        "all[2].not",
        "all[3]",
        "all[4]",
        "all[5]",
        "all[6]",
        "all[7]",
    ]


def test_a_filter_has_an_end() -> None:
    deep: dict[str, object] = {"known": "phone"}
    for _ in range(40):
        deep = {"not": deep}
    wide = {"all": [{"known": "phone"}] * (MOST_CONDITIONS + 9)}
    for data in (deep, wide):
        with pytest.raises(BrokenFilter) as trouble:
            unpacked(data)
        assert {problem.code for problem in trouble.value.problems} == {"too_much"}


def test_what_is_gone_is_named() -> None:
    where = All(
        (
            Is("stage", ("new", "demo")),
            AnyOf((Stands("criterion.champion", (Standing.YES,)), Not(Stands("question.nobody", (Standing.NO,))))),
            Is("custom.Hue", ("green",)),
            Has("custom.Seats", "1"),
            Between("owner", 1, 2),
            IsKnown("phone"),
            Is("owner", ("Anna",)),
        )
    )
    assert [(one.path, one.code, one.details.get("value")) for one in problems_of(where, KNOWN)] == [
        ("all[0]", "value_gone", "demo"),
        ("all[1].any[0]", "subject_gone", None),
        ("all[1].any[1].not", "subject_gone", None),
        ("all[2]", "value_gone", "green"),
        ("all[3]", "does_not_fit", None),
        ("all[4]", "does_not_fit", None),
    ]
