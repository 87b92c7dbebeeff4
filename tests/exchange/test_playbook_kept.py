"""A draft is kept per database, found again where the database went, and dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.errors import FileTrouble
from leaddesk.exchange.playbook_files import LARGEST, read_file, write_file
from leaddesk.exchange.playbook_kept import DraftKeeper


def test_a_draft_is_kept_found_and_dropped(tmp_path: Path) -> None:
    database = tmp_path / "leads.leaddesk"
    database.touch()
    keeper = DraftKeeper(tmp_path / "state", database, "origin")
    assert keeper.find() is None
    keeper.keep("v1", 1, "old", "键 = 1")
    kept = DraftKeeper(tmp_path / "state", database, "origin").find()
    assert kept is not None
    assert (kept.base, kept.number, kept.base_text, kept.text) == ("v1", 1, "old", "键 = 1")
    keeper.drop()
    assert keeper.find() is None


def test_another_database_has_another_draft(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).touch()
    DraftKeeper(tmp_path, tmp_path / "a", "origin").keep("v1", 1, "", "a")
    assert DraftKeeper(tmp_path, tmp_path / "b", "origin").find() is None
    assert DraftKeeper(tmp_path, tmp_path / "a", "other").find() is None


def test_a_draft_follows_a_database_that_was_moved(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch()
    DraftKeeper(tmp_path, old, "origin").keep("v1", 1, "", "text")
    old.rename(new)
    keeper = DraftKeeper(tmp_path, new, "origin")
    kept = keeper.find()
    assert kept is not None
    assert kept.text == "text"
    keeper.drop()
    assert keeper.find() is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"text": 1', '{"number": "x"}'])
def test_a_torn_file_is_no_draft(tmp_path: Path, content: str) -> None:
    keeper = DraftKeeper(tmp_path, tmp_path / "db", "origin")
    keeper.path.parent.mkdir()
    keeper.path.write_text(content, encoding="utf-8")
    assert keeper.find() is None


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    with pytest.raises(FileTrouble):
        DraftKeeper(tmp_path / "state", tmp_path / "db", "origin").keep("v1", 1, "", "text")


def test_files_come_and_go(tmp_path: Path) -> None:
    path, staying = tmp_path / "mine.toml", tmp_path / "leads.leaddesk"
    staying.write_text("database", encoding="utf-8")
    write_file(path, "键 = 1\n")
    assert read_file(path) == "键 = 1\n"
    with pytest.raises(FileTrouble, match="exists"):
        write_file(staying, "x", staying)
    with pytest.raises(FileTrouble, match="cannot_write"):
        write_file(tmp_path / "nowhere" / "x.toml", "x")
    for content in (b"\xff\xfe\x00", b"#" * (LARGEST + 1)):
        path.write_bytes(content)
        with pytest.raises(FileTrouble, match="playbook_"):
            read_file(path)
    with pytest.raises(FileTrouble, match="unreadable"):
        read_file(tmp_path / "gone.toml")
