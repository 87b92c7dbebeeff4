"""The public pool from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaddesk.commandline.entry import main
from leaddesk.db.store import Store
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.terms import DAY
from leaddesk.resources import text_of
from leaddesk.settings import change_settings
from tests.ui.pipeline import now

_POOL = text_of("playbooks", "default.toml") + "\n[pool]\ndays = 10\nlimit = 1\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two leads nobody owns, and one that was neglected for a long time."""
    path = tmp_path / "pool.leaddesk"
    with Store.open(path, playbook=_POOL) as store:
        for name, owner, age in (("Anna", None, 1), ("Bo", None, 2), ("Cy", "Lee", 40)):
            store.run(add_lead, {"name": name, "owner": owner, "external_id": name}, now=now() - age * DAY)
    change_settings(person="Kim")
    return path


def _told(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, object]:
    assert main([*argv, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_the_pool_is_listed_claimed_from_and_given_back_to(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ("--db", str(database))
    assert _told(capsys, "pool", *db)["total"] == 2
    assert _told(capsys, "claim", "Anna", *db)["name"] == "Anna"
    assert _told(capsys, "pool", *db)["total"] == 1
    assert main(["claim", "Bo", *db]) == 1
    assert "1" in capsys.readouterr().err
    assert main(["claim", "Cy", *db]) == 1
    assert "Lee" in capsys.readouterr().err
    _told(capsys, "release", "Anna", *db)
    assert main(["pool", *db]) == 0
    assert "2 leads in the pool" in capsys.readouterr().out


def test_what_nobody_touched_is_collected_and_undone(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ("--db", str(database))
    found = _told(capsys, "pool", "--collect", *db)
    assert (found["collected"], found["total"]) == (1, 3)
    assert main(["show", "Cy", *db]) == 0
    assert "from Lee back to the pool" in capsys.readouterr().out
    assert main(["undo", *db]) == 0
    assert "Cy" in capsys.readouterr().out
    assert _told(capsys, "pool", *db)["total"] == 2


def test_a_lead_tells_how_long_nobody_touched_it(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = ("--db", str(database))
    rot = _told(capsys, "show", "Cy", *db)["rot"]
    assert isinstance(rot, dict)
    assert (rot["limit"], rot["rotting"], rot["touched"]) == (7, True, "stage")
    assert main(["note", "Cy", "They will see", *db]) == 0
    capsys.readouterr()
    assert main(["show", "Cy", *db]) == 0
    assert "Untouched for 0 of 7 working days. Last touched: note, today." in capsys.readouterr().out
