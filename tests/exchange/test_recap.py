"""The recap: what the buyer said and nothing of what we make of it, in their language, as text and as a mail."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default as modern

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from leaddesk import words
from leaddesk.exchange.recap import mail_draft, recap_language, recap_of
from leaddesk.qualify.playbook import Answer, Playbook, Question
from leaddesk.qualify.reading import read_playbook
from leaddesk.qualify.spoken import Agreed, Person, SpokenCall
from leaddesk.qualify.state import Given, Said
from leaddesk.qualify.terms import Money, QuestionKind, Standing
from leaddesk.resources import text_of

PLAYBOOK = read_playbook(tomllib.loads(text_of("playbooks", "default.toml")))

#: Saturday, 21 November 2026, ten to three in the afternoon, on this machine.
AT = int(datetime(2026, 11, 21, 14, 50).astimezone().timestamp() * 1000)

BUDGET = Given("1", "budget_sum", AT, Said(money=Money(3_000_000, "EUR")), note="if it pays off within a year")
APPROVER = Given("2", "approver", AT, Said(keys=("named",)), by="Jan Nowak")
SOON = Given("3", "how_soon", AT, Said(heard=Standing.UNKNOWN))
HELD_BACK = Given("4", "cost_today", AT, Said(heard=Standing.EVADED))
CULTURE = Given("5", "culture", AT, Said(keys=("no",)), note="difficult people")


def call(*answers: Given, **changed: object) -> SpokenCall:
    """A call with Anna Kowalska."""
    plain = SpokenCall(
        id="c",
        lead_id="l",
        lead=Person("Anna Kowalska", "Head of Operations"),
        company="Baltic Freight",
        email="anna@example.com",
        language="",
        do_not_email=False,
        started_at=AT,
        ended_at=AT + 600_000,
        answers=answers,
        playbook=PLAYBOOK,
        people=(Person("Jan Nowak", "CFO"), Person("anna kowalska")),
        agreed=Agreed("Send the proposal", date(2026, 11, 26), "14:30"),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def text(spoken: SpokenCall, language: str = "en") -> str:
    return recap_of(spoken, language, "Eve Adams").text


def test_the_letter_in_english() -> None:
    recap = recap_of(call(BUDGET, APPROVER, SOON, HELD_BACK, CULTURE), "en", "Eve Adams")
    assert recap.subject == "Baltic Freight: what we heard on Saturday, 21 November 2026"
    assert recap.text == (
        "Dear Anna Kowalska,\n\n"
        "Thank you for talking with us on Saturday, 21 November 2026. This is what we heard. "
        "Please tell us if we got anything wrong.\n\n"
        "Budget\n"
        "- What you mean to invest: 30,000 EUR. In your words: “if it pays off within a year”\n\n"
        "Who decides\n"
        "- Who approves: A person you named, whom we can meet (Jan Nowak)\n\n"
        "Still to be found out\n- How soon\n\n"
        "Who takes part\n- Anna Kowalska, Head of Operations\n- Jan Nowak, CFO\n\n"
        "What comes next\n- Send the proposal: Thursday, 26 November 2026, 14:30\n\n"
        "Kind regards\nEve Adams\n"
    )


def test_the_letter_in_chinese() -> None:
    recap = recap_of(call(BUDGET, APPROVER, SOON), "zh_CN")
    assert recap.subject == "Baltic Freight：2026年11月21日（周六）通话纪要"
    assert "Anna Kowalska，您好！" in recap.text
    assert "- 计划投入：30,000 EUR。您的原话：“if it pays off within a year”" in recap.text
    assert "谁来决定\n- 由谁批准：您提到的负责人，可以安排见面（Jan Nowak）" in recap.text
    assert "还需要了解的\n- 希望多快解决" in recap.text
    assert "- Send the proposal：2026年11月26日（周四） 14:30" in recap.text
    assert recap.text.endswith("此致\n敬礼\n")


def test_what_is_held_back_or_internal_is_not_told() -> None:
    told = text(call(HELD_BACK, CULTURE, notes={"works_with": "// a mess\ninternal: push\n内部：急\nSAP"}))
    for silent in ("costs you today", "Culture", "difficult people", "mess", "push", "急"):
        assert silent not in told
    assert "In your words: “SAP”" in told


def test_whether_they_suit_us_is_not_told_without_words_for_the_buyer() -> None:
    plain = replace(PLAYBOOK, questions=tuple(replace(one, recap={}, internal=False) for one in PLAYBOOK.questions))
    spoken = call(
        CULTURE,
        Given("1", "size", AT, Said(number=240.0)),
        Given("2", "works_with", AT, Said(keys=("no_way",)), note="not SAP"),
        Given("3", "users", AT, Said(heard=Standing.UNKNOWN)),
        notes={"culture": "loud"},
    )
    told = recap_of(replace(spoken, playbook=plain), "en").text
    assert "Size: 240" in told
    for silent in ("Culture", "struggle", "loud", "Technology", "not SAP", "Who would use it"):
        assert silent not in told
    assert "They do not go together at present" in recap_of(spoken, "en").text


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_simple_playbook_keeps_its_judgement_to_itself(language: str) -> None:
    simple = read_playbook(tomllib.loads(text_of("playbooks", "simple.toml")))
    told = recap_of(call(Given("1", "suits_us", AT, Said(keys=("not_ours",))), playbook=simple), language).text
    assert words.pick(simple.question["suits_us"].answers[-1].label, language) not in told
    assert words.pick(simple.question["suits_us"].title, language) not in told


def test_nothing_said_and_nobody_named_is_still_a_letter() -> None:
    told = text(call(lead=Person(""), company="", people=(), agreed=None))
    assert told.startswith("Hello,\n\n")
    assert "What comes next" not in told
    assert "Who takes part" not in told


def test_several_choices_and_other_kinds() -> None:
    told = text(
        call(
            Given("1", "people", AT, Said(keys=("it", "finance"))),
            Given("2", "size", AT, Said(number=240.0)),
            Given("3", "go_live", AT, Said(day=date(2027, 3, 1))),
            Given("4", "hoped", AT, Said(text="fewer\nerrors")),
            Given("5", "gone_from_the_script", AT, Said(text="x")),
        )
    )
    assert "Who has a part in the decision: IT, Finance" in told
    assert "Size: 240" in told
    assert "Go-live date: Monday, 1 March 2027" in told
    assert "What should be solved: fewer errors" in told


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", ["<b>Bo</b> & {name} %s", "O'Neill \\n", "{0.__class__}", "王\u202e明\n\r晓"])
def test_names_are_literal_and_on_one_line(language: str, name: str) -> None:
    given = replace(BUDGET, by=name, note=name)
    recap = recap_of(call(given, lead=Person(name, name), company=name), language, name)
    shown = " ".join(name.replace("\u202e", " ").split())
    assert recap.text.count(shown) == 6
    assert shown in recap.subject
    assert not any(letter in recap.subject for letter in "\n\r\u202e")


# ── no inner scores ──────────────────────────────────────────────────────────────────────────────────────────────────


def _other(answer: Answer, points: int, standing: Standing) -> Answer:
    return replace(answer, points=points, standing=standing)


@st.composite
def _answers(draw: st.DrawFn) -> tuple[Given, ...]:
    asked = draw(st.lists(st.sampled_from(PLAYBOOK.questions), unique_by=lambda question: question.key))
    return tuple(_given(draw, question) for question in asked)


def _given(draw: st.DrawFn, question: Question) -> Given:
    match question.kind:
        case QuestionKind.MONEY:
            said = Said(money=Money(3_000_000, "EUR"))
        case QuestionKind.NUMBER:
            said = Said(number=240.0)
        case QuestionKind.DATE:
            said = Said(day=date(2027, 3, 1))
        case QuestionKind.PERSON | QuestionKind.TEXT:
            said = Said(text="Piotr")
        case _:
            said = Said(keys=(draw(st.sampled_from(question.answers)).key,))
    heard = draw(st.sampled_from((None, Standing.EVADED, Standing.UNKNOWN)))
    return Given(question.key, question.key, AT, said if heard is None else Said(heard=heard))


@st.composite
def _playbooks(draw: st.DrawFn) -> Playbook:
    """The same questions with other points, standings, limits and hints."""
    points, standing = draw(st.integers(0, 100)), draw(st.sampled_from((Standing.YES, Standing.NO, Standing.PARTLY)))
    return replace(
        PLAYBOOK,
        grades=replace(PLAYBOOK.grades, hot=points, warm=0),
        parts=tuple(replace(part, limit=points, label={"en": "Points", "zh_CN": "得分"}) for part in PLAYBOOK.parts),
        questions=tuple(
            replace(
                question,
                hint={"en": "Listen!", "zh_CN": "留意！"},
                required=not question.required,
                answers=tuple(_other(answer, points, standing) for answer in question.answers),
            )
            for question in PLAYBOOK.questions
        ),
    )


@settings(deadline=None, max_examples=40)
@over(_answers(), _playbooks(), st.sampled_from(words.LANGUAGES))
def test_it_does_not_depend_on_points_standings_or_hints(
    answers: tuple[Given, ...], other: Playbook, language: str
) -> None:
    assert recap_of(call(*answers), language) == recap_of(call(*answers, playbook=other), language)


@settings(deadline=None, max_examples=40)
@over(_answers(), st.sampled_from(words.LANGUAGES))
def test_no_standing_and_no_hint_is_told(answers: tuple[Given, ...], language: str) -> None:
    told = recap_of(call(*answers), language).text
    for question in PLAYBOOK.questions:
        assert words.pick(question.hint, language) not in told
    for standing in ("evaded", "unknown", "not_asked", "partly"):
        assert words.say(language, "standings", standing).casefold() not in told.casefold()
    for inner in ("score", "points", "评分", "得分", "leaddesk"):
        assert inner not in told.casefold()


# ── the language ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fact", "language"),
    [
        ("English", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("Chinese (Mandarin)", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh-Hans-CN", "zh_CN"),
        ("简体中文", "zh_CN"),
        ("普通话", "zh_CN"),
        ("Polish", "zh_CN"),
        ("chilean spanish", "zh_CN"),
        ("", "zh_CN"),
    ],
)
def test_the_buyers_language_comes_first(fact: str, language: str) -> None:
    assert recap_language(call(language=fact), "zh_CN") == language
    if fact in ("Polish", "", "chilean spanish"):
        assert recap_language(call(language=fact), "en") == "en"


# ── the mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_draft_is_read_by_a_mail_program(language: str) -> None:
    recap = recap_of(call(BUDGET, APPROVER), language, "王晓明")
    draft = mail_draft(recap.subject, recap.text, "Kowalska, Anna", "anna@example.com")
    read = message_from_bytes(draft, policy=modern)
    assert read["X-Unsent"] == "1"
    assert read["To"].addresses[0].addr_spec == "anna@example.com"
    assert read["To"].addresses[0].display_name == "Kowalska, Anna"
    assert read["Subject"] == recap.subject
    assert read.get_content_type() == "text/plain"
    assert read.get_content_charset() == "utf-8"
    body = read.get_content()
    assert isinstance(body, str)
    assert body.replace("\r\n", "\n") == recap.text


@pytest.mark.parametrize("address", ["", "not an address", "a@b@c", "anna@example.com\r\nBcc: eve@example.com", "<>"])
def test_a_wrong_address_is_left_out(address: str) -> None:
    read = message_from_bytes(mail_draft("What we\nheard", "text\n", "Anna\r\nBcc: x", address), policy=modern)
    assert read["To"] is None
    assert read["Bcc"] is None
    assert read["Subject"] == "What we heard"


def test_a_chinese_name_and_a_chinese_domain_survive() -> None:
    read = message_from_bytes(mail_draft("纪要", "好\n", "王晓明", "wang@example.cn"), policy=modern)
    assert read["To"].addresses[0].display_name == "王晓明"
