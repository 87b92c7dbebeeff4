"""Cells are read as their field asks, and nothing is made up."""

from __future__ import annotations

import pytest

from leaddesk.exchange.values import Style, column_style, fold, is_exact, is_nothing, read_values
from leaddesk.qualify.state import FactValue


@pytest.mark.parametrize("text", ["", "  ", "Select", "－", "-", "N/A", "#N/A", "NULL", "请选择", "暂无"])
def test_cells_that_say_nothing(text: str) -> None:
    assert is_nothing(text)
    assert read_values("name", text, Style()) == []


def test_unknown_is_a_value_and_minus_one_is_none() -> None:
    assert read_values("source", "unknown", Style()) == ["unknown"]
    assert read_values("city", "-1", Style()) == []
    assert read_values("external_id", "-1", Style()) == ["-1"]


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("name", "  Anna   Kowalska ", ["Anna Kowalska"]),
        ("name", "=1+1", ["=1+1"]),
        ("name", "<img src=x>", ["<img src=x>"]),
        ("postcode", '="01234"', ["01234"]),
        ("do_not_call", "Yes", [True]),
        ("do_not_call", "否", [False]),
        ("do_not_email", "是", [True]),
        ("origin", "Referral", ["referral"]),
        ("origin", "主动咨询", ["inbound"]),
        ("size", "51-200", [51]),
        ("email", "a@b.com ::: c@d.org", ["a@b.com", "c@d.org"]),
        ("email", "a@b.com; c@d.org", ["a@b.com", "c@d.org"]),
        ("email", "Anna Kowalska <a@b.com>", ["a@b.com"]),
        ("email", "josé@exämple.de", ["josé@exämple.de"]),
        ("email", "john@doe.invalid", ["john@doe.invalid"]),
        ("phone", "416-810-9897x752", ["416-810-9897x752"]),
        ("phone", "010-88889999 转 12", ["010-88889999 转 12"]),
        ("phone", "+44 7700 900123 ::: 020 7000 0000", ["+44 7700 900123", "020 7000 0000"]),
        ("phone", "13800138000.0", ["13800138000"]),
        ("phone", "'+49 170 1234567", ["+49 170 1234567"]),
        ("tags", "* myContacts ::: Suppliers", ["myContacts", "Suppliers"]),
        ("tags", "A, B；C、A", ["A", "B", "C"]),
        ("website", "https://acme.example/", ["https://acme.example/"]),
        ("note", "one\ntwo", ["one\ntwo"]),
    ],
)
def test_one_cell(key: str, text: str, values: list[FactValue]) -> None:
    assert read_values(key, text, Style()) == values


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("email", "foo@"),
        ("email", "none yet"),
        ("phone", "8.34E+10"),
        ("phone", "call me"),
        ("size", "many"),
        ("size", "-5"),
        ("do_not_call", "maybe"),
        ("origin", "social"),
        ("stage", "On Hold"),
        ("website", "none"),
        ("expected_on", "soon"),
    ],
)
def test_what_is_not_what_its_field_asks_for(key: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_values(key, text, Style())


def test_a_column_has_one_style() -> None:
    assert column_style("first_contact_on", "Date", ["01-02-2018", "28-02-2018"]).order == "dmy"
    assert column_style("first_contact_on", "Date", ["01-02-2018"], order="mdy").order == "mdy"
    money = column_style("revenue", "年营收（万元）", ["1.234"], currency="USD")
    assert (money.currency, money.scale) == ("CNY", 10_000)
    assert column_style("stage", "Stage", ["New"], stages={"new": "new"}).stages == {"new": "new"}


def test_ranges_are_read_but_not_exact() -> None:
    assert is_exact("size", "1,234")
    assert not is_exact("size", "51-200")
    assert is_exact("name", "51-200")


def test_names_are_folded() -> None:
    assert fold("E-mail 1 - Value") == fold("ＥＭＡＩＬ１value") == "email1value"
    assert fold("公司 名称*") == "公司名称"


@pytest.mark.parametrize("text", ["5" + "+" * 50_000 + "x", "x" + " " * 50_000 + "x", "1" * 50_000])
@pytest.mark.parametrize("key", ["size", "email", "phone", "value", "expected_on", "website"])
def test_endless_texts_are_refused_at_once(key: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        read_values(key, text, Style())
