"""Themes: every role in each, readable contrast, colours nowhere else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from leaddesk.resources import resource
from leaddesk.ui import theme
from leaddesk.ui.commands import COMMANDS

SOURCES = Path(__file__).resolve().parents[2] / "leaddesk"

# Words on their grounds, and the least contrast they need: 4.5 for text, 3 for shapes and large figures.
PAIRS = [
    *((ink, ground, 4.5) for ink in ("text", "mute", "faint") for ground in ("ground", "surface", "raised")),
    *((ink, "surface", 4.5) for ink in ("accent", "met", "partly", "not-met")),
    ("accent", "accent-soft", 4.5),
    ("text", "accent-soft", 4.5),
    ("mute", "accent-soft", 4.5),
    ("mute", "chip", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-met", "met", 4.5),
    ("on-toast", "toast", 4.5),
    ("toast-accent", "toast", 4.5),
    ("not-met", "ground", 4.5),
    ("open", "surface", 2.8),
    ("accent", "chip", 3.0),
]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_words_can_be_read_on_their_ground(name: str, ink: str, ground: str, least: float) -> None:
    shown = theme.theme_named(name)
    assert theme.contrast(shown.colour(ink), shown.colour(ground)) >= least


def test_both_themes_have_the_same_roles() -> None:
    assert theme.theme_named("light").roles.keys() == theme.theme_named("dark").roles.keys()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_names_only_roles_there_are(qapp: QApplication, name: str) -> None:
    assert "@" not in theme.style_sheet(theme.theme_named(name))


def test_an_unchosen_theme_follows_the_system_and_a_chosen_one_does_not(qapp: QApplication) -> None:
    assert theme.resolved("system") in ("light", "dark")
    assert theme.resolved("dark") == "dark"


def test_every_command_has_its_icon() -> None:
    for command in COMMANDS:
        assert not command.icon or resource("icons", f"{command.icon}.svg").is_file(), command.id


def test_icons_take_the_colour_of_a_role(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    light = theme.pixmap("check", "met", 16, 1).toImage()
    theme.apply(qapp, "dark")
    dark = theme.pixmap("check", "met", 16, 1).toImage()
    theme.apply(qapp, "light")
    assert light != dark
    assert not light.isNull()


def test_no_colour_and_no_style_sheet_outside_the_theme() -> None:
    hexes = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']""")
    for path in SOURCES.rglob("*.py"):
        if path.name != "theme.py":
            text = path.read_text(encoding="utf-8")
            assert not hexes.search(text), path
            assert "setStyleSheet" not in text, path


def test_themes_are_plain_tables() -> None:
    for path in resource("themes").glob("*.toml"):
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) == {"name", "dark", "roles"}
