"""What the program does by itself while nobody waits: parked leads on their day, scores time has moved, backups."""

from __future__ import annotations

import logging
import time
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from leaddesk.db.days import local_day
from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError
from leaddesk.operations.parked import bring_back_parked, due_from_parking
from leaddesk.operations.pool import AT_ONCE as AT_ONCE_POOLED
from leaddesk.operations.pool import due_for_pool, return_untouched
from leaddesk.paths import backups_folder
from leaddesk.qualify.pool import days_by_stage
from leaddesk.ui.desk import Desk
from leaddesk.ui.tasks import Urgency

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leaddesk.db.store import Store
    from leaddesk.qualify.terms import Instant

LOG = logging.getLogger(__name__)

FIRST = 3_000  # milliseconds after opening; a person looks at the board first
EVERY = 60_000
AT_ONCE = 200  # leads of one short write, while nobody waits for it
_QUIET = 1.0  # seconds the window has the machine for itself after something changed


class Chores(QObject):
    """Begins when a database opens and goes on while it is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._moved: set[str] = set()
        self._pooled_on: date | None = None
        self._is_round = False  # one after the other until all is up to date, then again a while later
        self._has_begun = False
        self._quiet_from = 0.0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._freshen)
        desk.opened.connect(self._begin)
        desk.warmed.connect(self._warmed)
        desk.changed.connect(self._follow)

    def _begin(self) -> None:
        self._pooled_on, self._is_round, self._has_begun = None, False, False
        self._clock.stop()
        self._desk.warm()
        QTimer.singleShot(FIRST, self, self.back_up)

    def _warmed(self) -> None:
        """Not before: two threads that are busy at once would keep the window's waiting."""
        if not self._has_begun:
            self._has_begun = True
            self._clock.start(FIRST)

    def _follow(self, changes: Changes) -> None:
        if changes.everything:  # perhaps too much for what is in memory to follow
            self._desk.warm()
        self._quiet_from = time.monotonic() + _QUIET

    def _freshen(self) -> None:
        if not self._desk.is_open:
            return
        left = self._quiet_from - time.monotonic()
        if left > 0:
            self._clock.start(round(left * 1000) + 1)
            return
        now = self._desk.now()
        self._look_for_untouched()
        self._look_for_due()
        self._desk.work(
            lambda store: store.freshen(now=now, limit=AT_ONCE, is_enough=lambda: self._desk.is_awaited),
            self._freshened,
            self._could_not,
            urgency=Urgency.BACKGROUND,
        )

    def _freshened(self, changes: Changes | None) -> None:
        if changes is not None:
            self._moved |= changes.leads
            self._clock.start(20)
            return
        if self._moved:
            many = len(self._moved) > 1000
            leads = frozenset() if many else frozenset(self._moved)
            self._moved.clear()
            self._desk.tell(Changes(name="freshen", leads=leads, tables=frozenset({"standing"}), everything=many))
        self._is_round = False
        self._clock.start(EVERY)

    def _look_for_due(self) -> None:
        """Once a round, off the writer's thread: all who are parked are looked through."""
        if self._is_round:
            return
        self._is_round = True
        self._desk.read(
            due_from_parking, self._desk.today(), then=self._bring_back, failed=self._could_not, slot="chores.parked"
        )

    def _bring_back(self, lead_ids: list[str]) -> None:
        """Those whose day has come; there may be others by now."""
        if not lead_ids:
            return
        now = self._desk.now()
        self._desk.work(lambda store: _brought_back(store, now), self._brought_back, self._could_not)

    def _brought_back(self, changes: Changes | None) -> None:
        if changes is not None:
            self._desk.tell(changes)

    def _look_for_untouched(self) -> None:
        """Once a day, off the writer's thread: all leads are looked through."""
        today = self._desk.today()
        if self._pooled_on == today or not days_by_stage(self._desk.playbook):
            return
        self._pooled_on = today
        self._desk.read(due_for_pool, today, then=self._give_back, failed=self._could_not, slot="chores.pool")

    def _give_back(self, lead_ids: list[str]) -> None:
        """As a step of its own, so that it is told and can be undone; there may be more than were looked up."""
        if not lead_ids:
            return

        def go_on(_returned: int) -> None:
            self._desk.read(due_for_pool, self._desk.today(), then=self._give_back, slot="chores.pool")

        many = len(lead_ids) >= AT_ONCE_POOLED
        self._desk.do(return_untouched, lead_ids, then=go_on if many else None, failed=self._could_not)

    def _could_not(self, error: LeadDeskError) -> None:
        LOG.warning("could not bring scores up to date: %s", error)
        self._is_round = False
        self._clock.start(EVERY)

    def back_up(self) -> None:
        """Keep a copy of today, if there is none yet."""
        database = self._desk.path
        if database is None or not self._desk.is_open:
            return
        now = self._desk.now()
        self._desk.copying.start(
            lambda stop: _back_up(database, now, stop),
            None,
            lambda error: LOG.warning("no backup today: %s", error),
        )


def _brought_back(store: Store, now: Instant) -> Changes | None:
    """What came back from parking today; None where nothing is due."""
    if not due_from_parking(store, local_day(now)):
        return None
    return store.run(bring_back_parked, now=now)[1]


def _back_up(database: Path, now: Instant, stop: Callable[[], bool]) -> None:
    from leaddesk.db.backup import daily_backup

    kept = daily_backup(database, backups_folder(), now=now, stop=stop)
    if kept is not None:
        LOG.info("backed up to %s", kept.name)
