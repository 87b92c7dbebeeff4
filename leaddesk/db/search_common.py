"""Which leads have a word that begins as many do: a bit for each lead, learned from the index once.

Of `anna k` the index gives those with *anna* at once; merging all words that begin with *k* would take a hundred times
as long. So where a short beginning that many have stands beside others, it is looked up here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from leaddesk.db import search

if TYPE_CHECKING:
    from numpy.typing import NDArray

    #: The numbers of the leads that meet a query of the index.
    Index: TypeAlias = Callable[[str], NDArray[np.int64]]

#: Longer beginnings are asked of the index: few words begin with them.
SHORT = 3
#: So many are kept, each an eighth of a byte a lead, once for titles and once for all.
_KEPT = 64
#: After so many changes they are learned anew.
_UNSURE = 1_000

#: Whether a lead's texts, its title and everything, meet what is asked, by its number.
Texts: TypeAlias = Callable[[Sequence[int]], dict[int, tuple[bytes, bytes]]]


class Common:
    """The bits, and which leads have changed since they were learned."""

    def __init__(self) -> None:
        self._bits: OrderedDict[tuple[str, bool], NDArray[np.uint8]] = OrderedDict()
        self._unsure: set[int] = set()

    def note(self, numbers: Iterable[int]) -> None:
        """These leads may have other words now."""
        if self._bits:
            self._unsure.update(numbers)
            if len(self._unsure) > _UNSURE:
                self._bits.clear()
                self._unsure.clear()

    def learn(self, index: Index, wanted: search.Wanted, *, titled: bool) -> NDArray[np.uint8]:
        """The bits for what is wanted, read from the index where they are not known."""
        query = search.query_for([wanted])
        bits = self._bits.get((query, titled))
        if bits is None:
            bits = _bits_of(index(f"title : ({query})" if titled else query))
            self._bits[query, titled] = bits
            if len(self._bits) > _KEPT:
                self._bits.popitem(last=False)
        self._bits.move_to_end((query, titled))
        return bits

    def meeting(
        self, numbers: NDArray[np.int64], wanted: Sequence[search.Wanted], index: Index, texts: Texts, *, titled: bool
    ) -> NDArray[np.int64]:
        """Those of some leads that have all that is wanted, too."""
        held = np.ones(len(numbers), np.bool_)
        for one in wanted:
            held &= _has(self.learn(index, one, titled=titled), numbers)
        if self._unsure:
            unsure = np.isin(numbers, np.fromiter(self._unsure, np.int64))
            needles = search.needles_for(wanted)
            read = texts(numbers[unsure].tolist())
            for place in np.flatnonzero(unsure):
                title, whole = read.get(int(numbers[place]), (b"", b""))
                text = title if titled else whole
                held[place] = all(any(needle in text for needle in some) for some in needles)
        return numbers[held]


def _bits_of(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    flags = np.zeros(int(numbers.max(initial=0)) + 1, np.bool_)
    flags[numbers] = True
    return np.packbits(flags, bitorder="little")


def _has(bits: NDArray[np.uint8], numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    within = numbers >> 3 < len(bits)
    bytes_ = bits[np.where(within, numbers >> 3, 0)]
    there: NDArray[np.bool_] = within & ((bytes_ >> (numbers & 7).astype(np.uint8)) & 1).astype(np.bool_)
    return there
