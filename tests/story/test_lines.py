"""The story in the window and the story by typed lines end the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.story.lines import Typist, type_story
from tests.story.rep import Rep
from tests.story.story import live_through
from tests.story.tale import Clock

#: Of a lead's sheet, what must be the same; the rest are ids, and minutes that typing takes otherwise.
SAME = frozenset(
    "name facts custom stage stage_since lifecycle lifecycle_suggested temperature band grade standings score up_to"
    " parts gate questions next_question next_change".split()
)


def test_window_and_lines_tell_the_same_lead(rep: Rep, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live_through(rep, tmp_path)
    rep.close_program()
    typist = Typist(tmp_path / "lines.leaddesk", rep.tale, Clock(), capsys.readouterr)
    type_story(typist, tmp_path)
    window = Typist(rep.driver.database, rep.tale, Clock(), capsys.readouterr)
    for reader in (window, typist):
        reader.clock = Clock(hours=9)
    seen, typed = window.type("show", rep.tale.lead_id), typist.type("show", rep.tale.lead_id)
    for key in SAME:
        assert seen[key] == typed[key], key
    assert _reasons(seen) == _reasons(typed)
    assert [(task["text"], task["due"]) for task in seen["tasks"]] == [(t["text"], t["due"]) for t in typed["tasks"]]
    assert [call["outcome"] for call in seen["calls"]] == [call["outcome"] for call in typed["calls"]]
    assert _leads(window) == _leads(typist)
    assert (typed["score"], typed["stage"], typed["lifecycle"]) == (58.5, "sql", "sql")
    assert sum(one["points"] for one in typed["reasons"]) == pytest.approx(typed["score"])


def _reasons(sheet: dict[str, Any]) -> list[tuple[float, str]]:
    return [(one["points"], one["code"]) for one in sheet["reasons"]]


def _leads(typist: Typist) -> list[dict[str, Any]]:
    listed = typist.type("list", "--limit", "100")
    return [{key: value for key, value in lead.items() if key != "id"} for lead in listed["leads"]]
