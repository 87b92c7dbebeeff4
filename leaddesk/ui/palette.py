"""Search and commands in one field: type a lead, a company, a number or what you want to do; Enter opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

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
from leaddesk.ui.kit.finder import Finder, Index, LinePainter, Lines
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


class Hits(Lines[Hit]):
    """What was found."""

    def spoken(self, line: Hit) -> str:
        """Both its words."""
        return f"{line.text}, {line.beneath}" if line.beneath else line.text


class HitPainter(LinePainter):
    """Draws a line of the palette."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(WIDTH, ROW_HEIGHT)
        self._desk = desk

    def draw(self, painter: QPainter, box: QRect, index: Index) -> None:
        """Icon, words, and at the right the key that does it or how the lead stands."""
        hit = index.data(Qt.ItemDataRole.UserRole)
        name = table.COMMAND[hit.command].icon if hit.command else "person"
        painter.drawPixmap(box.left() + 10, box.center().y() - 8, theme.pixmap(name or "chevron-right", "mute", 16))
        right = self._draw_right(painter, box, hit)
        self._draw_words(painter, QRect(box.left() + 38, box.top(), right - box.left() - 50, box.height()), hit)

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


class Palette(Finder[Hit]):
    """The field and its list, where `anchor` stands."""

    def __init__(self, window: QWidget, anchor: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(window, Hits(), HitPainter(desk))
        self._anchor = anchor
        self._desk = desk
        self._commands = commands
        self._looking = False  # for what is typed now
        self._enter = False  # pressed while looking: it opens what will be found, not what was found before
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self._ask)
        self.field.textChanged.connect(self._typed)

    def open(self) -> None:
        """Come up with the cursor in the field."""
        language = self._desk.language
        self.field.setPlaceholderText(self.tr("Search leads, companies, notes, actions…"))
        self.field.setAccessibleName(table.label("palette", language))
        self.list.setAccessibleName(self.tr("What was found"))
        self.field.clear()
        self._show([])
        self.come_up(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Look no longer."""
        self._wait.stop()
        self._looking = self._enter = False
        super().put_away()

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
            self.take(self.list.currentIndex().row())

    def _found_nothing(self, error: LeadDeskError) -> None:
        self._desk.failed.emit(error)
        self._found([])

    def _show(self, cards: list[Card]) -> None:
        text = self.field.text().strip()
        found = [self._lead_hit(card) for card in cards]
        asked = self._command_hits(text)
        # While leads are still being looked for, those already shown stay, so that nothing flickers.
        if text and self._looking:
            found = [hit for hit in self.model.lines if hit.card is not None]
        if text and asked:
            found = found[:FEW]
        # Whoever types the beginning of a lead's name means the lead; of a command's name only, the command.
        commands_first = any(_begins(hit, text) for hit in asked) and not any(_begins(hit, text) for hit in found)
        self.show_lines([*asked, *found] if commands_first else [*found, *asked])
        self.place()

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

    def take(self, row: int) -> None:
        """Open the lead, or do the command."""
        if not 0 <= row < len(self.model.lines):
            return
        hit = self.model.lines[row]
        self.put_away()
        if hit.card is not None:
            self._commands.trigger("lead.open", lead=hit.card.id)
        else:
            self._commands.trigger(hit.command)

    def key(self, event: QKeyEvent) -> bool:
        """Enter waits for what is being looked for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._looking:
            self._enter = True
            return True
        return super().key(event)

    def place(self) -> None:
        """Over the field of the top bar."""
        room = self._window.rect()
        width = min(WIDTH, room.width() - 40)
        lines = min(len(self.model.lines), max(3, (room.height() - 220) // ROW_HEIGHT), 12)
        self.list.setFixedHeight(lines * ROW_HEIGHT + 8)
        corner = self._anchor.mapTo(self._window, QPoint(0, 0)) - QPoint(1, 6)
        self.setGeometry(corner.x(), corner.y(), width, 58 + lines * ROW_HEIGHT + 8)


def _begins(hit: Hit, text: str) -> bool:
    """Whether a word of it begins with the text."""
    wanted = text.casefold()
    return bool(wanted) and any(word.startswith(wanted) for word in f"{hit.text} {hit.beneath}".casefold().split())
