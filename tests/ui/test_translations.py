"""Every sentence of the window is in both languages, and extracted as it is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

from leaddesk.ui.commands import COMMANDS, MENUS, label, menu_label, shortcut_table
from leaddesk.words import LANGUAGES
from workshop.translations import CHINESE, ENGLISH, messages, sources, update


def _said() -> Iterator[tuple[Path, ast.Call]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
                yield path, node


def test_only_plain_strings_are_translated_and_only_on_self() -> None:
    for path, call in _said():
        where = f"{path.name}:{call.lineno}"
        assert isinstance(call.args[0], ast.Constant), where
        assert isinstance(call.args[0].value, str), where
        assert isinstance(call.func, ast.Attribute), where
        assert isinstance(call.func.value, ast.Name), where
        assert call.func.value.id == "self", where


@pytest.mark.parametrize("path", [CHINESE, ENGLISH], ids=["zh_CN", "en"])
def test_nothing_is_unfinished(path: Path) -> None:
    assert [one for one in messages(path) if not one.finished] == []


def test_every_sentence_is_in_the_chinese_file() -> None:
    there = {one.source for one in messages(CHINESE)}
    for path, call in _said():
        constant = call.args[0]
        assert isinstance(constant, ast.Constant)
        assert constant.value in there, f"{path.name}: {constant.value!r}"


def test_the_files_are_what_lupdate_would_write(tmp_path: Path) -> None:
    for kept, language, options in ((CHINESE, "zh_CN", ()), (ENGLISH, "en", ("-pluralonly",))):
        fresh = update(kept, language, *options, into=tmp_path / kept.name)
        assert messages(fresh) == messages(kept)


def test_placeholders_survive_translation() -> None:
    for one in messages(CHINESE):
        wanted = set(re.findall(r"\{\w+\}|%n", one.source))
        for text in one.texts:
            assert set(re.findall(r"\{\w+\}|%n", text)) == wanted, one.source


def test_qt_brings_its_own_chinese() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_zh_CN.qm").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_menu_has_words(language: str) -> None:
    for command in COMMANDS:
        assert label(command.id, language) != command.id
    for menu in MENUS:
        assert menu_label(menu, language) != f"menu.{menu}"


def test_no_two_commands_share_a_key_where_both_can_be_used() -> None:
    taken: dict[str, str] = {}
    for command in COMMANDS:
        for keys in () if command.own_keys else command.keys:
            assert keys not in taken, f"{command.id} and {taken.get(keys)}"
            taken[keys] = command.id


def test_the_table_of_shortcuts_needs_no_qt() -> None:
    rows = shortcut_table("en")
    assert ("Edit", "Search and commands", "Ctrl+K") in rows
