"""Makes ids: UUIDs of version 7, which sort by the time they were made and never run backwards within a process."""

from __future__ import annotations

import secrets
import threading

from leaddesk.qualify.terms import Instant

_COUNTER_BITS = 12
_RANDOM_BITS = 62

_lock = threading.Lock()
_last: tuple[Instant, int] = (0, 0)


def new_id(now: Instant) -> str:
    """A fresh id (36 characters), greater than every id this process made before."""
    return new_ids(now, 1)[0]


def new_ids(now: Instant, count: int) -> list[str]:
    """So many fresh ids, each greater than every id this process made before."""
    global _last
    noise = secrets.token_bytes(8 * count)
    made = []
    with _lock:
        instant, counter = _last
        for place in range(0, 8 * count, 8):
            if now > instant:
                # A small start leaves room to count up within the millisecond.
                instant, counter = now, secrets.randbits(_COUNTER_BITS - 2)
            elif counter + 1 < 1 << _COUNTER_BITS:
                counter += 1
            else:
                instant, counter = instant + 1, 0
            made.append(id_of(instant, counter, int.from_bytes(noise[place : place + 8], "big")))
        _last = (instant, counter)
    return made


def new_id_after(now: Instant, former: str) -> str:
    """A fresh id, greater than a former one of the same instant too that another process made."""
    made = new_id(now)
    if made > former:
        return made
    value = int(former.replace("-", ""), 16)
    counter = (value >> 64 & 0xFFF) + 1
    at, place = (value >> 80) + (counter >> _COUNTER_BITS), counter & 0xFFF
    return id_of(at, place, secrets.randbits(_RANDOM_BITS))


def id_of(at: Instant, counter: int, noise: int) -> str:
    """The id for an instant, a counter of 12 bits and 62 bits of noise: the same parts give the same id."""
    value = (at & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (counter & 0xFFF) << 64
    value |= 0b10 << 62 | noise & (1 << _RANDOM_BITS) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
