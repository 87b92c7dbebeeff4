"""Edits of a playbook's file: the data are what was meant, and every other letter stays."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.exchange import playbook_answers as answers
from leaddesk.exchange import playbook_questions as questions
from leaddesk.exchange import playbook_scripts as scripts
from leaddesk.exchange.playbook_branches import needed_for, opened_by, speaks_of
from leaddesk.exchange.playbook_draft import Draft, draft_of
from leaddesk.qualify.problems import BrokenPlaybook
from leaddesk.qualify.reading import read_playbook
from leaddesk.resources import text_of

SHIPPED = ("default", "simple")
HEADERS = """key = "h"  # the key

[grades]
hot = 5

# about the first
[[questions]]
key = "one"
label.en = "dotted"

[questions.wording]
en = "One?"
zh_CN = "一？"

[[questions.answers]]  # first
key = "a"
label = { en = "A", zh_CN = "甲" }

[[questions.answers]]
key = "b"
label = { en = "B", zh_CN = "乙" }

[[questions]]
key = "two"
wording = { en = "Two?", zh_CN = "二？" }
"""


def shipped(name: str) -> Draft:
    return draft_of(text_of("playbooks", f"{name}.toml"))


def changed_lines(before: Draft, after: Draft) -> list[str]:
    lines = difflib.unified_diff(before.text.splitlines(), after.text.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_draft_is_the_file_to_the_letter(name: str) -> None:
    text = text_of("playbooks", f"{name}.toml")
    draft = draft_of(text)
    assert draft.text == text
    assert draft.data == tomllib.loads(text)
    assert draft.read() == read_playbook(tomllib.loads(text))


def test_line_ends_of_other_systems_are_read() -> None:
    text = text_of("playbooks", "simple.toml")
    assert draft_of("\ufeff" + text.replace("\n", "\r\n")).data == tomllib.loads(text)


def test_what_is_no_toml_is_said_so() -> None:
    with pytest.raises(BrokenPlaybook) as trouble:
        draft_of("not = [toml")
    assert trouble.value.problems[0].code == "not_toml"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_wording_changes_one_line(name: str) -> None:
    draft = shipped(name)
    for question in draft.tables("questions"):
        key = str(question["key"])
        fresh = questions.set_text(draft, key, "wording", "en", 'Say "so" \\ now')
        assert len(changed_lines(draft, fresh)) == 2
        wording = questions.question(fresh, key)["wording"]  # type: ignore[index]
        assert wording["en"] == 'Say "so" \\ now'  # type: ignore[index]
        assert wording["zh_CN"] == question["wording"]["zh_CN"]  # type: ignore[index]


def test_a_field_is_written_in_its_place() -> None:
    draft = shipped("default")
    fresh = questions.set_field(draft, "allotted", "expires_days", 30)
    assert changed_lines(draft, fresh) == ["+expires_days = 30"]
    assert fresh.text.index('kind = "single"', fresh.text.index('"allotted"')) < fresh.text.index("expires_days = 30")
    assert questions.set_field(fresh, "allotted", "expires_days", None).text == draft.text


def test_answers_are_put_in_moved_and_taken_out_a_row_each() -> None:
    draft = shipped("default")
    more = answers.add_answer(draft, "allotted", after=0)
    assert len(changed_lines(draft, more)) == 1
    assert answers.remove_answer(more, "allotted", 1).text == draft.text
    moved = answers.move_answer(draft, "allotted", 3, 0)
    assert sorted(moved.text.splitlines()) == sorted(draft.text.splitlines())
    assert answers.move_answer(moved, "allotted", 0, 3).text == draft.text
    assert answers.move_answer(draft, "allotted", 0, -1) is not None


def test_no_ninth_answer() -> None:
    draft = shipped("simple")
    key = str(draft.tables("questions")[1]["key"])
    for _ in range(10):
        draft = answers.add_answer(draft, key)
    found = questions.question(draft, key)
    assert found is not None
    assert len(questions.tables(found)) == 8


def test_comments_within_a_list_go_with_their_row() -> None:
    draft = draft_of(
        '[[questions]]\nkey = "q"\nanswers = [\n  # best\n  { key = "a" }, # one\n  { key = "b" } # two\n]\n'
    )
    moved = answers.move_answer(draft, "q", 1, 0)
    assert moved.text == (
        '[[questions]]\nkey = "q"\nanswers = [\n  { key = "b" }, # two\n  # best\n  { key = "a" }, # one\n]\n'
    )


def test_sums_and_phrases_are_set_and_the_rest_stays() -> None:
    draft = shipped("default")
    fresh = answers.set_answer_field(draft, "budget_sum", 0, "sums", {"EUR": 60000, "CNY": 500000})
    assert len(changed_lines(draft, fresh)) == 2
    fresh = questions.set_phrases(draft, "budget_sum", "en", ["budget", "spend"])
    question = questions.question(fresh, "budget_sum")
    assert question is not None
    assert question["hears"]["en"] == ["budget", "spend"]  # type: ignore[index]
    assert fresh.read().question["budget_sum"].hears["zh_CN"] == draft.read().question["budget_sum"].hears["zh_CN"]


def test_a_question_is_put_in_copied_and_taken_out() -> None:
    draft = shipped("simple")
    first = str(draft.tables("questions")[0]["key"])
    more, key = questions.add_question(draft, "need", after=first)
    assert [one["key"] for one in more.tables("questions")][1] == key
    assert questions.remove_question(more, key).text == draft.text
    twin, copied = questions.copy_question(draft, first)
    assert {**questions.question(twin, copied), "key": first} == questions.question(draft, first)  # type: ignore[dict-item]
    assert questions.remove_question(twin, copied).text == draft.text
    assert draft.text in text_of("playbooks", "simple.toml")


def test_headings_stay_where_they_are_when_a_question_moves() -> None:
    draft = shipped("default")
    group = scripts.groups(draft, scripts.script_keys(draft)[0])[0]
    moved = scripts.move_question(draft, scripts.script_keys(draft)[0], group.questions[0], 1)
    comments = [line for line in draft.text.splitlines() if line.startswith("#")]
    assert [line for line in moved.text.splitlines() if line.startswith("#")] == comments
    assert moved.data != draft.data
    fresh = scripts.groups(moved, scripts.script_keys(moved)[0])[0]
    assert fresh.questions[:2] == (group.questions[1], group.questions[0])


def _waiting_for(draft: Draft, question: str) -> list[object]:
    """The questions whose branches look at a question."""
    return [one["key"] for one in draft.tables("questions") if speaks_of(one.get("when"), question)]


def test_another_key_is_followed_by_branches_and_scripts() -> None:
    draft = scripts.written_out(shipped("default"))
    waiting = _waiting_for(draft, "approver")
    assert waiting
    fresh = questions.rename_question(draft, "approver", "signs")
    assert _waiting_for(fresh, "signs") == waiting
    assert _waiting_for(fresh, "approver") == []
    assert "signs" in {key for group in scripts.groups(fresh, scripts.script_keys(fresh)[0]) for key in group.questions}


@pytest.mark.parametrize(("key", "code"), [("ok-1", ""), ("two words", "bad_key"), ("", "bad_key"), ("ONE", "twice")])
def test_keys_that_cannot_be_are_told(key: str, code: str) -> None:
    assert questions.key_trouble(key, ["one"]) == code


def test_an_answer_opens_what_others_keep_shut() -> None:
    draft = draft_of(
        """
