"""The small language of `hears`: what a phrase finds, and which texts are none."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.phrases import How, check_phrase, is_name, read_phrase


def finds(phrase: str, line: str) -> str | None:
    """What a phrase finds in a line."""
    read = read_phrase(phrase)
    found = re.search(read.pattern, line, re.IGNORECASE if read.named else 0)
    return found[0].strip() if found else None


@pytest.mark.parametrize(
    ("phrase", "line", "found"),
    [
        ("CFO signs", "the cfo signs it", "cfo signs"),
        ("cfo signs", "cfo-signs", "cfo-signs"),
        ("go live", "forgo lively", None),
        ("(cfo|head of finance) signs", "our head of finance signs", "head of finance signs"),
        ("budget [is|was] [already] approved", "budget approved", "budget approved"),
        ("budget [is|was] [already] approved", "budget was already approved", "budget was already approved"),
        ("approved [budget]", "approved", "approved"),
        ("contract … expires", "contract with sap expires", "contract with sap expires"),
        ("contract ... expires", "contract expires", "contract expires"),
        ("contract … expires", "contract that never expires", None),
        ("contract … expires", "contract of the old supplier of twenty years expires", None),
        ("老板(批|拍板)", "我们老板 拍板", "老板 拍板"),
        ("老板[来]批", "老板来批", "老板来批"),
        ("用Excel", "在用excel做", "用excel"),
        ("{name} decides", "and Marek Nowak decides", "Marek Nowak decides"),
        ("{name} decides", "nobody decides", None),
        ("{name}拍板", "这事王总拍板", "王总拍板"),
        ("4 (of|out of) 5", "it is 4 of 5", "4 of 5"),
        ("4 of 5", "14 of 5", None),
    ],
)
def test_what_a_phrase_finds(phrase: str, line: str, found: str | None) -> None:
    assert finds(phrase, line) == found


def test_a_sign_in_front_says_where_it_counts() -> None:
    assert [read_phrase(text).how for text in ("it", "=it", "+it")] == [How.ANYWHERE, How.ALONE, How.BESIDE]


@pytest.mark.parametrize(
    "text",
    ["", " ", "=", "+", "(a", "a)", "[a", "a]", "(a]", "[a]", "[a][b]", "(a|)", "(|a)", "a||b", "|", "…", "a|[b]",
     "{who}", "a…a…a…a", "{name}", "{name} and {name} sign", "a" * 700, "(((((((((((a)))))))))))", "(a)" * 11, "-"],
)  # fmt: skip
def test_what_is_no_phrase(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_phrase(text)
    with pytest.raises(ValueError):  # noqa: PT011
        check_phrase(text)


@given(st.text(alphabet="ab 王-()[]|…{}=+'.\n", max_size=14) | st.text(max_size=12))
def test_any_text_is_a_phrase_or_none(text: str) -> None:
    readable = False
    with suppress(ValueError):
        phrase = read_phrase(text)
        readable = True
        assert phrase.anchors
        assert re.compile(phrase.pattern).search("") is None
    checked = False
    with suppress(ValueError):
        check_phrase(text)
        checked = True
    assert readable is checked


@given(st.lists(st.sampled_from(["(a|b)", "[c]", "d", " ", "王", "{name}", "…", "[e|f]"]), max_size=6).map("".join))
def test_a_line_that_holds_a_phrase_holds_one_of_its_anchors(text: str) -> None:
    line = "a d 王 d b c e f d"
    with suppress(ValueError):
        phrase = read_phrase(text)
        if not phrase.named and re.search(phrase.pattern, line):
            assert any(anchor in line.replace(" ", "") for anchor in phrase.anchors)


def test_who_is_nobody() -> None:
    assert is_name("Marek")
    assert is_name("王总")
    assert not is_name("Budget")
    assert not is_name("方案")
    assert not is_name("周三见")
