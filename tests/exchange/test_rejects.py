"""The file of rejected rows is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaddesk.errors import FileTrouble
from leaddesk.exchange.rejects import Rejects


def test_it_gets_its_name_when_it_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "rejected.csv"
    target.write_text("of last week")
    with Rejects(target, ["name"]) as rejects:
        rejects.write(2, "no_name", [""])
        rejects.finish()
        assert target.read_text() == "of last week"
        assert rejects.keep() == target
    assert target.read_text(encoding="utf-8-sig") == "line,reason,name\n2,no_name,\n"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_not_kept_goes(tmp_path: Path) -> None:
    with Rejects(tmp_path / "rejected.csv", ["name"]) as rejects:
        rejects.write(2, "no_name", [""])
    assert list(tmp_path.iterdir()) == []


def test_it_is_never_written_over_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name\n\n")
    with pytest.raises(FileTrouble, match="exists"):
        Rejects(path, ["name"], path)


def test_nothing_is_written_without_a_path() -> None:
    with Rejects(None, ["name"]) as rejects:
        rejects.write(2, "no_name", [""])
        assert rejects.keep() is None