[[questions]]
key = "a"
answers = [{ key = "x", standing = "yes" }, { key = "y", standing = "no" }, { key = "z", standing = "partly" }]
[[questions]]
key = "b"
when = { question = "a", is = ["x", "z"] }
[[questions]]
key = "c"
when = { all = [{ not = { question = "a", standing = "no" } }, { question = "b", is = "k" }] }
[[questions]]
key = "d"
when = { any = [{ question = "a", is = "x" }, { fact = "size", known = true }] }
"""
    )
    question = questions.question(draft, "a")
    assert question is not None
    assert opened_by(draft, question) == {"x": ("b", "c"), "y": (), "z": ("b", "c")}


def test_stages_that_need_a_question_are_told() -> None:
    draft = shipped("default")
    assert "sql" in {stage["key"] for stage in needed_for(draft, "approver")}
    assert needed_for(draft, "nobody") == ()


# ── scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_script_is_copied_and_only_chosen_by_hand_at_first() -> None:
    draft = shipped("simple")
    usual = scripts.script_keys(draft)[0]
    fresh, key = scripts.copy_script(draft, usual)
    playbook = fresh.read()
    assert [script.key for script in playbook.scripts] == [usual, key]
    assert playbook.scripts[0].when is None
    assert playbook.scripts[1].when is not None
    assert playbook.scripts[1].questions == draft.read().scripts[0].questions
    assert scripts.make_usual(fresh, key).read().scripts[1].when is None


def test_questions_are_taken_out_and_in_and_moved_between_groups() -> None:
    draft, key = scripts.copy_script(shipped("simple"), "simple")
    before = scripts.groups(draft, key)
    last = before[0].questions[-1]
    moved = scripts.move_question(draft, key, last, 1)
    assert scripts.groups(moved, key)[1].questions[0] == last
    assert scripts.move_question(moved, key, last, -1).data == draft.data
    out = scripts.take_out(draft, key, last)
    assert scripts.left_out(out, key) == (last,)
    assert questions.question(out, last) is not None
    assert scripts.groups(scripts.take_in(out, key, before[2].key, last), key)[2].questions[-1] == last
    placed = scripts.place_question(draft, key, last, before[1].key, before[1].questions[0])
    assert scripts.groups(placed, key)[1].questions[0] == last


def test_scripts_groups_and_their_words_change() -> None:
    draft, key = scripts.add_script(shipped("simple"))
    draft = scripts.set_script_text(draft, key, "name", "en", "Champ")
    draft = scripts.set_script_text(draft, key, "name", "zh_CN", "冠军")
    draft = scripts.set_script_field(draft, key, "minutes", 12)
    draft, group = scripts.add_group(draft, key)
    assert draft.read().script[key].minutes == 12
    assert scripts.move_group(draft, key, group, -1).read().script[key].groups[0].key == group
    assert group not in {one.key for one in scripts.groups(scripts.remove_group(draft, key, group), key)}
    assert scripts.remove_script(draft, key).read().scripts[0].key == "simple"
    assert scripts.move_script(draft, key, -1).read().scripts[0].key == key


# ── files laid out in other ways ─────────────────────────────────────────────────────────────────────────────────────


def test_tables_with_headers_of_their_own_are_edited_too() -> None:
    draft = draft_of(HEADERS)
    assert draft.text == HEADERS
    fresh = questions.set_text(draft, "one", "wording", "en", "Won?")
    found = questions.question(fresh, "one")
    assert found is not None
    assert found["wording"] == {"en": "Won?", "zh_CN": "一？"}
    assert "# about the first\n" in fresh.text
    assert len(changed_lines(draft, fresh)) == 2
    fresh = answers.add_answer(fresh, "one", 0)
    assert "# about the first\n" in fresh.text
    assert fresh.text.endswith('[[questions]]\nkey = "two"\nwording = { en = "Two?", zh_CN = "二？" }\n')


def test_lists_within_the_head_become_tables() -> None:
    draft = draft_of('key = "x"\nquestions = [{ key = "a" }, { key = "b" }]\n')
    fresh = questions.set_field(draft, "b", "required", True)
    assert fresh.data == {"key": "x", "questions": [{"key": "a"}, {"key": "b", "required": True}]}
    assert "[[questions]]" in fresh.text


TEXTS = st.text(max_size=40)


@given(TEXTS, st.sampled_from(["wording", "short", "hint", "recap"]), st.sampled_from(["en", "zh_CN"]))
def test_any_text_can_be_written(text: str, field: str, language: str) -> None:
    draft = shipped("simple")
    fresh = (
        questions.set_text(draft, "trouble", field, language, text) if questions.question(draft, "trouble") else draft
    )
    assert tomllib.loads(fresh.text) == fresh.data
    assert draft_of(fresh.text).data == fresh.data


@given(st.data())
def test_any_row_of_edits_leaves_a_file_that_says_what_was_meant(data: st.DataObject) -> None:
    draft = shipped("simple")
    for _ in range(data.draw(st.integers(1, 6))):
        keys = [str(one["key"]) for one in draft.tables("questions")]
        key = data.draw(st.sampled_from(keys))
        script = data.draw(st.sampled_from(scripts.script_keys(draft)))
        place = data.draw(st.integers(0, 3))
        edits: tuple[Callable[[], Draft], ...] = (
            lambda: questions.set_text(draft, key, "hint", "en", data.draw(TEXTS)),  # noqa: B023
            lambda: questions.set_field(draft, key, "required", data.draw(st.booleans())),  # noqa: B023
            lambda: questions.set_kind(draft, key, data.draw(st.sampled_from(["money", "single", "text"]))),  # noqa: B023
            lambda: questions.copy_question(draft, key)[0],  # noqa: B023
            lambda: questions.remove_question(draft, key) if len(keys) > 2 else draft,  # noqa: B023
            lambda: answers.add_answer(draft, key, place),  # noqa: B023
            lambda: answers.remove_answer(draft, key, place),  # noqa: B023
            lambda: answers.move_answer(draft, key, place, 0),  # noqa: B023
            lambda: scripts.copy_script(draft, script)[0],  # noqa: B023
            lambda: scripts.move_question(draft, script, key, 1),  # noqa: B023
            lambda: scripts.take_out(draft, script, key),  # noqa: B023
        )
        draft = data.draw(st.sampled_from(edits))()
        assert tomllib.loads(draft.text) == draft.data
        assert draft_of(draft.text).text == draft.text
