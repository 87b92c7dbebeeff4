"""The board's model: an order of lead numbers per stage, and only those cards that were looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from leaddesk.db.reads import board, swimlanes
from leaddesk.db.reads.board import Filters, Order
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.db.records import Card, Changes, ColumnTotal
from leaddesk.qualify.lifecycle import band_of
from leaddesk.qualify.playbook import Stage
from leaddesk.ui.board.standing_place import place_of
from leaddesk.ui.desk import Desk

#: Cards kept in memory: a few screens of every column.
_KEPT = 2000
#: Cards shown before the whole order of a column is known.
_FIRST = 40
#: More changed leads than this, and reading the columns anew is quicker.
_ONE_BY_ONE = 50
_PLAYBOOK = frozenset({"playbook_version"})


@dataclass(slots=True)
class Column:
    """One stage: its lead numbers in order (the first few until `whole`), and its head.

    `parts`: in swimlanes, the numbers of each; `nos` is then one after the other.
    """

    stage: Stage
    nos: array[int] = field(default_factory=lambda: array("q"))
    total: ColumnTotal | None = None
    whole: bool = False
    parts: dict[str, array[int]] = field(default_factory=dict)

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
        self.by = Grouping.NONE
        #: Swimlanes from above by key; none where the board is in one piece.
        self.lanes: list[str] = []
        self.lane_sums: Mapping[str, Mapping[str, int]] = {}
        self.pending: dict[int, str] = {}
        self._unread: set[str] = set()  # columns whose order is read once everything is loaded
        desk.warmed.connect(self._read_on)
        #: Tells the numbers of the cards that are on the screen.
        self.seen: Callable[[], Iterable[int]] = tuple

    @property
    def arranged(self) -> bool:
        """Whether cards stand where a person put them."""
        return self.order is Order.OWN

    @property
    def _stages_changed(self) -> bool:
        """Whether the playbook has other stages than are shown."""
        return [column.stage for column in self.columns.values()] != list(self._desk.playbook.stages)

    def counts(self, stage: str) -> tuple[int, ...]:
        """How many cards each swimlane of a column holds; one count where the board is in one piece."""
        column = self.columns[stage]
        if self.by is Grouping.NONE:
            return (len(column.nos),)
        return tuple(len(column.parts.get(lane, ())) for lane in self.lanes)

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def load(self) -> None:
        """Read everything anew: first cards and totals at once, whole orders as they come."""
        self._forget_cards()
        if self._stages_changed:
            self.columns = {stage.key: Column(stage) for stage in self._desk.playbook.stages}
            self.rebuilt.emit()
        if not self.filters.counted:
            self._search()
            return
        self._count()
        for key, column in self.columns.items():
            column.whole = False
            if self.by is Grouping.NONE:
                self._show_first(key, column)
        for key in self.columns:
            self._read_order(key)

    def _renew(self) -> None:
        """Much changed: read cards and orders again, but leave everything where it stands until they come."""
        if self._stages_changed:
            self.load()
            return
        nos = list(self._cards)
        self._forget_cards()
        self._count()
        self.redrawn.emit(nos)
        for key in self.columns:
            self._read_order(key)

    def look(self, filters: Filters | None = None, order: Order | None = None, by: Grouping | None = None) -> None:
        """Show other leads, or in another order, or other swimlanes."""
        wanted = (filters or self.filters, order or self.order, self.by if by is None else by)
        if wanted == self._asked:
            return
        parted = wanted[2] is not self.by
        self.filters, self.order, self.by = wanted
        if parted:
            self.lanes, self.lane_sums = [], {}
            for column in self.columns.values():
                column.parts, column.nos = {}, array("q")
            for key in self.columns:
                self.reordered.emit(key)
        self.load()

    @property
    def _asked(self) -> tuple[Filters, Order, Grouping]:
        """What an answer must have been asked for, to be shown."""
        return self.filters, self.order, self.by

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
        if missing and self._desk.is_open:  # menus ask for the current card while another database opens, too
            self._keep(self._desk.get(board.cards, missing, self._desk.now()))

    def find(self, lead_id: str) -> Card | None:
        """The card of a lead, where it is in memory."""
        no = self._no_of.get(lead_id)
        return self._cards.get(no) if no is not None else None

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, changes: Changes) -> None:
        """Follow a change: a few leads one by one, anything larger as a whole."""
        if changes.tables == _PLAYBOOK and not changes.leads:
            self._judge_anew()
        elif changes.everything or "playbook_version" in changes.tables or len(changes.leads) > _ONE_BY_ONE:
            self._renew()
        elif changes.leads:
            self._follow(changes)

    def _follow(self, changes: Changes) -> None:
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
            elif self.arranged or _place(old) != _place(new):
                stages.update((old.stage, new.stage))
                if old.stage != new.stage:
                    self._shift(old, new)
        self._keep(fresh.values())
        self.redrawn.emit(list(before))
        if stages:
            self._count()
        for key in stages & self.columns.keys():
            self._read_order(key)

    def _judge_anew(self) -> None:
        """Another playbook: cards that are seen get their new scores in one read, before anything else is done.

        Orders and heads are as kept, and no standing is another yet: what brings those up to date says so.
        """
        if self._stages_changed:
            self.load()
            return
        seen = list(self.seen())
        fresh = self._desk.get(board.cards, seen, self._desk.now())
        self._forget_cards()
        self._keep(fresh)
        self.redrawn.emit(seen)

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
        asked, now = self._asked, self._desk.now()

        def take(totals: Mapping[str, ColumnTotal]) -> None:
            for key, column in self.columns.items():
                column.total = totals.get(key) or ColumnTotal(key, 0, {})
                column.whole = True

        def shown(found: board.Found) -> None:
            if asked == self._asked:
                take(found.totals)
                for key, column in self.columns.items():
                    column.nos = found.orders.get(key) or array("q")
                self.counted.emit()
                for key in self.columns:
                    self.reordered.emit(key)

        def shown_parted(found: swimlanes.FoundParts) -> None:
            if asked == self._asked:
                take(found.totals)
                self._part({key: found.parts.get(key, {}) for key in self.columns})
                self.counted.emit()

        if self.by is Grouping.NONE:
            self._desk.read(board.found, self.filters, self.order, now, then=shown, slot="board.search")
        else:
            self._sum_lanes()
            self._desk.read(swimlanes.found_parts, *asked, now, then=shown_parted, slot="board.search")

    def _part(self, parts: Mapping[str, swimlanes.Parts]) -> None:
        """Put the swimlanes of these columns in their places; those of others move where lanes came or went."""
        for key, found in parts.items():
            self.columns[key].parts = dict(found)
        lanes = swimlanes.lane_order([lane for one in self.columns.values() for lane in one.parts], self.by)
        moved = set(self.columns) if lanes != self.lanes else set(parts)
        self.lanes = lanes
        for key in moved:
            column = self.columns[key]
            column.nos = array("q")
            for lane in lanes:
                column.nos.extend(column.parts.get(lane, ()))
            self.reordered.emit(key)

    def _sum_lanes(self) -> None:
        asked = self._asked

        def shown(sums: Mapping[str, Mapping[str, int]]) -> None:
            if asked == self._asked:
                self.lane_sums = sums
                self.counted.emit()

        now = self._desk.now()
        self._desk.read(swimlanes.lane_sums, self.filters, self.by, now, then=shown, slot="board.lanes")

    def _count(self) -> None:
        if not self.filters.counted:
            self._search()
            return
        if self.by is not Grouping.NONE:
            self._sum_lanes()
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
        if self._desk.is_warming:
            self._unread.add(key)
            return
        asked = self._asked

        def shown(nos: array[int]) -> None:
            column = self.columns.get(key)
            if column is None or asked != self._asked:
                return
            column.whole = True
            if nos != column.nos:
                column.nos = nos
                self.reordered.emit(key)

        def shown_parted(parts: swimlanes.Parts) -> None:
            if key in self.columns and asked == self._asked:
                self.columns[key].whole = True
                self._part({key: parts})

        if self.by is not Grouping.NONE:
            question = (key, self.order, self.filters, self.by, self._desk.now())
            self._desk.read(swimlanes.column_parts, *question, then=shown_parted, slot=f"board.{key}")
            return
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

    def _read_on(self) -> None:
        unread, self._unread = self._unread, set()
        for key in unread & self.columns.keys():
            self._read_order(key)

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
        place = place_of(card.no, column.nos) if column is not None else None
        if column is not None and place is not None:
            del column.nos[place]
            for part in column.parts.values():
                if card.no in part:
                    part.remove(card.no)
            self.reordered.emit(card.stage)

    def _shift(self, old: Card, new: Card) -> None:
        """Show a move at once; the order read afterwards puts the card where it belongs."""
        self._take_out(old)
        column = self.columns.get(new.stage)
        if column is None or place_of(new.no, column.nos) is not None:
            return
        if self.by is Grouping.NONE:
            column.nos.insert(0, new.no)
            self.reordered.emit(new.stage)
        else:
            part = column.parts.setdefault(self.lane_of(new), array("q"))
            part.insert(0, new.no)
            self._part({new.stage: column.parts})

    def lane_of(self, card: Card) -> str:
        """The swimlane a card stands in."""
        if self.by is Grouping.BAND:
            return band_of(self._desk.playbook.grades, card.score).value
        return card.owner if self.by is Grouping.OWNER else card.source


def _place(card: Card) -> Card:
    """What decides where a card stands: everything but the words on it."""
    bare = replace(card, title="", company="", job="", strip="", lifecycle="", external_id="")
    return replace(bare, touched="", touched_at=0)
