"""The chooser of conditions: type a few letters of what is wanted, or take it by digit, arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from leaddesk import words
from leaddesk.qualify.filtering.subjects import Ask
from leaddesk.qualify.filtering.tree import Where
from leaddesk.ui import figures, theme
from leaddesk.ui.filtering.offers import Offer, Offers
from leaddesk.ui.kit.finder import Finder, Index, LinePainter, Lines
from leaddesk.ui.text import Text

ROW_HEIGHT = 34
WIDTH = 460
#: The keyboard rests so long on a line before it is counted, in milliseconds.
_REST = 120
_LINES = 11
#: What is chosen among few by digit; elsewhere figures are typed.
_BY_DIGIT = frozenset({Ask.CHOICE, Ask.STANDING, Ask.YES_NO})


class Offered(Lines[Offer]):
    """The offers, the first of them taken by digit or not."""

    by_digit = False

    def spoken(self, line: Offer) -> str:
        """Its words."""
        return line.text


class OfferPainter(LinePainter):
    """Draws an offer: its digit where one takes it, its words, an arrow where more comes after it."""

    def draw(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Digit, words, arrow."""
        model = index.model()
        offer = index.data(Qt.ItemDataRole.UserRole)
        left = box.left() + 12
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        if isinstance(model, Offered) and model.by_digit and index.row() < 9:
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


class Chooser(Finder[Offer]):
    """Lies over the window beneath `anchor`. `chosen(where, more)`: `more` when another is to follow.

    `count` is asked for how many leads a condition would leave: it gets the condition and what takes the answer.
    """

    chosen = Signal(object, bool)

    def __init__(self, anchor: QWidget, count: Callable[[Where, Callable[[int], object]], object]) -> None:
        self._offered = Offered()
        super().__init__(anchor.window(), self._offered, OfferPainter(WIDTH, ROW_HEIGHT))
        self._anchor = anchor
        self._count = count
        self._offers: Offers | None = None
        self._language = words.FALLBACK
        self._subject = ""
        self._corner = QPoint()
        self.told = Text(kind="small")
        self.told.setContentsMargins(16, 0, 16, 2)
        self.column.addWidget(self.told)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask_count)
        self._warming: Iterator[None] = iter(())
        self._warm = QTimer(self)
        self._warm.timeout.connect(self._warm_up)
        self.field.textChanged.connect(lambda _text: self._find())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._rest.start())

    # ── open and close ───────────────────────────────────────────────────────────────────────────────────────────

    def open(self, offers: Offers, language: str, *, anchor: QWidget, subject: str = "") -> None:
        """Come up beneath a widget with the cursor in the field; with a subject, among its values."""
        self._anchor = anchor
        self._offers, self._language = offers, language
        self._subject = subject if subject in offers.subjects else ""
        self.list.setAccessibleName(self._say("offers"))
        self.field.clear()
        self._find()
        self._warming = offers.warming()
        self._warm.start()
        self.come_up(Qt.FocusReason.PopupFocusReason)

    def supply(self, offers: Offers) -> None:
        """Other values to offer, come in the meantime."""
        self._offers = offers
        if self.isVisible():
            self._find()

    def put_away(self) -> None:
        """Count and look for nothing any longer."""
        self._rest.stop()
        self._warm.stop()
        super().put_away()

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
        self._offered.by_digit = not text and subject is not None and subject.ask in _BY_DIGIT
        self.show_lines(self._offers.find(text, self._subject))
        self._tell(None)
        self.place()

    def _warm_up(self) -> None:
        """A little while nobody types."""
        if next(self._warming, self) is self:
            self._warm.stop()

    def _ask_count(self) -> None:
        offer = self.current
        if offer is None or offer.where is None:
            self._tell(None)
            return
        where = offer.where

        def counted(number: int) -> None:
            now = self.current
            if now is not None and now.where == where and self.isVisible():
                self._tell(number)

        self._count(where, counted)

    def _tell(self, number: int | None) -> None:
        """How many the current line would leave, and the keys."""
        keys = self._say("nothing_offered") if not self.model.lines else self._say("keys")
        if number is not None:
            many = words.say(self._language, "leads", "count", n=number if number == 1 else figures.count(number))
            keys = f"{many} · {keys}"
        self.told.setText(keys)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, row: int, *, more: bool = False) -> None:
        """Choose a line, or open what is beneath it; `more`: stay for another."""
        if not 0 <= row < len(self.model.lines):
            return
        offer = self.model.lines[row]
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

    def key(self, event: QKeyEvent) -> bool:
        """Shift+Enter stays, digits choose, Backspace in an empty field goes back to all subjects."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.take(self.list.currentIndex().row(), more=True)
        elif key == Qt.Key.Key_Backspace and not self.field.text() and self._subject:
            self._subject = ""
            self._find()
        elif self._offered.by_digit and event.text() in set("123456789"):
            self.take(int(event.text()) - 1)
        else:
            return super().key(event)
        return True

    # ── place ────────────────────────────────────────────────────────────────────────────────────────────────────

    def place(self) -> None:
        """Beneath what it is about."""
        room = self._window.rect()
        if shiboken6.isValid(self._anchor):  # a chip may be gone once it was changed
            self._corner = self._anchor.mapTo(self._window, QPoint(0, self._anchor.height() + 4))
        corner = self._corner
        width = min(WIDTH, room.width() - 40)
        fits = max(3, (room.height() - corner.y() - 110) // ROW_HEIGHT)
        lines = min(len(self.model.lines), _LINES, fits)
        self.list.setFixedHeight(lines * ROW_HEIGHT + 8)
        left = min(corner.x(), room.width() - width - 16)
        self.setGeometry(left, corner.y(), width, 92 + lines * ROW_HEIGHT + 8)
