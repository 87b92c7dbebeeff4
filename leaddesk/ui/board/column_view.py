"""One column of the board: paints the visible cards of any number, and turns mouse and wheel into signals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from leaddesk import words
from leaddesk.ui import card_words, theme
from leaddesk.ui.board.card_art import CardArt, Moment
from leaddesk.ui.board.carrying import MIME, carried_leads, carry
from leaddesk.ui.board.columns import BoardModel, Column
from leaddesk.ui.board.head_words import whole_sums
from leaddesk.ui.board.layout import Layout, Piles
from leaddesk.ui.board.selection import Selection
from leaddesk.ui.text import plain
from leaddesk.ui.theme import colour

#: The height of the line over a swimlane.
LINE = 30
#: While a card is held near an edge, the column scrolls so many pixels every so many milliseconds.
_SCROLL_STEP, _SCROLL_EVERY, _EDGE = 24, 30, 48
_ROUND = 9.0


class ColumnView(QAbstractScrollArea):
    """The cards of one stage. It knows no keys: the board has them, since arrows lead from column to column."""

    #: A card was pressed (lead number), with the keys held meanwhile.
    picked = Signal(int, object)
    #: A card was double-clicked.
    opened = Signal(int)
    #: A menu was asked for at a place on the screen.
    menu_wanted = Signal(int, QPoint)
    #: Cards (lead numbers) were dropped here: in which swimlane, before which index.
    dropped = Signal(list, int, int)
    #: The line over a swimlane was pressed.
    lane_pressed = Signal(int)

    def __init__(
        self, model: BoardModel, stage: str, art: CardArt, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stage = stage
        self.current: int | None = None
        self.moment: Moment | None = None
        #: The words over each swimlane, where this column is the one that shows them.
        self.lane_words: Callable[[int], str] | None = None
        #: The same words, whichever column shows them.
        self.words_over: Callable[[int], str] = lambda _place: ""
        self._model, self._art, self._selection = model, art, selection
        self.piles = Piles(Layout(self.pitch), (0,))
        self._pressed: tuple[int, QPoint] | None = None
        self._gap: int | None = None
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

    # ── what stands where ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def column(self) -> Column:
        """The column's model."""
        return self._model.columns[self.stage]

    @property
    def pitch(self) -> int:
        """From the top of one card to the top of the next."""
        return self._art.pitch

    @property
    def cards_on_page(self) -> int:
        """How many whole cards fit."""
        return max(1, self.viewport().height() // self.pitch)

    def set_piles(self, piles: Piles) -> None:
        """Order, number or height of cards changed."""
        self.piles = piles
        self._measure()
        self.viewport().update()

    def index_at(self, y: int) -> int | None:
        """Which card lies at a height of the viewport."""
        index = self.piles.index_at(y + self.verticalScrollBar().value())
        if index is None or index >= len(self.column.nos) or not self.rect_of(index).contains(QPoint(2, y)):
            return None
        return index

    def nearest(self, y: int) -> int | None:
        """The card nearest to a height of the viewport."""
        return self.piles.nearest(y + self.verticalScrollBar().value())

    def rect_of(self, index: int) -> QRect:
        """Where a card lies in the viewport."""
        top = self.piles.top_of(index) - self.verticalScrollBar().value()
        return QRect(1, top, self.viewport().width() - 2, self._art.box)

    def visible(self) -> Sequence[int]:
        """The indexes that are seen, in part or whole."""
        top = self.verticalScrollBar().value()
        seen = self.piles.between(top, top + self.viewport().height())
        return [index for index in seen if index < len(self.column.nos)]

    def spoken(self, index: int) -> str:
        """A card in one sentence."""
        no = self.column.nos[index]
        self._model.fetch([no])
        card, moment = self._model.card(no), self.moment
        if card is None or moment is None:
            return ""
        return card_words.spoken(card, moment.playbook, moment.now, moment.today, moment.language)

    @property
    def swimlanes(self) -> int:
        """How many lines over swimlanes this column shows; none where another one does."""
        return len(self._model.lanes) if self.lane_words is not None else 0

    def standing_of(self, index: int) -> str:
        """In which stage a card stands, and where there are swimlanes in which."""
        if self.moment is None:
            return ""
        stage = words.pick(self.column.stage.label, self.moment.language)
        swimlane = self.words_over(self.piles.lane_of(index)).lstrip("▸▾ ") if self._model.lanes else ""
        return f"{stage}. {swimlane}" if swimlane else stage

    def is_selected(self, index: int) -> bool:
        """Whether a card is among those that are done something with together."""
        return self.column.nos[index] in self._selection

    def whole(self, index: int) -> str:
        """What a card says with nothing cut short."""
        card, moment = self._model.card(self.column.nos[index]), self.moment
        if card is None or moment is None:
            return ""
        return card_words.whole(card, moment.playbook, moment.now, moment.today, moment.language)

    def show_index(self, index: int) -> None:
        """Scroll as little as needed to see a card whole, under the line of its swimlane."""
        bar, top = self.verticalScrollBar(), self.piles.top_of(index)
        if top - self.piles.layout.line < bar.value():
            bar.setValue(top - self.piles.layout.line)
        elif top + self._art.box > bar.value() + self.viewport().height():
            bar.setValue(top + self._art.box - self.viewport().height() + 2)

    def set_current(self, no: int | None) -> None:
        """Ring a card, or none."""
        if no != self.current:
            self.current = no
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
        if self.piles.layout.line:
            self._paint_lines(painter)
        if self._gap is not None:
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
        if no in self._selection:
            self._paint_selected(painter, rect)
        if no == self.current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), _ROUND, _ROUND)

    def _paint_selected(self, painter: QPainter, rect: QRect) -> None:
        """A tint, a border and a tick: not by colour alone."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        soft = colour("accent")
        soft.setAlphaF(0.12)
        painter.setBrush(soft)
        painter.setPen(QPen(colour("accent"), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        badge = QRectF(rect.right() - 13, rect.top() + 1, 13, 13)
        painter.drawEllipse(badge)
        painter.drawPixmap(badge.adjusted(2, 2, 0, 0).topLeft(), theme.pixmap("check", "on-accent", 9))

    def _paint_lines(self, painter: QPainter) -> None:
        """The line over each swimlane; that of the one on top stays in sight."""
        top = self.verticalScrollBar().value()
        for lane, height in self.piles.lines(top, top + self.viewport().height()):
            y = max(0, height - top)
            nexts = self.piles.lane_top(lane + 1)
            if nexts is not None:
                y = min(y, nexts - top - LINE)
            box = QRect(0, y, self.viewport().width(), LINE)
            painter.fillRect(box, colour("ground"))
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(box.left(), box.bottom() - 2, box.right(), box.bottom() - 2)
            if self.lane_words is not None:
                painter.setFont(theme.font(12, medium=True))
                painter.setPen(colour("mute"))
                told, metrics, room = self.lane_words(lane), painter.fontMetrics(), box.width() - 8
                text = whole_sums(told, metrics, room) or metrics.elidedText(told, Qt.TextElideMode.ElideRight, room)
                painter.drawText(box.adjusted(4, 0, -4, -3), int(_WORDS), text)

    def _paint_aim(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("accent"), 2)
        if self._model.arranged and self._gap is not None:
            y = max(1, self._gap - self.verticalScrollBar().value() - self._art.gap // 2)
            painter.setPen(pen)
            painter.drawLine(6, y, self.viewport().width() - 6, y)
            return
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
        bar.setSingleStep(max(12, round(self.pitch / 3)))
        bar.setPageStep(page)
        bar.setRange(0, max(0, self.piles.layout.height - self._art.gap - page))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a resting pointer what a card, or the line over a swimlane, cuts short."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index, lane = self.index_at(event.pos().y()), self.line_at(event.pos().y())
            told = self.whole(index) if index is not None else ""
            if lane is not None and self.lane_words is not None:
                told = self.lane_words(lane).lstrip("▸▾ ")
            QToolTip.showText(event.globalPos(), plain(told), self.viewport())
            return True
        return super().viewportEvent(event)

    # ── mouse ────────────────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a card; holding it and moving drags it."""
        y = round(event.position().y())
        index = self.index_at(y)
        self._pressed = None
        if index is None:
            lane = self.line_at(y)
            if lane is not None:
                self.lane_pressed.emit(lane)
            return
        no = self.column.nos[index]
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (no, event.position().toPoint())
        self.picked.emit(no, event.modifiers())

    def line_at(self, y: int) -> int | None:
        """The swimlane whose line lies at a height of the viewport."""
        if not self.piles.layout.line:
            return None
        top = self.verticalScrollBar().value()
        on_line = (lane for lane, height in self.piles.lines(top, top + self.viewport().height()))
        return next((lane for lane in on_line if 0 <= y - max(0, (self.piles.lane_top(lane) or 0) - top) < LINE), None)

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
        """Offer what can be done with the card, or with all that are selected where it is one of them."""
        index = self.index_at(event.pos().y())
        if index is not None:
            no = self.column.nos[index]
            if no not in self._selection:
                self.picked.emit(no, Qt.KeyboardModifier.NoModifier)
            self.menu_wanted.emit(no, event.globalPos())

    def drag(self, no: int, start: QPoint) -> None:
        """Carry a card, or all that are selected with it, until they are dropped somewhere."""
        card = self._model.card(no)
        if card is None or self.moment is None or no not in self.column.nos:
            return
        picture = self._art.pixmap(card, self.viewport().width() - 2, self.devicePixelRatioF(), self.moment)
        together = self._selection.nos if no in self._selection else (no,)
        carry(self, together, picture, start - self.rect_of(self.column.nos.index(no)).topLeft())

    # ── drops ────────────────────────────────────────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a card may be dropped here."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._aim(round(event.position().y()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Scroll when the card is held near an edge."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self._held_at = round(event.position().y())
            self._aim(self._held_at)
            if not self._scroll.isActive():
                self._scroll.start()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The card went elsewhere."""
        del event
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which cards came, and where they were let go."""
        lane, index, _ = self.piles.insertion(round(event.position().y()) + self.verticalScrollBar().value())
        self._aim(None)
        nos = carried_leads(event.mimeData())
        if nos:
            event.acceptProposedAction()
            self.dropped.emit(nos, lane, index)

    def _aim(self, y: int | None) -> None:
        """Show where a card held at a height would go; None: it is held no longer."""
        self._gap = None if y is None else self.piles.insertion(y + self.verticalScrollBar().value())[2]
        if y is None:
            self._scroll.stop()
        self.viewport().update()

    def _scroll_on(self) -> None:
        bar = self.verticalScrollBar()
        if self._held_at < _EDGE:
            bar.setValue(bar.value() - _SCROLL_STEP)
        elif self._held_at > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _SCROLL_STEP)


_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
