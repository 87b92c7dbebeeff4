"""Tests of the tables of a playbook's text: read in blocks, they are what the whole text says."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.toml_text import tables_of
from leaddesk.resources import text_of

_PIECES = (
    "[[a]]\n",
    "[[a]]  # of many\r\n",
    "[a]\n",
    "[b]\n",
    "[a.c]\n",
    "[[a.c]]\n",
    "[b.c.d]\n",
    '["a"]\n',
    "[ a ]\n",
    " [a]\n",
    "[[ a ]]\n",
    "k = 1\n",
    "l = { m = 2 }\n",
    "a = [1]\n",
    "a.c = 3\n",
    'k = """\n',
    '"""\n',
    "n = [\n",
    "[1],\n",
    "[a],\n",
    "]\n",
    "# [a]\n",
    "\n",
    "k",
    "[[a]]",
    "[a",
)


def _plain(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)


def _ours(text: str) -> object:
    try:
        return tables_of(text)
    except BrokenPlaybook as broken:
        (problem,) = broken.problems
        return problem.details["why"]


@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_blocks_say_what_the_whole_text_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert _ours(text) == _plain(text)


@pytest.mark.parametrize("name", ["default", "simple"])
def test_the_shipped_playbooks(name: str) -> None:
    text = text_of(f"playbooks/{name}.toml")
    assert tables_of(text) == tomllib.loads(text)
    assert list(tables_of(text)) == list(tomllib.loads(text))


def test_what_is_read_twice_does_not_grow() -> None:
    text = "[[a]]\nk = 1\n[[a]]\nk = 2\n"
    assert tables_of(text) == tables_of(text) == {"a": [{"k": 1}, {"k": 2}]}


def test_a_table_that_is_too_deep() -> None:
    with pytest.raises(BrokenPlaybook) as caught:
        tables_of("[a]\nk = " + "[" * 70 + "]" * 70)
    assert [problem.code for problem in caught.value.problems] == ["too_deep"]
