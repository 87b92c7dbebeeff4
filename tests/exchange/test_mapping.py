"""Columns find their fields by name, in the words of every program we have a file of, and by what stands in them."""

from __future__ import annotations

from itertools import islice

import pytest

from leaddesk.exchange.aliases import is_known, meanings
from leaddesk.exchange.mapping import CUSTOM, SEVERAL, match_columns
from leaddesk.exchange.tables import Row, find_layout, rows
from leaddesk.qualify.fields import FIELD, FIELDS
from tests.shared_data import shared_data

SAMPLES = "crm_samples/other_fixtures"
STAGES = {"new": "new", "sql": "sql", "won": "won", "新线索": "new"}


def mapped(name: str) -> dict[str, str]:
    layout = find_layout(shared_data(name), is_known=is_known)
    sample = [row.cells for row in islice(rows(layout), 200) if isinstance(row, Row)]
    found = match_columns(layout.columns, sample, STAGES)
    once = [field for field in found if field not in SEVERAL | {CUSTOM}]
    assert len(once) == len(set(once))
    return {column: field for column, field in zip(layout.columns, found, strict=True) if field != CUSTOM}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "olist/olist_marketing_qualified_leads_dataset.csv",
            {"mql_id": "external_id", "first_contact_date": "first_contact_on", "origin": "source"},
        ),
        (
            "hubspot/hubspot_contacts.csv",
            {
                "Contact ID": "external_id",
                "First Name": "given_name",
                "Last Name": "family_name",
                "Email": "email",
                "Phone Number": "phone",
                "Mobile Phone Number": "mobile",
                "Job Title": "title",
                "Contact Owner": "owner",
                "Lead Source": "source",
                "Website URL": "website",
                "Street Address": "address",
                "City": "city",
                "State/Region": "region",
                "Postal Code": "postcode",
                "Country": "country",
                "Associated Company Domain": "company",
            },
        ),
        (
            f"{SAMPLES}/linkedin_connections_hearth.csv",
            {
                "First Name": "given_name",
                "Last Name": "family_name",
                "URL": "linkedin",
                "Email Address": "email",
                "Company": "company",
                "Position": "title",
                "Connected On": "first_contact_on",
            },
        ),
        (
            f"{SAMPLES}/pipedrive_official_sample_header_and_row.csv",
            {
                "Person - Name*": "name",
                "Person - First name": "given_name",
                "Person - Last name": "family_name",
                "Person - Phone": "phone",
                "Person - Email (Work)": "email",
                "Person - Email (Home)": "other_email",
                "Organization - Name*": "company",
                "Organization - Address": "address",
                "Deal - Value": "value",
                "Note - Content*": "note",
            },
        ),
        (
            f"{SAMPLES}/chinese_customer_template.csv",
            {
                "公司名称": "company",
                "联系人": "name",
                "电话": "phone",
                "邮箱": "email",
                "国家/地区": "country",
                "行业": "industry",
            },
        ),
        (
            f"{SAMPLES}/thunderbird_no_header.csv",
            {"#1": "name", "#2": "given_name", "#3": "family_name", "#4": "email"},
        ),
        ("chinese/listed_companies_baostock_gbk.csv", {"code": "external_id", "code_name": "company"}),
        (
            "datablist/leads-10000.csv",
            {
                "Account Id": "external_id",
                "Lead Owner": "owner",
                "First Name": "given_name",
                "Last Name": "family_name",
                "Company": "company",
                "Phone 1": "phone",
                "Phone 2": "other_phone",
                "Email 1": "email",
                "Email 2": "other_email",
                "Website": "website",
                "Source": "source",
                "Notes": "note",
            },
        ),
        (
            "x_education/Leads.csv",
            {
                "Prospect ID": "external_id",
                "Lead Source": "source",
                "Do Not Email": "do_not_email",
                "Do Not Call": "do_not_call",
                "Country": "country",
                "Tags": "tags",
                "City": "city",
            },
        ),
    ],
)
def test_files_of_other_programs(name: str, expected: dict[str, str]) -> None:
    assert mapped(name) == expected


