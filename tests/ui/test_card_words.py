"""What a card says: what is planned, how long it stands, whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from leaddesk.db.records import Card, NextStep
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import DAY, Instant, Money, StageKind, Standing, Temperature
from leaddesk.ui import card_words
from leaddesk.ui.card_words import Urgency
from tests.qualify.builders import shipped

TODAY = date(2026, 11, 18)
NOW: Instant = int(datetime(2026, 11, 18, 12).astimezone().timestamp() * 1000)
STAGE = Stage("mql", {"en": "MQL"}, StageKind.OPEN, rot_days=7)
CARD = Card(
    id="1",
    no=1,
    title="<b>Anna</b>",
    company="Baltic Freight",
    job="",
    stage="mql",
    stage_since=NOW - 3 * DAY,
    score=465,
    up_to=830,
    strip="yp-nu",
    value=Money(38_000_000, "EUR"),
    next_step=None,
    temperature=Temperature.WARM,
    hot_since=None,
    waiting=False,
    source="",
    owner="Carol White",
    lifecycle="",
    external_id="",
    do_not_call=False,
)


def planned(day: date, time: str | None = None) -> Card:
    """The card with a next step."""
    return replace(CARD, next_step=NextStep("t", "Demo", day, time))


def test_what_is_planned() -> None:
    def said(card: Card, language: str = "en") -> tuple[str, Urgency]:
        line = card_words.next_step(card, STAGE, NOW, TODAY, language)
        return str(line), line.urgency

    assert said(CARD) == ("no next step", Urgency.LATE)
    assert said(planned(date(2026, 11, 16))) == ("▲ overdue 2d", Urgency.LATE)
    assert said(planned(TODAY, "14:00")) == ("Demo today 14:00", Urgency.CALM)
    assert said(planned(date(2026, 11, 20)), "zh_CN") == ("Demo 周五", Urgency.CALM)
    hot = replace(CARD, waiting=True, hot_since=NOW - 2 * 60 * 60 * 1000)
    assert said(hot) == ("hot · 2 h waiting", Urgency.LATE)


def test_a_closed_stage_wants_no_next_step() -> None:
    won = replace(STAGE, kind=StageKind.WON)
    assert str(card_words.next_step(CARD, won, NOW, TODAY, "en")) == ""


def test_rot_rests_while_a_next_step_is_planned() -> None:
    def aged(card: Card, days: int) -> tuple[str, Urgency]:
        old = replace(card, stage_since=NOW - days * DAY, touched_at=NOW - days * DAY, touched="call")
        line = card_words.time_in_stage(old, STAGE, NOW, TODAY, "en")
        return line.tail, line.urgency

    assert aged(CARD, 3) == ("3d", Urgency.CALM)
    assert aged(CARD, 11) == ("◷ 8d", Urgency.SOON)  # worked days
    assert aged(CARD, 31) == ("◷ 23d", Urgency.LATE)
    assert aged(planned(date(2026, 12, 1)), 31) == ("31d", Urgency.CALM)
    assert aged(planned(date(2026, 11, 1)), 31) == ("◷ 23d", Urgency.LATE)


def test_a_touch_sets_the_clock_back_and_is_told() -> None:
    playbook = shipped("default")
    old = replace(CARD, stage_since=NOW - 31 * DAY, touched_at=NOW - 2 * DAY, touched="call")
    assert card_words.time_in_stage(old, STAGE, NOW, TODAY, "en") == card_words.Line("", "31d", Urgency.CALM)
    waits = "Untouched for 2 of 7 working days. Last touched: call, 16 Nov."
    assert card_words.rot_words(old, playbook, TODAY, "en") == waits
    rotten = replace(old, touched_at=NOW - 15 * DAY, touched="note")
    told = card_words.rot_words(rotten, playbook, TODAY, "zh_CN")
    assert "停滞" in told
    assert "11月3日" in told
    assert told in card_words.spoken(rotten, playbook, NOW, TODAY, "zh_CN")
    assert told in card_words.whole(rotten, playbook, NOW, TODAY, "zh_CN")
    held = replace(planned(date(2026, 11, 20)), touched_at=NOW - 15 * DAY, touched="note")
    assert "planned, Fri" in card_words.rot_words(held, playbook, TODAY, "en")


def test_nothing_is_overdue_where_it_is_over() -> None:
    late = planned(date(2026, 11, 3))
    for kind in (StageKind.WON, StageKind.LOST, StageKind.PARKED):
        stage = replace(STAGE, key="over", kind=kind)
        line = card_words.next_step(late, stage, NOW, TODAY, "en")
        assert (str(line), line.urgency) == ("Demo 3 Nov", Urgency.CALM)
        old = replace(late, stage_since=NOW - 100 * DAY)
        assert card_words.time_in_stage(old, stage, NOW, TODAY, "en").urgency is Urgency.CALM
    assert "overdue" in str(card_words.next_step(late, replace(STAGE, kind=StageKind.NURTURE), NOW, TODAY, "en"))


def test_a_parked_lead_tells_when_it_is_back() -> None:
    parked = replace(STAGE, key="parked", kind=StageKind.PARKED)
    waits = replace(planned(date(2026, 11, 3)), parked_until=date(2026, 12, 24))
    line = card_words.next_step(waits, parked, NOW, TODAY, "en")
    assert (str(line), line.urgency) == ("back 24 Dec", Urgency.CALM)
    assert str(card_words.next_step(waits, parked, NOW, TODAY, "zh_CN")) == "12月24日回来"


def test_letters_follow_the_playbook_and_the_language() -> None:
    letters = card_words.letters(shipped("default"), "yp-n", "en")
    assert letters == (
        ("B", Standing.YES),
        ("A", Standing.PARTLY),
        ("N", Standing.NOT_ASKED),
        ("T", Standing.NO),
        ("F", Standing.NOT_ASKED),
    )
    assert card_words.letters(shipped("default"), "yp-n", "zh_CN")[0][0] == "预"


def test_initials() -> None:
    assert card_words.initials("Carol White") == "CW"
    assert card_words.initials("王晓明") == "明"
    assert card_words.initials("anna@here.example") == "AN"
    assert card_words.initials("") == ""


def test_the_sentence_for_a_screen_reader_holds_everything_literally() -> None:
    spoken = card_words.spoken(CARD, shipped("default"), NOW, TODAY, "en")
    for part in (
        "<b>Anna</b>",
        "Baltic Freight",
        "46",
        "83",
        "Budget yes",
        "Timeframe no",
        "€380k",
        "no next step",
        "3d",
    ):
        assert part in spoken
