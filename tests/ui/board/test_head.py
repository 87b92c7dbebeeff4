"""What the head of a column says where there is little room: whole sums or none."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import StageKind
from leaddesk.ui import theme
from leaddesk.ui.board.stage_head import is_over, spoken_head, weighted_words, whole_sums

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
