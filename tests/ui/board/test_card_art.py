"""Tests of cards as they are drawn: what is drawn into a kept picture is what drawing it anew would give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from leaddesk.db.reader import parsed
from leaddesk.db.records import Card
from leaddesk.qualify.terms import Money, Temperature
from leaddesk.resources import text_of
from leaddesk.ui.board.card_art import CardArt, Density, Moment

_NOW = 1_750_000_000_000
_CARD = Card(
    id="l1",
    no=1,
    title="Anna Kowalska of the longest family name there is in all of Pomerania",
    company="Baltic Freight",
    job="",
    stage="discovery",
    stage_since=_NOW - 9 * 86_400_000,
    score=523,
    up_to=805,
    strip="ypn-e",
    value=Money(3_000_000, "EUR"),
    next_step=None,
    temperature=Temperature.WARM,
    hot_since=None,
    waiting=False,
    source="Trade fair",
    owner="Carol White",
    lifecycle="mql",
    external_id="",
    do_not_call=False,
)


def _moment(**other: object) -> Moment:
    read = parsed(text_of("playbooks", "default.toml"))
    return replace(Moment(read, _NOW, date(2025, 6, 15), "en"), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("score", "up_to"), [(523, 805), (529, 700), (578, 999), (998, 1000), (12, 12), (0, 400)])
def test_another_score_is_drawn_into_the_picture_as_drawing_it_anew_would(
    qapp: QApplication, density: Density, ratio: float, score: int, up_to: int
) -> None:
    card = replace(_CARD, score=score, up_to=up_to)
    kept, fresh = CardArt(density), CardArt(density)
    kept.pixmap(_CARD, 271, ratio, _moment())
    assert kept.pixmap(card, 271, ratio, _moment()).toImage() == fresh.pixmap(card, 271, ratio, _moment()).toImage()


def test_a_card_that_says_the_same_is_not_drawn_again(qapp: QApplication) -> None:
    art = CardArt()
    first = art.pixmap(_CARD, 271, 1, _moment())
    assert art.pixmap(replace(_CARD), 271, 1, _moment(now=_NOW + 1)).cacheKey() == first.cacheKey()


@pytest.mark.parametrize("card", [replace(_CARD, title="Anna"), replace(_CARD, strip="yyyyy", score=600)])
def test_a_card_that_says_something_else_is_drawn_anew(qapp: QApplication, card: Card) -> None:
    kept, fresh = CardArt(), CardArt()
    kept.pixmap(_CARD, 271, 1, _moment())
    assert kept.pixmap(card, 271, 1, _moment()).toImage() == fresh.pixmap(card, 271, 1, _moment()).toImage()


@pytest.mark.parametrize("other", [{"language": "zh_CN"}, {"now": _NOW + 3_600_000 * 30, "today": date(2025, 6, 17)}])
def test_another_language_and_another_day_draw_all_anew(qapp: QApplication, other: dict[str, object]) -> None:
    kept, fresh = CardArt(), CardArt()
    kept.pixmap(_CARD, 271, 1, _moment())
    moment = _moment(**other)
    assert kept.pixmap(_CARD, 271, 1, moment).toImage() == fresh.pixmap(_CARD, 271, 1, moment).toImage()
