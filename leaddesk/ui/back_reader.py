"""The connection of the reader thread, with what it holds in memory; only that thread touches it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leaddesk.ui.tasks import AGAIN, Again

if TYPE_CHECKING:
    from leaddesk.db.store import Reader, Store


#: So long the window has the machine for itself, to draw its first cards.
_FIRST_CARDS = 0.4


def _warming(reader: Reader) -> Iterator[int]:
    time.sleep(_FIRST_CARDS)
    yield 0
    from leaddesk.db.reads.standing_order import warm

    yield from warm(reader)


class BackReader:
    """Made anew for each database, when first asked for."""

    def __init__(self) -> None:
        self._own: tuple[Store, Reader] | None = None
        self._warming: Iterator[int] | None = None

    def of(self, store: Store) -> Reader:
        """The connection beside a store."""
        if self._own is None or self._own[0] is not store:
            self.close()
            self._own = (store, store.reader())
        return self._own[1]

    def warm(self, store: Store) -> Again | None:
        """Load a piece of what answers for orders and counts from memory; AGAIN while there are more."""
        reader = self.of(store)
        if self._warming is None:
            if not reader.wants_orders:
                return None
            self._warming = _warming(reader)
        if next(self._warming, None) is not None:
            return AGAIN
        self._warming = None
        return None

    def close(self) -> None:
        """Let the connection go."""
        self._warming = None
        if self._own is not None:
            self._own[1].close()
            self._own = None
