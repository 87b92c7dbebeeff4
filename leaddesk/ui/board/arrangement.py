"""Lays the cards of all columns out: each column by itself, or all of them in swimlanes that scroll together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.ui.board.card_art import CardArt
from leaddesk.ui.board.column_view import LINE
from leaddesk.ui.board.columns import BoardModel
from leaddesk.ui.board.lane import Lane
from leaddesk.ui.board.lane_words import lane_title
from leaddesk.ui.board.layout import Layout, Piles
from leaddesk.ui.board.stage_head import HeadLines


class Arrangement:
    """Where the cards of a board lie, and which swimlanes the person folded."""

    def __init__(self, model: BoardModel, art: CardArt) -> None:
        self._model, self._art = model, art
        self._lanes: Mapping[str, Lane] = {}
        self._closed: set[str] = set()
        self.language = ""

    def take(self, lanes: Mapping[str, Lane]) -> None:
        """Arrange these columns from now on."""
        self._lanes = lanes
        for lane in lanes.values():
            lane.view.verticalScrollBar().valueChanged.connect(self._scroll_together)
            lane.view.words_over = self.words_over
            lane.head.wants_lines.connect(self.level_heads)

    def level_heads(self) -> None:
        """All heads take the lines any of the wide columns' wants, so that their cards begin at one height."""
        wanted = [lane.head.wanted for lane in self._lanes.values() if lane.wide]
        lines = HeadLines(any(one.sums for one in wanted), any(one.weighted for one in wanted))
        for lane in self._lanes.values():
            lane.head.set_lines(lines)

    def lay(self, stages: set[str] | None = None) -> None:
        """Lay these columns out, or all; in swimlanes all, since these are as high as their longest column."""
        if self._model.by is Grouping.NONE:
            for key in self._lanes.keys() if stages is None else stages & self._lanes.keys():
                counts, view = self._model.counts(key), self._lanes[key].view
                view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
                view.set_piles(Piles(Layout(self._art.pitch, counts), counts))
            return
        counts_of = {key: self._model.counts(key) for key in self._lanes}
        wide = [counts for key, counts in counts_of.items() if self._lanes[key].wide]
        heights = tuple(
            0 if lane in self._closed else max((counts[place] for counts in wide), default=0)
            for place, lane in enumerate(self._model.lanes)
        )
        layout = Layout(self._art.pitch, heights, LINE)
        for key, lane in self._lanes.items():
            lane.view.set_piles(Piles(layout, counts_of[key]))
        self._share_out()

    def _share_out(self) -> None:
        """The first wide column tells which swimlane is which, the last one has the scroll bar of all."""
        wide = [lane for lane in self._lanes.values() if lane.wide]
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        for lane in self._lanes.values():
            lane.view.lane_words = self.words_over if lane in wide[:1] else None
            lane.view.setVerticalScrollBarPolicy(on if lane in wide[-1:] else off)

    def words_over(self, place: int) -> str:
        """The line over a swimlane: whether it is folded, whose it is, how many leads, worth what."""
        if not 0 <= place < len(self._model.lanes):
            return ""
        lane = self._model.lanes[place]
        leads = sum(counts[place] for counts in map(self._model.counts, self._lanes))
        title = lane_title(lane, self._model.by, leads, self._model.lane_sums.get(lane, {}), self.language)
        return f"{'▸' if lane in self._closed else '▾'} {title}"

    def fold(self, place: int) -> None:
        """Fold a swimlane to its line, or unfold it."""
        if 0 <= place < len(self._model.lanes):
            self._closed ^= {self._model.lanes[place]}
            self.lay()

    def _scroll_together(self, value: int) -> None:
        if self._model.by is not Grouping.NONE:
            for lane in self._lanes.values():
                lane.view.verticalScrollBar().setValue(value)
