"""Where a lead stands in an order of perhaps a million."""

from __future__ import annotations

import sys
from array import array

# Looked through number by number, more than these keep the window waiting.
_MANY = 20_000


def place_of(no: int, nos: array[int]) -> int | None:
    """The first place of a number; None where it is not among them."""
    # With so many leads numpy was imported to load their orders; it is not imported for this.
    numpy = sys.modules.get("numpy") if len(nos) > _MANY else None
    if numpy is None:
        return nos.index(no) if no in nos else None
    found = numpy.flatnonzero(numpy.frombuffer(nos, numpy.int64) == no)
    return int(found[0]) if len(found) else None
