"""Settings are kept whole, and whatever lies in their file, LeadDesk starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk import paths, settings
from leaddesk.settings import Settings, change_settings, chosen_database, read_settings, system_language, write_settings

USUAL = Settings()


def test_without_a_file_the_usual_ones_are_taken() -> None:
    assert read_settings() == USUAL
    assert not paths.settings_file().exists()


def test_what_was_written_is_read() -> None:
    kept = Settings(
        language="zh_CN", theme="dark", person="Jo", database="/a/b.leaddesk", room="board", geometry="AA=="
    )
    write_settings(kept)
    assert read_settings() == kept


def test_one_change_leaves_the_others() -> None:
    write_settings(Settings(language="zh_CN", person="李婷"))
    changed = change_settings(theme="light")
    assert (changed.language, changed.person, changed.theme) == ("zh_CN", "李婷", "light")
    assert read_settings() == changed


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe\x00", b'{"theme": 7}', b"\x00" * 64])
def test_broken_content_is_taken_as_nothing(content: bytes) -> None:
    paths.settings_file().write_bytes(content)
    assert read_settings() == USUAL


def test_unknown_settings_are_passed_over() -> None:
    paths.settings_file().write_text(json.dumps({"person": "Jo", "colour": "red", "language": None}), encoding="utf-8")
    assert read_settings() == Settings(person="Jo")


def test_a_theme_and_a_language_there_is_not_are_the_usual_ones() -> None:
    paths.settings_file().write_text(json.dumps({"theme": "neon", "language": "tlh"}), encoding="utf-8")
    assert read_settings() == USUAL


@given(st.dictionaries(st.sampled_from(("language", "theme", "person", "room", "other")), st.text() | st.integers()))
def test_whatever_lies_there_is_read(content: dict[str, object]) -> None:
    paths.settings_file().write_text(json.dumps(content), encoding="utf-8")
    read = read_settings()
    assert read.theme in settings.THEMES
    assert read.spoken in ("en", "zh_CN")


def test_nothing_but_the_settings_is_left_in_the_folder() -> None:
    write_settings(Settings(person="Jo"))
    write_settings(Settings(person="Jo Two"))
    assert [path.name for path in paths.config_folder().iterdir()] == ["settings.json"]


def test_a_write_that_fails_keeps_the_old_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings(Settings(person="Jo"))

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert change_settings(person="Someone").person == "Someone"
    assert read_settings() == Settings(person="Jo")


@pytest.mark.parametrize(
    ("variable", "value", "spoken"),
    [
        ("LANG", "zh_CN.UTF-8", "zh_CN"),
        ("LC_ALL", "zh_TW.UTF-8", "zh_CN"),
        ("LANG", "de_DE.UTF-8", "en"),
        ("LANG", "C", "en"),
    ],
)
def test_the_system_is_followed(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, spoken: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert system_language() == spoken
    assert Settings().spoken == spoken
    assert Settings(language="en").spoken == "en"


def test_the_database_last_open_is_chosen_while_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "leads.leaddesk"
    assert chosen_database(Settings()) is None
    assert chosen_database(Settings(database=str(path))) is None
    path.touch()
    assert chosen_database(Settings(database=str(path))) == path
