"""What a line of shorthand offers, in both languages, and that it says nothing where nothing is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.qualify.answers import standing_of_said, start_of
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.shorthand import MOST_OFFERS, Offer, Why, read_shorthand
from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing, minor_digits
from tests.qualify.builders import answer, playbook, question, shipped
from tests.qualify.shorthand_lines import SAID, SILENT, SIMPLE, TODAY

BOOK = shipped("default")
SMALL = shipped("simple")
#: Visible at the start: the others wait for who approves, and for somebody who speaks for it.
OPEN = tuple(one.key for one in BOOK.questions if one.key not in {"approval_limit", "preparer", "champion_pull"})


def offers(text: str, *, language: str = "en", book: Playbook = BOOK, **more: str | None) -> tuple[Offer, ...]:
    return read_shorthand(book, text, TODAY, language, OPEN if book is BOOK else tuple(book.question), **more)


def told(said: Said) -> str:
    """An answer as the tables write it."""
    if said.keys:
        return ",".join(said.keys)
    if said.money is not None:
        amount = Decimal(said.money.minor).scaleb(-minor_digits(said.money.currency)).normalize()
        return f"{amount:f}{said.money.currency}"
    if said.number is not None:
        return f"{said.number:g}"
    return str(said.day or said.text or said.heard)


@pytest.mark.parametrize(("text", "meant"), SAID.items())
def test_what_is_meant(text: str, meant: str) -> None:
    found = offers(text)
    assert {f"{offer.question}={told(offer.said)}" for offer in found} == set(meant.split())


@pytest.mark.parametrize("text", SILENT)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_silent_where_nothing_is_meant(text: str, language: str) -> None:
    assert offers(text, language=language) == ()


@pytest.mark.parametrize(("text", "meant"), SIMPLE.items())
def test_a_small_firm_writes_as_it_speaks(text: str, meant: str) -> None:
    assert {f"{offer.question}={told(offer.said)}" for offer in offers(text, book=SMALL)} == set(meant.split())


@pytest.mark.parametrize("text", SILENT)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_simple_playbook_is_silent_where_nothing_is_meant(text: str, language: str) -> None:
    assert offers(text, language=language, book=SMALL) == ()


def test_what_a_champion_can_move_is_heard_once_somebody_speaks_for_it() -> None:
    for text, key in (("he gets things done", "much"), ("说话有点分量", "some"), ("has no pull", "nothing")):
        (offer,) = read_shorthand(BOOK, text, TODAY, "en", ("champion_pull",))
        assert (offer.question, offer.said) == ("champion_pull", Said(keys=(key,)))


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(SAID) >= 140
    assert len(SILENT) >= 80
    for lines in (tuple(SAID), tuple(SILENT)):
        chinese = sum(any("\u3400" <= letter <= "\u9fff" for letter in line) for line in lines)
        assert len(lines) * 0.25 < chinese < len(lines) * 0.75


def test_an_offer_tells_where_it_was_read_and_why() -> None:
    text = "Well, 200k，CFO signs, live by Q4"
    assert [(offer.question, text[offer.start : offer.end], offer.why) for offer in offers(text)] == [
        ("approver", "CFO signs", Why.WORDS),
        ("go_live", "live by Q4", Why.BESIDE),
        ("budget_sum", "200k", Why.ALONE),
    ]


@pytest.mark.parametrize(
    ("asked", "text", "meant"),
    [
        ("culture", "yes", "yes"),
        ("culture", "不是", "no"),
        ("reserved", "yes", "approved"),
        ("size", "240", "240"),
        ("size", "三百", "300"),
        ("budget_sum", "5000", "5000EUR"),
        ("cost_today", "80k", "80000EUR"),
        ("go_live", "20号", "2026-11-20"),
        ("unsolved", "4", "4"),
        ("budget_sum", "won't say", "evaded"),
        ("budget_sum", "不方便说", "evaded"),
        ("approver", "doesn't know", "unknown"),
        ("approver", "不知道", "unknown"),
    ],
)
def test_the_question_being_asked_takes_what_names_none(asked: str, text: str, meant: str) -> None:
    found = offers(text, asked=asked)
    assert [(offer.question, told(offer.said), offer.why) for offer in found] == [(asked, meant, Why.ASKED)]


@pytest.mark.parametrize(
    ("asked", "text"),
    [("budget_sum", "13800138000"), ("budget_sum", "2027"), ("culture", "yes they sent it"), ("size", "hello"),
     ("hoped", "yes"), ("budget_sum", "won't say hello"), ("unsolved", "9"), ("size", "13800138000"),
     ("works_with", "yes"), ("approver", "嗯")],
)  # fmt: skip
def test_the_question_being_asked_does_not_take_everything(asked: str, text: str) -> None:
    assert offers(text, asked=asked) == ()


def test_a_person_is_taken_by_name() -> None:
    open_questions = (*OPEN, "preparer")
    for text, name in (("Marek Nowak prepares it", "Marek Nowak"), ("李工准备材料", "李工"), ("preparer", "")):
        found = read_shorthand(BOOK, text, TODAY, "en", open_questions)
        assert [offer.said.text for offer in found] == ([name] if name else [])
    named = read_shorthand(BOOK, "Marek", TODAY, "en", open_questions, asked="preparer")
    assert [(offer.question, offer.said) for offer in named] == [("preparer", Said(text="Marek"))]


def test_words_after_a_colon_are_an_answer_in_words() -> None:
    assert [(offer.question, offer.said.text) for offer in offers("users: twelve planners")] == [
        ("users", "twelve planners")
    ]


def test_sums_without_a_currency_are_in_that_of_the_talk() -> None:
    assert offers("200k", currency="GBP")[0].said.money == Money(20_000_000, "GBP")
    assert offers("30万", currency="EUR", language="zh_CN")[0].said.money == Money(30_000_000, "EUR")
    assert offers("30万", currency="EUR")[0].said.money == Money(30_000_000, "CNY")
    assert offers("200k", language="zh_CN")[0].said.money == Money(20_000_000, "CNY")
    assert offers("¥200万", currency="JPY")[0].said.money == Money(2_000_000, "JPY")


def test_nothing_is_offered_for_what_is_hidden_or_answered() -> None:
    text = "200k, CFO signs up to 50k, live by Q4"
    assert {offer.question for offer in offers(text)} == {"budget_sum", "approver", "go_live"}
    left = read_shorthand(BOOK, text, TODAY, "en", ("go_live", "cost_today", "approval_limit"))
    assert {offer.question for offer in left} == {"go_live", "approval_limit"}
    assert read_shorthand(BOOK, text, TODAY, "en", ()) == ()


def test_a_playbook_without_words_still_takes_sums_and_days() -> None:
    money = replace(
        question("sum", (("any", Standing.YES, 1),), kind=QuestionKind.MONEY),
        answers=(answer("any", unlisted=True),),
    )
    day = question("day", (("any", Standing.YES, 1),), kind=QuestionKind.DATE)
    found = offers("30k, Q4", book=playbook(money, day))
    assert [(offer.question, told(offer.said)) for offer in found] == [("sum", "30000EUR"), ("day", "2026-12-31")]


def test_what_is_pasted_is_read_only_at_its_beginning() -> None:
    assert offers("budget 200k\n" + "x" * 100_000)[0].question == "budget_sum"
    assert offers("x " * 1000 + ", budget 200k") == ()


PIECES = st.sampled_from(
    (*SAID, *SILENT, "，", " ", ", ", "预算", "budget", "asap", "不", "not ", "Q", "万", "1.", ":", "?")
)
LINES = st.text(max_size=40) | st.lists(PIECES, max_size=6).map("".join)


@given(LINES, st.sets(st.sampled_from(tuple(BOOK.question))), st.none() | st.sampled_from(tuple(BOOK.question)))
def test_whatever_is_typed(text: str, open_questions: set[str], asked: str | None) -> None:
    found = read_shorthand(BOOK, text, TODAY, "zh_CN", open_questions, asked=asked)
    assert found == read_shorthand(BOOK, text, TODAY, "zh_CN", open_questions, asked=asked)
    assert len(found) <= MOST_OFFERS
    assert len({offer.question for offer in found}) == len(found)
    for offer in found:
        assert offer.question in open_questions
        assert 0 <= offer.start < offer.end <= len(text)
        standing = standing_of_said(BOOK.question[offer.question], offer.said, start_of(TODAY))[0]
        assert standing is not Standing.NOT_ASKED


@given(LINES, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_whenever_it_is_typed_no_day_is_over(text: str, today: date) -> None:
    for offer in read_shorthand(BOOK, text, today, "en", OPEN):
        assert offer.said.day is None or offer.said.day >= today
