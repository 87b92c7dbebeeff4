"""Values of fields a team defines itself, read and written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.custom import KINDS, CustomField, fits, read_custom, written
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Money

COLOURS = ("Green", "Deep blue", "红色")


def field(kind: FieldKind) -> CustomField:
    """A field of a kind."""
    return CustomField("1", "Anything", kind, COLOURS if kind is FieldKind.CHOICE else ())


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldKind.TEXT, " any words ", "any words"),
        (FieldKind.NUMBER, "1,200.5", 1200.5),
        (FieldKind.NUMBER, "-3", -3.0),
        (FieldKind.MONEY, "€30k", Money(3_000_000, "EUR")),
        (FieldKind.DATE, "2027/1/31", date(2027, 1, 31)),
        (FieldKind.CHOICE, "deep BLUE", "Deep blue"),
        (FieldKind.CHOICE, "红色", "红色"),
        (FieldKind.YES_NO, "是", True),
        (FieldKind.YES_NO, "no", False),
    ],
)
def test_values_are_read_by_kind(kind: FieldKind, text: str, value: FactValue) -> None:
    assert read_custom(field(kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.NUMBER, "many"),
        (FieldKind.NUMBER, "1e999"),
        (FieldKind.NUMBER, "--3"),
        (FieldKind.MONEY, "30000"),
        (FieldKind.DATE, "soon"),
        (FieldKind.CHOICE, "yellow"),
        (FieldKind.YES_NO, "perhaps"),
    ],
)
def test_what_does_not_fit(kind: FieldKind, text: str) -> None:
    assert not fits(field(kind), text)


@given(st.sampled_from(KINDS), st.text(max_size=20))
def test_what_was_read_is_written_in_a_form_that_reads_the_same(kind: FieldKind, text: str) -> None:
    if fits(field(kind), text):
        value = read_custom(field(kind), text)
        assert read_custom(field(kind), written(value)) == value
