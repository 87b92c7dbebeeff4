"""Finds again, among changed entries of a list, those that were there before: by themselves, their key, their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def partners(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """For each new entry the place of the old one it was; None: it is new. No old one serves twice."""
    found: list[int | None] = [None] * len(new)
    free = dict.fromkeys(range(len(old)))
    for alike in (_same, _equal, _same_key):
        for place, one in enumerate(new):
            known = found[place]
            if known is None and (known := next((other for other in free if alike(old[other], one)), None)) is not None:
                found[place] = known
                del free[known]
    if len(old) == len(new):
        for place, one in enumerate(new):
            # In a list of the same length what stands where another stood is that one, under another key.
            if found[place] is None and place in free and type(old[place]) is type(one):
                found[place] = place
                del free[place]
    return found


def _same(one: object, other: object) -> bool:
    return one is other


def _equal(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _same_key(one: object, other: object) -> bool:
    return key_of(one) is not None and key_of(one) == key_of(other)


def key_of(value: object) -> object:
    """What names an entry of a list; None where nothing does."""
    if not isinstance(value, Mapping):
        return None
    return value.get("key") or value.get("fact") or value.get("code")
