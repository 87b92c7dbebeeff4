"""Both languages say the same things, and every code the fields need has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import leaddesk
from leaddesk import words
from leaddesk.qualify.fields import FIELDS, FieldKind
from leaddesk.qualify.terms import QuestionKind, StageKind, Standing, Temperature

FLAT = {
    language: {
        (section, key): text for section, sentences in words.table(language).items() for key, text in sentences.items()
    }
    for language in words.LANGUAGES
}
EVERY_KEY = sorted({place for flat in FLAT.values() for place in flat})


def placeholders(pattern: str) -> set[str]:
    """The names a sentence asks to be filled."""
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_key_is_there_in_each_language(language: str) -> None:
    missing = [place for place in EVERY_KEY if place not in FLAT[language]]
    assert not missing, f"{language} has no words for {missing}"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert not [place for place, text in FLAT[language].items() if not text.strip()]


def test_both_languages_fill_the_same_placeholders() -> None:
    differing = {}
    for section, key in FLAT["en"].keys() & FLAT["zh_CN"].keys():
        english, chinese = (placeholders(FLAT[language][section, key]) for language in words.LANGUAGES)
        # A singular may say its one as a word.
        uncounted = {"n"} if key.endswith(".one") else set()
        if english - uncounted != chinese - uncounted:
            differing[section, key] = (english, chinese)
    assert not differing


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_section_read_alone_is_the_same(language: str) -> None:
    for section, sentences in words.table(language).items():
        assert words.section_of(language, section) == sentences, section
    assert words.section_of(language, "no_such_section") == {}


def test_placeholders_are_plain_names() -> None:
    odd = [
        (place, name)
        for flat in FLAT.values()
        for place, text in flat.items()
        for name in placeholders(text)
        if not name.isidentifier()
    ]
    assert not odd


def test_a_singular_stands_beside_its_plural() -> None:
    alone = [
        (section, key)
        for section, key in FLAT["en"]
        if key.endswith(".one") and (section, key.removesuffix(".one")) not in FLAT["en"]
    ]
    assert not alone


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_codes_of_the_types_have_words(language: str) -> None:
    table = words.table(language)
    assert not {field.key for field in FIELDS} - table["fields"].keys()
    assert not {str(kind) for kind in FieldKind} - table["field_kinds"].keys()
    assert not {str(standing) for standing in Standing} - table["standings"].keys()
    assert not {str(temperature) for temperature in Temperature} - table["temperatures"].keys()
    assert not {f"question.{kind}" for kind in QuestionKind} - table["kinds"].keys()
    assert not {f"stage.{kind}" for kind in StageKind} - table["kinds"].keys()
    origins = next(field.choices for field in FIELDS if field.key == "origin")
    assert not {f"origin.{choice}" for choice in origins} - table["kinds"].keys()


# In which section the codes of an error have their sentences.
SECTIONS = {
    "LeadDeskError": "errors",
    "NotFound": "errors",
    "BadValue": "errors",
    "DatabaseTrouble": "errors",
    "FileTrouble": "errors",
    "Refused": "refusals",
}


def raised() -> Iterator[tuple[str, str, str]]:
    """Every code that is written beside an error: the section it belongs to, the code and where."""
    for path in sorted(Path(leaddesk.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            code = node.args[0]
            if node.func.id in SECTIONS and isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield SECTIONS[node.func.id], code.value, f"{path.name}:{node.lineno}"


def test_every_code_that_is_raised_has_a_sentence() -> None:
    wordless = [(code, where) for section, code, where in raised() if (section, code) not in FLAT["en"]]
    assert not wordless


def test_every_operation_has_a_name_for_undo() -> None:
    folder = Path(leaddesk.__file__).parent / "operations"
    names = {
        node.name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "operation" for mark in node.decorator_list)
    }
    assert names
    assert not names - words.table("en")["steps"].keys()


def test_field_words_differ_within_a_language() -> None:
    for language in words.LANGUAGES:
        labels = [words.say(language, "fields", field.key) for field in FIELDS]
        assert len(set(labels)) == len(labels)


def test_a_sentence_is_filled() -> None:
    assert words.say("en", "steps", "move_lead", lead="Anna Kowalska", stage="SQL") == "Move Anna Kowalska to SQL"
    assert words.say("zh_CN", "steps", "move_lead", lead="陈志强", stage="SQL") == "把 陈志强 移到“SQL”"


def test_one_is_said_in_the_singular() -> None:
    assert words.say("en", "steps", "delete_leads", n=1, lead="Anna") == "Delete Anna"
    assert words.say("en", "steps", "delete_leads", n=2, lead="Anna") == "Delete 2 leads"


def test_braces_in_a_name_are_left_alone() -> None:
    assert words.say("en", "steps", "add_lead", lead="{stage} & <b>") == "Add {stage} & <b>"


def test_a_detail_with_a_wording_per_language_is_said_in_the_language() -> None:
    stage = {"en": "Lost", "zh_CN": "输单"}
    assert words.say("en", "steps", "move_lead", lead="Jo", stage=stage) == "Move Jo to Lost"
    assert words.say("zh_CN", "steps", "move_lead", lead="Jo", stage=stage) == "把 Jo 移到“输单”"


def test_a_code_without_words_is_said_as_itself() -> None:
    assert words.say("en", "errors", "no_such_code") == "no_such_code"


def test_texts_fall_back_to_english_then_to_any() -> None:
    assert words.pick({"en": "Budget", "zh_CN": "预算"}, "zh_CN") == "预算"
    assert words.pick({"en": "Budget"}, "zh_CN") == "Budget"
    assert words.pick({"zh_CN": "预算"}, "en") == "预算"
    assert words.pick({}, "en") == ""


#: What follows a figure without a gap: the parts of a date, and tens of thousands.
_CLOSE = "年月日万"
#: What these are filled with begins or ends with a figure.
_COUNTS = "n|all|count|days|least|less|limit|minutes|most|number|open|points|total"
_HAN = r"[\u4e00-\u9fff]"
_NO_GAP = re.compile(
    rf"(?:[0-9]|\{{(?:{_COUNTS})\}})(?![{_CLOSE}]){_HAN}|{_HAN}(?<![{_CLOSE}])(?:[0-9]|\{{(?:{_COUNTS})\}})"
)


def test_one_space_stands_between_a_chinese_character_and_a_figure() -> None:
    """Not in examples of what may be typed, which are as people type them."""
    typed = ("hint", "want_", "cannot_read_", "type_")
    close = {
        (section, key): text
        for (section, key), text in FLAT["zh_CN"].items()
        if not key.startswith(typed) and _NO_GAP.search(text)
    }
    assert not close
