"""Rows written to an XLSX file, read again from the file itself."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.errors import Cancelled, FileTrouble
from leaddesk.exchange.cells import Cell, text_of
from leaddesk.exchange.workbook import XlsxFile
from leaddesk.qualify.terms import Money

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets_of(path: Path) -> list[list[list[tuple[str, str]]]]:
    """By sheet and row, each cell's type (`n`: a number) and what stands in it."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_rows(archive.read(name)) for name in names]


def _rows(sheet: bytes) -> list[list[tuple[str, str]]]:
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{_NS}c")]
        for row in ElementTree.fromstring(sheet).iter(f"{_NS}row")
    ]


def _formulas(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(archive.read(name).count(b"<f>") for name in archive.namelist() if "sheet" in name)


def _left(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def test_cells_are_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["Name", "Score", "Value", "Since", "Called", "Own"], "Leads")
    noon = datetime(2026, 3, 1, 12, 0)  # noqa: DTZ001 - a spreadsheet knows no zones
    file.write([["王晓明", 71.5, Money(125_050, "EUR"), date(2026, 3, 1), noon, True]])
    file.write([["Bo", 4, Money(8_000_000, "JPY"), None, "", 12]])
    assert not path.exists()
    file.keep()
    assert _left(tmp_path) == ["out.xlsx"]
    ((head, first, second),) = sheets_of(path)
    assert [text for _, text in head] == ["Name", "Score", "Value", "Since", "Called", "Own"]
    assert first == [
        ("inlineStr", "王晓明"),
        ("n", "71.5"),
        ("n", "1250.50"),
        ("n", "46082"),
        ("n", "46082.5"),
        ("b", "1"),
    ]
    assert second == [("inlineStr", "Bo"), ("n", "4"), ("n", "8000000"), ("n", "12")]


def test_sums_show_their_currency_and_days_their_year_first(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["Value", "Day"], "Leads")
    file.write([[Money(100, "EUR"), date(2026, 3, 1)], [Money(100, "JPY"), date(2026, 3, 1)]])
    file.keep()
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    for shown in ("#,##0.00 &quot;EUR&quot;", "#,##0 &quot;JPY&quot;", "yyyy-mm-dd"):
        assert shown in styles


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "http://x.example/=1", "{=A1}", "007", "1e5"]
)
def test_a_text_stays_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["=HEAD()"], "Leads")
    file.write([[text]])
    file.keep()
    assert sheets_of(path)[0][1] == [("inlineStr", text)]
    assert not _formulas(path)


def test_what_a_spreadsheet_cannot_hold_is_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["A"], "Leads")
    cells: list[Cell] = [date(1850, 1, 1), Money(10**17, "EUR"), 2**60, "x" * 40_000, "𝄞" * 20_000]
    file.write([[cell] for cell in cells])
    file.keep()
    _, *rows = sheets_of(path)[0]
    assert [row[0][0] for row in rows] == ["inlineStr"] * 5
    texts = [row[0][1] for row in rows]
    assert texts[:3] == ["1850-01-01", "1000000000000000 EUR", text_of(2**60)]
    assert len(texts[3]) == 32_767
    assert texts[3].endswith("x…")
    assert len(texts[4].encode("utf-16-le")) // 2 <= 32_767
    assert set(texts[4]) == {"𝄞", "…"}


def test_what_no_sheet_has_room_for_goes_on_the_next(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["No"], "Leads", most=4)
    file.write([[number] for number in range(7)])
    assert file.sheets == 3
    file.keep()
    assert [[row[0][1] for row in sheet] for sheet in sheets_of(path)] == [
        ["No", "0", "1", "2"],
        ["No", "3", "4", "5"],
        ["No", "6"],
    ]
    with zipfile.ZipFile(path) as archive:
        assert b'name="Leads 3"' in archive.read("xl/workbook.xml")


def test_nothing_is_left_of_what_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("old", encoding="utf-8")
    file = XlsxFile(path, ["A"], "Leads")
    file.write([["x"]] * 100)
    file.close()
    file.write([["y"]])
    file.keep()
    assert path.read_text(encoding="utf-8") == "old"
    assert _left(tmp_path) == ["out.xlsx"]


def test_it_is_stopped_while_it_is_packed(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    file = XlsxFile(path, ["A"], "Leads")
    file.write([["x"]] * 100)
    file.stop()
    with pytest.raises(Cancelled):
        file.keep()
    assert _left(tmp_path) == []


@pytest.mark.parametrize("room", [0, 3_000, 60_000, 120_000])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, room: int) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("old", encoding="utf-8")
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(FileTrouble, match="cannot_write"):
            _fill(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_text(encoding="utf-8") == "old"
    assert _left(tmp_path) == ["out.xlsx"]


def _fill(path: Path) -> None:
    file = XlsxFile(path, ["A"], "Leads")
    for start in range(20):
        file.write([[f"{hash((start, number)):x}"] for number in range(500)])
    file.keep()


def test_files_that_must_stay_and_places_that_are_none(tmp_path: Path) -> None:
    database = tmp_path / "leads.leaddesk"
    database.write_text("x", encoding="utf-8")
    with pytest.raises(FileTrouble, match="exists"):
        XlsxFile(database, ["Name"], "Leads", database)
    with pytest.raises(FileTrouble, match="cannot_write"):
        XlsxFile(tmp_path / "nowhere" / "out.xlsx", ["Name"], "Leads")
    assert _left(tmp_path) == ["leads.leaddesk"]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_text_can_be_read_again(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "out.xlsx"
    file = XlsxFile(path, ["A"], "Leads")
    file.write([[f"a{text}"] for text in texts])
    file.keep()
    assert len(sheets_of(path)[0]) == len(texts) + 1
