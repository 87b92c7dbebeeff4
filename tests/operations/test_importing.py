"""Files of other programs come in as leads, once and again, and go out again with one undo."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from leaddesk.db.records import Lead, Progress
from leaddesk.db.schema import account, contact_point, custom_value, lead, lead_tag, note
from leaddesk.errors import FileTrouble, LeadDeskError, NotFound
from leaddesk.exchange.rejects import Rejects
from leaddesk.operations.fields import add_field
from leaddesk.operations.importing import ImportPlan, ImportReport, import_leads, plan_import
from leaddesk.operations.leads import set_facts
from leaddesk.operations.pipeline import move_lead
from leaddesk.qualify.terms import Money
from tests.operations.trial import Trial
from tests.shared_data import shared_data

SAMPLES = "crm_samples/other_fixtures"


def bring(trial: Trial, plan: ImportPlan, rejected: Rejects | None = None) -> ImportReport:
    """Imports; nothing else may happen to the progress than to grow, of reading and then of scores."""
    trial.now += 60_000
    job = trial.store.job(import_leads, plan, rejected, now=trial.now)
    seen = [Progress(0)]
    while True:
        try:
            seen.append(next(job))
        except StopIteration as end:
            report, _ = end.value
            assert isinstance(report, ImportReport)
            for what in ("", "scores"):
                told = [one.done for one in seen if one.what == what]
                assert told == sorted(told)
            assert report.read == report.added + report.updated + report.skipped + report.rejected
            return report


def bring_file(trial: Trial, path: Path, **chosen: Any) -> ImportReport:
    return bring(trial, plan_import(trial.store, path, **chosen))


def bring_text(trial: Trial, folder: Path, text: str, **chosen: Any) -> ImportReport:
    path = folder / "leads.csv"
    path.write_text(text, encoding="utf-8")
    return bring_file(trial, path, **chosen)


def leads(trial: Trial, most: int = 10) -> list[Lead]:
    """The first leads, in the order of the file."""
    return [trial.lead(row["id"]) for row in trial.rows(lead)[:most]]


def count(trial: Trial, table: Any) -> int:
    return int(trial.store.connection.execute(select(func.count()).select_from(table)).scalar_one())


# ── real files ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_eight_thousand_leads_and_again(trial: Trial) -> None:
    path = shared_data("olist/olist_marketing_qualified_leads_dataset.csv")
    before = trial.dump()
    report = bring_file(trial, path)
    assert (report.read, report.added, report.updated, report.skipped, report.rejected) == (8000, 8000, 0, 0, 0)
    assert report.columns == {
        "mql_id": "external_id",
        "first_contact_date": "first_contact_on",
        "landing_page_id": "custom",
        "origin": "source",
    }
    sources = Counter(row["source"] for row in trial.rows(lead))
    assert sources["organic_search"] == 2296
    assert sources["paid_search"] == 1586
    assert sources["social"] == 1350
    assert sources["unknown"] == 1099
    assert count(trial, custom_value) == 8000
    with path.open(encoding="utf-8") as file:
        days = {row["mql_id"]: row["first_contact_date"] for row in csv.DictReader(file)}
    assert {row["external_id"]: row["first_contact_on"] for row in trial.rows(lead)} == days
    once = trial.dump()

    again = bring_file(trial, path)
    assert (again.added, again.updated) == (0, 8000)
    other = bring_file(trial, shared_data("olist/mql_ddmmyyyy_variant.csv"))
    assert (other.added, other.updated) == (0, 8000)
    assert trial.dump() == once

    assert trial.store.undo(now=trial.now) is not None
    assert trial.dump() == before
    assert trial.store.redo(now=trial.now) is not None
    assert trial.dump() == once


def test_the_other_order_of_days_alone(trial: Trial) -> None:
    plan = plan_import(trial.store, shared_data("olist/mql_ddmmyyyy_variant.csv"))
    assert (plan.date_order, plan.date_proven, plan.rows) == ("dmy", True, 8000)
    path = shared_data("olist/olist_marketing_qualified_leads_dataset.csv")
    assert plan_import(trial.store, path).date_order == "ymd"
    bring(trial, plan)
    with path.open(encoding="utf-8") as file:
        days = {row["mql_id"]: row["first_contact_date"] for row in csv.DictReader(file)}
    assert {row["external_id"]: row["first_contact_on"] for row in trial.rows(lead)} == days


def test_contacts_of_hubspot(trial: Trial) -> None:
    path = shared_data("hubspot/hubspot_contacts.csv")
    report = bring_file(trial, path)
    assert (report.added, report.rejected) == (950, 0)
    with path.open(encoding="utf-8") as file:
        rows = {row["Contact ID"]: row for row in csv.DictReader(file)}
    for one in leads(trial, 40):
        row = rows[str(one.facts["external_id"])]
        assert one.title == f"{row['First Name']} {row['Last Name']}"
        assert one.facts["owner"] == row["Contact Owner"]
        assert one.facts.get("source", "") == row["Lead Source"]
        assert one.facts.get("phone", "") == row["Phone Number"]
        assert one.facts.get("mobile", "") == row["Mobile Phone Number"]
        assert one.facts.get("email", "") == row["Email"]
        assert one.custom.get("Lifecycle Stage", "") == row["Lifecycle Stage"]


def test_connections_of_linkedin_below_their_preamble(trial: Trial) -> None:
    assert bring_file(trial, shared_data(f"{SAMPLES}/linkedin_connections_hearth.csv")).added == 4
    assert bring_file(trial, shared_data(f"{SAMPLES}/constellation_linkedin_connections.csv")).added == 2
    first = leads(trial)[0]
    assert first.title == "Jordan Lee"
    assert str(first.facts["first_contact_on"]) == "2025-03-12"
    assert first.facts["company"] == "Acme Corp"
    assert leads(trial)[1].title == "Ana García Ruiz"


def test_a_list_of_companies_in_gbk(trial: Trial) -> None:
    report = bring_file(trial, shared_data("chinese/listed_companies_baostock_gbk.csv"))
    assert (report.added, report.rejected) == (4732, 0)
    first = leads(trial)[0]
    assert (first.title, first.facts["external_id"]) == ("上证综合指数", "sh.000001")
    assert first.custom["ipoDate"] == "1991-07-15"


def test_leads_of_salesforce(trial: Trial) -> None:
    bring_file(trial, shared_data("salesforce/salesforce-in-powerbi/Lead.csv"))
    first = leads(trial)[0]
    assert first.title == "Bertha Boxer"
    assert first.facts["company"] == "Farmers Coop. of Florida"
    assert first.facts["revenue"] == Money(90_075_000_000, "USD")
    assert first.facts["title"] == "Director of Vendor Relations"


def test_two_numbers_two_addresses_and_a_note_each(trial: Trial, tmp_path: Path) -> None:
    whole = shared_data("datablist/leads-10000.csv").read_bytes().splitlines(keepends=True)
    start = tmp_path / "leads.csv"
    start.write_bytes(b"".join(whole[:1001]))
    report = bring_file(trial, start)
    assert (report.added, report.rejected, report.unread) == (1000, 0, {})
    assert count(trial, contact_point) == 4000
    assert count(trial, note) == 1000
    first = leads(trial)[0]
    assert first.facts["phone"] == "9802005297"
    assert [point.kind for point in first.contact_points] == ["phone", "other_phone", "email", "other_email"]
    assert first.custom["Deal Stage"] == "On Hold"


def test_mended_lines_say_the_same_as_whole_ones(trial: Trial, tmp_path: Path) -> None:
    start = {}
    for name in ("Leads.csv", "Leads_338_rows_double_quoted.csv"):
        lines = shared_data(f"x_education/{name}").read_text(encoding="utf-8").splitlines(keepends=True)
        start[name] = tmp_path / name
        start[name].write_text("".join(lines[:1200]), encoding="utf-8")
    assert start["Leads.csv"].read_text() != start["Leads_338_rows_double_quoted.csv"].read_text()
    report = bring_file(trial, start["Leads.csv"])
    assert (report.added, report.rejected) == (1199, 0)
    whole = trial.dump()
    again = bring_file(trial, start["Leads_338_rows_double_quoted.csv"])
    assert (again.updated, again.rejected) == (1199, 0)
    assert trial.dump() == whole
    assert "Select" not in {row["value"] for row in trial.rows(custom_value)}


# ── what a row becomes ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lead_without_a_name_shows_company_then_mail_then_id(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "id,name,company,email\n1,,Acme,a@b.com\n2,,,a@b.com\n3,,,\n")
    assert [one.title for one in leads(trial)] == ["Acme", "a@b.com", "3"]


def test_companies_are_shared_and_filled_but_not_overwritten(trial: Trial, tmp_path: Path) -> None:
    text = "name,company,industry,size\nAnna,Acme Ltd,Logistics,\nBo,ACME  ltd.,Retail,200\nCy,,Trade,\nDi,,,\n"
    bring_text(trial, tmp_path, text)
    accounts = trial.rows(account)
    assert [(one["company"], one["industry"], one["size"]) for one in accounts] == [
        ("Acme Ltd", "Logistics", 200),
        ("", "Trade", None),
    ]
    assert [row["account_id"] for row in trial.rows(lead)] == [accounts[0]["id"]] * 2 + [accounts[1]["id"], None]
    bring_text(trial, tmp_path, "name,company,website\nEd,acme ltd,acme.example\n")
    assert trial.rows(account)[0]["website"] == "acme.example"


def test_what_colleagues_say_otherwise_of_their_company_is_not_lost(trial: Trial, tmp_path: Path) -> None:
    text = 'Lead ID,Company,Employees,Website\n1,Acme,"1,200",acme.com\n2,ACME,1300,acme.com\n3,Acme,1200,acme.eu\n'
    bring_text(trial, tmp_path, text)
    first, second, third = leads(trial)
    assert (first.facts["size"], first.facts["website"], first.custom) == (1200, "acme.com", {})
    assert second.facts["size"] == 1200
    assert second.custom == {"Employees": "1300"}
    assert third.custom == {"Website": "acme.eu"}
    # The same file again changes nothing, and what changed for one of them changes for all.
    before = [trial.rows(table) for table in (account, lead, custom_value)]
    bring_text(trial, tmp_path, text)
    assert [trial.rows(table) for table in (account, lead, custom_value)] == before
    bring_text(trial, tmp_path, text.replace("1,200", "1,500"))
    first, second, third = leads(trial)
    assert (first.facts["size"], second.custom) == (1500, {"Employees": "1300"})
    assert third.custom == {"Website": "acme.eu", "Employees": "1200"}


def test_the_same_id_twice_in_a_file_is_one_lead(trial: Trial, tmp_path: Path) -> None:
    report = bring_text(trial, tmp_path, "id,name,phone\n1,Anna,1234567\n2,Bo,\n1,Anna Kowalska,7654321\n")
    assert (report.added, report.updated) == (2, 1)
    first = leads(trial)[0]
    assert (first.title, first.facts["phone"]) == ("Anna Kowalska", "7654321")


def test_an_update_empties_nothing_moves_nothing_and_keeps_do_not_call(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "id,name,city,phone,tags,notes\n1,Anna,Ulm,1234567,a,first\n")
    lead_id = trial.rows(lead)[0]["id"]
    trial.do(set_facts, lead_id, {"do_not_call": True, "title": "CEO"})
    trial.do(move_lead, lead_id, "lost", reason=trial.store.playbook.reasons["lost"][0].key)
    text = "id,name,city,phone,tags,notes,stage,do not call\n1,Anna K,,,b,first\\nsecond,new,no\n"
    report = bring_text(trial, tmp_path, text)
    assert (report.added, report.updated) == (0, 1)
    found = trial.lead(lead_id)
    assert (found.title, found.facts["city"], found.facts["phone"]) == ("Anna K", "Ulm", "1234567")
    assert found.stage == "lost"
    assert found.do_not_call
    assert set(found.tags) == {"a", "b"}
    assert count(trial, note) == 2
    again = bring_text(trial, tmp_path, text)
    assert again.updated == 1
    assert count(trial, note) == 2


def test_an_update_can_change_the_company(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "id,name,company,size\n1,Anna,Acme,10\n2,Bo,Acme,\n")
    bring_text(trial, tmp_path, "id,company,size\n1,Beta,20\n")
    assert [(one.facts["company"], one.facts["size"]) for one in leads(trial)] == [("Beta", 20), ("Acme", 10)]


def test_stages_of_the_playbook_are_kept(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "name,stage\nAnna,SQL\nBo,won\nCy,\n")
    found = leads(trial)
    assert [one.stage for one in found] == ["sql", "won", trial.store.playbook.stages[0].key]
    assert found[0].lifecycle == trial.store.playbook.stage["sql"].lifecycle


def test_what_a_field_cannot_read_is_kept_beside(trial: Trial, tmp_path: Path) -> None:
    text = "name,company size,email,phone,amount,close date\nAnna,51-200,a@b.com,call me,12 k,soon\n"
    text += "Bo,many,not yet,+49 30 1234567,€ 2.5k,2026-04-01\nCy,10,c@d.com,+49 30 7654321,100,2026-05-01\n"
    text += "Di,10,e@f.com,+49 30 7654322,100,2026-05-01\n"
    report = bring_text(trial, tmp_path, text, currency="CHF")
    assert report.unread == {"phone": 1, "close date": 1, "company size": 1, "email": 1}
    first, second = leads(trial)[:2]
    assert first.facts["value"] == Money(1_200_000, "CHF")
    assert first.custom == {"company size": "51-200", "phone": "call me", "close date": "soon"}
    assert second.facts["value"] == Money(250_000, "EUR")
    assert second.custom == {"company size": "many", "email": "not yet"}


def test_markup_and_formulas_are_just_text(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "name,company\n<img src=x>,=1+1\n")
    assert leads(trial)[0].title == "<img src=x>"
    assert leads(trial)[0].facts["company"] == "=1+1"


def test_tags(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, 'name,tags\nAnna,"red, blue"\n')
    assert sorted(row["tag"] for row in trial.rows(lead_tag)) == ["blue", "red"]


# ── what cannot be read ──────────────────────────────────────────────────────────────────────────────────────────────


def test_rejected_rows_are_told_and_written(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name,company,city\nAnna,Acme,Ulm\nBo,Beta,Bonn,x\n,,\nTotal\n,,Kiel\n", encoding="utf-8")
    out = tmp_path / "rejected.csv"
    with Rejects(out, ["name", "company", "city"], path) as rejects:
        report = bring(trial, plan_import(trial.store, path), rejects)
        assert not out.exists()  # before the step is known to be done
        assert rejects.keep() == out
    assert (report.read, report.added, report.skipped, report.rejected) == (5, 1, 1, 3)
    assert report.rejections == [(3, "too_many_cells"), (5, "too_few_cells"), (6, "no_name")]
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "reason", "name", "company", "city"],
            ["3", "too_many_cells", "Bo,Beta,Bonn,x"],
            ["5", "too_few_cells", "Total"],
            ["6", "no_name", "", "", "Kiel"],
        ]


def test_no_file_of_rejected_rows_where_there_are_none(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name\nAnna\n", encoding="utf-8")
    out = tmp_path / "rejected.csv"
    with Rejects(out, ["name"]) as rejects:
        bring(trial, plan_import(trial.store, path), rejects)
        assert rejects.keep() is None
    assert list(tmp_path.glob("*.csv")) == [path]


def test_where_rejected_rows_cannot_be_written_nothing_is_imported(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name,company,city\nAnna,Acme,Ulm\nTotal\n", encoding="utf-8")
    before = trial.dump()
    folder = tmp_path / "folder"
    folder.mkdir()
    with Rejects(folder / "rejected.csv", ["name", "company", "city"]) as rejects:
        folder.rmdir()
        with pytest.raises(FileTrouble, match="cannot_write"):
            bring(trial, plan_import(trial.store, path), rejects)
    assert trial.dump() == before


def test_a_job_that_is_stopped_leaves_no_trace(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name,company,city\nTotal\n" + "Anna,Acme,Ulm\n" * 2000, encoding="utf-8")
    before = trial.dump()
    with Rejects(tmp_path / "rejected.csv", ["name", "company", "city"]) as rejects:
        job = trial.store.job(import_leads, plan_import(trial.store, path), rejects, now=trial.now)
        assert next(job).done > 0
        job.close()
    assert trial.dump() == before
    assert not list(tmp_path.glob("*rejected*"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"name,company\n", "header_alone"),
        (b"name,company\n,\n,\n", "header_alone"),
        (b"PK\x03\x04" + bytes(100), "binary"),
    ],
)
def test_files_without_leads(trial: Trial, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(FileTrouble) as trouble:
        plan_import(trial.store, path)
    assert trouble.value.code == code
    assert trouble.value.details["path"] == str(path)


def test_a_file_of_one_giant_cell(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"x" * 3_000_000)
    with pytest.raises(FileTrouble, match="too_large"):
        plan_import(trial.store, path)


def test_a_giant_cell_among_others_is_one_rejected_row(trial: Trial, tmp_path: Path) -> None:
    report = bring_text(trial, tmp_path, 'name,note\nAnna,hi\nBo,"' + "x" * 3_000_000 + '"\nCy,bye\n')
    assert (report.added, report.rejections) == (2, [(3, "too_long")])


def test_phones_are_found_again_without_their_extension(trial: Trial, tmp_path: Path) -> None:
    text = "name,phone,country\nAnna,917-584-0243x4606,\nBo,010-88889999 转 12,中国\nCy,+49 30 1234567,\n"
    bring_text(trial, tmp_path, text)
    assert [row["value"] for row in trial.rows(contact_point)][1] == "010-88889999 转 12"
    assert [row["normal"] for row in trial.rows(contact_point)] == ["9175840243", "+861088889999", "+49301234567"]


def test_choices_that_cannot_be(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name,company\nAnna,Acme\n", encoding="utf-8")
    wrong: list[tuple[dict[str, Any], type[LeadDeskError], str]] = [
        ({"fields": {"nobody": "name"}}, NotFound, "column"),
        ({"fields": {"name": "shoe_size"}}, NotFound, "field"),
        ({"encoding": "klingon"}, FileTrouble, "unknown_encoding"),
    ]
    for chosen, kind, code in wrong:
        with pytest.raises(kind) as trouble:
            plan_import(trial.store, path, **chosen)
        assert trouble.value.code == code


# ── what a person may change ─────────────────────────────────────────────────────────────────────────────────────────


def test_fields_that_a_person_chose(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("name,contact,colour\nAnna,Bo,red\n", encoding="utf-8")
    plan = plan_import(trial.store, path, fields={"CONTACT": "name", "colour": "skip"})
    assert plan.columns == {"name": "custom", "contact": "name", "colour": "skip"}
    bring(trial, plan)
    assert leads(trial)[0].title == "Bo"
    assert dict(leads(trial)[0].custom) == {"name": "Anna"}


def test_encoding_delimiter_header_and_order_that_a_person_chose(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes("Liste 1\nname;first contact\nMüller;02/03/2026\n".encode("cp1252"))
    plan = plan_import(trial.store, path, encoding="cp1252", delimiter=";", header_line=2, date_order="mdy")
    assert plan.first_rows == (("Müller", "02/03/2026"),)
    bring(trial, plan)
    assert str(leads(trial)[0].facts["first_contact_on"]) == "2026-02-03"
    assert plan_import(trial.store, path, encoding="cp1251").first_rows[0][0] == "Mьller"


def test_one_column_of_days_proves_the_order_of_another(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(
        "name,first contact,created\nAnna,02/03/2026,02/28/2026\nBo,04/05/2026,03/30/2026\n", encoding="utf-8"
    )
    plan = plan_import(trial.store, path)
    assert (plan.date_order, plan.date_proven) == ("mdy", True)


def test_the_undo_of_an_import_says_what_it_was(trial: Trial, tmp_path: Path) -> None:
    bring_text(trial, tmp_path, "name\nAnna\nBo\n")
    last = trial.store.last_undoable()
    assert last is not None
    assert (last.name, dict(last.details)) == ("import_leads", {"file": "leads.csv", "n": 2})


def test_columns_fill_the_fields_a_team_defined_in_their_own_form(trial: Trial, tmp_path: Path) -> None:
    trial.do(add_field, "Annual spend", "money")
    trial.do(add_field, "Colour", "choice", ["Green", "Blue"])
    bring_text(trial, tmp_path, "Name,ANNUAL SPEND,colour\nAnna Nowak,€12k,green\nBo Lind,unknown,red\n")
    values = sorted((row["name"], row["value"]) for row in trial.rows(custom_value))
    assert values == [
        ("Annual spend", "12000 EUR"),
        ("Annual spend", "unknown"),
        ("Colour", "Green"),
        ("Colour", "red"),
    ]
