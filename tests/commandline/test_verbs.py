"""Every verb through typed lines: what it does, what it says, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from leaddesk import words
from leaddesk.db.days import this_instant
from leaddesk.db.store import Store
from leaddesk.operations.fields import add_field
from leaddesk.qualify.fields import FIELDS
from tests.commandline.conftest import Shell
from tests.shared_data import shared_data

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_lead_is_added_and_listed(shell: Shell) -> None:
    lead_id = shell.add(company="Baltic Freight", source="Web", value="30000 EUR", external_id="B-1")
    listed = shell.json("list")
    assert listed["total"] == 1
    (lead,) = listed["leads"]
    assert (lead["id"], lead["name"], lead["company"], lead["source"], lead["stage"], lead["lifecycle"]) == (
        lead_id,
        "Anna Kowalska",
        "Baltic Freight",
        "Web",
        "new",
        "lead",
    )
    assert lead["value"] == {"EUR": 30000}
    assert lead["score"] <= lead["up_to"]
    assert shell.json("show", "B-1")["id"] == lead_id


def test_list_filters_sorts_and_limits(shell: Shell) -> None:
    shell.add(name="Bo", source="Web", size="300")
    shell.add(name="Eve", source="Fair", phone="+49 30 123456")
    shell.add(name="王晓明", source="Web", do_not_call="yes")
    assert next(lead["name"] for lead in shell.json("list", "--sort", "score")["leads"]) == "Bo"
    assert shell.json("list", "--source", "Web")["total"] == 2
    assert [lead["name"] for lead in shell.json("list", "--search", "晓明")["leads"]] == ["王晓明"]
    assert [lead["name"] for lead in shell.json("list", "--search", "123456")["leads"]] == ["Eve"]
    limited = shell.json("list", "--limit", "1")
    assert (limited["total"], len(limited["leads"])) == (3, 1)
    assert shell.json("list", "--stage", "won")["total"] == 0
    assert "limbo" in shell.refused("list", "--stage", "limbo")
    assert "2 of 3" in shell.run("list", "--limit", "2")


def test_facts_are_set_and_emptied(shell: Shell) -> None:
    lead_id = shell.add(city="Berlin")
    shell.run("set", lead_id, "city=", "size=120", "custom.Shoe size=43", "tags=fair, warm")
    told = shell.json("show", lead_id)
    assert told["facts"]["size"] == 120
    assert told["facts"]["tags"] == ["fair", "warm"]
    assert "city" not in told["facts"]
    assert told["custom"] == {"Shoe size": "43"}
    assert "many" in shell.refused("set", lead_id, "size=many")


def test_a_deleted_lead_comes_back_with_undo(shell: Shell) -> None:
    lead_id = shell.add()
    assert "Anna Kowalska" in shell.run("delete", lead_id)
    assert lead_id in shell.refused("show", lead_id)
    assert shell.json("undo")["undone"] == {"name": "delete_leads", "text": "Delete Anna Kowalska"}
    assert shell.json("show", lead_id)["name"] == "Anna Kowalska"
    assert shell.json("redo")["redone"]["name"] == "delete_leads"
    shell.refused("redo")


def test_nothing_to_undo_is_refused(shell: Shell) -> None:
    shell.add()
    shell.run("undo")
    assert shell.refused("undo") == "There is nothing to undo."


def test_notes_events_and_tasks(shell: Shell) -> None:
    lead_id = shell.add()
    assert shell.json("note", lead_id, "likes tea")["note"]
    assert shell.json("event", lead_id, "pricing_page")["event"]
    assert shell.json("task", lead_id, "Call Bo", "--due", "2031-03-01")["task"]
    told = shell.json("show", lead_id)
    assert told["tasks"][0]["due"] == "2031-03-01"
    assert {"note", "event", "task", "created"} <= {entry["kind"] for entry in told["timeline"]}
    assert "pricing_page" in shell.refused("event", lead_id, "sneeze")
    shell.refused("event", lead_id, "pricing_page", "--at", "2031-01-01")
    shell.refused("note", lead_id, "  ")


def test_an_event_thirty_days_old_is_worth_half_of_a_half_life_of_thirty_days(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run("event", lead_id, "price_request", "--at", "2026-03-01")
    points = [one["points"] for one in shell.json("show", lead_id, "--as-of", "2026-03-31")["reasons"]]
    assert points == [4]
    points = [one["points"] for one in shell.json("show", lead_id, "--as-of", "2026-03-01")["reasons"]]
    assert points == [8]


def test_the_day_asked_for_is_the_clock_of_lists_and_of_writes(shell: Shell) -> None:
    lead_id = shell.json("add", "name=Bo", "--as-of", "2026-03-01")["id"]
    shell.run("event", lead_id, "price_request", "--as-of", "2026-03-01")
    score = {day: shell.json("list", "--as-of", day)["leads"][0]["score"] for day in ("2026-03-01", "2026-03-31")}
    assert score == {"2026-03-01": 8, "2026-03-31": 4}
    board = shell.json("board", "--as-of", "2026-03-31")
    assert board["new"]["cards"][0]["score"] == 4
    assert shell.json("show", lead_id)["stage_since"] == "2026-03-01"


def test_answers_of_every_kind(shell: Shell) -> None:
    lead_id = shell.add()
    for question, value in {
        "approver": "committee",
        "preparer": "Bo Larsen",
        "people": "finance,management",
        "budget_sum": "40000 EUR",
        "cost_today": "felt",
        "size": "300",
        "go_live": "2031-01-31",
        "unsolved": "4",
        "culture": "yes",
        "hoped": "fewer errors",
    }.items():
        shell.run("answer", lead_id, question, value)
    told = shell.json("show", lead_id)
    said = {question["key"]: question["answer"] for question in told["questions"] if question["answer"] is not None}
    assert said["people"] == "finance,management"
    assert said["budget_sum"] == "40000 EUR"
    assert said["go_live"] == "2031-01-31"
    assert told["facts"]["value"] == {"EUR": 40000}
    assert told["facts"]["size"] == 300
    assert [one["name"] for one in told["stakeholders"]] == ["Bo Larsen"]


def test_evaded_unknown_withdrawn(shell: Shell) -> None:
    lead_id = shell.add()

    def standing() -> str:
        questions = {one["key"]: one["standing"] for one in shell.json("show", lead_id)["questions"]}
        return str(questions["approver"])

    shell.run("answer", lead_id, "approver", "--evaded")
    assert standing() == "evaded"
    shell.run("answer", lead_id, "approver", "--unknown")
    assert standing() == "unknown"
    shell.run("answer", lead_id, "approver", "named", "--by", "Bo", "--note", "my boss does")
    assert standing() == "partly"
    shell.run("answer", lead_id, "approver", "--withdraw")
    assert standing() == "unknown"


def test_what_is_no_answer(shell: Shell) -> None:
    lead_id = shell.add()
    assert "horoscope" in shell.refused("answer", lead_id, "horoscope", "yes")
    assert "on_call" in shell.refused("answer", lead_id, "approver", "nobody")
    assert "Who approves" in shell.refused("answer", lead_id, "preparer", "Bo")
    shell.refused("answer", lead_id, "budget_sum", "a lot")
    shell.refused("answer", lead_id, "approver", "--withdraw")


def test_calls(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run(
        "call", lead_id, "--outcome", "reached_callback", "--minutes", "7", "--next", "Call back", "--due", "2031-03-01"
    )
    told = shell.json("show", lead_id)
    assert (told["calls"][0]["outcome"], told["calls"][0]["minutes"]) == ("reached_callback", 7)
    assert told["tasks"][0]["text"] == "Call back"
    assert "no_answer" in shell.refused("call", lead_id, "--outcome", "eaten")
    shell.run("call", lead_id, "--outcome", "do_not_call")
    assert shell.json("list")["leads"][0]["do_not_call"] is True
    assert "Anna Kowalska" in shell.refused("call", lead_id, "--outcome", "no_answer")


def test_a_gate_says_no_with_1_and_what_it_wants(shell: Shell) -> None:
    lead_id = shell.add()
    told = shell.type("move", lead_id, "sql", "--json")
    assert told.code == 1
    assert '"unmet"' in told.out
    assert "accepted" in told.err
    assert "reserved" in shell.refused("move", lead_id, "sql")
    shell.run("move", lead_id, "sql", "--override", "an old customer")
    assert shell.json("show", lead_id)["stage"] == "sql"


def test_moves_with_reason_day_and_sign_off(shell: Shell) -> None:
    lead_id = shell.add()
    shell.refused("move", lead_id, "lost")
    shell.run("move", lead_id, "lost", "--reason", "price")
    assert shell.json("show", lead_id)["reason"] == "price"
    reason = "no_budget_now"
    told = shell.type("move", lead_id, "parked", "--reason", reason, "--until", "2031-03-01")
    if told.code:  # the list of the playbook in force has other keys
        reason = told.err.rsplit(": ", 1)[1].split(",")[0].strip().rstrip(".")
        shell.run("move", lead_id, "parked", "--reason", reason, "--until", "2031-03-01")
    assert shell.json("show", lead_id)["parked_until"] == "2031-03-01"
    shell.refused("move", lead_id, "discovery", "--sign-off", "nonsense=Kim")
    shell.refused("move", lead_id, "limbo")


def test_the_board_counts_and_never_mixes_currencies(shell: Shell) -> None:
    shell.add(value="30000 EUR")
    shell.add(name="Bo", value="1250.50 EUR")
    shell.add(name="Eve", value="8000000 JPY")
    board = shell.json("board")
    assert (board["new"]["count"], board["new"]["value"]) == (3, {"EUR": 31250.5, "JPY": 8_000_000})
    assert len(board["new"]["cards"]) == 3
    assert board["won"] == {"count": 0, "value": {}, "cards": []}
    assert "€31.3k" in shell.run("board")


@pytest.mark.parametrize(("option", "begins"), [("--png", b"\x89PNG"), ("--pdf", b"%PDF")])
def test_the_board_is_drawn_into_a_file(shell: Shell, tmp_path: Path, option: str, begins: bytes) -> None:
    shell.run("demo", "--leads", "9")
    target = tmp_path / "board"
    line = [sys.executable, "-m", "leaddesk", "board", option, str(target), "--db", str(shell.database), "--json"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(begins)
    assert json.loads(done.stdout) == {"file": str(target)}


def test_fields_in_both_languages(shell: Shell) -> None:
    told = shell.json("fields")["fields"]
    assert [field["key"] for field in told] == [field.key for field in FIELDS]
    assert all(field["en"] and field["zh_CN"] and field["kind"] for field in told)
    assert "公司" in shell.run("fields")
    assert not shell.database.exists()


def test_fields_of_ones_own_are_listed_set_and_shown(shell: Shell) -> None:
    lead_id = shell.add()
    with Store.open(shell.database) as store:
        store.run(add_field, "Renewal", "date", now=this_instant())
        store.run(add_field, "Colour", "choice", ["Green"], now=this_instant())
    told = shell.json("fields")["custom_fields"]
    assert told == [
        {"name": "Renewal", "kind": "date", "choices": []},
        {"name": "Colour", "kind": "choice", "choices": ["Green"]},
    ]
    assert "custom.Renewal" in shell.run("fields")
    shell.run("set", lead_id, "custom.renewal=2031/2/3", "custom.Colour=green", "custom.Other=x")
    assert shell.json("show", lead_id)["custom"] == {"Renewal": "2031-02-03", "Colour": "Green", "Other": "x"}
    assert "3 Feb 2031" in shell.run("show", lead_id, "--lang", "en")
    assert "red" in shell.refused("set", lead_id, "custom.Colour=red")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everything_is_said_in_both_languages(shell: Shell, language: str) -> None:
    lead_id = shell.add(company="Acme", size="300", value="30000 EUR")
    shell.run("answer", lead_id, "approver", "named")
    shell.run("event", lead_id, "pricing_page")
    for line in (["show", lead_id], ["list"], ["board"], ["check"], ["undo"]):
        said = shell.run(*line, "--lang", language)
        assert said
        assert "{" not in said


def test_text_of_leads_is_shown_as_text(shell: Shell) -> None:
    shell.add(name="<img src=x>", company="=1+1")
    assert "<img src=x>" in shell.run("list")
    assert shell.json("list")["leads"][0]["company"] == "=1+1"


def test_verbs_that_look_want_a_database(shell: Shell) -> None:
    for line in (["list"], ["board"], ["show", "1"], ["undo"], ["check"], ["backup", "x"], ["set", "1", "city=x"]):
        assert str(shell.database) in shell.refused(*line)
    assert not shell.database.exists()


def test_a_folder_and_a_file_that_is_no_database(shell: Shell, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear all,\n" * 200, encoding="utf-8")
    shell.refused("list", "--db", str(other))
    shell.refused("add", "name=Bo", "--db", str(other))
    assert other.read_text(encoding="utf-8").startswith("Dear all")
    shell.refused("list", "--db", str(tmp_path))


def test_demo_gives_the_same_leads_for_the_same_seed(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("demo", "--leads", "12", "--seed", "7") == {"leads": 12, "seed": 7}
    first = shell.json("list")["leads"]
    other = str(tmp_path / "other.leaddesk")
    shell.run("demo", "--leads", "12", "--seed", "7", "--db", other)
    assert {lead["id"] for lead in shell.json("list", "--db", other)["leads"]} == {lead["id"] for lead in first}
    shell.run("undo")
    assert shell.json("list")["total"] == 0


def test_import_reports_what_became_of_rows_and_columns(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "leads.csv"
    table.write_text("Name,Company,Shoe size\nBo,Acme,43\n,,\nEve,Other,38\n,,40\n", encoding="utf-8")
    rejected = tmp_path / "rejected.csv"
    told = shell.json("import", str(table), "--rejected", str(rejected))
    counts = {name: told[name] for name in ("read", "added", "updated", "skipped", "rejected")}
    assert counts == {"read": 4, "added": 2, "updated": 0, "skipped": 1, "rejected": 1}
    assert told["columns"] == {"Name": "name", "Company": "company", "Shoe size": "custom"}
    assert "40" in rejected.read_text(encoding="utf-8-sig")
    assert shell.json("undo")["undone"]["name"] == "import_leads"
    assert shell.json("list")["total"] == 0


def test_a_column_is_mapped_by_hand(shell: Shell, tmp_path: Path) -> None:
    table = tmp_path / "leads.csv"
    table.write_text("Who,a=b\nBo,Berlin\n", encoding="utf-8")
    told = shell.json("import", str(table), "--map", "Who=name", "--map", "a=b=city")
    assert told["columns"] == {"Who": "name", "a=b": "city"}
    assert "Whom" in shell.refused("import", str(table), "--map", "Whom=name")


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02\xff" * 50, b"Name,Company\n"])
def test_a_file_without_leads_is_one_sentence_and_makes_no_database(
    shell: Shell, tmp_path: Path, content: bytes | None
) -> None:
    table = tmp_path / "leads.csv"
    if content is not None:
        table.write_bytes(content)
    shell.refused("import", str(table))
    shell.refused("import", str(tmp_path))
    assert not shell.database.exists()


def test_a_backup_is_restored(shell: Shell, tmp_path: Path) -> None:
    shell.add()
    copy = tmp_path / "copy.leaddesk"
    assert shell.json("backup", str(copy)) == {"file": str(copy)}
    shell.add(name="Bo")
    shell.run("restore", str(copy))
    assert [lead["name"] for lead in shell.json("list")["leads"]] == ["Anna Kowalska"]
    shell.refused("restore", str(tmp_path / "nothing"))
    assert shell.json("check")["sound"] is True


def test_what_is_derived_is_made_anew(shell: Shell) -> None:
    lead_id = shell.add(company="Baltic Freight", source="Web")
    with Store.open(shell.database) as store:
        store.connection.exec_driver_sql("UPDATE standing SET score = 990")
        store.connection.exec_driver_sql("UPDATE stage_total SET leads = 7")
        store.connection.exec_driver_sql("DELETE FROM search")
    told = json.loads(shell.type("check", "--json").out)
    assert {finding["code"] for finding in told["findings"]} == {"standing", "totals", "search"}
    assert "leaddesk rebuild" in shell.type("check").out
    assert shell.json("rebuild") == {"leads": 1}
    assert shell.json("check")["sound"] is True
    assert [lead["id"] for lead in shell.json("list", "--search", "baltic")["leads"]] == [lead_id]
    shell.run("undo")  # the step before: rebuilding is none


def test_a_real_file_comes_in_whole(shell: Shell) -> None:
    table = shared_data("olist/olist_marketing_qualified_leads_dataset.csv")
    told = shell.json("import", str(table))
    assert (told["read"], told["added"], told["rejected"]) == (8000, 8000, 0)
    assert shell.json("list", "--source", "organic_search", "--limit", "1")["total"] == 2296
    assert shell.json("list", "--source", "paid_search", "--limit", "1")["total"] == 1586
    assert shell.json("list", "--source", "social", "--limit", "1")["total"] == 1350


def test_chinese_reads_as_chinese(shell: Shell) -> None:
    lead_id = shell.add(name="王晓明", origin="inbound")
    assert "已修改“王晓明”。评分" in shell.run("set", lead_id, "city=上海", "--lang", "zh_CN")
    told = shell.run("show", lead_id, "--lang", "zh_CN")
    assert "主动咨询" in told
    assert "inbound" not in told
    refused = shell.refused("move", lead_id, "sql", "--lang", "zh_CN")
    assert "；" in refused
    assert "; " not in refused
    assert shell.json("show", lead_id)["facts"]["origin"] == "inbound"


def test_a_parked_lead_is_back_on_its_day(shell: Shell) -> None:
    lead_id = shell.json("add", "name=Bo", "--as-of", "2026-03-01")["id"]
    parked = ("--reason", "next_budget", "--until", "2026-03-10")
    shell.run("move", lead_id, "parked", *parked, "--as-of", "2026-03-01")
    assert shell.json("show", lead_id, "--as-of", "2026-03-09")["stage"] == "parked"
    told = shell.json("show", lead_id, "--as-of", "2026-03-10")
    assert (told["stage"], told["stage_since"], told["parked_until"]) == ("new", "2026-03-10", None)
    assert "back from parking" in shell.run("undo")


def test_what_was_heard_beside_an_answer_and_who_disagrees_is_told(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run("answer", lead_id, "reserved", "approved", "--as-of", "2026-03-01")
    shell.run("answer", lead_id, "reserved", "--evaded", "--as-of", "2026-03-02")
    shell.run("answer", lead_id, "approver", "on_call", "--as-of", "2026-03-02")
    shell.run("answer", lead_id, "approver", "committee", "--by", "Jan Nowak", "--as-of", "2026-03-03")
    told = shell.json("show", lead_id, "--as-of", "2026-03-04")
    asked = {one["key"]: one for one in told["questions"]}
    assert (asked["reserved"]["standing"], asked["reserved"]["beside"]) == ("yes", "evaded")
    assert told["disagree"] == ["authority"]
    assert asked["approver"]["disagree"] == [
        {"by": "", "answer": "on_call", "day": "2026-03-02"},
        {"by": "Jan Nowak", "answer": "committee", "day": "2026-03-03"},
    ]
    assert (asked["difficulty"]["beside"], asked["difficulty"]["disagree"]) == (None, [])


def test_an_emptied_field_is_not_told_by_its_answer_any_more(shell: Shell) -> None:
    lead_id = shell.add()
    shell.run("answer", lead_id, "industry", "logistics")
    assert shell.json("show", lead_id)["facts"]["industry"]
    shell.run("set", lead_id, "industry=")
    told = shell.json("show", lead_id)
    assert "industry" not in told["facts"]
    industry = next(one for one in told["questions"] if one["key"] == "industry")
    assert (industry["standing"], industry["answer"], industry["points"]) == ("not_asked", None, 0)
    shell.run("undo")
    assert next(one for one in shell.json("show", lead_id)["questions"] if one["key"] == "industry")["points"] == 6
