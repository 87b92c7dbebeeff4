"""The head of a wide column: name, true count, value per currency, what entering asks."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from leaddesk import words
from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.ui import figures, theme
from leaddesk.ui.board.head_words import (
    gate_words,
    head_words,
    is_over,
    spoken_head,
    total_words,
    weighted_words,
    whole_sums,
)
from leaddesk.ui.text import set_tooltip
from leaddesk.ui.theme import colour

#: What entering asks may be cut, but never to less than this share of the line it stands on beside a sum.
_ENTRY_SHARE = 0.5
#: Space on the left, on the right (as far as cards beside a scroll bar reach), and after each of the words.
_LEFT, _RIGHT, _AFTER_NAME, _AFTER_COUNT, _AFTER_ENTRY = 4, 14, 6, 8, 10


@dataclass(frozen=True, slots=True)
class HeadLines:
    """Which sums stand on lines of their own, since there is no room for all of them beside other words."""

    sums: bool = False
    weighted: bool = False


class StageHead(QAbstractButton):
    """The head of a wide column; a click folds it. `wants_lines()`: `wanted` changed, or whether it is seen."""

    wants_lines = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._name = self._count = self._sums = self._entry = self._weighted = ""
        self._current = self._over = False
        self._lines = self._wanted = HeadLines()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tell(self, total: ColumnTotal | None, language: str) -> None:
        """Show what a column holds."""
        self._name = words.pick(self._stage.label, language)
        leads = total.leads if total is not None else 0
        limit = self._stage.limit
        self._over = is_over(self._stage, total)
        self._count = f"{figures.count(leads)} / {limit}" if limit else figures.count(leads)
        if self._over:
            self._count = f"▲ {self._count}"
        self._sums = total_words(total, language)
        self._entry = gate_words(self._stage, language)
        self._weighted = weighted_words(self._stage, total, language)
        self.setAccessibleName(spoken_head(self._stage, total, language))
        self.setAccessibleDescription("\n".join(part for part in (self._weighted, self._entry) if part))
        set_tooltip(self, head_words(self._stage, total, language))
        self._measure()
        self.update()

    def set_current(self, current: bool) -> None:
        """Underline the name of the column the keyboard is in."""
        if current != self._current:
            self._current = current
            self.update()

    # ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def wanted(self) -> HeadLines:
        """The lines it needs to show all its sums at its width."""
        return self._wanted

    def set_lines(self, lines: HeadLines) -> None:
        """Take as many lines as the heads beside it: cards of all columns begin at one height."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def _measure(self) -> None:
        bold, small, smaller = (QFontMetrics(font) for font in _fonts())
        taken = bold.horizontalAdvance(self._name) + _AFTER_NAME + small.horizontalAdvance(self._count) + _AFTER_COUNT
        entry = min(smaller.horizontalAdvance(self._entry) + _AFTER_ENTRY, round(self._room * _ENTRY_SHARE))
        wanted = HeadLines(
            bool(self._sums) and taken + small.horizontalAdvance(self._sums) > self._room,
            bool(self._entry) and entry + smaller.horizontalAdvance(self._weighted) > self._room,
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self.wants_lines.emit()

    @property
    def _room(self) -> int:
        return self.width() - _LEFT - _RIGHT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want other lines."""
        super().resizeEvent(event)
        self._measure()

    def sizeHint(self) -> QSize:
        """Two lines high, and one more for each sum that has its own."""
        own = [QFontMetrics(font) for on, font in zip(astuple(self._lines), _fonts()[1:], strict=True) if on]
        return QSize(200, 2 * QFontMetrics(theme.font()).height() + 8 + sum(metrics.height() for metrics in own))

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and count on the left, sums on the right or beneath, the gate below."""
        del event
        painter = QPainter(self)
        bold, small, smaller = _fonts()
        line = QFontMetrics(bold).height()
        row = QRect(_LEFT, 2, self._room, line)
        count_width = QFontMetrics(small).horizontalAdvance(self._count)
        name_width = min(QFontMetrics(bold).horizontalAdvance(self._name), row.width() - count_width - _AFTER_NAME)
        name = QRect(row.left(), row.top(), name_width + 2, line)
        self._text(painter, name, self._name, bold, "accent" if self._current else "text")
        rest = row.adjusted(name_width + _AFTER_NAME, 0, 0, 0)
        self._text(painter, rest, self._count, small, "not-met" if self._over else "mute")
        if self._lines.sums:
            row = self._own_line(painter, row, self._sums, small)
        else:
            rest = rest.adjusted(count_width + _AFTER_COUNT, 0, 0, 0)
            shown = whole_sums(self._sums, QFontMetrics(small), rest.width())
            self._text(painter, rest, shown, small, "mute", Qt.AlignmentFlag.AlignRight)
        if self._lines.weighted and self._weighted:
            row = self._own_line(painter, row, self._weighted, smaller)
        below = QRect(row.left(), row.bottom() + 2, row.width(), QFontMetrics(smaller).height())
        self._paint_below(painter, below, smaller)
        painter.end()

    def _own_line(self, painter: QPainter, above: QRect, sums: str, font: QFont) -> QRect:
        """Sums on a line of their own; where that is."""
        line = QRect(above.left(), above.bottom() + 1, above.width(), QFontMetrics(font).height())
        self._text(painter, line, whole_sums(sums, QFontMetrics(font), line.width()), font, "mute")
        return line

    def _paint_below(self, painter: QPainter, below: QRect, font: QFont) -> None:
        """What entering asks on the left; on the right the weighted sum, unless it has a line of its own."""
        if self._weighted and not self._lines.weighted:
            room = round(below.width() * (1 - _ENTRY_SHARE)) if self._entry else below.width()
            entry = QFontMetrics(font).horizontalAdvance(self._entry) + _AFTER_ENTRY
            weighted = whole_sums(self._weighted, QFontMetrics(font), max(room, below.width() - entry))
            self._text(painter, below, weighted, font, "mute", Qt.AlignmentFlag.AlignRight)
            below = below.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(weighted) - _AFTER_ENTRY, 0)
        self._text(painter, below, self._entry, font, "faint")

    def _text(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        font: QFont,
        role: str,
        where: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(where | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def _fonts() -> tuple[QFont, QFont, QFont]:
    """For the name, for count and sums, for what stands below."""
    return theme.font(bold=True), theme.font(12), theme.font(11)
