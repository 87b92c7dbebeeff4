"""The board in front, with a person's hands: what tests of the board share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from leaddesk.db.engine import fetch
from leaddesk.db.reading import Reading
from leaddesk.db.reads import leads
from leaddesk.db.reads.board import Filters, totals
from leaddesk.db.records import ColumnTotal
from leaddesk.ui.board.carrying import carried
from leaddesk.ui.board.column_view import ColumnView
from leaddesk.ui.board.head_words import spoken_head, weighted_words
from leaddesk.ui.board.room import BoardRoom
from tests.drivers import WindowDriver


class Board:
    """The board, by keys, by mouse, and by what the database says."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        driver.trigger("go.board")
        room = driver.page
        assert isinstance(room, BoardRoom)
        self.room = room
        self.wait_read()

    def wait_read(self) -> None:
        """Until every column is read whole."""
        self.driver.wait_for(lambda: all(column.whole for column in self.room.model.columns.values()))

    def stand_on(self, lead: str) -> None:
        """Put the keyboard on a card."""
        self.fetch()
        card = self.room.model.find(lead)
        assert card is not None
        self.room.lanes.setFocus()
        self.room.lanes.stand_on(card.no, card.stage)
        assert self.room.selected_lead() == lead

    def fetch(self) -> None:
        """Read all cards, so that they can be found by id."""
        for column in self.room.model.columns.values():
            self.room.model.fetch(column.nos[:200])

    def stage_of(self, lead: str) -> str:
        """Where the database says a lead stands."""
        return self.driver.ask(leads.state_of, lead).stage

    def shown_in(self, stage: str) -> list[str]:
        """The ids of the cards a column shows, from above."""
        nos = self.room.model.columns[stage].nos
        self.room.model.fetch(nos)
        return [card.id for no in nos if (card := self.room.model.card(no)) is not None]

    def view(self, stage: str) -> ColumnView:
        """The cards of a column."""
        return self.room.lanes.lanes[stage].view

    def drop(self, ids: str | Sequence[str], stage: str, before: int | None = None) -> None:
        """Drop cards onto a column as the mouse does: in its middle, or above the card at an index."""
        self.fetch()
        view = self.view(stage)
        cards = [self.room.model.find(one) for one in ([ids] if isinstance(ids, str) else ids)]
        data = carried([card.no for card in cards if card is not None])
        where = view.viewport().rect().center()
        if before is not None:
            top = view.rect_of(before).top() if before < len(view.column.nos) else view.rect_of(before - 1).bottom()
            where = QPoint(20, max(0, top - 2))
        left, none, move = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
        enter = QDragEnterEvent(where, move, data, left, none)
        QApplication.sendEvent(view.viewport(), enter)
        assert enter.isAccepted()
        QApplication.sendEvent(view.viewport(), QDragMoveEvent(where, move, data, left, none))
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(where), move, data, left, none))
        self.driver.settle()

    def assert_heads_true(self) -> None:
        """What the heads show is what the database counts, with the same filters, once everything is read."""
        self.driver.wait_for(lambda: not self._untrue())

    def _untrue(self) -> list[str]:
        """Columns whose head or length is not what the database says."""
        filters = self.room.filters.filters
        wrong = [] if filters != Filters() else self._otherwise_than_counted()
        for stage, total in self.driver.ask(totals, filters).items():
            column = self.room.model.columns[stage]
            kept = column.total
            true = kept is not None and (kept.leads, dict(kept.values)) == (total.leads, dict(total.values))
            if not true or (filters == Filters() and len(column.nos) != total.leads):
                wrong.append(stage)
        return wrong

    def _otherwise_than_counted(self) -> list[str]:
        """Columns whose head says other counts, sums or weighted sums than a count of the leads themselves."""
        told = self.driver.ask(_counted)
        language, wrong = self.driver.desk.language, []
        for key, lane in self.room.lanes.lanes.items():
            total = told.get(key) or ColumnTotal(key, 0, {})
            spoken = spoken_head(lane.stage, total, language), weighted_words(lane.stage, total, language)
            head = lane.head
            if head.accessibleName() != spoken[0] or spoken[1] not in head.accessibleDescription():
                wrong.append(key)
        return wrong


def _counted(reading: Reading) -> dict[str, ColumnTotal]:
    """Leads and sums per stage, counted anew from what was entered."""
    asked = "SELECT stage, value_currency, count(*), sum(value) FROM lead GROUP BY stage, value_currency"
    found: dict[str, ColumnTotal] = {}
    for stage, currency, count, value in fetch(reading.connection, asked):
        before = found.get(stage) or ColumnTotal(stage, 0, {})
        values = {**before.values, **({currency: value} if currency else {})}
        found[stage] = ColumnTotal(stage, before.leads + count, values)
    return found
