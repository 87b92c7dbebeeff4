"""Own order: keys that are compared as text, with room for another between any two.

A key is letters and digits and never ends in 0, so there is always one before it. A lead nobody placed stands where its
number puts it, so a card can be put anywhere in a long column without touching the others.
"""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_BASE = len(_DIGITS)


def place_of(number: int) -> str:
    """The key of a lead nobody placed: by its number."""
    return f"n{number:012d}1"


def between(after: str | None, before: str | None) -> str:
    """A key after the one and before the other; None: after all, before all. The first must be smaller.

    Raises ValueError where it is not.
    """
    low, high = after or "", before
    if high is not None and low >= high:
        raise ValueError(f"{after} is not before {before}")
    made = ""
    place = 0
    while True:
        least = _VALUE[low[place]] if place < len(low) else 0
        most = _VALUE[high[place]] if high is not None and place < len(high) else _BASE
        if most - least > 1:
            return made + _DIGITS[(least + most) // 2]
        made += _DIGITS[least]
        if most > least:  # the rest only has to be larger than what is left of the first
            high = None
        place += 1


def spread(after: str | None, before: str | None, count: int) -> list[str]:
    """So many keys in order between two, short ones: halves of halves."""
    if count <= 0:
        return []
    middle = between(after, before)
    first = count // 2
    return [*spread(after, middle, first), middle, *spread(middle, before, count - first - 1)]
