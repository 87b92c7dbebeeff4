"""Lists narrowed by filters typed as one line, and views."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from leaddesk.operations.playbooks import adopt_playbook
from leaddesk.operations.views import save_view
from leaddesk.resources import text_of
from tests.builders import store_in
from tests.commandline.conftest import Shell


@pytest.fixture
def team(shell: Shell) -> Shell:
    """Three leads of different sorts."""
    shell.add(name="Anna", owner="Clara Weiss", size="300", external_id="anna", tags="fair, warm")
    shell.add(name="Bo", value="30000 EUR", external_id="bo", city="Łódź")
    shell.add(name="王晓明", owner="周凯", **{"custom.Hue": "red"})
    shell.run("answer", "anna", "approver", "--evaded")
    shell.run("task", "bo", "Call back", "--due", "2020-01-01")
    return shell


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("owner=none", {"Bo"}),
        ('owner="clara weiss" or owner=周凯', {"Anna", "王晓明"}),
        ("authority=not_asked", {"Bo", "王晓明"}),
        ("authority=open and not approver=not_asked", {"Anna"}),
        ("size>=100 and tags=fair,nothing", {"Anna"}),
        ("value>=20000EUR", {"Bo"}),
        ("value<=20000EUR", set()),
        ("city=łódź", {"Bo"}),
        ("next_step=overdue", {"Bo"}),
        ("next_step=none and created>=-1d", {"Anna", "王晓明"}),
        ("custom.Hue=RED", {"王晓明"}),
        ("name~晓", {"王晓明"}),
        ("not (stage=new and score>=0)", set()),
    ],
)
def test_where(team: Shell, where: str, names: set[str]) -> None:
    assert {lead["name"] for lead in team.json("list", "--where", where)["leads"]} == names


def test_options_are_all_met(team: Shell) -> None:
    assert team.json("list", "--owner", "none")["total"] == 1
    assert team.json("list", "--owner", "周凯", "--where", "authority=open")["total"] == 1
    assert team.json("list", "--owner", "周凯", "--where", "size>=1")["total"] == 0
    assert team.json("list", "--where", "city=łódź", "--search", "bo")["total"] == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("scor>=1", "“score”"),
        ("score>=many", "“many” makes no sense"),
        ("score>1", "“>1”"),
        ("(owner=Anna", "“…”"),
        ("owner=Anna city=Berlin", "“city”"),
        ("stage=limbo", "Possible: new, mql"),
        ("authority=perhaps", "not_asked"),
        ("value>=300", "50000EUR"),
        ("created=someday", "this_week"),
        ("", "“…”"),
        ("(" * 500 + "score>=1" + ")" * 500, "too large"),
        ("(" * 20_000, "too large"),
        ("not " * 300 + "score>=1", "too large"),
        ("(not " * 20 + "score>=1" + ")" * 20, "too large"),
        (" and ".join(["score>=1"] * 201), "too large"),
        ("x" * 100_000 + "=1", "x" * 60 + "…”"),
        ("score>=" + "9" * 5_000, "9" * 60 + "…”"),
    ],
)
def test_what_cannot_be_read_is_said(team: Shell, where: str, said: str) -> None:
    assert said in team.refused("list", "--where", where)


def test_views_are_kept_listed_used_and_deleted(team: Shell) -> None:
    assert "no views" in team.run("views")
    team.run("views", "--save", "Not asked", "--where", "authority=not_asked", "--pin")
    assert "Not asked (pinned): Authority: not asked" in team.run("views")
    (view,) = team.json("views")["views"]
    assert view["where"] == {"stands": "criterion.authority", "standings": ["not_asked"]}
    assert (view["pinned"], view["problems"]) == (True, [])
    assert team.json("list", "--view", "not ASKED")["total"] == 2
    assert team.json("list", "--view", "Not asked", "--where", "owner=none")["total"] == 1
    assert "already" in team.refused("views", "--save", "not asked")
    assert "“Nobody”" in team.refused("list", "--view", "Nobody")
    team.refused("views", "--save", "a", "--delete", "b", code=2)
    team.run("views", "--delete", "Not asked")
    assert team.json("views")["views"] == []
    assert team.json("undo")["undone"]["text"] == "Delete the view “Not asked”"
    assert len(team.json("views")["views"]) == 1


def test_a_view_on_a_stage_that_is_gone_is_refused_with_the_reason(team: Shell) -> None:
    team.run("views", "--save", "Talks", "--where", "stage=discovery")
    toml = text_of("playbooks", "default.toml").replace('"discovery"', '"talks"')
    with store_in(team.database.parent, team.database.name) as store:
        store.run(adopt_playbook, toml, now=1_900_000_000_000)
    assert "Stage has no “discovery” any more." in team.refused("list", "--view", "Talks")
    assert "Stage has no “discovery” any more." in team.run("views")


def test_a_view_that_nobody_could_have_kept_is_told_and_can_go(team: Shell) -> None:
    assert "nor any other" in team.refused("list", "--view", "Gone")
    assert "nor any other" in team.refused("views", "--delete", "x" * 10_000)
    assert "not both" in team.refused("views", "--save", "A", "--delete", "B", code=2)
    team.run("views", "--save", "A", "--where", "score>=1")
    whole = json.dumps({"all": [{"known": "name"}] * 5_000})
    for kept in ("{", "null", '{"not":' * 5_000 + "1" + "}" * 5_000, "[" * 100_000, '{"between":"score"}', whole):
        with closing(sqlite3.connect(team.database)) as connection, connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("UPDATE saved_view SET filters = ?, look = ?", (kept, kept))
        told = team.refused("list", "--view", "A")
        assert "cannot be used. " in told
        assert "Delete it" in told
        assert len(told) < 300
        assert team.json("views")["views"][0]["where"] is None
    team.run("views", "--delete", "A")
    assert "no views" in team.run("views")


@pytest.mark.parametrize(
    "asked",
    [
        ["--where", "owner=none"],
        ["--where", "authority=not_asked and score>=0", "--owner", "周凯"],
        ["--view", "Not asked"],
        ["--view", "Not asked", "--where", "value>=1EUR"],
        ["--search", "anna"],
        ["--source", "fair"],
        ["--owner", "none", "--where", "city=łódź"],
    ],
)
def test_a_board_shows_counts_and_sums_the_leads_of_the_list(team: Shell, asked: list[str]) -> None:
    team.run("views", "--save", "Not asked", "--where", "authority=not_asked")
    team.add(name="Cy", value="70 EUR", source="fair", external_id="cy")
    team.run("move", "cy", "mql", "--override", "known")
    listed, board = team.json("list", *asked), team.json("board", *asked)
    shown = {(stage, card["name"]) for stage, column in board.items() for card in column["cards"]}
    assert shown == {(lead["stage"], lead["name"]) for lead in listed["leads"]}
    assert {stage: column["count"] for stage, column in board.items() if column["count"]} == {
        stage: sum(lead["stage"] == stage for lead in listed["leads"]) for stage, _ in shown
    }
    worth = sum(lead["value"]["EUR"] for lead in listed["leads"] if lead["value"])
    assert sum(column["value"].get("EUR", 0) for column in board.values()) == worth


def test_a_board_comes_in_the_order_of_its_view(team: Shell) -> None:
    with store_in(team.database.parent, team.database.name) as store:
        store.run(save_view, "Worth", None, {"order": "value"}, now=1_900_000_000_000)
        store.run(save_view, "Damaged", None, {"order": ["value"]}, now=1_900_000_000_000)

    def names(*asked: str) -> list[str]:
        return [card["name"] for card in team.json("board", *asked)["new"]["cards"]]

    assert names("--view", "Worth")[0] == "Bo"
    assert names("--view", "Worth", "--sort", "urgency") == names() == names("--view", "Damaged")
    assert "“Nobody”" in team.refused("board", "--view", "Nobody")
    assert "“score”" in team.refused("board", "--where", "scor>=1")
    assert "cannot be used" not in team.run("board", "--view", "Worth")


def test_a_narrowed_board_is_drawn_and_says_what_it_shows(team: Shell) -> None:
    whole, some = team.database.parent / "whole.png", team.database.parent / "some.png"
    team.run("board", "--png", str(whole))
    team.run("board", "--png", str(some), "--where", "city=łódź", "--search", "bo", "--owner", "none")
    assert some.read_bytes().startswith(b"\x89PNG")
    assert whole.read_bytes() != some.read_bytes()
    assert "“Nobody”" in team.refused("board", "--pdf", str(some), "--view", "Nobody")
