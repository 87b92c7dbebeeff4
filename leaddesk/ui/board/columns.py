"""The board's model: an order of lead numbers per stage, and only those cards that were looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from leaddesk.db.reads import board
from leaddesk.db.reads.board import Filters, Order
from leaddesk.db.records import Card, Changes, ColumnTotal
from leaddesk.qualify.playbook import Stage
from leaddesk.ui.desk import Desk

#: Cards kept in memory: a few screens of every column.
_KEPT = 2000
#: Cards shown before the whole order of a column is known.
_FIRST = 40
#: More changed leads than this, and reading the columns anew is quicker.
_ONE_BY_ONE = 50


@dataclass(slots=True)
class Column:
    """One stage: its lead numbers in order (the first few until `whole`), and its head."""

    stage: Stage
    nos: array[int] = field(default_factory=lambda: array("q"))
    total: ColumnTotal | None = None
    whole: bool = False

    @property
    def leads(self) -> int:
        """How many leads stand here, also while the order is still being read."""
        return self.total.leads if self.total is not None else len(self.nos)


class BoardModel(QObject):
    """What the board shows: orders are read on the reader thread, cards a screen at a time when asked for."""

    #: The playbook's stages changed, or another database: build all columns anew.
    rebuilt = Signal()
    #: A stage key: order or length of this column changed.
    reordered = Signal(str)
    #: Heads (counts, sums) changed.
    counted = Signal()
    #: A list of lead numbers whose cards must be drawn anew.
    redrawn = Signal(list)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._no_of: dict[str, int] = {}
        self.columns: dict[str, Column] = {}
        self.order = Order.URGENCY
        self.filters = Filters()
        self.pending: dict[int, str] = {}

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Read everything anew: first cards and totals at once, whole orders as they come."""
        self._forget_cards()
        stages = self._desk.playbook.stages
        if [column.stage for column in self.columns.values()] != list(stages):
            self.columns = {stage.key: Column(stage) for stage in stages}
            self.rebuilt.emit()
        if not self.filters.counted:
            self._search()
            return
        self._count()
        for key, column in self.columns.items():
            column.whole = False
            self._show_first(key, column)
        for key in self.columns:
            self._read_order(key)

    def _renew(self) -> None:
        """Much changed: read cards and orders again, but leave everything where it stands until they come."""
        if [column.stage for column in self.columns.values()] != list(self._desk.playbook.stages):
            self.load()
            return
        nos = list(self._cards)
        self._forget_cards()
        self._count()
        self.redrawn.emit(nos)
        for key in self.columns:
            self._read_order(key)

    def look(self, filters: Filters | None = None, order: Order | None = None) -> None:
        """Show other leads, or in another order."""
        wanted = (filters or self.filters, order or self.order)
        if wanted == (self.filters, self.order):
            return
        self.filters, self.order = wanted
        self.load()

    def card(self, no: int) -> Card | None:
        """A card that was fetched before; None: call `fetch` first."""
        return self._cards.get(no)

    def fetch(self, nos: Iterable[int]) -> None:
        """Make sure that these cards are in memory; one read for all that are missing."""
        missing = []
        for no in nos:
            if no in self._cards:
                self._cards.move_to_end(no)
            else:
                missing.append(no)
        if missing:
            self._keep(self._desk.get(board.cards, missing, self._desk.now()))

    def find(self, lead_id: str) -> Card | None:
        """The card of a lead, where it is in memory."""
        no = self._no_of.get(lead_id)
        return self._cards.get(no) if no is not None else None

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, changes: Changes) -> None:
        """Follow a change: a few leads one by one, anything larger as a whole."""
        if changes.everything or "playbook_version" in changes.tables or len(changes.leads) > _ONE_BY_ONE:
            self._renew()
            return
        if not changes.leads:
            return
        known = [self._no_of[lead_id] for lead_id in changes.leads if lead_id in self._no_of]
        before = {no: self._cards[no] for no in known if no in self._cards}
        fresh = {card.no: card for card in self._desk.get(board.cards, known, self._desk.now())} if known else {}
        stages: set[str] = set()
        if len(known) < len(changes.leads):  # added, restored or never seen: it may stand anywhere
            stages.update(self.columns)
        for no, old in before.items():
            new = fresh.get(no)
            if new is None:
                self._drop(old)
                stages.add(old.stage)
            elif _place(old) != _place(new):
                stages.update((old.stage, new.stage))
                if old.stage != new.stage:
                    self._shift(old, new)
        self._keep(fresh.values())
        self.redrawn.emit(list(before))
        if stages:
            self._count()
        for key in stages & self.columns.keys():
            self._read_order(key)

    def wait_for(self, no: int, stage: str) -> None:
        """A move was asked for and is not yet decided: the card says so."""
        self.pending[no] = stage
        self.redrawn.emit([no])

    def settle(self, no: int) -> None:
        """The move was made or refused."""
        if self.pending.pop(no, None) is not None:
            self.redrawn.emit([no])

    def pass_time(self) -> None:
        """Read cards anew: waiting clocks and ages went on."""
        nos = list(self._cards)
        self._forget_cards()
        self.redrawn.emit(nos)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _search(self) -> None:
        """A search looks through everything: off this thread, and what is shown stays until it answers."""
        asked = (self.filters, self.order)

        def shown(found: board.Found) -> None:
            if asked != (self.filters, self.order):
                return
            for key, column in self.columns.items():
                column.total = found.totals.get(key) or ColumnTotal(key, 0, {})
                column.nos = found.orders.get(key) or array("q")
                column.whole = True
            self.counted.emit()
            for key in self.columns:
                self.reordered.emit(key)

        self._desk.read(board.found, *asked, self._desk.now(), then=shown, slot="board.search")

    def _count(self) -> None:
        if not self.filters.counted:
            self._search()
            return
        totals: Mapping[str, ColumnTotal] = self._desk.get(board.totals, self.filters)
        for key, column in self.columns.items():
            column.total = totals.get(key) or ColumnTotal(key, 0, {})
        self.counted.emit()

    def _show_first(self, key: str, column: Column) -> None:
        now = self._desk.now()
        nos = self._desk.get(board.column_order, key, self.order, self.filters, now, as_kept=True, limit=_FIRST)
        first: Sequence[Card] = self._desk.get(board.cards, nos, now)
        self._keep(first)
        column.nos = array("q", [card.no for card in first])
        column.whole = len(first) < _FIRST
        self.reordered.emit(key)

    def _read_order(self, key: str) -> None:
        if not self.filters.counted:
            return  # the search that counts brings the orders too
        asked = (self.filters, self.order)

        def shown(nos: array[int]) -> None:
            column = self.columns.get(key)
            if column is None or asked != (self.filters, self.order):
                return
            column.whole = True
            if nos != column.nos:
                column.nos = nos
                self.reordered.emit(key)

        self._desk.read(
            board.column_order,
            key,
            self.order,
            self.filters,
            self._desk.now(),
            as_kept=True,
            then=shown,
            slot=f"board.{key}",
        )

    def _keep(self, cards: Iterable[Card]) -> None:
        for card in cards:
            self._cards[card.no] = card
            self._cards.move_to_end(card.no)
            self._no_of[card.id] = card.no
        while len(self._cards) > _KEPT:
            _, gone = self._cards.popitem(last=False)
            self._no_of.pop(gone.id, None)

    def _forget_cards(self) -> None:
        self._cards.clear()
        self._no_of.clear()

    def _drop(self, card: Card) -> None:
        self._cards.pop(card.no, None)
        self._no_of.pop(card.id, None)
        self._take_out(card)

    def _take_out(self, card: Card) -> None:
        column = self.columns.get(card.stage)
        if column is not None and card.no in column.nos:
            column.nos.remove(card.no)
            self.reordered.emit(card.stage)

    def _shift(self, old: Card, new: Card) -> None:
        """Show a move at once; the order read afterwards puts the card where it belongs."""
        self._take_out(old)
        column = self.columns.get(new.stage)
        if column is not None and new.no not in column.nos:
            column.nos.insert(0, new.no)
            self.reordered.emit(new.stage)


def _place(card: Card) -> Card:
    """What decides where a card stands: everything but the words on it."""
    return replace(card, title="", company="", job="", strip="", source=card.source, lifecycle="", external_id="")
