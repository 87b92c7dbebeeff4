"""The table's model: an order of lead numbers, and pages of cards only where somebody looks."""

from __future__ import annotations

import enum
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from leaddesk import words
from leaddesk.db.reads import board, leads
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.records import Card, Changes
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant, Standing
from leaddesk.ui import card_words, figures
from leaddesk.ui.card_words import Urgency
from leaddesk.ui.desk import Desk

_PAGE = 64
_KEPT = 4000
_ONE_BY_ONE = 50
_COLOUR = {Urgency.SOON: "partly", Urgency.LATE: "not-met"}

Index = QModelIndex | QPersistentModelIndex


class Col(enum.IntEnum):
    """The columns, left to right."""

    CHECK = 0
    NAME = 1
    COMPANY = 2
    SOURCE = 3
    STAGE = 4
    KNOWN = 5
    SCORE = 6
    UP_TO = 7
    VALUE = 8
    IN_STAGE = 9
    NEXT_STEP = 10


#: What a click on a column's head sorts by; the check and the strip sort nothing.
SORT_OF = {
    Col.NAME: Sort.TITLE,
    Col.COMPANY: Sort.COMPANY,
    Col.SOURCE: Sort.SOURCE,
    Col.STAGE: Sort.STAGE,
    Col.SCORE: Sort.SCORE,
    Col.UP_TO: Sort.UP_TO,
    Col.VALUE: Sort.VALUE,
    Col.IN_STAGE: Sort.STAGE_SINCE,
    Col.NEXT_STEP: Sort.NEXT_STEP,
}
RIGHT = frozenset({Col.SCORE, Col.UP_TO, Col.VALUE, Col.IN_STAGE})
#: Sorted from the largest down, unless turned round.
_FALLING = RIGHT

#: Role of the whole card.
CARD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words that may be cut and a tail that is not, or the letters of the strip."""

    text: str = ""
    tail: str = ""
    role: str = "text"
    bold: bool = False
    letters: tuple[tuple[str, Standing], ...] = ()

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.text} {self.tail}".strip()


class LeadTableModel(QAbstractTableModel):
    """Rows are leads. `loaded()` after the order was read; `load` and `sort_by` read it on the reader thread."""

    loaded = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.nos: array[int] = array("q")
        self.known = False  # whether the order was read at all: no leads before that means nothing
        self.filters = Filters()
        self.sorted_by = Sort.URGENCY
        self.backwards = False
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._no_of: dict[str, int] = {}
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._now: Instant = 0

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Read the order anew; until it comes, what is shown stays."""
        self._desk.read(
            leads.list_order,
            self.filters,
            self.sorted_by,
            self._desk.now(),
            as_kept=True,
            descending=self.backwards,
            then=self._take_order,
            slot="leads.order",
        )

    def look(self, filters: Filters) -> None:
        """Show other leads."""
        self.filters = filters
        self.load()

    def sort_by(self, column: Col, *, backwards: bool) -> None:
        """Another order."""
        if column in SORT_OF:
            self.sorted_by, self.backwards = SORT_OF[column], backwards
            self.load()

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
            self._cells.clear()
        else:
            for lead_id in changes.leads:
                no = self._no_of.get(lead_id)
                if no is not None:
                    self._cards.pop(no, None)
                    self._cells.pop(no, None)
        if self.nos:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.nos) - 1, len(Col) - 1))
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
            self._cells.pop(gone.no, None)

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as the order has."""
        return 0 if parent.isValid() else len(self.nos)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """See Col."""
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; the delegate paints from `cells`."""
        card = self.card(index.row())
        if card is None:
            return None
        column = Col(index.column())
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            told = self.told(index) if role == Qt.ItemDataRole.AccessibleTextRole else ""
            if told:
                return told
            cells = self.cells(index.row())
            return cells[column].words if cells is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def told(self, index: Index) -> str:
        """What a cell says beyond what it shows: what the letters stand for, a score to its tenth; else nothing."""
        card, column = self.card(index.row()), Col(index.column())
        if card is not None and column is Col.KNOWN:
            return card_words.strip_spoken(self._playbook, card.strip, self._desk.language)
        if card is not None and column in (Col.SCORE, Col.UP_TO):
            return card_words.score_words(card, self._desk.language)
        return ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Col(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if column is Col.CHECK:
                return ""
            name = words.say(self._desk.language, "leads", f"column_{column.name.lower()}")
            if SORT_OF.get(column) is self.sorted_by:
                falling = (column in _FALLING) is not self.backwards
                return f"{name} {'↓' if falling else '↑'}"
            return name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

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
            known = self._cells[card.no] = self._make_cells(card)
        return known

    def _make_cells(self, card: Card) -> tuple[Cell, ...]:
        language, playbook = self._desk.language, self._playbook
        stage = playbook.stage.get(card.stage)
        today = self._desk.today()
        age = card_words.time_in_stage(card, stage, self._now, today, language)
        step = card_words.next_step(card, stage, self._now, today, language)
        shown = {
            Col.NAME: Cell(_one_line(card.title), bold=True),
            Col.COMPANY: Cell(_one_line(card.company)),
            Col.SOURCE: Cell(_one_line(card.source), role="mute"),
            Col.STAGE: Cell(words.pick(stage.label, language) if stage is not None else card.stage),
            Col.KNOWN: Cell(letters=card_words.letters(playbook, card.strip, language)),
            Col.SCORE: Cell(figures.whole_points(card.score), bold=True),
            Col.UP_TO: Cell(figures.whole_points(card.up_to), role="mute"),
            Col.VALUE: Cell(card_words.value(card, language)),
            Col.IN_STAGE: Cell(age.tail, role=_COLOUR.get(age.urgency, "text")),
            Col.NEXT_STEP: Cell(_one_line(step.text), step.tail, role=_COLOUR.get(step.urgency, "text")),
        }
        return tuple(shown.get(column, Cell()) for column in Col)


def _one_line(text: str) -> str:
    return " ".join(text.split())
