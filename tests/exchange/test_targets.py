"""What must stay is not written over, and what is no file is not written to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import check_target, write_whole


def _code(target: Path, *staying: Path) -> str:
    with pytest.raises(FileTrouble) as caught:
        check_target(target, *staying)
    assert caught.value.details["path"] == str(target)
    return caught.value.code


def test_a_new_file_and_an_older_one_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "older.csv").write_text("x")
    check_target(tmp_path / "new.csv")
    check_target(tmp_path / "older.csv", tmp_path / "staying.csv")


def test_what_must_stay_is_known_by_any_name(tmp_path: Path) -> None:
    staying = tmp_path / "leads.csv"
    staying.write_text("x")
    (tmp_path / "other.csv").symlink_to(staying)
    for name in ("leads.csv", "../" + tmp_path.name + "/leads.csv", "other.csv"):
        assert _code(tmp_path / name, staying) == "exists"


@pytest.mark.parametrize("name", ["", "nowhere/x.csv", "file/x.csv", "x" * 300])
def test_what_cannot_be_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    assert _code(tmp_path / name) == "cannot_write"


def test_this_folder_by_no_name_is_no_file() -> None:
    assert _code(Path()) == "cannot_write"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _code(tmp_path / "pipe") == "cannot_write"


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "board.png"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    with pytest.raises(FileTrouble, match="cannot_write"):
        write_whole(tmp_path / "nowhere" / "board.png", b"three")
    with pytest.raises(FileTrouble, match="cannot_write"):
        write_whole(tmp_path, b"three")
    assert list(tmp_path.iterdir()) == [target]
