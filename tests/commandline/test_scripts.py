"""Scripts and the playbook's file, by typed lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaddesk.resources import text_of
from tests.commandline.conftest import Shell
from tests.qualify.test_own import SEATS


def test_scripts_are_listed(shell: Shell) -> None:
    shell.add()
    told = shell.json("scripts")
    assert told.keys() == {"scripts"}
    assert [one["key"] for one in told["scripts"]] == ["bant", "listening", "meddic", "champ"]
    assert [one["usual"] for one in told["scripts"]] == [True, False, False, False]
    meddic = told["scripts"][2]
    assert ([group["letter"] for group in meddic["groups"]], meddic["minutes"]) == (list("MEDDIC"), 30)
    lines = shell.run("scripts").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("bant ")
    assert "20 min" in lines[0]


def test_what_is_offered_for_a_lead_is_told_with_its_reason(shell: Shell) -> None:
    small, large = shell.add(size="200"), shell.add(name="Bo", size="1200")
    assert shell.json("show", small)["offered"] == {"key": "bant", "reason": "the usual one"}
    told = shell.json("scripts", large)
    assert (told["script"], told["offered"]) == (
        "meddic",
        {"key": "meddic", "reason": "Number of people 1,000 or more"},
    )
    assert "buyer_met" in next(one for one in told["scripts"] if one["key"] == "meddic")["open"]
    assert "Script: MEDDIC (meddic), Number of people 1,000 or more" in shell.run("show", large)
    shell.run("answer", large, "champion", "Ewa Lis")
    opened = shell.json("scripts", large)["scripts"][2]["open"]
    assert "champion" not in opened
    assert "champion_pull" in opened


def test_advice_goes_by_the_script(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run("event", lead_id, "white_paper")
    told = shell.json("show", lead_id)
    assert told["script"] == "listening"
    asked = next(one for one in shell.json("scripts")["scripts"] if one["key"] == "listening")
    assert told["next_question"]["key"] in {key for group in asked["groups"] for key in group["questions"]}


def test_a_logged_call_names_its_script(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run("call", lead_id, "--outcome", "no_answer", "--script", "champ")
    assert [call["script"] for call in shell.json("show", lead_id)["calls"]] == ["champ"]
    assert "bant, listening, meddic, champ" in shell.refused(
        "call", lead_id, "--outcome", "no_answer", "--script", "spin"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x = " + "[" * 5_000 + "]" * 5_000, "64 deep"),
        ("x = " + "{a=" * 3_000 + "1" + "}" * 3_000, "64 deep"),
        ("a." * 100 + "a = 1", "64 deep"),
        ("x = " + "9" * 5_000, "not TOML"),
        ('key = "a"\nkey = "b"', "not TOML"),
        ("\0", "not TOML"),
    ],
    ids=["lists", "tables", "dotted", "digits", "twice", "zero"],
)
@pytest.mark.parametrize("action", ["check", "import"])
def test_a_file_nobody_meant_is_told_as_one(shell: Shell, tmp_path: Path, action: str, content: str, said: str) -> None:
    shell.add()
    file = tmp_path / "odd.toml"
    file.write_text(content, encoding="utf-8")
    told = shell.type("playbook", action, str(file))
    assert told.code == 1
    assert said in told.out
    assert "The one in force stays" in told.err
    assert "sound" in shell.run("check")


def test_a_file_that_is_no_text_or_has_no_end(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "wide.toml"
    file.write_text('key = "a"', encoding="utf-16")
    assert "UTF-8" in shell.refused("playbook", "check", str(file))
    file.write_bytes(b"#" * 5_000_001)
    assert "too large" in shell.refused("playbook", "import", str(file))
    if Path("/dev/zero").exists():
        assert "too large" in shell.refused("playbook", "import", "/dev/zero")


def test_the_playbook_goes_out_and_comes_back(shell: Shell, tmp_path: Path) -> None:
    shell.add()
    file = tmp_path / "mine.toml"
    assert shell.json("playbook", "export", str(file)) == {
        "file": str(file),
        "key": "bant-fit",
        "name": "BANT + Fit",
        "version": 1,
    }
    assert file.read_text(encoding="utf-8") == text_of("playbooks", "default.toml")
    file.write_text(file.read_text(encoding="utf-8").replace("How soon do you", "By when do you"), encoding="utf-8")
    assert shell.json("playbook", "import", str(file))["version"] == 2
    assert "is sound" in shell.run("playbook", "check", str(file))
    assert shell.json("undo")["undone"]["name"] == "adopt_playbook"
    other = tmp_path / "other.toml"
    shell.run("playbook", "export", str(other))
    assert "By when do you" not in other.read_text(encoding="utf-8")


def test_a_playbook_with_mistakes_is_refused_with_all_of_them(shell: Shell, tmp_path: Path) -> None:
    shell.add()
    file = tmp_path / "broken.toml"
    text = text_of("playbooks", "default.toml").replace('"sought", "difficulty"', '"sort", "difficulty"')
    file.write_text(text.replace('key = "champ"', 'key = "meddic"'), encoding="utf-8")
    for action in ("check", "import"):
        told = shell.type("playbook", action, str(file), "--json")
        assert told.code == 1
        assert "2 errors" in told.err
        assert {(one["path"], one["code"]) for one in json.loads(told.out)["problems"]} == {
            ("scripts[1].groups[0].questions[0]", "no_question_hint"),
            ("scripts[3].key", "twice"),
        }
    assert shell.type("playbook", "check", str(file)).out.count("\n") == 2
    file.write_text("name = ", encoding="utf-8")
    assert "not TOML" in shell.type("playbook", "check", str(file)).out


def test_nothing_that_must_stay_is_written_over(shell: Shell, tmp_path: Path) -> None:
    shell.add()
    assert str(shell.database) in shell.refused("playbook", "export", str(shell.database))
    shell.refused("playbook", "export", str(tmp_path))
    shell.refused("playbook", "import", str(tmp_path / "none.toml"))
    letter = tmp_path / "letter.txt"
    for content in ("Dear Anna", "key = 'a letter'", "\0\xff"):
        letter.write_text(content, encoding="latin-1")
        assert "--force" in shell.refused("playbook", "export", str(letter))
        assert letter.read_text(encoding="latin-1") == content
    shell.run("playbook", "export", str(letter), "--force")
    shell.run("playbook", "export", str(letter))  # now it is one
    shell.refused("playbook", "export", str(shell.database), "--force")
    shell.refused("playbook", "burn", str(tmp_path / "none.toml"), code=2)


def test_fields_of_our_own_that_nobody_defined_are_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "seats.toml"
    path.write_text(text_of("playbooks", "default.toml") + SEATS, encoding="utf-8")
    assert "unknown_fields" not in shell.json("playbook", "check", str(path))  # no database, so nobody can know
    shell.add(name="Bo")
    assert "“Seats planned”" in shell.run("playbook", "check", str(path))
    assert shell.json("playbook", "import", str(path))["unknown_fields"] == ["Seats planned"]
    shell.add(name="Anna", external_id="anna", **{"custom.Seats planned": "400"})
    assert shell.json("playbook", "check", str(path))["unknown_fields"] == []
    reasons = {reason["code"]: reason["points"] for reason in shell.json("show", "anna")["reasons"]}
    assert reasons["fact:custom.Seats planned:many"] == 6
    assert "Seats planned" in shell.run("show", "anna")
