"""The table of leads: fixed rows, a strip of letters, checks that follow the selection."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leaddesk.db.records import Card
from leaddesk.ui import theme
from leaddesk.ui.kit import painting
from leaddesk.ui.leads.table_model import RIGHT, SORT_OF, Cell, Col, LeadTableModel
from leaddesk.ui.theme import colour, look

_ROW = 36
_STRIP_GAP = 0.0
_TO_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_TO_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
#: The least width of each column, and its part of what is left over.
_WIDTH = {
    Col.CHECK: (34, 0),
    Col.NAME: (130, 3),
    Col.COMPANY: (116, 3),
    Col.SOURCE: (80, 1),
    Col.STAGE: (82, 1),
    Col.KNOWN: (126, 0),
    Col.SCORE: (58, 0),
    Col.UP_TO: (58, 0),
    Col.VALUE: (76, 0),
    Col.IN_STAGE: (70, 0),
    Col.NEXT_STEP: (126, 3),
}
#: Where there is little room these go first.
_SPARED = (Col.SOURCE, Col.UP_TO, Col.IN_STAGE, Col.STAGE)

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
        cells = model.cells(index.row()) if isinstance(model, LeadTableModel) else None
        if index.column() == Col.CHECK:
            _paint_check(painter, box, chosen)
        elif cells is not None:
            self._paint_cell(painter, box, cells[index.column()], index.column() in RIGHT)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, right: bool) -> None:
        if cell.letters:
            ratio = painter.device().devicePixelRatio()
            strip = _strip(cell.letters, ratio, theme.current().name)
            painter.drawPixmap(box.left() + 8, box.top() + (box.height() - round(painting.LETTER_HEIGHT)) // 2, strip)
            return
        inside = box.adjusted(8, 0, -8, 0)
        metrics = self._metrics[cell.bold]
        tail = f" {cell.tail}" if cell.text and cell.tail else cell.tail
        room = max(0, inside.width() - metrics.horizontalAdvance(tail))
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room) + tail
        painter.setFont(self._bold if cell.bold else self._plain)
        painter.setPen(colour(cell.role))
        painter.drawText(inside, _TO_RIGHT if right else _TO_LEFT, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed rows."""
        del option
        return QSize(_WIDTH[Col(index.column())][0], _ROW)


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


def _paint_check(painter: QPainter, box: QRect, chosen: bool) -> None:
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


class LeadTable(QTableView):
    """Emits `current_changed()`, `opened()` on Enter or a double click, `deleted()`, `menu_wanted(place)`."""

    current_changed = Signal()
    opened = Signal()
    deleted = Signal()
    menu_wanted = Signal(QPoint)
    #: A single letter that acts on the lead, as on the board.
    lettered = Signal(str)

    def __init__(self, model: LeadTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_no: int | None = None
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        look(self, "kind", "leads")
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        rows.hide()
        self._head()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(30)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.sectionClicked.connect(self._sort)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Names, companies and next steps get what is left over; where nothing is, the least telling columns go."""
        room = self.viewport().width()
        shown = list(Col)
        for column in _SPARED:
            if sum(_WIDTH[one][0] for one in shown) > room:
                shown.remove(column)
        left = max(0, room - sum(_WIDTH[one][0] for one in shown))
        parts = sum(_WIDTH[one][1] for one in shown) or 1
        for column in Col:
            least, part = _WIDTH[column]
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, least + left * part // parts)

    @property
    def rows(self) -> LeadTableModel:
        """The model."""
        model = self.model()
        assert isinstance(model, LeadTableModel)  # noqa: S101 - set in __init__
        return model

    def _sort(self, section: int) -> None:
        column, model = Col(section), self.rows
        if column not in SORT_OF:
            return
        same = SORT_OF[column] is model.sorted_by
        model.sort_by(column, backwards=same and not model.backwards)
        self.horizontalHeader().viewport().update()

    # ── the current lead and the chosen ones ─────────────────────────────────────────────────────────────────────

    def current_card(self) -> Card | None:
        """The card of the current row."""
        return self.rows.card(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def chosen_rows(self) -> list[int]:
        """The rows that are selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def stand_on(self, row: int) -> None:
        """Make a row the current and only chosen one."""
        index = self.rows.index(row, Col.NAME)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - named by Qt
        """Tell it."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def _remember(self) -> None:
        card = self.current_card()
        self._shown_no = card.no if card is not None else None
        self._shown_row = self.currentIndex().row()

    _shown_row = -1

    def _restore(self) -> None:
        """The same lead stays the current one; when it is gone, its neighbour."""
        model = self.rows
        row = model.row_of_no(self._shown_no) if self._shown_no is not None else None
        if row is None and self._shown_row >= 0:
            row = min(self._shown_row, len(model.nos) - 1)
        if row is not None and row >= 0:
            self.stand_on(row)
        else:
            self.current_changed.emit()

    # ── keys and mouse ───────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a check adds or takes away that row alone."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Col.CHECK and event.button() == Qt.MouseButton.LeftButton:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.selectionModel().select(index, flags.Toggle | flags.Rows)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes, Space checks, letters act as on the board."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit()
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
        elif key == Qt.Key.Key_Home:
            self.stand_on(0)
        elif key == Qt.Key.Key_End:
            self.stand_on(len(self.rows.nos) - 1)
        elif event.text() and event.text() in "/cemn.,":
            self.lettered.emit(event.text())
        elif not event.text().strip():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for the row below the mouse, or the current one."""
        where = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse and self.currentIndex().isValid():
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        if self.currentIndex().isValid():
            self.menu_wanted.emit(where)
