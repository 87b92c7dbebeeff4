"""One lead from a file to a qualified place on the board, by typed lines; the same through verbs gives the same."""

from __future__ import annotations

from pathlib import Path

from leaddesk.commandline.typed import moment
from leaddesk.db.days import local_day
from leaddesk.db.reads.leads import find_lead
from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.store import Store
from leaddesk.operations import answers, calls, leads, pipeline
from leaddesk.qualify.answers import parse_said
from leaddesk.qualify.terms import points
from tests.commandline.conftest import Shell

_DAY = "2026-03-02"
_FACTS = {
    "name": "Anna Kowalska",
    "company": "Baltic Freight",
    "industry": "Logistics",
    "size": "240",
    "title": "Head of Operations",
    "phone": "+48 58 555 0114",
    "external_id": "B-1",
}
_SAID = {
    "difficulty": "near",
    "approver": "on_call",
    "reserved": "asked_for",
    "budget_sum": "40000 EUR",
    "how_soon": "quarter",
}


def _type_story(shell: Shell, folder: Path) -> None:
    table = folder / "leads.csv"
    table.write_text(",".join(_FACTS) + "\n" + ",".join(_FACTS.values()) + "\n", encoding="utf-8")
    at = ("--as-of", _DAY)
    assert shell.json("import", str(table), *at)["added"] == 1
    shell.run("event", "B-1", "price_request", "--at", "2026-02-28", *at)
    for question, value in _SAID.items():
        shell.run("answer", "B-1", question, value, *at)
    shell.run("answer", "B-1", "difficulty", "ours", *at)
    shell.run("call", "B-1", "--outcome", "reached_qualified", "--minutes", "12", *at)
    shell.run("move", "B-1", "sql", *at)


def _act_story(path: Path) -> None:
    now = moment(_DAY)
    with Store.open(path) as store:
        lead_id, _ = store.run(leads.add_lead, _FACTS, now=now)
        store.run(leads.add_event, lead_id, "price_request", moment("2026-02-28"), now=now)
        for key, value in [*_SAID.items(), ("difficulty", "ours")]:
            said = parse_said(store.playbook.question[key], value)
            store.run(answers.give_answer, lead_id, key, said, now=now)
        store.run(calls.log_call, lead_id, "reached_qualified", 12, now=now)
        store.run(pipeline.move_lead, lead_id, "sql", now=now)


def test_typed_and_acted_the_story_ends_the_same(shell: Shell, tmp_path: Path) -> None:
    _type_story(shell, tmp_path)
    told = shell.json("show", "B-1", "--as-of", _DAY)
    acted = tmp_path / "acted.leaddesk"
    _act_story(acted)
    with Store.open(acted) as store, store.reader() as reader:
        lead = read_lead(reader, find_lead(reader, "B-1"), moment(_DAY))
    assert (told["stage"], told["lifecycle"]) == (lead.stage, lead.lifecycle) == ("sql", "opportunity")
    assert told["score"] == points(lead.assessment.score)
    assert [one["points"] for one in told["reasons"]] == [points(one.points) for one in lead.assessment.reasons]
    assert told["standings"] == {key: str(one.standing) for key, one in lead.assessment.criteria.items()}
    assert told["facts"]["value"] == {"EUR": 40000}


def test_reasons_add_up_and_the_gate_and_the_next_question_are_told(shell: Shell, tmp_path: Path) -> None:
    _type_story(shell, tmp_path)
    told = shell.json("show", "B-1", "--as-of", _DAY)
    assert sum(round(one["points"] * 10) for one in told["reasons"]) == round(told["score"] * 10)
    assert sum(round(part["points"] * 10) for part in told["parts"].values()) == round(told["score"] * 10)
    codes = {one["code"] for one in told["reasons"]}
    assert {"answer:difficulty:ours", "fact:industry:core", "event:price_request"} <= codes
    assert all(one["evidence"] and "\n" not in one["evidence"] for one in told["reasons"])
    assert told["gate"]["stage"] == "proposal"
    assert told["next_question"]["key"] in {one["key"] for one in told["questions"] if one["visible"]}
    assert told["next_question"]["reason"]


def test_undone_step_by_step_nothing_is_left(shell: Shell, tmp_path: Path) -> None:
    _type_story(shell, tmp_path)
    names = []
    while (told := shell.type("undo", "--json")).code == 0:
        names.append(told.out)
    assert len(names) == 3 + len(_SAID) + 2
    assert shell.json("list")["total"] == 0
    for _ in names:
        shell.run("redo")
    assert shell.json("show", "B-1", "--as-of", _DAY)["stage"] == "sql"


def test_time_alone_takes_points_and_answers(shell: Shell, tmp_path: Path) -> None:
    _type_story(shell, tmp_path)
    later = shell.json("show", "B-1", "--as-of", "2026-09-30")
    now = shell.json("show", "B-1", "--as-of", _DAY)
    assert later["score"] < now["score"]
    approver = next(one for one in later["questions"] if one["key"] == "approver")
    assert (approver["standing"], approver["expired"]) == ("not_asked", True)
    assert local_day(moment(_DAY)).isoformat() == now["stage_since"]