def test_outlook_and_google() -> None:
    outlook = mapped(f"{SAMPLES}/outlook_full_92_header.csv")
    assert outlook["Job Title"] == "title"
    assert "Title" not in outlook
    assert outlook["Business Phone"] == "phone"
    assert outlook["Home Phone"] == "other_phone"
    assert outlook["E-mail Address"] == "email"
    assert outlook["E-mail 3 Address"] == "other_email"
    assert outlook["Business City"] == "city"
    google = mapped(f"{SAMPLES}/google_contacts_old_layout.csv")
    assert google["Organization 1 - Name"] == "company"
    assert google["Group Membership"] == "tags"
    assert google["E-mail 2 - Value"] == "other_email"


def test_salesforce_lists_of_companies_people_and_leads() -> None:
    account = mapped("salesforce/salesforce-in-powerbi/Account.csv")
    assert account["Name"] == "company"
    lead = mapped("salesforce/salesforce-in-powerbi/Lead.csv")
    assert lead["Name"] == "name"
    assert lead["Id"] == "external_id"
    assert lead["NumberOfEmployees"] == "size"
    assert mapped("salesforce/salesforce-in-powerbi/Contact.csv")["LeadSource"] == "source"


def test_a_stage_must_be_one_of_the_playbook() -> None:
    assert match_columns(["name", "Deal Stage"], [["Anna", "SQL"], ["Bo", "新线索"]], STAGES) == ("name", "stage")
    assert match_columns(["name", "Deal Stage"], [["Anna", "SQL"], ["Bo", "On Hold"]], STAGES) == ("name", CUSTOM)
    assert match_columns(["name", "Deal Stage"], [["Anna", ""]], STAGES) == ("name", CUSTOM)


def test_origin_is_told_from_source_by_its_values() -> None:
    assert match_columns(["name", "origin"], [["Anna", "inbound"], ["Bo", "outbound"]]) == ("name", "origin")
    assert match_columns(["name", "origin"], [["Anna", "social"]]) == ("name", "source")


def test_columns_are_found_by_what_stands_in_them() -> None:
    cells = [["x1", "anna@acme.example", "Anna"], ["x2", "bo@beta.example", "Bo"]]
    assert match_columns(["key", "reach", "who"], cells) == (CUSTOM, "email", CUSTOM)
    nameless = [
        ["Acme GmbH", "+49 30 1234567", "https://acme.example"],
        ["Beta Ltd", "+44 20 7000 0000", "www.beta.example"],
    ]
    assert match_columns(["#1", "#2", "#3"], nameless) == ("company", "phone", "website")
    assert match_columns(["#1", "#2"], [["王小明", "13800138000"], ["李丽", "13900139000"]]) == ("name", "mobile")


def test_a_name_that_its_content_denies_is_not_believed() -> None:
    assert match_columns(["name", "email"], [["Anna", "yes"], ["Bo", "no"]]) == ("name", CUSTOM)
    assert match_columns(["name", "account id"], [["Anna", "7"], ["Bo", "7"], ["Cy", "7"]]) == ("name", CUSTOM)


def test_mail_of_somebody_else_is_not_the_lead_s() -> None:
    assert match_columns(["name", "Created by"], [["Anna", "rep@us.example"], ["Bo", "rep@us.example"]])[1] == CUSTOM


@pytest.mark.parametrize("field", [field.key for field in FIELDS])
def test_every_field_answers_to_its_own_name(field: str) -> None:
    assert any(meaning.field == field for meaning in meanings(field))
    assert all(meaning.field in FIELD for meaning in meanings(field))


def test_case_width_and_signs_do_not_count() -> None:
    assert meanings("  E-MAIL_Address* ") == meanings("email address") == meanings("Ｅmail address")
    assert meanings("NumberofLocations__c") == ()
    assert not is_known("")
