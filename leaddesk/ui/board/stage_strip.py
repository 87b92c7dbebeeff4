"""A column folded to a strip: its count and its name, downwards."""

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
from leaddesk.ui import figures, theme
from leaddesk.ui.board.carrying import MIME, carried_leads
from leaddesk.ui.board.head_words import head_words, is_over, spoken_head
from leaddesk.ui.text import set_tooltip
from leaddesk.ui.theme import colour

STRIP_WIDTH = 34


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
        self.setAccessibleDescription(words.say(language, "board", "folded"))
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
