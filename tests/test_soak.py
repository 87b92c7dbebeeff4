"""Killed in the middle of a call, the program keeps every answer and note it had shown as saved."""

from __future__ import annotations

from pathlib import Path

from workshop.hand import demo
from workshop.soak import Soak, kill_again_and_again


def test_ten_kills_lose_nothing_that_was_shown_as_saved(tmp_path: Path) -> None:
    soak = Soak()
    for after in kill_again_and_again(demo(tmp_path / "soak.leaddesk", leads=30), kills=10):
        soak = after
    assert soak.kills == 10
    assert soak.shown_saved > 0
    assert soak.lost == []
    assert soak.findings == []
    assert soak.not_resumed == 0
