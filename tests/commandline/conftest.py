"""A database reached by typed lines alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leaddesk.commandline.entry import main


@dataclass(frozen=True)
class Told:
    """What a line printed, and its exit code."""

    code: int
    out: str
    err: str


class Shell:
    """Types lines, in this process."""

    def __init__(self, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.database = database
        self._capsys = capsys

    def type(self, *line: str) -> Told:
        """Runs a line whatever becomes of it."""
        self._capsys.readouterr()
        code = main(["--db", str(self.database), "--lang", "en", *line])
        printed = self._capsys.readouterr()
        assert "Traceback" not in printed.err
        return Told(code, printed.out, printed.err)

    def run(self, *line: str) -> str:
        """Runs a line that must succeed."""
        told = self.type(*line)
        assert (told.code, told.err) == (0, "")
        return told.out

    def json(self, *line: str) -> Any:
        """Runs a line that must succeed and reads its JSON."""
        return json.loads(self.run(*line, "--json"))

    def refused(self, *line: str, code: int = 1) -> str:
        """Runs a line that must fail with one sentence, and returns that."""
        told = self.type(*line)
        assert told.code == code
        assert told.out == ""
        assert told.err.count("\n") == 1
        assert told.err.startswith("leaddesk: ")
        return told.err.removeprefix("leaddesk: ").strip()

    def add(self, **facts: str) -> str:
        """Adds a lead, Anna Kowalska unless said otherwise, and returns its id."""
        given = {"name": "Anna Kowalska", **facts}
        return str(self.json("add", *(f"{key}={value}" for key, value in given.items()))["id"])


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell before a database that does not exist yet."""
    return Shell(tmp_path / "typed.leaddesk", capsys)
