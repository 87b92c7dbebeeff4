"""What the README and the documents say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workshop.readme import README, with_table

ROOT = README.parent
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_table_of_shortcuts_is_made_from_the_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m workshop.readme"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert not missing


def test_pictures_of_the_documents_are_small() -> None:
    pictures = list((ROOT / "docs" / "screens").glob("*"))
    assert pictures
    assert {path.name: path.stat().st_size for path in pictures if path.stat().st_size >= 150_000} == {}


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert numbers
    assert len(numbers) == len(set(numbers))
