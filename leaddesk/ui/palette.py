"""Search and commands in one field: type a lead, a company, a number or what you want to do; Enter opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from leaddesk.db.records import Card
from leaddesk.errors import LeadDeskError
from leaddesk.qualify.terms import Instant
from leaddesk.ui import commands as table
from leaddesk.ui import figures, shield, theme
from leaddesk.ui.card_words import letters
from leaddesk.ui.commands import COMMANDS, Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit import painting
from leaddesk.ui.kit.marks import native_keys

if TYPE_CHECKING:
    from leaddesk.db.reading import Reading

WAIT = 40  # milliseconds after the last key before the database is asked
MOST = 30
FEW = 7  # leads shown above commands that fit too
ROW_HEIGHT = 40
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the palette: a lead (`card`) or a command."""

    text: str
    beneath: str
    command: str = ""
    card: Card | None = None


def find_cards(reading: Reading, text: str, limit: int, as_of: Instant) -> list[Card]:
    """The leads that fit a text, best first; for the reader thread."""
    from leaddesk.db.reads.board import cards
    from leaddesk.db.search import search

    return list(cards(reading, search(reading, text, limit), as_of))


class Hits(QAbstractListModel):
    """What was found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """How many."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, for the screen reader; the hit itself for the delegate."""
        hit = self.hits[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.text}, {hit.beneath}" if hit.beneath else hit.text
        return hit if role == Qt.ItemDataRole.UserRole else None


class HitPainter(QStyledItemDelegate):
    """Draws a line of the palette."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are of one height."""
        del option, index
        return QSize(WIDTH, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Icon, words, and at the right the key that does it or how the lead stands."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(6, 1, -6, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(box, 8, 8)
        name = table.COMMAND[hit.command].icon if hit.command else "person"
        painter.drawPixmap(box.left() + 10, box.center().y() - 8, theme.pixmap(name or "chevron-right", "mute", 16))
        right = self._draw_right(painter, box, hit)
        self._draw_words(painter, QRect(box.left() + 38, box.top(), right - box.left() - 50, box.height()), hit)
        painter.restore()

    def _draw_words(self, painter: QPainter, place: QRect, hit: Hit) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(theme.font(13, medium=hit.card is not None))
        painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(hit.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(middle), shown)
        used = painter.fontMetrics().horizontalAdvance(shown) + 8
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("mute"))
        rest = place.adjusted(used, 0, 0, 0)
        beneath = painter.fontMetrics().elidedText(hit.beneath, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        painter.drawText(rest, int(middle), beneath)

    def _draw_right(self, painter: QPainter, box: QRect, hit: Hit) -> int:
        """Draw what stands at the right; return where it begins."""
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if hit.card is not None:
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.colour("text"))
            painter.drawText(box.adjusted(0, 0, -12, 0), int(end), figures.whole_points(hit.card.score))
            strip = letters(self._desk.playbook, hit.card.strip, self._desk.language)
            left = box.right() - 52 - painting.strip_width(len(strip), 3)
            painting.draw_strip(painter, left, box.center().y() - painting.LETTER_HEIGHT / 2 + 1, strip, 3)
            return int(left)
        keys = table.COMMAND[hit.command].keys
        painter.setFont(theme.font(11))
        painter.setPen(theme.colour("faint"))
        said = native_keys(keys[0]) if keys else ""
        painter.drawText(box.adjusted(0, 0, -12, 0), int(end), said)
        return box.right() - 16 - painter.fontMetrics().horizontalAdvance(said)


