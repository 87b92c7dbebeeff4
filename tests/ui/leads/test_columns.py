"""Which columns there are, and how a person's choice of them is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk import words
from leaddesk.db.reader import parsed
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELDS
from leaddesk.resources import text_of
from leaddesk.ui.leads.columns import (
    CHECKS,
    USUAL,
    Look,
    chosen,
    column_label,
    columns_of,
    look_as_data,
    look_from,
    read_look,
    written,
)

PLAYBOOK = parsed(text_of("playbooks", "default.toml"))
HAT = CustomField("1", "Hat size")
KNOWN = columns_of(PLAYBOOK, [HAT])


def test_every_fact_part_and_field_of_ones_own_can_be_a_column() -> None:
    assert {field.key for field in FIELDS} - {"note"} <= set(KNOWN)
    assert {"part.fit", "grade", "created", "last_call", "lifecycle", "temperature", "custom.Hat size"} <= set(KNOWN)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_column_has_a_head(language: str) -> None:
    heads = {key: column_label(column, PLAYBOOK, language) for key, column in KNOWN.items()}
    assert not [key for key, head in heads.items() if head.startswith("column_") or (head == key and "." in key)]


@given(
    st.lists(st.sampled_from(sorted(KNOWN)), unique=True),
    st.dictionaries(st.sampled_from(sorted(KNOWN)), st.integers(1, 2000)),
    st.sampled_from(["urgency", "custom.Hat size"]),
    st.booleans(),
)
def test_a_look_is_kept(columns: list[str], widths: dict[str, int], sort: str, backwards: bool) -> None:
    look = Look(tuple(columns), widths, sort, backwards)
    assert read_look(written(look)) == look
    assert look_from(look_as_data(look)) == look


@given(st.text())
def test_what_was_kept_badly_is_left_out(kept: str) -> None:
    assert isinstance(read_look(kept), Look)
    assert isinstance(read_look("{" + kept), Look)


def test_widths_kept_by_an_older_program_are_read() -> None:
    assert read_look("name=180,nonsense,=3,company=x,score=-4").widths == {"name": 180}


def test_columns_that_are_gone_are_left_out_and_none_are_the_usual_ones() -> None:
    assert chosen(Look(("city", "custom.Gone")), KNOWN) == (CHECKS, KNOWN["city"])
    assert chosen(Look(("custom.Gone",)), KNOWN) == (CHECKS, *USUAL)
