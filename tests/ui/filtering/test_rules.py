"""What a person puts together from conditions, and what the chooser offers for letters typed."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from leaddesk.db.reads.filter_values import KnownValues
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FieldKind
from leaddesk.qualify.filtering.checking import problems_of
from leaddesk.qualify.filtering.packed import packed, unpacked
from leaddesk.qualify.filtering.tree import All, AnyOf, Between, Has, Is, Not, Stands
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.terms import Standing
from leaddesk.resources import text_of
from leaddesk.ui.filtering.offers import Offers
from leaddesk.ui.filtering.rules import Rules

NEW, WON = Is("stage", ("new",)), Is("stage", ("won",))
HIGH, FAIR, WARM = Between("score", 60), Is("tags", ("fair",)), Is("tags", ("warm",))

PLAYBOOK = read_playbook(tomllib.loads(text_of("playbooks", "default.toml")))
KNOWN = KnownValues(
    {"owner": ("Anna Li", "周凯"), "tags": ("fair", "warm"), "city": ("Łódź",)},
    ("EUR", "CNY"),
    (CustomField("1", "Seats", FieldKind.NUMBER), CustomField("2", "Hue")),
)


def test_a_lead_has_one_stage_but_several_tags() -> None:
    assert Rules().add(NEW).add(HIGH).add(WON).of == (Is("stage", ("new", "won")), HIGH)
    assert Rules().add(FAIR).add(WARM).of == (FAIR, WARM)
    assert Rules().add(HIGH).add(HIGH).of == (HIGH,)
    asked, open_ = (Stands("criterion.need", (one,)) for one in (Standing.YES, Standing.NOT_ASKED))
    assert Rules().add(asked).add(open_).of == (Stands("criterion.need", (Standing.YES, Standing.NOT_ASKED)),)


def test_alternatives_opposites_and_all_or_any() -> None:
    rules = Rules((HIGH, NEW))
    assert rules.add_beside(0, FAIR).of == (AnyOf((HIGH, FAIR)), NEW)
    assert rules.add_beside(0, FAIR).add_beside(0, WARM).of == (AnyOf((HIGH, FAIR, WARM)), NEW)
    assert rules.add_beside(1, WON).of == (HIGH, Is("stage", ("new", "won")))
    assert rules.oppose(0).of == (Not(HIGH), NEW)
    assert rules.oppose(0).oppose(0) == rules
    assert rules.where == All((HIGH, NEW))
    assert rules.turn().where == AnyOf((HIGH, NEW))
    assert rules.drop(0).drop(0).where is None


@pytest.mark.parametrize(
    "rules", [Rules(), Rules((HIGH,)), Rules((HIGH, NEW), loose=True), Rules((AnyOf((HIGH, NEW)),))]
)
def test_rules_are_read_back(rules: Rules) -> None:
    assert Rules.read(rules.where).where == rules.where


def _offered(text: str, subject: str = "", language: str = "en") -> list[str]:
    offers = Offers(PLAYBOOK, KNOWN, language, date(2026, 3, 4), "Anna Li")
    found = offers.find(text, subject)
    for offer in found:
        if offer.where is not None:
            assert unpacked(packed(offer.where)) == offer.where
            assert not list(problems_of(offer.where, offers.subjects))
    return [offer.text for offer in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "Owner: Anna Li"),
        ("auth", "Authority…"),
        ("auth not", "Authority: not asked"),
        ("权力 未问", "Authority: not asked"),
        ("score 60", "Score ≥ 60"),
        ("score <= 60", "Score ≤ 60"),
        ("40-60", "Score 40–60"),
        ("60", "Score ≥ 60"),
        ("评分60", "Score ≥ 60"),
        ("owner an", "Owner: Anna Li"),
        ("not owner anna", "Owner: not Anna Li"),
        ("负责人 周", "Owner: 周凯"),
        ("pool", "Owner: none (public pool)"),
        ("overdue", "Next step: overdue"),
        ("逾期", "Next step: overdue"),
        ("stage won", "Stage: Won"),
        ("value 50k", "Value ≥ €50k"),
        ("value 50k CNY", "Value ≥ ¥50k"),
        ("company freight", "Company contains “freight”"),
        ("公司 物流", "Company contains “物流”"),
        ("added 14", "Added: last 14 days"),
        ("added 2026-01-31", "Added since 31 Jan"),
        ("seats 12", "Seats ≥ 12"),
        ("hue red", "Hue contains “red”"),
        ("phone missing", "Phone: missing"),
        ("who approves", "Authority: Who approves…"),
        ("stuck", "Stuck…"),
    ],
)
def test_the_first_offer_is_what_was_meant(typed: str, first: str) -> None:
    assert _offered(typed)[0] == first


def test_offers_in_chinese_for_words_of_either_language() -> None:
    assert _offered("auth not", language="zh_CN")[0] == _offered("权力 未问", language="zh_CN")[0] == "权力：未问"


def test_values_of_one_subject() -> None:
    assert _offered("", "criterion.authority")[:2] == ["Authority: open", "Authority: not asked"]
    assert _offered("60", "score")[0] == "Score ≥ 60"
    assert _offered("", "owner")[:2] == ["Owner: Anna Li", "Owner: 周凯"]
    assert _offered("an", "owner") == ["Owner: Anna Li", "Owner contains “an”"]
    assert _offered("zzz", "stage") == []


def test_anything_typed_is_only_a_text() -> None:
    for text in ("%", "<b>", "company ]*(", "score >=", "=", "\u202e", "' or 1=1", "not", "-", "..", "x" * 500):
        _offered(text)
    assert Has("company", "<b>") in [
        offer.where for offer in Offers(PLAYBOOK, KNOWN, "en", date(2026, 3, 4)).find("company <b>")
    ]
