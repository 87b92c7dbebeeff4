"""The head of a column, wide or folded to a strip: name, true count, value per currency, what entering asks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from leaddesk import words
from leaddesk.db.records import ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.terms import Money
from leaddesk.ui import figures, theme
from leaddesk.ui.board.carrying import MIME, carried_leads
from leaddesk.ui.text import set_tooltip
from leaddesk.ui.theme import colour

STRIP_WIDTH = 34
_WEIGHTED_SHARE = 0.52
_BETWEEN = " · "


def total_words(total: ColumnTotal | None, language: str, share: int = 100) -> str:
    """The value of a column per currency, largest count of digits first, never added up across currencies."""
    if total is None:
        return ""
    sums = sorted(total.values.items(), key=lambda item: -item[1])
    return _BETWEEN.join(
        figures.short_money(Money(minor * share // 100, currency), language, digits=2)
        for currency, minor in sums
        if currency and minor
    )


def entry_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """One line under the name: what entering asks; else the value weighted by the stage's chance."""
    return gate_words(stage, language) or weighted_words(stage, total, language)


def gate_words(stage: Stage, language: str) -> str:
    """What entering a stage asks for; empty where nothing."""
    labels = [words.pick(requirement.label, language) for requirement in stage.gate]
    if not labels:
        return ""
    return words.say(language, "board", "to_enter", what=words.say(language, "board", "comma").join(labels))


def weighted_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """The value of an open stage's leads weighted by its chance, per currency; empty where there is none."""
    weighted = total_words(total, language, stage.probability) if 0 < stage.probability < 100 else ""
    return words.say(language, "board", "weighted", sums=weighted) if weighted else ""


def whole_sums(sums: str, metrics: QFontMetrics, room: int) -> str:
    """As many sums as fit, none of them cut: half a number is another number. Dots where some are left out."""
    parts = sums.split(_BETWEEN)
    for count in range(len(parts), 0, -1):
        shown = _BETWEEN.join(parts[:count] if count == len(parts) else [*parts[:count], "…"])
        if metrics.horizontalAdvance(shown) <= room:
            return shown
    return ""


def is_over(stage: Stage, total: ColumnTotal | None) -> bool:
    """Whether more leads stand in a stage than it is meant to hold."""
    return bool(stage.limit and total is not None and total.leads > stage.limit)


def spoken_head(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """A head in one sentence: name, count, whether that is too many, sums."""
    leads = total.leads if total is not None else 0
    sums = total_words(total, language)
    name = words.pick(stage.label, language)
    said = words.say(language, "board", "column_spoken", name=name, n=leads, sums=sums).rstrip(", ，")
    if not is_over(stage, total):
        return said
    return f"{said}{words.say(language, 'board', 'comma')}{words.say(language, 'board', 'over_limit', n=stage.limit)}"


def head_words(stage: Stage, total: ColumnTotal | None, language: str) -> str:
    """What a resting pointer is told of a head: count and limit, each sum, each thing the gate asks for."""
    leads = total.leads if total is not None else 0
    lines = [words.say(language, "board", "column_told", name=words.pick(stage.label, language), n=leads)]
    if stage.limit:
        lines.append(words.say(language, "board", "over_limit" if is_over(stage, total) else "limit", n=stage.limit))
    lines += [total_words(total, language), weighted_words(stage, total, language)]
    labels = [words.pick(requirement.label, language) for requirement in stage.gate]
    if labels:
        lines.append(words.say(language, "board", "to_enter", what=""))
        lines += [f"• {label}" for label in labels]
    return "\n".join(line.rstrip() for line in lines if line.strip())


class StageHead(QAbstractButton):
    """The head of a wide column; a click folds it."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._name = self._count = self._sums = self._entry = self._weighted = ""
        self._current = False
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
        self.update()

    _over = False

    def set_current(self, current: bool) -> None:
        """Underline the name of the column the keyboard is in."""
        if current != self._current:
            self._current = current
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        metrics = QFontMetrics(theme.font())
        return QSize(200, 2 * metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name and count on the left, sums on the right, the gate below."""
        del event
        painter = QPainter(self)
        bold, small, smaller = theme.font(bold=True), theme.font(12), theme.font(11)
        line = QFontMetrics(bold).height()
        row = QRect(4, 2, self.width() - 8, line)
        name_width = min(QFontMetrics(bold).horizontalAdvance(self._name), row.width() - 60)
        self._text(
            painter,
            QRect(row.left(), row.top(), name_width + 2, line),
            self._name,
            bold,
            "accent" if self._current else "text",
        )
        left = row.left() + name_width + 6
        count_width = QFontMetrics(small).horizontalAdvance(self._count)
        self._text(
            painter,
            QRect(left, row.top(), count_width + 2, line),
            self._count,
            small,
            "not-met" if self._over else "mute",
        )
        left += count_width + 8
        self._text(
            painter,
            QRect(left, row.top(), row.right() - left, line),
            whole_sums(self._sums, QFontMetrics(small), row.right() - left),
            small,
            "mute",
            Qt.AlignmentFlag.AlignRight,
        )
        below = QRect(row.left(), row.bottom() + 2, row.width(), QFontMetrics(smaller).height())
        self._paint_below(painter, below, smaller)
        painter.end()

    def _paint_below(self, painter: QPainter, below: QRect, font: QFont) -> None:
        """What entering asks on the left; the weighted sum on the right, with less than half the room."""
        room = round(below.width() * _WEIGHTED_SHARE) if self._entry else below.width()
        weighted = whole_sums(self._weighted, QFontMetrics(font), room)
        if weighted:
            self._text(painter, below, weighted, font, "mute", Qt.AlignmentFlag.AlignRight)
            below = below.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(weighted) - 10, 0)
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


