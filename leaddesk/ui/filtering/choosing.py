"""What stands behind the chooser of conditions: values leads have, offers made of them, how many a choice leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.db.reads import leads
from leaddesk.db.reads.filter_values import KnownValues, known_values
from leaddesk.db.reads.filters import Filters
from leaddesk.qualify.filtering.tree import Where
from leaddesk.ui.desk import Desk
from leaddesk.ui.filtering.rules import Rules

if TYPE_CHECKING:
    from leaddesk.ui.filtering.chooser import Chooser
    from leaddesk.ui.filtering.offers import Offers

#: What becomes of the rules with a condition that is chosen.
Put = Callable[[Where], Rules]


class Choosing(QObject):
    """Opens the chooser. `taken(rules)`: a condition was chosen; `known_changed()`: other values are known.

    `filters_of`: what a room would ask for with some rules. `slot`: reads of one room are told apart by it.
    """

    taken = Signal(object)
    known_changed = Signal()

    def __init__(self, desk: Desk, slot: str, filters_of: Callable[[Rules], Filters], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._slot = slot
        self._filters_of = filters_of
        self.known = KnownValues({})
        self._offers: Offers | None = None
        self._chooser: Chooser | None = None
        self._put: Put = Rules().add

    def load(self) -> None:
        """Read which values leads have."""

        def known(values: KnownValues) -> None:
            if values == self.known:
                return
            self.known, self._offers = values, None
            if self._chooser is not None:
                self._chooser.supply(self._all_offers())
            self.known_changed.emit()

        self._desk.read(known_values, then=known, slot=f"filters.values.{self._slot}")

    def open(self, anchor: QWidget, put: Put, subject: str = "") -> None:
        """Choose a condition beneath a widget, among those of one subject where it is named."""
        from leaddesk.ui.filtering.chooser import Chooser

        if self._chooser is None:
            self._chooser = Chooser(anchor, self._count)
            self._chooser.chosen.connect(self._take)
        self._put = put
        self.load()
        self._chooser.open(self._all_offers(), self._desk.language, anchor=anchor, subject=subject)

    def _take(self, where: Where, more: bool) -> None:
        rules = self._put(where)
        if more:
            self._put = rules.add
        self.taken.emit(rules)

    def _count(self, where: Where, then: Callable[[int], object]) -> None:
        """How many leads a condition would leave."""
        filters = self._filters_of(self._put(where))
        self._desk.read(leads.count, filters, self._desk.now(), then=then, slot=f"filters.count.{self._slot}")

    def _all_offers(self) -> Offers:
        from leaddesk.ui.filtering.offers import Offers

        desk = self._desk
        made = self._offers
        if made is None or not made.fits(desk.playbook, desk.language, desk.today()):
            made = self._offers = Offers(desk.playbook, self.known, desk.language, desk.today(), desk.person)
        return made
