"""When a database opens: what an earlier run could not save in it is taken up, once."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from leaddesk.errors import DatabaseTrouble, LeadDeskError
from leaddesk.exchange.spool import Kept
from leaddesk.ui.desk import Desk

LOG = logging.getLogger(__name__)

#: How soon what still cannot be saved is tried again, in milliseconds.
AGAIN = 2000


class TakeUp(QObject):
    """Begins when a database opens; what belongs to another database stays where it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._left: set[str] = set()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._try)
        desk.opened.connect(self._begin)

    def _begin(self) -> None:
        self._left = {kept.id for kept in self._desk.spool.all()}
        self._try()

    def _try(self) -> None:
        if not self._desk.is_open:
            return
        for kept in self._desk.spool.all():
            if kept.id in self._left:
                self._give(kept)

    def _give(self, kept: Kept) -> None:
        from leaddesk.operations.talk import take_up

        self._desk.do(
            take_up,
            kept,
            then=lambda there: self._landed(kept, there),
            refused=lambda trouble: self._lost(kept, trouble),
            failed=lambda trouble: self._lost(kept, trouble),
        )

    def _landed(self, kept: Kept, there: bool) -> None:
        self._left.discard(kept.id)
        if there:
            self._desk.spool.drop(kept.id)

    def _lost(self, kept: Kept, trouble: LeadDeskError) -> None:
        if isinstance(trouble, DatabaseTrouble):
            self._again.start()
            return
        LOG.warning("what an earlier run could not save does not fit any more: %s", trouble)
        self._left.discard(kept.id)
