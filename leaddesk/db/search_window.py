"""The texts of the best leads held in memory: what matches many leads is found among them, without ranking them all.

It holds every lead with a score above a floor. Where enough of these match, they are the best of all that match; what
matches few leads is asked of the index and ranked by scores in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np

from leaddesk.db import search
from leaddesk.db.engine import fetch
from leaddesk.db.resident import Resident
from leaddesk.db.search import Term, Wanted
from leaddesk.db.search_common import SHORT, Common
from leaddesk.db.states import ids_of, load
from leaddesk.db.texts import texts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

#: How many leads it holds, about.
HELD = 20_000
#: What so many of them have is not asked of the index: merging its lists would take too long.
COMMON = 500

_AT_ONCE = 250
_PIECE = 2**16
_SAMPLED = 8
_MATCHES = "SELECT group_concat(rowid) FROM search WHERE search MATCH ?"


class Window:
    """The texts, best first. It follows what the columns are told of."""

    def __init__(self, resident: Resident) -> None:
        self._resident = resident
        self._floor = 0
        self._texts: dict[int, tuple[bytes, bytes]] = {}  # by number: the title, and everything
        self._changed: set[int] = set()
        self._titles = self._wholes = _Pile([], [])
        self._is_piled = False
        self._common = Common()
        resident.listeners.append(lambda numbers: self._changed.update(numbers.tolist()))

    def load(self, connection: Connection) -> Iterator[int]:
        """Reads the texts, some hundred at a time."""
        there = np.flatnonzero(self._resident.present)
        scores = self._resident.numbers["score"][there]
        if len(there) > HELD:
            # All of those with the lowest score among them stay outside: there may be more of these.
            self._floor = int(np.partition(scores, len(scores) - HELD)[len(scores) - HELD])
            there = there[scores > self._floor]
        else:
            self._floor = -(2**15)
        for start in range(0, len(there), _AT_ONCE):
            self._hold(connection, there[start : start + _AT_ONCE].tolist())
            yield start

    def learn(self, connection: Connection) -> Iterator[int]:
        """Reads who has words that begin with a letter, a letter at a time, so that nobody has to wait for it."""
        self._follow(connection)
        index = partial(_matches, connection)
        for place, letter in enumerate(ascii_lowercase):
            wanted = [Term(letter, False)]
            if self._is_common(wanted):
                for titled in (True, False):
                    self._common.learn(index, wanted, titled=titled)
                    yield place

    def search(self, connection: Connection, text: str, limit: int) -> list[int]:
        """As `search.search`, but of what very many leads have, only the best come first for their titles."""
        wanted = search.wanted_of(text)
        if not wanted:
            return []
        self._follow(connection)
        needles = search.needles_for(wanted)
        titled = self._titles.find(needles, limit)
        if len(titled) < limit:
            some = self._wholes.find(needles, COMMON)
            if len(some) < COMMON or limit > COMMON:
                return self._asked(connection, wanted, limit)
            known = set(titled)
            titled += [number for number in some if number not in known]
        return titled[:limit]

    def _asked(self, connection: Connection, wanted: Sequence[Wanted], limit: int) -> list[int]:
        """What the index finds, ranked."""
        common = self._common_of(wanted)
        rare = [one for one in wanted if one not in common]
        titled = self._ranked(self._matching(connection, rare, common, titled=True), limit)
        if len(titled) >= limit:
            return titled
        known = set(titled)
        others = self._ranked(self._matching(connection, rare, common, titled=False), limit + len(titled))
        return [*titled, *(number for number in others if number not in known)][:limit]

    def _common_of(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Of several things wanted the short beginnings that many leads have; something is left for the index."""
        if len(wanted) < 2:
            return []
        short = [one for one in wanted if all(len(term.words) <= SHORT and not term.whole for term in one)]
        common = [one for one in short if self._is_common(one)]
        return common if len(common) < len(wanted) else sorted(common, key=lambda one: len(one[0].words))[:-1]

    def _is_common(self, wanted: Wanted) -> bool:
        return sum(map(self._wholes.about, search.needles_for([wanted])[0])) >= COMMON

    def _matching(
        self, connection: Connection, rare: Sequence[Wanted], common: Sequence[Wanted], *, titled: bool
    ) -> NDArray[np.int64]:
        query = search.query_for(rare)
        found = _matches(connection, f"title : ({query})" if titled else query)
        if not common or not len(found):
            return found
        index, texts = partial(_matches, connection), partial(self._read, connection)
        return self._common.meeting(found, common, index, texts, titled=titled)

    def _ranked(self, numbers: NDArray[np.int64], limit: int) -> list[int]:
        scores = -self._resident.numbers["score"][numbers].astype(np.int64)
        best: list[int] = numbers[np.lexsort((numbers, scores))][:limit].tolist()
        return best

    # ── following ────────────────────────────────────────────────────────────────────────────────────────────────

    def _follow(self, connection: Connection) -> None:
        if self._changed:
            self._common.note(self._changed)
            resident = self._resident
            inside = [
                number
                for number in self._changed
                if resident.present[number] and resident.numbers["score"][number] > self._floor
            ]
            if self._changed & self._texts.keys() or inside:
                for number in self._changed:
                    self._texts.pop(number, None)
                for start in range(0, len(inside), _AT_ONCE):
                    self._hold(connection, inside[start : start + _AT_ONCE])
                self._is_piled = False
            self._changed.clear()
        if not self._is_piled:
            self._pile()

    def _hold(self, connection: Connection, numbers: Sequence[int]) -> None:
        self._texts.update(self._read(connection, numbers))
        self._is_piled = False

    def _read(self, connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
        known = load(connection, ids_of(connection, numbers).values())
        return {
            number: (_spaced(words[0]), b"".join(map(_spaced, words)))
            for number, words in texts_of(connection, known).items()
        }

    def _pile(self) -> None:
        numbers = np.array(list(self._texts), np.int64)
        best = self._ranked(numbers, len(numbers))
        self._titles = _Pile(best, [self._texts[number][0] for number in best])
        self._wholes = _Pile(best, [self._texts[number][1] for number in best])
        self._is_piled = True


class _Pile:
    """Texts one after the other, best first, to be looked through in one go."""

    def __init__(self, numbers: Sequence[int], texts: Sequence[bytes]) -> None:
        self._numbers = numbers
        self._all = b"\n".join(texts)
        self._starts: list[int] = [0, *accumulate(len(text) + 1 for text in texts)]

    def about(self, needle: bytes) -> int:
        """About how often it occurs, from a part of the texts."""
        return self._all.count(needle, 0, len(self._all) // _SAMPLED) * _SAMPLED

    def find(self, needles: Sequence[Sequence[bytes]], limit: int) -> list[int]:
        """Numbers of the first texts that have a needle of each list."""
        firsts, *others = sorted(needles, key=lambda some: min(map(len, some)), reverse=True)
        found = [self._places(first, others, limit) for first in firsts]
        places = found[0] if len(found) == 1 else sorted({place for some in found for place in some})[:limit]
        return [self._numbers[place] for place in places]

    def _places(self, first: bytes, others: Sequence[Sequence[bytes]], limit: int) -> list[int]:
        places: list[int] = []
        at = self._all.find(first)
        while at >= 0 and len(places) < limit:
            place = bisect_right(self._starts, at) - 1
            start, end = self._starts[place], self._starts[place + 1]
            if all(any(self._all.find(needle, start, end) >= 0 for needle in some) for some in others):
                places.append(place)
            at = self._all.find(first, end - 1)
        return places


def _matches(connection: Connection, query: str) -> NDArray[np.int64]:
    ((joined,),) = fetch(connection, _MATCHES, query)
    # In pieces: other threads get a turn between two.
    numbers = [np.zeros(0, np.int64)]
    start = 0
    while joined and start < len(joined):
        end = joined.find(",", start + _PIECE)
        end = len(joined) if end < 0 else end
        numbers.append(np.fromstring(joined[start:end], np.int64, sep=","))
        start = end + 1
    return np.concatenate(numbers)


def _spaced(words: str) -> bytes:
    return f" {words} ".encode() if words else b""
