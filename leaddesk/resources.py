"""Finds the files LeadDesk ships, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. `resource("playbooks", "default.toml")`."""
    root = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)


def compiled_translations() -> Path:
    """The folder of .qm files: shipped with a wheel, made into build/i18n in a checkout."""
    return _SHIPPED / "i18n" if _SHIPPED.is_dir() else _PACKAGE.parent / "build" / "i18n"


def text_of(*parts: str) -> str:
    """The text of a shipped file."""
    return resource(*parts).read_text(encoding="utf-8")
