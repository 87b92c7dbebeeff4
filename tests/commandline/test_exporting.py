"""Leads written to a file by a typed line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from leaddesk.operations.views import save_view
from tests.builders import store_in
from tests.commandline.conftest import Shell
from tests.exchange.test_workbook import sheets_of


@pytest.fixture
def team(shell: Shell) -> Shell:
    """Three leads of different sorts."""
    shell.add(name="Anna", owner="Clara Weiss", size="300", tags="fair, warm", **{"custom.Seats": "12"})
    shell.add(name="=1+1", value="30000.5 EUR", city="Łódź", expected_on="2027-01-31")
    shell.add(name="王晓明", owner="周凯", **{"custom.Hue": "red"})
    return shell


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_holds_the_leads_of_the_list(team: Shell) -> None:
    path = team.database.parent / "out.csv"
    for asked in ([], ["--where", "owner=none"], ["--search", "anna"], ["--sort", "score", "--limit", "2"]):
        told = team.json("export", str(path), *asked)
        names = [lead["name"] for lead in team.json("list", *asked)["leads"]]
        assert [row["Name"].lstrip("'") for row in _table(path)] == names
        assert told["leads"] == len(names)
    assert "Wrote 3 leads" in team.run("export", str(path))
    assert "Wrote one lead" in team.run("export", str(path), "--limit", "1")


def test_columns_are_named_taken_from_a_view_or_all(team: Shell) -> None:
    path = team.database.parent / "out.csv"
    with store_in(team.database.parent, team.database.name) as store:
        store.run(save_view, "Towns", None, {"table": {"columns": ["name", "city", "gone"]}}, now=1_900_000_000_000)
    assert team.json("export", str(path), "--columns", "name, custom.Hue,score")["columns"] == [
        "name",
        "custom.Hue",
        "score",
    ]
    assert {row["Hue"] for row in _table(path)} == {"", "red"}
    assert team.json("export", str(path), "--view", "Towns")["columns"] == ["name", "city"]
    assert {"name", "part.fit", "custom.Seats", "phone"} <= set(
        team.json("export", str(path), "--columns", "all")["columns"]
    )
    assert "“colour”" in team.refused("export", str(path), "--columns", "name,colour")


def test_a_workbook_holds_numbers_sums_and_days(team: Shell) -> None:
    path = team.database.parent / "out.xlsx"
    team.run("add", "name=Cy", "size=40")
    team.run("export", str(path), "--columns", "name,value,size,expected_on,score", "--where", "name~1+1 or size>=40")
    ((_, *rows),) = sheets_of(path)
    by_name = {row[0][1]: row[1:] for row in rows}
    assert by_name["=1+1"][:2] == [("n", "30000.50"), ("n", "46418")]
    assert by_name["Cy"][0] == ("n", "40")
    assert {kind for cells in by_name.values() for kind, _ in cells} == {"n"}


def test_what_cannot_be_written_is_refused_and_leaves_nothing(team: Shell) -> None:
    folder = team.database.parent
    before = sorted(one.name for one in folder.iterdir())
    assert ".csv, .xlsx" in team.refused("export", str(folder / "out.txt"), code=2)
    team.refused("export", str(folder / "none" / "out.xlsx"))
    team.refused("export", str(folder / "out.xlsx"), "--where", "scor>=1")
    team.refused("export", str(folder / "out.xlsx"), "--view", "Nobody")
    assert sorted(one.name for one in folder.iterdir()) == before


def test_a_stopped_export_leaves_nothing(team: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from leaddesk.exchange.workbook import XlsxFile

    def interrupted(_file: XlsxFile) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(XlsxFile, "keep", interrupted)
    folder = team.database.parent
    before = sorted(one.name for one in folder.iterdir())
    team.refused("export", str(folder / "out.xlsx"), code=130)
    assert sorted(one.name for one in folder.iterdir()) == before
