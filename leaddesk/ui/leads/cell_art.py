"""Paints the cells of the table: words, figures, the strip of letters, checks, and a frame round the current cell."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from leaddesk.ui import theme
from leaddesk.ui.kit import painting
from leaddesk.ui.leads.cells import Cell
from leaddesk.ui.leads.columns import CHECK, NAME
from leaddesk.ui.leads.table_model import LeadTableModel
from leaddesk.ui.text import plain
from leaddesk.ui.theme import colour

ROW = 36
_STRIP_GAP = 0.0
_TO_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_TO_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints cells itself: asking a style for each would cost several frames a page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._plain, self._bold = theme.font(), theme.font(medium=True)
        self._metrics = QFontMetrics(self._plain), QFontMetrics(self._bold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, colour("accent-soft"))
        model = index.model()
        if not isinstance(model, LeadTableModel):
            return
        column, cells = model.columns[index.column()], model.cells(index.row())
        if column.key == CHECK:
            paint_check(painter, box, chosen)
        elif cells is not None:
            self._paint_cell(painter, box, cells[index.column()], column.right)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and column.key not in (CHECK, NAME):
            _frame(painter, box)

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, right: bool) -> None:
        if cell.letters:
            ratio = painter.device().devicePixelRatio()
            strip = _strip(cell.letters, ratio, theme.current().name)
            painter.drawPixmap(box.left() + 8, box.top() + (box.height() - round(painting.LETTER_HEIGHT)) // 2, strip)
            return
        inside = box.adjusted(8, 0, -8, 0)
        metrics = self._metrics[cell.bold]
        tail = f" {cell.tail}" if cell.text and cell.tail else cell.tail
        room = inside.width() - metrics.horizontalAdvance(tail)
        if room < 0:  # not even what says how late it is has room
            shown = metrics.elidedText(tail.strip(), Qt.TextElideMode.ElideRight, inside.width())
        else:
            shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room) + tail
        painter.setFont(self._bold if cell.bold else self._plain)
        painter.setPen(colour(cell.role))
        painter.drawText(inside, _TO_RIGHT if right else _TO_LEFT, shown)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell a resting pointer what is cut short, what the letters stand for, and a score to its tenth."""
        del option
        model = index.model()
        cells = model.cells(index.row()) if isinstance(model, LeadTableModel) else None
        if event.type() != QEvent.Type.ToolTip or cells is None or not isinstance(model, LeadTableModel):
            return False
        told = model.told(index)
        cell = cells[index.column()]
        if not told and self._metrics[cell.bold].horizontalAdvance(cell.words) > view.visualRect(index).width() - 16:
            told = cell.words
        QToolTip.showText(event.globalPos(), plain(told), view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed rows."""
        del option
        return QSize(_least(index), ROW)


@lru_cache(maxsize=512)
def _strip(letters: tuple[painting.Letter, ...], ratio: float, theme_name: str) -> QPixmap:
    """A strip as a picture; there are far fewer different ones than leads."""
    del theme_name  # only a part of the key
    width, height = painting.strip_width(len(letters), _STRIP_GAP), painting.LETTER_HEIGHT
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painting.draw_strip(painter, 0, 0, letters, _STRIP_GAP)
    painter.end()
    return picture


def paint_check(painter: QPainter, box: QRect, chosen: bool) -> None:
    """The check of a row at the left of a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = 14
    square = QRect(box.left() + 10, box.center().y() - size // 2, size, size)
    painter.setPen(QPen(colour("accent" if chosen else "open"), 1.5))
    painter.setBrush(colour("accent") if chosen else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, 4, 4)
    if chosen:
        painter.setPen(QPen(colour("on-accent"), 1.8))
        left, top = square.left(), square.top()
        painter.drawPolyline([QPoint(left + 3, top + 7), QPoint(left + 6, top + 10), QPoint(left + 11, top + 4)])
    painter.restore()


def _frame(painter: QPainter, box: QRect) -> None:
    """Round the cell that keys change."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("accent"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(1.5, 2.5, -1.5, -3.5), 5, 5)
    painter.restore()


def _least(index: Index) -> int:
    model = index.model()
    return model.columns[index.column()].least if isinstance(model, LeadTableModel) else 0
