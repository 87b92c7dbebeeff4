"""Rows written to a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.errors import FileTrouble
from leaddesk.exchange.export import CsvFile, guarded


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "＝1", "-a"])
def test_what_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Anna", "-3.5", "+48 58 555 01 42", "a=1", "王晓明"])
def test_what_it_would_not_stays(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert guarded(cell)[:1] not in ("=", "@", "\t", "\r", "\n")


def test_rows_are_there_once_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    file = CsvFile(path, ["Name", "Note"])
    file.write([["王晓明", 'a "quoted", word\nand a line']])
    assert not path.exists()
    file.keep()
    with path.open(encoding="utf-8-sig", newline="") as read:
        assert list(csv.reader(read)) == [["Name", "Note"], ["王晓明", 'a "quoted", word\nand a line']]
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_what_is_not_kept_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    CsvFile(path, ["Name"]).close()
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_files_that_must_stay_and_places_that_are_none(tmp_path: Path) -> None:
    database = tmp_path / "leads.leaddesk"
    database.write_text("x", encoding="utf-8")
    with pytest.raises(FileTrouble, match="exists"):
        CsvFile(database, ["Name"], database)
    with pytest.raises(FileTrouble, match="cannot_write"):
        CsvFile(tmp_path / "nowhere" / "out.csv", ["Name"])
