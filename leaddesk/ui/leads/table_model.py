"""The table's model: an order of lead numbers, and pages of cards only where somebody looks."""

from __future__ import annotations

import enum
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from leaddesk import words
from leaddesk.db.reads import board, leads
from leaddesk.db.reads.filters import Filters, Sort
from leaddesk.db.records import Card, Changes
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.terms import Instant
from leaddesk.ui import card_words, figures, theme
from leaddesk.ui.card_words import Line, Urgency
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
_RIGHT = frozenset({Col.SCORE, Col.UP_TO, Col.VALUE, Col.IN_STAGE})
#: Sorted from the largest down, unless turned round.
_FALLING = _RIGHT

#: Role of the whole card.
CARD = Qt.ItemDataRole.UserRole
#: Role of the next step as a Line, whose tail is never cut.
LINE = Qt.ItemDataRole.UserRole + 1


class LeadTableModel(QAbstractTableModel):
    """Rows are leads. `loaded()` after the order was read; `load` and `sort_by` read it on the reader thread."""

    loaded = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.nos: array[int] = array("q")
        self.filters = Filters()
        self.sorted_by = Sort.URGENCY
        self.backwards = False
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._no_of: dict[str, int] = {}
        self._now: Instant = 0
        self._bold, self._score = theme.font(medium=True), theme.font(bold=True)

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Read the order anew; until it comes, what is shown stays."""
        self._desk.read(
            leads.list_order,
            self.filters,
            self.sorted_by,
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
        else:
            for lead_id in changes.leads:
                no = self._no_of.get(lead_id)
                if no is not None:
                    self._cards.pop(no, None)
        if self.nos:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.nos) - 1, len(Col) - 1))
        self.load()

    def pass_time(self) -> None:
        """Clocks and ages went on."""
        self.take(Changes(everything=True))

    def _take_order(self, nos: array[int]) -> None:
        self._now = self._desk.now()
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

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """As many as the order has."""
        return 0 if parent.isValid() else len(self.nos)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """See Col."""
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, fonts and colours of a cell."""
        card = self.card(index.row())
        if card is None:
            return None
        column = Col(index.column())
        if role == CARD:
            return card
        if role == LINE:
            return self._step(card)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            spoken = role == Qt.ItemDataRole.AccessibleTextRole and column is Col.KNOWN
            if spoken:
                return card_words.strip_spoken(self._playbook, card.strip, self._desk.language)
            return self._text(card, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(self._role_of(card, column))
        return None

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
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _playbook(self) -> Playbook:
        return self._desk.playbook

    def _font(self, column: Col) -> QFont | None:
        return {Col.NAME: self._bold, Col.SCORE: self._score}.get(column)

    def _text(self, card: Card, column: Col) -> str:
        language = self._desk.language
        match column:
            case Col.NAME:
                return _one_line(card.title)
            case Col.COMPANY:
                return _one_line(card.company)
            case Col.SOURCE:
                return _one_line(card.source)
            case Col.STAGE:
                stage = self._playbook.stage.get(card.stage)
                return words.pick(stage.label, language) if stage is not None else card.stage
            case Col.SCORE:
                return str(figures.whole_points(card.score))
            case Col.UP_TO:
                return str(figures.whole_points(card.up_to))
            case Col.VALUE:
                return card_words.value(card, language)
            case Col.IN_STAGE:
                return self._age(card).tail
            case Col.NEXT_STEP:
                return str(self._step(card))
            case _:
                return ""

    def _role_of(self, card: Card, column: Col) -> str:
        if column in (Col.SOURCE, Col.UP_TO):
            return "mute"
        if column is Col.IN_STAGE:
            return _COLOUR.get(self._age(card).urgency, "text")
        if column is Col.NEXT_STEP:
            return _COLOUR.get(self._step(card).urgency, "text")
        return "text"

    def _age(self, card: Card) -> Line:
        stage = self._playbook.stage.get(card.stage)
        return card_words.time_in_stage(card, stage, self._now, self._desk.today(), self._desk.language)

    def _step(self, card: Card) -> Line:
        stage = self._playbook.stage.get(card.stage)
        return card_words.next_step(card, stage, self._now, self._desk.today(), self._desk.language)


def _one_line(text: str) -> str:
    return " ".join(text.split())
