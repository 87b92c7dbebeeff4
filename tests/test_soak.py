"""Killed while keys are typed into a call, the program keeps what it showed as saved or is older than a second."""

from __future__ import annotations

from pathlib import Path

from workshop.hand import demo
from workshop.soak import Soak, kill_again_and_again


def test_ten_kills_while_typing_lose_nothing(tmp_path: Path) -> None:
    soak = Soak()
    for after in kill_again_and_again(demo(tmp_path / "soak.leaddesk", leads=30), kills=10):
        soak = after
    assert soak.kills == 10
    assert soak.shown_saved > 0
    assert soak.failures == []
