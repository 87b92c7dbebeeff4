"""One column of the board: paints the visible cards of any number, and turns mouse and wheel into signals."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from leaddesk import words
from leaddesk.ui import card_words
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.columns import BoardModel, Column
from leaddesk.ui.text import plain
from leaddesk.ui.theme import colour

#: What a dragged card is on the clipboard of a drag: its lead number as text.
MIME = "application/x-leaddesk-lead"
_SPACE = 8
#: While a card is held near an edge, the column scrolls so many pixels every so many milliseconds.
_SCROLL_STEP, _SCROLL_EVERY, _EDGE = 24, 30, 48


class ColumnView(QAbstractScrollArea):
    """The cards of one stage. It knows no keys: the board has them, since arrows lead from column to column."""

    #: A card was pressed (lead number).
    picked = Signal(int)
    #: A card was double-clicked.
    opened = Signal(int)
    #: A menu was asked for at a place on the screen.
    menu_wanted = Signal(int, QPoint)
    #: A card was dropped here.
    dropped = Signal(int)

    def __init__(self, model: BoardModel, stage: str, art: CardArt, parent: QWidget | None = None):
        super().__init__(parent)
        self.stage = stage
        self.current: int | None = None
        self.moment: Moment | None = None
        self._model, self._art = model, art
        self._pressed: tuple[int, QPoint] | None = None
        self._aimed_at = False
        self._held_at = 0
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_EVERY)
        self._scroll.timeout.connect(self._scroll_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(round(self.pitch / 3))

    # ── what stands where ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def column(self) -> Column:
        """The column's model."""
        return self._model.columns[self.stage]

    @property
    def pitch(self) -> int:
        """From the top of one card to the top of the next."""
        return round(self._art.height) + _SPACE

    @property
    def cards_on_page(self) -> int:
        """How many whole cards fit."""
        return max(1, self.viewport().height() // self.pitch)

    def index_at(self, y: int) -> int | None:
        """Which card lies at a height of the viewport."""
        index, rest = divmod(y + self.verticalScrollBar().value(), self.pitch)
        return index if 0 <= index < len(self.column.nos) and rest < self.pitch - _SPACE else None

    def rect_of(self, index: int) -> QRect:
        """Where a card lies in the viewport."""
        top = index * self.pitch - self.verticalScrollBar().value()
        return QRect(1, top, self.viewport().width() - 2, self.pitch - _SPACE)

    def visible(self) -> range:
        """The indexes that are seen, in part or whole."""
        first = self.verticalScrollBar().value() // self.pitch
        last = (self.verticalScrollBar().value() + self.viewport().height() - 1) // self.pitch
        return range(first, min(last + 1, len(self.column.nos)))

    def spoken(self, index: int) -> str:
        """A card in one sentence."""
        no = self.column.nos[index]
        self._model.fetch([no])
        card, moment = self._model.card(no), self.moment
        if card is None or moment is None:
            return ""
        return card_words.spoken(card, moment.playbook, moment.now, moment.today, moment.language)

    def whole(self, index: int) -> str:
        """What a card says with nothing cut short."""
        card, moment = self._model.card(self.column.nos[index]), self.moment
        if card is None or moment is None:
            return ""
        return card_words.whole(card, moment.playbook, moment.now, moment.today, moment.language)

    def show_index(self, index: int) -> None:
        """Scroll as little as needed to see a card whole."""
        bar, top = self.verticalScrollBar(), index * self.pitch
        if top < bar.value():
            bar.setValue(top)
        elif top + self.pitch - _SPACE > bar.value() + self.viewport().height():
            bar.setValue(top + self.pitch - _SPACE - self.viewport().height() + 2)

    def set_current(self, no: int | None) -> None:
        """Ring a card, or none."""
        if no != self.current:
            self.current = no
            self.viewport().update()

    def reorder(self) -> None:
        """Length or order changed."""
        self._measure()
        self.viewport().update()

    def redraw(self, nos: set[int]) -> None:
        """These cards look different now; only those seen are painted."""
        for index in self.visible():
            if self.column.nos[index] in nos:
                self.viewport().update(self.rect_of(index).adjusted(-1, -1, 1, 1))

    # ── painting ─────────────────────────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen, reading only cards that are not in memory."""
        seen = self.visible()
        nos = self.column.nos
        self._model.fetch(nos[index] for index in seen)
        painter = QPainter(self.viewport())
        for index in seen:
            rect = self.rect_of(index)
            if rect.intersects(event.rect()):
                self._paint_card(painter, rect, nos[index])
        if self._aimed_at:
            self._paint_aim(painter)
        painter.end()

    def _paint_card(self, painter: QPainter, rect: QRect, no: int) -> None:
        card = self._model.card(no)
        if card is None or self.moment is None:
            return
        target = self._model.pending.get(no)
        moving_to = words.pick(self._model.columns[target].stage.label, self.moment.language) if target else ""
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), self._art.pixmap(card, rect.width(), ratio, self.moment, moving_to))
        if no == self.current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 9, 9)

    def _paint_aim(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("accent"), 2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        soft = colour("accent")
        soft.setAlphaF(0.10)
        painter.setBrush(soft)
        painter.drawRoundedRect(self.viewport().rect().adjusted(1, 1, -2, -2), 10, 10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bar true."""
        super().resizeEvent(event)
        self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: cards are cached pixmaps."""
        del dx, dy
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Any height will do."""
        return QSize(271, 400)

    def _measure(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        whole = max(0, len(self.column.nos) * self.pitch - _SPACE)
        bar.setPageStep(page)
        bar.setRange(0, max(0, whole - page))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a resting pointer what a card cuts short."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.pos().y())
            told = self.whole(index) if index is not None else ""
            QToolTip.showText(event.globalPos(), plain(told), self.viewport())
            return True
        return super().viewportEvent(event)

    # ── mouse ────────────────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a card; holding it and moving drags it."""
        index = self.index_at(round(event.position().y()))
        if index is None:
            self._pressed = None
            return
        no = self.column.nos[index]
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (no, event.position().toPoint())
        self.picked.emit(no)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the mouse went far enough."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        no, start = self._pressed
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.drag(no, start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the lead."""
        index = self.index_at(round(event.position().y()))
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.column.nos[index])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the card."""
        index = self.index_at(event.pos().y())
        if index is not None:
            self.picked.emit(self.column.nos[index])
            self.menu_wanted.emit(self.column.nos[index], event.globalPos())

    def drag(self, no: int, start: QPoint) -> None:
        """Carry a card until it is dropped somewhere."""
        card = self._model.card(no)
        if card is None or self.moment is None:
            return
        carried = QDrag(self)
        data = QMimeData()
        data.setData(MIME, str(no).encode())
        carried.setMimeData(data)
        picture = self._art.pixmap(card, self.viewport().width() - 2, self.devicePixelRatioF(), self.moment)
        carried.setPixmap(_faded(picture))
        index = self.column.nos.index(no)
        carried.setHotSpot(start - self.rect_of(index).topLeft())
        carried.exec(Qt.DropAction.MoveAction)

    # ── drops ────────────────────────────────────────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a card may be dropped here."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._aim(True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Scroll when the card is held near an edge."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._held_at = round(event.position().y())
            if not self._scroll.isActive():
                self._scroll.start()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The card went elsewhere."""
        del event
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which card came."""
        self._aim(False)
        no = dropped_lead(event.mimeData())
        if no is not None:
            event.acceptProposedAction()
            self.dropped.emit(no)

    def _aim(self, aimed: bool) -> None:
        self._aimed_at = aimed
        if not aimed:
            self._scroll.stop()
        self.viewport().update()

    def _scroll_on(self) -> None:
        bar = self.verticalScrollBar()
        if self._held_at < _EDGE:
            bar.setValue(bar.value() - _SCROLL_STEP)
        elif self._held_at > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _SCROLL_STEP)


def dropped_lead(data: QMimeData) -> int | None:
    """The lead number a drag carries."""
    text = bytes(data.data(MIME).data()).decode("ascii", "replace")
    return int(text) if text.isdigit() else None


def _faded(picture: QPixmap) -> QPixmap:
    faded = QPixmap(picture.size())
    faded.setDevicePixelRatio(picture.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(0.85)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return faded