class Palette(QFrame):
    """The field and its list, above everything in the window, where `anchor` stands. `closed` when it is put away."""

    closed = Signal()

    def __init__(self, window: QWidget, anchor: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._anchor = anchor
        self._desk = desk
        self._commands = commands
        self._before: QWidget | None = None
        self._looking = False  # for what is typed now
        self._enter = False  # pressed while looking: it opens what will be found, not what was found before
        self.setProperty("kind", "palette")
        self.field = QLineEdit()
        self.field.setProperty("kind", "palette")
        self.hits = Hits(self)
        self.list = QListView()
        self.list.setProperty("kind", "hits")
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitPainter(desk, self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self._ask)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come up with the cursor in the field."""
        self._before = self._window.focusWidget()
        language = self._desk.language
        self.field.setPlaceholderText(self.tr("Search leads, companies, notes, actions…"))
        self.field.setAccessibleName(table.label("palette", language))
        self.list.setAccessibleName(self.tr("What was found"))
        self.field.clear()
        self._show([])
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Give the focus back to where it was."""
        self._wait.stop()
        self._looking = self._enter = False
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _typed(self) -> None:
        self._enter = False
        self._looking = bool(self.field.text().strip()) and self._desk.is_open
        self._show([])
        self._wait.start()

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text and self._desk.is_open:
            now = self._desk.now()
            self._desk.read(find_cards, text, MOST, now, then=self._found, failed=self._found_nothing, slot="palette")

    def _found(self, cards: list[Card]) -> None:
        if not self.isVisible():
            return
        self._looking = False
        self._show(cards)
        if self._enter:
            self._open(self.list.currentIndex())

    def _found_nothing(self, error: LeadDeskError) -> None:
        self._desk.failed.emit(error)
        self._found([])

    def _show(self, cards: list[Card]) -> None:
        text = self.field.text().strip()
        found = [self._lead_hit(card) for card in cards]
        asked = self._command_hits(text)
        # While leads are still being looked for, those already shown stay, so that nothing flickers.
        if text and self._looking:
            found = [hit for hit in self.hits.hits if hit.card is not None]
        if text and asked:
            found = found[:FEW]
        # Whoever types the beginning of a lead's name means the lead; of a command's name only, the command.
        commands_first = any(_begins(hit, text) for hit in asked) and not any(_begins(hit, text) for hit in found)
        self.hits.show_hits([*asked, *found] if commands_first else [*found, *asked])
        if self.hits.hits:
            self.list.setCurrentIndex(self.hits.index(0))
        self._place()

    def _lead_hit(self, card: Card) -> Hit:
        card = shield.card(card)
        stage = self._desk.playbook.stage.get(card.stage)
        where = words.pick(stage.label, self._desk.language) if stage else card.stage
        company = card.company if card.company != card.title else ""
        return Hit(card.title, " · ".join(part for part in (company, where) if part), card=card)

    def _command_hits(self, text: str) -> list[Hit]:
        hits = []
        for command in COMMANDS:
            if command.own_keys or command.id == "palette" or not self._usable(command):
                continue
            label = table.label(command.id, self._desk.language)
            menu = table.menu_label(command.menu, self._desk.language) if command.menu else ""
            haystack = f"{label} {menu} {table.label(command.id, words.FALLBACK)}".lower()
            if all(part in haystack for part in text.lower().split()):
                hits.append(Hit(label, menu, command=command.id))
        return hits

    def _usable(self, command: table.Command) -> bool:
        return (self._desk.is_open or not command.room) and self._commands.possible(command.id)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        hit = self.hits.hits[index.row()]
        self.put_away()
        if hit.card is not None:
            self._commands.trigger("lead.open", lead=hit.card.id)
        else:
            self._commands.trigger(hit.command)

    def _move(self, by: int) -> None:
        last = len(self.hits.hits) - 1
        if last >= 0:
            row = min(max(self.list.currentIndex().row() + by, 0), last)
            self.list.setCurrentIndex(self.hits.index(row))

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter = self._looking
            if not self._enter:
                self._open(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        else:
            return False
        return True

    def _place(self) -> None:
        room = self._window.rect()
        width = min(WIDTH, room.width() - 40)
        lines = min(len(self.hits.hits), max(3, (room.height() - 220) // ROW_HEIGHT), 12)
        self.list.setFixedHeight(lines * ROW_HEIGHT + 8)
        corner = self._anchor.mapTo(self._window, QPoint(0, 0)) - QPoint(1, 6)
        self.setGeometry(corner.x(), corner.y(), width, 58 + lines * ROW_HEIGHT + 8)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Escape; a click elsewhere puts the palette away."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if event.type() == QEvent.Type.FocusOut and self.isVisible() and self.isActiveWindow():
                QTimer.singleShot(0, self._lost_focus)
        elif watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _lost_focus(self) -> None:
        if self.isVisible() and not self.field.hasFocus() and not self.list.hasFocus():
            self._before = None
            self.put_away()


def _begins(hit: Hit, text: str) -> bool:
    """Whether a word of it begins with the text."""
    wanted = text.casefold()
    return bool(wanted) and any(word.startswith(wanted) for word in f"{hit.text} {hit.beneath}".casefold().split())
