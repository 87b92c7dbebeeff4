"""Where cards lie in a column, without Qt: one pile, or one for each swimlane under its own line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Pile:
    """The cards of one swimlane in one column: from index `first`, `cards` of them, so many pixels from the top."""

    first: int
    cards: int
    top: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All cards are equally high: `pitch` from the top of one to the top of the next.

    `lanes`: the height of each swimlane in cards, the largest of its columns; 0 where it is folded. `line`: the height
    of the line over a swimlane; 0 where there are none.
    """

    pitch: int
    lanes: tuple[int, ...] = (0,)
    line: int = 0

    @property
    def height(self) -> int:
        """The height of everything."""
        return sum(self.lanes) * self.pitch + len(self.lanes) * self.line

    def tops(self) -> list[int]:
        """Where each swimlane begins, its line included."""
        return list(accumulate((cards * self.pitch + self.line for cards in self.lanes[:-1]), initial=0))


class Piles:
    """The piles of one column in a layout. `counts`: cards of the column by swimlane."""

    def __init__(self, layout: Layout, counts: Sequence[int]) -> None:
        self.layout = layout
        self._tops = layout.tops()
        firsts = accumulate(counts, initial=0)
        self._piles = [
            Pile(first, cards if height else 0, top + layout.line)
            for first, cards, height, top in zip(firsts, counts, layout.lanes, self._tops, strict=False)
        ]
        self._firsts = [pile.first for pile in self._piles]

    def lane_of(self, index: int) -> int:
        """The swimlane the card at an index stands in."""
        return max(0, bisect_right(self._firsts, index) - 1)

    def top_of(self, index: int) -> int:
        """How far from the top of everything the card at an index begins; in a folded swimlane, where its line is."""
        if not self._piles:
            return 0
        pile = self._piles[self.lane_of(index)]
        return pile.top + (index - pile.first) * self.layout.pitch if pile.cards else pile.top - self.layout.line

    def lane_at(self, height: int) -> int:
        """The swimlane at a height."""
        return max(0, bisect_right(self._tops, height) - 1)

    def lane_top(self, lane: int) -> int | None:
        """Where the line of a swimlane lies; None: there is no such swimlane."""
        return self._tops[lane] if 0 <= lane < len(self._tops) else None

    def index_at(self, height: int) -> int | None:
        """The card whose place holds a height; None on lines and below the last one."""
        if not self._piles:
            return None
        pile = self._piles[min(self.lane_at(height), len(self._piles) - 1)]
        place = (height - pile.top) // self.layout.pitch
        return pile.first + place if height >= pile.top and 0 <= place < pile.cards else None

    def nearest(self, height: int) -> int | None:
        """The card nearest to a height; None where there is none at all."""
        best: tuple[int, int] | None = None
        for pile in self._piles:
            if pile.cards:
                place = max(0, min(pile.cards - 1, (height - pile.top) // self.layout.pitch))
                far = abs(height - (pile.top + place * self.layout.pitch + self.layout.pitch // 2))
                if best is None or far < best[0]:
                    best = (far, pile.first + place)
        return best[1] if best is not None else None

    def between(self, top: int, bottom: int) -> Sequence[int]:
        """The indexes of the cards seen, in part or whole, between two heights."""
        if len(self._piles) == 1:
            return self._seen(self._piles[0], top, bottom)
        return [index for lane in self._lanes(top, bottom) for index in self._seen(self._piles[lane], top, bottom)]

    def lines(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """(swimlane, height of its line) of all that begin or go on between two heights."""
        for lane in self._lanes(top, bottom):
            yield lane, self._tops[lane]

    def insertion(self, height: int) -> tuple[int, int, int]:
        """Where a card dropped at a height would go: swimlane, index, and the height of the gap."""
        if not self._piles:
            return 0, 0, 0
        lane = min(self.lane_at(height), len(self._piles) - 1)
        pile = self._piles[lane]
        place = max(0, min(pile.cards, (height - pile.top + self.layout.pitch // 2) // self.layout.pitch))
        return lane, pile.first + place, pile.top + place * self.layout.pitch

    def bounds(self, lane: int) -> tuple[int, int]:
        """The first and one past the last index that is shown of a swimlane."""
        if not 0 <= lane < len(self._piles):
            return 0, 0
        pile = self._piles[lane]
        return pile.first, pile.first + pile.cards

    def is_shown(self, index: int) -> bool:
        """Whether its swimlane is unfolded."""
        if not self._piles:
            return False
        first, last = self.bounds(self.lane_of(index))
        return first <= index < last

    def _lanes(self, top: int, bottom: int) -> range:
        first = self.lane_at(top)
        return range(first, min(len(self._piles), bisect_right(self._tops, bottom)))

    def _seen(self, pile: Pile, top: int, bottom: int) -> range:
        pitch = self.layout.pitch
        first = max(0, (top - pile.top) // pitch)
        last = min(pile.cards, max(0, (bottom - 1 - pile.top) // pitch + 1))
        return range(pile.first + first, pile.first + max(first, last))
