"""The playbooks that ship, and the one the documentation builds up: sound, whole and in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from leaddesk import words
from leaddesk.qualify.answers import outcomes
from leaddesk.qualify.assessment import assess
from leaddesk.qualify.playbook import Playbook, Question
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.state import LeadState
from leaddesk.qualify.terms import QuestionKind
from leaddesk.resources import resource, text_of

CHOSEN = frozenset({QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.YES_NO})
SHIPPED = sorted(path.stem for path in resource("playbooks").glob("*.toml"))
DOCUMENTATION = Path(__file__).parent.parent / "docs" / "playbook.md"


def shipped(name: str) -> Playbook:
    """A shipped playbook."""
    return read_playbook(tomllib.loads(text_of("playbooks", f"{name}.toml")))


def usual(playbook: Playbook) -> list[Question]:
    """What its usual script asks."""
    (script,) = (one for one in playbook.scripts if one.when is None)
    return [playbook.question[key] for key in script.questions]


def texts(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, str | list[str]]]]:
    """Every table of wordings and where it stands; what is heard is no wording."""
    if path.endswith(".hears"):
        return
    if isinstance(value, Mapping):
        if "en" in value:
            yield path, value
            return
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from texts(one, f"{path}[{place}]")


def test_two_ship() -> None:
    assert SHIPPED == ["default", "simple"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_there_in_every_language(name: str) -> None:
    data = tomllib.loads(text_of("playbooks", f"{name}.toml"))
    for path, wordings in texts(data):
        assert set(wordings) == set(words.LANGUAGES), path
        said = [one for text in wordings.values() for one in (text if isinstance(text, list) else [text])]
        assert said, path
        assert all(text.strip() for text in said), path


def test_the_default_knows_what_buyers_hold_against_it() -> None:
    objections = shipped("default").objections
    assert len(objections) >= 8
    for objection in objections:
        for language in words.LANGUAGES:
            assert len(objection.words[language]) >= 3, objection.key


@pytest.mark.parametrize("name", SHIPPED)
def test_the_best_answers_and_facts_fill_every_part_of_what_is_said(name: str) -> None:
    playbook = shipped(name)
    best = dict.fromkeys(playbook.part, 0)
    hidden_by_better = {"preparer"}
    for question in usual(playbook):
        if question.sets in playbook.profile or question.key in hidden_by_better:
            continue
        best[playbook.criterion[question.criterion].part] += max(points for _, points, _ in outcomes(question))
    for profile in playbook.profiles:
        best[profile.part] += max(rule.points for rule in profile.rules)
    for part in playbook.parts:
        if part.kind != "engagement":
            assert best[part.key] == part.limit, part.key
    assert sum(part.limit for part in playbook.parts) == 1000


@pytest.mark.parametrize("name", SHIPPED)
def test_a_lead_of_which_nothing_is_known_may_still_reach_everything_but_engagement(name: str) -> None:
    playbook = shipped(name)
    nothing = assess(playbook, LeadState(stage="new"), 0, date(2027, 1, 1))
    engagement = next(part for part in playbook.parts if part.kind == "engagement")
    assert (nothing.score, nothing.up_to) == (0, 1000 - engagement.limit)


def test_the_default_asks_in_every_way_and_three_to_five_questions_a_criterion() -> None:
    playbook = shipped("default")
    assert {question.kind for question in playbook.questions} == set(QuestionKind)
    for criterion in playbook.criteria:
        asked = [question for question in usual(playbook) if question.criterion == criterion.key]
        assert 3 <= len(asked) <= 5, criterion.key
        assert any(question.required for question in asked), criterion.key


def test_the_default_has_four_scripts_and_asks_most_leads_by_bant() -> None:
    playbook = shipped("default")
    assert [script.key for script in playbook.scripts] == ["bant", "listening", "meddic", "champ"]
    assert [criterion.key for criterion in playbook.criteria] == [group.key for group in playbook.script["bant"].groups]
    assert {key for script in playbook.scripts for key in script.questions} == set(playbook.question)
    letters = {script.key: "".join(group.letter["en"] for group in script.groups) for script in playbook.scripts}
    assert letters == {"bant": "BANTF", "listening": "IWCN", "meddic": "MEDDIC", "champ": "CAMP"}
    for language in words.LANGUAGES:
        for script in playbook.scripts:
            assert all(len(group.letter[language]) == 1 for group in script.groups)
            assert len(script.about[language]) <= 90


def test_a_listening_call_sells_nothing() -> None:
    playbook = shipped("default")
    asked = set(playbook.script["listening"].questions)
    assert not asked & {"budget_sum", "reserved", "approver", "how_soon", "go_live", "buyer_met", "decision_steps"}


def test_the_default_has_the_stages_the_team_speaks_of() -> None:
    stages = [stage.key for stage in shipped("default").stages]
    assert sorted(stages) == sorted("new mql discovery sql proposal won lost parked nurture".split())
    assert stages[:5] == "new mql discovery sql proposal".split()


def test_the_simple_one_is_simple() -> None:
    playbook = shipped("simple")
    assert len(playbook.stages) == 5
    assert sorted(question.criterion for question in playbook.questions) == sorted(playbook.criterion)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_heard_is_there_in_both_languages(name: str) -> None:
    playbook = shipped(name)
    for question in playbook.questions:
        told = question.kind in {QuestionKind.TEXT, QuestionKind.PERSON}
        answers = question.answers if question.kind in CHOSEN else ()
        for hears in (*(() if told else (question.hears,)), *(answer.hears for answer in answers)):
            if hears or question.key != "industry":
                assert all(hears.get(language) for language in words.LANGUAGES), question.key


@pytest.mark.parametrize("name", SHIPPED)
def test_short_forms_fit_a_small_window(name: str) -> None:
    for question in shipped(name).questions:
        assert len(question.short["en"]) <= 24, question.key
        for answer in question.answers:
            assert len(answer.short["en"]) <= 18, (question.key, answer.key)
            assert len(answer.short["zh_CN"]) <= 10, (question.key, answer.key)


def test_no_word_that_means_two_things() -> None:
    for name in SHIPPED:
        assert "潜在客户" not in text_of("playbooks", f"{name}.toml")
    assert "潜在客户" not in text_of("words", "zh_CN.toml")


def test_the_documentation_builds_a_playbook_that_can_be_adopted() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), flags=re.DOTALL)
    playbook = read_playbook(tomllib.loads("\n".join(blocks)))
    assert playbook.key == "example"
    assert len(blocks) >= 11


def test_the_documentation_names_every_key_of_the_default() -> None:
    written = DOCUMENTATION.read_text(encoding="utf-8")
    data = tomllib.loads(text_of("playbooks", "default.toml"))
    for name in ("questions", "stages", "dispositions", "event_kinds", "lifecycle", "profile", "scripts"):
        for key in {key for table in data[name] for key in table}:
            assert re.search(rf"\b{key}\b", written), f"{name}.{key}"
