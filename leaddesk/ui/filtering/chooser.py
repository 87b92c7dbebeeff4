"""The chooser of conditions: type a few letters of what is wanted, or take it by digit, arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from leaddesk import words
from leaddesk.qualify.filtering.subjects import Ask
from leaddesk.qualify.filtering.tree import Where
from leaddesk.ui import figures, theme
from leaddesk.ui.filtering.offers import Offer, Offers
from leaddesk.ui.text import Text

ROW_HEIGHT = 34
WIDTH = 460
#: The keyboard rests so long on a line before it is counted, in milliseconds.
_REST = 120
_LINES = 11
#: What is chosen among few by digit; elsewhere figures are typed.
_BY_DIGIT = frozenset({Ask.CHOICE, Ask.STANDING, Ask.YES_NO})

Index = QModelIndex | QPersistentModelIndex


class _Lines(QAbstractListModel):
    """The offers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[Offer] = []
        self.by_digit = False

    def show_offers(self, offers: list[Offer], *, by_digit: bool) -> None:
        self.beginResetModel()
        self.offers, self.by_digit = offers, by_digit
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return offer
        return offer.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class _LinePainter(QStyledItemDelegate):
    """Draws an offer: its digit where one takes it, its words, an arrow where more comes after it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(WIDTH, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        offer = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(6, 1, -6, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(box, 8, 8)
        left = box.left() + 12
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        if isinstance(model, _Lines) and model.by_digit and index.row() < 9:
            painter.setFont(theme.font(11))
            painter.setPen(theme.colour("faint"))
            painter.drawText(QRect(left, box.top(), 14, box.height()), middle, str(index.row() + 1))
            left += 20
        painter.setFont(theme.font(13))
        painter.setPen(theme.colour("text"))
        room = box.right() - left - 28
        shown = painter.fontMetrics().elidedText(offer.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, box.top(), room, box.height()), middle, shown)
        if offer.opens:
            painter.drawPixmap(box.right() - 22, box.center().y() - 7, theme.pixmap("chevron-right", "faint", 14))
        painter.restore()


class Chooser(QFrame):
    """Lies over the window beneath `anchor`. `chosen(where, more)`: `more` when another is to follow; `closed()`.

    `count` is asked for how many leads a condition would leave: it gets the condition and what takes the answer.
    """

    chosen = Signal(object, bool)
    closed = Signal()

    def __init__(self, anchor: QWidget, count: Callable[[Where, Callable[[int], object]], object]) -> None:
        super().__init__(anchor.window())
        self._window = anchor.window()
        self._anchor = anchor
        self._count = count
        self._offers: Offers | None = None
        self._language = words.FALLBACK
        self._subject = ""
        self._corner = QPoint()
        self._before: QWidget | None = None
        self.setProperty("kind", "palette")
        self.field = QLineEdit()
        self.field.setProperty("kind", "palette")
        self.lines = _Lines(self)
        self.list = QListView()
        self.list.setProperty("kind", "hits")
        self.list.setModel(self.lines)
        self.list.setItemDelegate(_LinePainter(self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._take(index.row(), more=False))
        self.told = Text(kind="small")
        self.told.setContentsMargins(16, 0, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.told)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask_count)
        self._warming: Iterator[None] = iter(())
        self._warm = QTimer(self)
        self._warm.timeout.connect(self._warm_up)
        self.field.textChanged.connect(lambda _text: self._find())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._rest.start())
        self.field.installEventFilter(self)
        self._window.installEventFilter(self)
        self.hide()

    # ── open and close ───────────────────────────────────────────────────────────────────────────────────────────

    def open(self, offers: Offers, language: str, *, anchor: QWidget, subject: str = "") -> None:
        """Come up beneath a widget with the cursor in the field; with a subject, among its values."""
        self._anchor = anchor
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self._offers, self._language = offers, language
        self._subject = subject if subject in offers.subjects else ""
        self.list.setAccessibleName(self._say("offers"))
        self.field.clear()
        self._find()
        self._warming = offers.warming()
        self._warm.start()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def supply(self, offers: Offers) -> None:
        """Other values to offer, come in the meantime."""
        self._offers = offers
        if self.isVisible():
            self._find()

    def put_away(self) -> None:
        """Close, and give the focus back."""
        self._rest.stop()
        self._warm.stop()
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "filters", key, **details)

    def _find(self) -> None:
        if self._offers is None:
            return
        text = self.field.text().strip()
        subject = self._offers.subjects.get(self._subject)
        name = f"{self._offers.here.subject(self._subject)}: " if subject is not None else ""
        hint = self._say(f"hint_{subject.ask}" if subject is not None else "hint")
        self.field.setPlaceholderText(name + hint)
        self.field.setAccessibleName(name + hint)
        by_digit = not text and subject is not None and subject.ask in _BY_DIGIT
        self.lines.show_offers(self._offers.find(text, self._subject), by_digit=by_digit)
        if self.lines.offers:
            self.list.setCurrentIndex(self.lines.index(0))
        self._tell(None)
        self._place()

    def _warm_up(self) -> None:
        """A little while nobody types."""
        if next(self._warming, self) is self:
            self._warm.stop()

    def _ask_count(self) -> None:
        offer = self._current()
        if offer is None or offer.where is None:
            self._tell(None)
            return
        where = offer.where

        def counted(number: int) -> None:
            now = self._current()
            if now is not None and now.where == where and self.isVisible():
                self._tell(number)

        self._count(where, counted)

    def _tell(self, number: int | None) -> None:
        """How many the current line would leave, and the keys."""
        keys = self._say("nothing_offered") if not self.lines.offers else self._say("keys")
        if number is not None:
            many = words.say(self._language, "leads", "count", n=number if number == 1 else figures.count(number))
            keys = f"{many} · {keys}"
        self.told.setText(keys)

    def _current(self) -> Offer | None:
        row = self.list.currentIndex().row()
        return self.lines.offers[row] if 0 <= row < len(self.lines.offers) else None

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _take(self, row: int, *, more: bool) -> None:
        if not 0 <= row < len(self.lines.offers):
            return
        offer = self.lines.offers[row]
        if offer.opens:
            self._subject = offer.opens
            self.field.clear()
            self._find()
            return
        if more:
            self._subject = ""
            self.field.clear()
            self._find()
        else:
            self.put_away()
        self.chosen.emit(offer.where, more)

    def _move(self, by: int) -> None:
        last = len(self.lines.offers) - 1
        if last >= 0:
            self.list.setCurrentIndex(self.lines.index(min(max(self.list.currentIndex().row() + by, 0), last)))

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._take(self.list.currentIndex().row(), more=bool(more))
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Backspace and not self.field.text() and self._subject):
            self._back(key)
        elif self.lines.by_digit and event.text() in set("123456789"):
            self._take(int(event.text()) - 1, more=False)
        else:
            return False
        return True

    def _back(self, key: Qt.Key) -> None:
        """Escape leaves; Backspace goes back to all subjects."""
        if key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            self._subject = ""
            self._find()

    # ── place ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        room = self._window.rect()
        if shiboken6.isValid(self._anchor):  # a chip may be gone once it was changed
            self._corner = self._anchor.mapTo(self._window, QPoint(0, self._anchor.height() + 4))
        corner = self._corner
        width = min(WIDTH, room.width() - 40)
        fits = max(3, (room.height() - corner.y() - 110) // ROW_HEIGHT)
        lines = min(len(self.lines.offers), _LINES, fits)
        self.list.setFixedHeight(lines * ROW_HEIGHT + 8)
        left = min(corner.x(), room.width() - width - 16)
        self.setGeometry(left, corner.y(), width, 92 + lines * ROW_HEIGHT + 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter, digits and Escape; a click elsewhere puts the chooser away."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                QTimer.singleShot(0, self, self._lost_focus)
        elif watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _lost_focus(self) -> None:
        if self.isVisible() and not self.field.hasFocus() and QApplication.activeWindow() is not None:
            self._before = None
            self.put_away()
