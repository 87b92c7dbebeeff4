"""Why a script is offered, in one short line of both languages."""

from __future__ import annotations

import pytest

from leaddesk import words
from leaddesk.qualify.playbook import (
    AnswerIs,
    CallMade,
    Condition,
    CriterionStands,
    EventSeen,
    FactBetween,
    FactHas,
    FactIs,
    FactKnown,
    MoneyAtLeast,
    NextStepPlanned,
    Not,
    QuestionStands,
    ScoreAtLeast,
    SignedOff,
)
from leaddesk.qualify.state import Event, Given, LeadState, Offered, Said
from leaddesk.qualify.terms import Money
from leaddesk.ui.offer_words import condition_words, offer_words
from tests.qualify.builders import NO, NOT_ASKED, NOW, seen, shipped

BOOK = shipped("default")


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        (AnswerIs("approver", ("committee",)), "Who approves: Committee", "谁拍板：集体决策"),
        (QuestionStands("reserved", (NO,)), "Money reserved: no", "钱有没有留出来：否"),
        (CriterionStands("need", (NOT_ASKED,)), "Need: not asked", "需求：未问"),
        (FactIs("origin", ("referral",)), "Origin: Referral", "来源方式：推荐"),
        (FactHas("title", ("director", "总监")), "Job title: director, 总监", "职位：director、总监"),
        (FactKnown("value"), "Value known", "预计金额已知"),
        (FactBetween("size", 1000, None), "Number of people 1,000 or more", "公司人数至少 1,000"),
        (FactBetween("size", None, 50), "Number of people below 50", "公司人数低于 50"),
        (FactBetween("size", 50, 500), "Number of people 50 to 500", "公司人数 50 至 500"),
        (MoneyAtLeast("value", {"EUR": 10_000_000, "CNY": 80_000_000}), "Value €100k or more", "预计金额至少 ¥80万"),
        (ScoreAtLeast(None, 400), "score of 40 points or more", "评分达到 40 分"),
        (ScoreAtLeast("fit", 85), "Fit of 8.5 points or more", "匹配度达到 8.5 分"),
        (EventSeen(("webinar", "white_paper")), "Attended a webinar, White paper", "参加线上研讨会、下载白皮书"),
        (CallMade(), "reached on a call", "已电话接通"),
        (CallMade(("no_answer",)), "No answer", "无人接听"),
        (NextStepPlanned(), "a next step is planned", "已安排下一步"),
        (SignedOff("manager"), "signed off: manager", "已签字：manager"),
        (Not(CallMade()), "not: reached on a call", "没有：已电话接通"),
    ],
)
def test_each_condition_has_words(condition: Condition, english: str, chinese: str) -> None:
    assert condition_words(BOOK, condition, "en") == english
    assert condition_words(BOOK, condition, "zh_CN") == chinese


def told(state: LeadState, language: str = "en") -> str:
    return offer_words(BOOK, seen(BOOK, state).offered, language)


def test_the_usual_one_needs_no_reason() -> None:
    assert told(LeadState("new")) == "the usual one"
    assert told(LeadState("new"), "zh_CN") == "常用话术"


def test_what_is_the_case_is_told_and_not_all_that_might_be() -> None:
    read = LeadState("new", events=(Event("1", "white_paper", NOW),))
    assert told(read) == "White paper, Need: not asked"
    assert told(LeadState("new", {"value": Money(90_000_000, "CNY")}), "zh_CN") == "预计金额至少 ¥80万"
    none = Given("1", "reserved", NOW, Said(keys=("none",)))
    assert told(LeadState("new", answers=(none,))) == "Budget: no"


def test_what_did_not_happen_is_told_where_nothing_else_is() -> None:
    assert offer_words(BOOK, Offered("x", (Not(CallMade()),)), "en") == "not: reached on a call"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_name_that_is_gone_breaks_nothing(language: str) -> None:
    for condition in (
        AnswerIs("gone", ("x",)),
        QuestionStands("gone", (NO,)),
        CriterionStands("gone", (NO,)),
        ScoreAtLeast("gone", 10),
        EventSeen(("gone",)),
        CallMade(("gone",)),
        FactIs("gone", ("x",)),
        MoneyAtLeast("value", {}),
    ):
        assert isinstance(condition_words(BOOK, condition, language), str)
