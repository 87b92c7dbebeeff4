"""What the head of a column says where there is little room: whole sums, if need be on lines of their own."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.ui import theme
from leaddesk.ui.board.head_words import is_over, spoken_head, weighted_words, whole_sums
from leaddesk.ui.board.stage_head import HeadLines, StageHead
from tests.drivers import WindowDriver
from tests.ui.board.hands import Board

STAGE = Stage("sql", {"en": "SQL", "zh_CN": "SQL"}, StageKind.OPEN, limit=2, probability=40)


def test_no_sum_is_cut(qtbot: QtBot) -> None:
    assert qtbot
    metrics = QFontMetrics(theme.font(12))
    sums = "Weighted ¥160k · €64k · $5k"
    seen = {whole_sums(sums, metrics, room) for room in range(400)}
    assert seen == {sums, "Weighted ¥160k · €64k · …", "Weighted ¥160k · …", ""}
    assert all(metrics.horizontalAdvance(whole_sums(sums, metrics, room)) <= room for room in range(1, 400))
    assert whole_sums("", metrics, 100) == ""


def test_sums_are_weighted_by_the_chance_of_the_stage_and_never_added_up() -> None:
    total = ColumnTotal("sql", 3, {"EUR": 100_000_00, "CNY": 50_000_00})
    assert weighted_words(STAGE, total, "en") == "Weighted €40k · ¥20k"
    assert weighted_words(STAGE, total, "zh_CN") == "加权 €4万 · ¥2万"
    assert is_over(STAGE, total)
    assert not is_over(STAGE, ColumnTotal("sql", 2, {}))
    assert spoken_head(STAGE, total, "en").endswith("over the limit of 2")


HUGE = ColumnTotal("sql", 240_000, {"CNY": 64 * 10**10, "EUR": 16 * 10**10, "USD": 74 * 10**9, "GBP": 31 * 10**9})


def test_sums_that_do_not_fit_beside_the_name_get_lines_of_their_own(qtbot: QtBot) -> None:
    head = StageHead(STAGE)
    qtbot.addWidget(head)
    head.resize(700, 60)
    head.tell(HUGE, "en")
    assert head.wanted == HeadLines()
    low = head.sizeHint().height()
    with qtbot.waitSignal(head.wants_lines):
        head.resize(225, 60)
        head.grab()
    assert head.wanted.sums
    head.set_lines(HeadLines(sums=True, weighted=True))
    assert head.sizeHint().height() > low
    assert "¥6.4B · €1.6B · $740M · £310M" in head.accessibleName()


def test_heads_beside_each_other_are_equally_high(sample_window: WindowDriver) -> None:
    board = Board(sample_window)
    sample_window.window.resize(1000, 700)
    QApplication.processEvents()
    heads = {key: lane.head for key, lane in board.room.lanes.lanes.items() if lane.wide}
    assert any(head.wanted.sums for head in heads.values())
    assert len({head.height() for head in heads.values()}) == 1
    before = {head.height() for head in heads.values()}
    for key, head in heads.items():
        if head.wanted.sums or head.wanted.weighted:
            board.room.lanes.fold(key, True)
    QApplication.processEvents()
    left = {head.height() for head in heads.values() if head.isVisible()}
    assert not left or max(left) < max(before)
