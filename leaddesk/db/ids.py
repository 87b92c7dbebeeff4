"""Makes ids: 16 letters that sort by the time they were made and never run backwards within a process.

They are 44 bits of milliseconds, a counter of 14 bits and 38 bits of noise, in an alphabet that sorts as ASCII does and
means nothing in JSON, URLs, SQL patterns or file names. Databases of earlier versions hold UUIDs of 36 letters beside
them, which come before all of these, from 1987 on; nothing but this module may look inside an id.
"""

from __future__ import annotations

import secrets
import string
import threading
from base64 import b64decode, b64encode
from binascii import crc32
from collections.abc import Sequence

from leaddesk.qualify.terms import Instant

_INSTANT_BITS = 44
_COUNTER_BITS = 14
_NOISE_BITS = 38
_NOISE = (1 << _NOISE_BITS) - 1
_BYTES = 12
_LAST_PLACE = (1 << _INSTANT_BITS + _COUNTER_BITS) - 1

_LETTERS = "-" + string.digits + string.ascii_uppercase + string.ascii_lowercase + "~"
_BASE64 = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_IN_ORDER = bytes.maketrans(_BASE64.encode(), _LETTERS.encode())
_AS_BASE64 = bytes.maketrans(_LETTERS.encode(), _BASE64.encode())

#: The length of an id, in letters.
LENGTH = 16

_lock = threading.Lock()
_last: tuple[Instant, int] = (0, 0)


def new_id(now: Instant) -> str:
    """A fresh id (16 letters), greater than every id this process made before."""
    return new_ids(now, 1)[0]


def new_ids(now: Instant, count: int) -> list[str]:
    """So many fresh ids, each greater than every id this process made before."""
    global _last
    noise = memoryview(secrets.token_bytes(8 * count)).cast("Q")
    with _lock:
        instant, counter = _last
        # A small start leaves room to count up within the millisecond; past the last counter the next one begins.
        fresh = now > instant
        first = _place(now, secrets.randbits(_COUNTER_BITS - 2)) if fresh else _place(instant, counter) + 1
        first = min(first, _LAST_PLACE + 1 - count)  # though another's id be the last there is
        _last = divmod(first + count - 1, 1 << _COUNTER_BITS) if count else _last
    return _written([at << _NOISE_BITS | some & _NOISE for at, some in enumerate(noise, first)])


def new_id_after(now: Instant, former: str) -> str:
    """A fresh id, greater than a former one that another process made too, whatever its clock said."""
    global _last
    made = new_id(now)
    if made > former:
        return made
    if len(former) == LENGTH:
        after = (int.from_bytes(b64decode(former.encode().translate(_AS_BASE64)), "big") >> _NOISE_BITS) + 1
    else:  # a UUID of an earlier version: its first 48 bits are milliseconds
        after = _place(int(former.replace("-", "")[:12], 16), 0)
    with _lock:  # what this process makes from here on comes after it as well
        after = min(max(after, _place(*_last) + 1), _LAST_PLACE)
        _last = divmod(after, 1 << _COUNTER_BITS)
    return _written([after << _NOISE_BITS | secrets.randbits(_NOISE_BITS)])[0]


def id_of(at: Instant, counter: int, noise: int) -> str:
    """The id for an instant, a counter of 14 bits and 38 bits of noise: the same parts give the same id."""
    return _written([_value(at, counter, noise)])[0]


def number_of(made: str) -> int:
    """A number for an id, the same on every machine: where a whole id would take too much room.

    It has 31 bits, and 32 for a UUID of an earlier version: what was kept of these stays as it is.
    """
    return crc32(made.encode()) >> 1 if len(made) == LENGTH else int(made[-8:], 16)


def _place(at: Instant, counter: int) -> int:
    return (at & (1 << _INSTANT_BITS) - 1) << _COUNTER_BITS | counter & (1 << _COUNTER_BITS) - 1


def _value(at: Instant, counter: int, noise: int) -> int:
    return _place(at, counter) << _NOISE_BITS | noise & _NOISE


def _written(values: Sequence[int]) -> list[str]:
    written = b64encode(b"".join([value.to_bytes(_BYTES, "big") for value in values])).translate(_IN_ORDER).decode()
    return [written[place : place + LENGTH] for place in range(0, len(written), LENGTH)]
