"""The table's model: an order of lead numbers, and pages of cards only where somebody looks."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from leaddesk.db.reads import board, table
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.reads.table import More
from leaddesk.db.records import Card, Changes
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.ui import card_words
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.cells import Cell, Seen, cell_of
from leaddesk.ui.leads.columns import CHECK, CHECKS, KNOWN, USUAL, Column, Look, chosen, column_label, columns_of

_PAGE = 64
_KEPT = 4000
_ONE_BY_ONE = 50

Index = QModelIndex | QPersistentModelIndex

#: Role of the whole card.
CARD = Qt.ItemDataRole.UserRole


class LeadTableModel(QAbstractTableModel):
    """Rows are leads. `loaded()` after the order was read; `load` and `sort_by` read it on the reader thread."""

    loaded = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.nos: array[int] = array("q")
        self.known = False  # whether the order was read at all: no leads before that means nothing
        self.filters = Filters()
        self.sorted_by: str = Sort.URGENCY
        self.backwards = False
        self.columns: tuple[Column, ...] = (CHECKS, *USUAL)
        self.custom: tuple[CustomField, ...] = ()
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._more: dict[int, More] = {}
        self._no_of: dict[str, int] = {}
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._now: Instant = 0

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Read the order anew; until it comes, what is shown stays."""
        self._desk.read(
            table.table_order,
            self.filters,
            self._asked,
            self._desk.now(),
            descending=self.backwards,
            then=self._take_order,
            slot="leads.order",
        )

    @property
    def _asked(self) -> str:
        """The order asked for. What is found by typing comes with the best first, unless a column was sorted by."""
        return Sort.SCORE if self.filters.search and self.sorted_by == Sort.URGENCY else self.sorted_by

    def look(self, filters: Filters) -> None:
        """Show other leads."""
        self.filters = filters
        self.load()

    def sort_by(self, sort: str, *, backwards: bool) -> None:
        """Another order: a column's `sort`, or a `Sort`."""
        self.sorted_by, self.backwards = sort, backwards
        self.load()

    def known_columns(self) -> dict[str, Column]:
        """Every column there is, by key."""
        return columns_of(self._playbook, self.custom)

    def wear(self, look: Look) -> None:
        """Show other columns, in another order; what sorts by a field that is gone sorts as usual."""
        self.custom = self._desk.get(custom_fields) if self._desk.is_open else ()
        known = self.known_columns() if self._desk.is_open else {}
        self.beginResetModel()
        self.columns = chosen(look, known)
        self._more.clear()
        self._cells.clear()
        self.endResetModel()
        sort, backwards = self._sorting(look, known)
        if (sort, backwards) != (self.sorted_by, self.backwards):
            self.sorted_by, self.backwards = sort, backwards
            if self._desk.is_open:
                self.load()

    def possible(self, look: Look) -> Look:
        """A look as the table would wear it."""
        sort, backwards = self._sorting(look, self.known_columns() if self._desk.is_open else {})
        return replace(look, sort=sort, backwards=backwards)

    def _sorting(self, look: Look, known: Mapping[str, Column]) -> tuple[str, bool]:
        sorts = {column.sort for column in known.values()} | {str(sort) for sort in Sort}
        return (look.sort, look.backwards) if look.sort in sorts else (str(Sort.URGENCY), False)

    def place_of(self, key: str) -> int:
        """Where a column stands; -1 where it is not shown."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)

    def card(self, row: int) -> Card | None:
        """The card of a row, with its page when it was not read yet."""
        if not 0 <= row < len(self.nos):
            return None
        no = self.nos[row]
        if no not in self._cards:
            start = row - row % _PAGE
            self._fetch(self.nos[start : start + _PAGE])
        found = self._cards.get(no)
        if found is not None:
            self._cards.move_to_end(no)
        return found

    def row_of(self, lead_id: str) -> int | None:
        """The row of a lead that was shown before."""
        no = self._no_of.get(lead_id)
        return self.nos.index(no) if no is not None and no in self.nos else None

    def row_of_no(self, no: int) -> int | None:
        """The row of a lead number."""
        return self.nos.index(no) if no in self.nos else None

    def take(self, changes: Changes) -> None:
        """Follow a change: cards of a few leads anew, and the order."""
        if changes.everything or len(changes.leads) > _ONE_BY_ONE or "playbook_version" in changes.tables:
            self._cards.clear()
            self._more.clear()
            self._cells.clear()
        else:
            for lead_id in changes.leads:
                no = self._no_of.get(lead_id)
                if no is not None:
                    self._cards.pop(no, None)
                    self._more.pop(no, None)
                    self._cells.pop(no, None)
        if self.nos:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.nos) - 1, len(self.columns) - 1))
        self.load()

    def retranslate(self) -> None:
        """The words of every cell are said anew."""
        self._cells.clear()

    def pass_time(self) -> None:
        """Clocks and ages went on."""
        self.take(Changes(everything=True))

    def _take_order(self, nos: array[int]) -> None:
        self._now = self._desk.now()
        self.known = True
        if nos != self.nos:
            self.beginResetModel()
            self.nos = nos
            self.endResetModel()
        self.loaded.emit()

    def _fetch(self, nos: Iterable[int]) -> None:
        missing: Sequence[int] = [no for no in nos if no not in self._cards]
        self._now = self._desk.now()
        for card in self._desk.get(board.cards, missing, self._now):
            self._cards[card.no] = card
            self._no_of[card.id] = card.no
        while len(self._cards) > _KEPT:
            _, gone = self._cards.popitem(last=False)
            self._no_of.pop(gone.id, None)
            self._more.pop(gone.no, None)
            self._cells.pop(gone.no, None)

    def _fetch_more(self, nos: Sequence[int]) -> None:
        keys = {column.key for column in self.columns if column.further}
        missing = [no for no in nos if no not in self._more]
        self._more.update(self._desk.get(table.more, missing, keys, self._now) if keys else {no: {} for no in missing})

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as the order has."""
        return 0 if parent.isValid() else len(self.nos)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as are shown, with the check."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; the delegate paints from `cells`."""
        card = self.card(index.row())
        if card is None:
            return None
        column = self.columns[index.column()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            told = self.told(index) if role == Qt.ItemDataRole.AccessibleTextRole else ""
            if told:
                return told
            cells = self.cells(index.row())
            return cells[index.column()].words if cells is not None else None
        return _aligned(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def told(self, index: Index) -> str:
        """What a cell says beyond what it shows: what the letters stand for, a score to its tenth; else nothing."""
        card, key = self.card(index.row()), self.columns[index.column()].key
        if card is not None and key == KNOWN:
            return card_words.strip_spoken(self._playbook, card.strip, self._desk.language)
        if card is not None and key in ("score", "up_to"):
            return card_words.score_words(card, self._desk.language)
        return ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if column.key == CHECK:
                return ""
            name = column_label(column, self._playbook, self._desk.language)
            if column.sort and column.sort == self.sorted_by:
                return f"{name} {'↓' if column.falling is not self.backwards else '↑'}"
            return name
        return _aligned(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _playbook(self) -> Playbook:
        return self._desk.playbook

    def cells(self, row: int) -> tuple[Cell, ...] | None:
        """What the columns of a row show, from the left; worked out once a card."""
        card = self.card(row)
        if card is None:
            return None
        known = self._cells.get(card.no)
        if known is None:
            if card.no not in self._more:
                start = row - row % _PAGE
                self._fetch_more(self.nos[start : start + _PAGE])
            seen = Seen(self._playbook, self._desk.language, self._now, self._desk.today())
            more = self._more.get(card.no, {})
            known = self._cells[card.no] = tuple(cell_of(column, card, more, seen) for column in self.columns)
        return known

    def further(self, row: int) -> More:
        """What the shown columns hold of a row beyond its card."""
        card = self.card(row)
        return self._more.get(card.no, {}) if card is not None and self.cells(row) is not None else {}


def _aligned(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
