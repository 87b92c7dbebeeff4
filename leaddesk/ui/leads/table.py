"""The table of leads: fixed rows, a strip of letters, checks that follow the selection."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from leaddesk.db.records import Card
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import theme
from leaddesk.ui.kit import painting
from leaddesk.ui.leads.table_model import RIGHT, SORT_OF, Cell, Col, LeadTableModel
from leaddesk.ui.leads.widths import LEAST, needed, read_widths, share, written
from leaddesk.ui.text import plain
from leaddesk.ui.theme import colour, look

_ROW = 36
#: So many leads from the top are measured for the widths of columns.
_MEASURED = 60
#: So long after the last drag of a head's edge its width is kept, in milliseconds.
_SETTLED = 250
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
        return QSize(LEAST[Col(index.column())][0], _ROW)


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


def _head_words(model: LeadTableModel, column: Col) -> str:
    return str(model.headerData(column, Qt.Orientation.Horizontal) or "")


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
        self._needs: dict[Col, int] = {}
        self._by_hand = read_widths(read_settings().columns)
        self._sharing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._keep_widths)
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
        model.modelReset.connect(self.measure)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(30)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(Col.CHECK, QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.sectionClicked.connect(self._sort)
        head.sectionResized.connect(self._resized)
        head.sectionHandleDoubleClicked.connect(self._let_go)

    # ── widths ───────────────────────────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._share_width()

    def measure(self) -> None:
        """See how wide the words of the first leads are, and of the heads in this language."""
        plain, bold = (QFontMetrics(theme.font(medium=medium)) for medium in (False, True))
        head = QFontMetrics(theme.font(12, medium=True))
        model = self.rows
        longest = {column: head.horizontalAdvance(f"{_head_words(model, column)} ↓") for column in LEAST}
        for row in range(min(_MEASURED, model.rowCount())):
            for column, cell in zip(Col, model.cells(row) or (), strict=False):
                wide = (bold if cell.bold else plain).horizontalAdvance(cell.words)
                longest[column] = max(longest[column], wide)
        self._needs = {column: needed(column, wide) for column, wide in longest.items()}
        self._share_width()

    def _share_width(self) -> None:
        """Words get the room they need; what is left goes to names, companies and next steps."""
        widths = share(self.viewport().width(), self._needs, self._by_hand)
        self._sharing = True
        for column in Col:
            self.setColumnHidden(column, column not in widths)
            if column in widths:
                self.setColumnWidth(column, widths[column])
        self._sharing = False

    def _resized(self, section: int, before: int, now: int) -> None:
        """A person drags the edge of a head: this width holds, the others share what is left."""
        del before
        if self._sharing or now <= 0:
            return
        self._by_hand[Col(section)] = now
        self._settle.start()

    def _let_go(self, section: int) -> None:
        """A double click on the edge: as wide as it needs again."""
        self._by_hand.pop(Col(section), None)
        self._settle.start()

    def _keep_widths(self) -> None:
        self._share_width()
        change_settings(columns=written(self._by_hand))

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
