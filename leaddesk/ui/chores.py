"""What the program does by itself while nobody waits: scores that time has moved, the backup of the day."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError
from leaddesk.paths import backups_folder
from leaddesk.ui.desk import Desk
from leaddesk.ui.tasks import Urgency

if TYPE_CHECKING:
    from leaddesk.db.store import Store

LOG = logging.getLogger(__name__)

FIRST = 3_000  # milliseconds after opening; a person looks at the board first
EVERY = 60_000
AT_ONCE = 200  # leads of one short write
KEPT = 14  # backups of one database


class Chores(QObject):
    """Begins when a database opens and goes on while it is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._moved: set[str] = set()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._freshen)
        desk.opened.connect(self._begin)

    def _begin(self) -> None:
        self._clock.start(FIRST)
        QTimer.singleShot(FIRST, self, self.back_up)

    def _freshen(self) -> None:
        if not self._desk.is_open:
            return
        now = self._desk.now()
        self._desk.work(
            lambda store: store.freshen(now=now, limit=AT_ONCE),
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
        self._clock.start(EVERY)

    def _could_not(self, error: LeadDeskError) -> None:
        LOG.warning("could not bring scores up to date: %s", error)
        self._clock.start(EVERY)

    def back_up(self) -> None:
        """Keep a copy of today, if there is none yet."""
        path = self._desk.path
        if path is None or not self._desk.is_open:
            return
        target = backup_of(path, self._desk.today())
        if not target.exists():
            self._desk.work(
                lambda store: _back_up(store, target),
                None,
                lambda error: LOG.warning("no backup today: %s", error),
                urgency=Urgency.BACKGROUND,
            )


def backup_of(database: Path, day: date) -> Path:
    """Where the automatic backup of a day goes."""
    return backups_folder() / f"{database.stem}-{day.isoformat()}.leaddesk"


def _back_up(store: Store, target: Path) -> None:
    store.backup(target)
    older = sorted(target.parent.glob(f"{target.stem[: -len('-2000-01-01')]}-????-??-??.leaddesk"))
    for path in older[:-KEPT]:
        path.unlink(missing_ok=True)