class StageStrip(QAbstractButton):
    """A column folded to a strip; a click unfolds it, and cards may be dropped on it."""

    dropped = Signal(list)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._name = self._count = ""
        self._current = self._aimed_at = self._over = False
        self.setFixedWidth(STRIP_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptDrops(True)

    def tell(self, total: ColumnTotal | None, language: str) -> None:
        """Show how many stand here."""
        self._name = words.pick(self._stage.label, language)
        leads = total.leads if total is not None else 0
        self._count = figures.short_count(leads, language)
        self._over = is_over(self._stage, total)
        self.setAccessibleName(spoken_head(self._stage, total, language))
        set_tooltip(self, head_words(self._stage, total, language))
        self.update()

    def set_current(self, current: bool) -> None:
        """Ring it while the keyboard stands on it."""
        if current != self._current:
            self._current = current
            self.update()

    def sizeHint(self) -> QSize:
        """Narrow, any height."""
        return QSize(STRIP_WIDTH, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The count on top, the name downwards."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._current or self._aimed_at
        painter.setPen(QPen(colour("accent" if marked else "line"), 2 if marked else 1))
        painter.setBrush(colour("accent-soft" if self._aimed_at else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        small, bold = theme.font(11.5), theme.font(bold=True)
        painter.setFont(small)
        painter.setPen(colour("not-met" if self._over else "mute"))
        top = 8
        height = QFontMetrics(small).height()
        painter.drawText(QRect(0, top, self.width(), height), int(Qt.AlignmentFlag.AlignCenter), self._count)
        painter.setFont(bold)
        painter.setPen(colour("text"))
        self._paint_name(painter, QPoint(self.width() // 2, top + height + 8), bold)
        painter.end()

    def _paint_name(self, painter: QPainter, at: QPoint, font: QFont) -> None:
        metrics = QFontMetrics(font)
        if any(figures.is_square(letter) for letter in self._name):  # Chinese stands upright, letter under letter
            for index, letter in enumerate(self._name):
                box = QRect(0, at.y() + index * metrics.height(), self.width(), metrics.height())
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)
            return
        painter.save()
        painter.translate(at.x(), at.y())
        painter.rotate(90)
        room = max(20, self.height() - at.y() - 8)
        text = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(0, -metrics.height() // 2, room, metrics.height()), int(Qt.AlignmentFlag.AlignVCenter), text
        )
        painter.restore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A card may be dropped here."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._aimed_at = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        del event
        self._aimed_at = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which card came."""
        self._aimed_at = False
        self.update()
        nos = carried_leads(event.mimeData())
        if nos:
            event.acceptProposedAction()
            self.dropped.emit(nos)
