"""Columns of all standings held in memory, for a reader that is asked for orders, counts and sums again and again.

A lead's place in every column is its number. They are loaded some thousand leads at a time and then follow what is
written, by whichever program, through the table `standing_change`: only leads named there are read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leaddesk.db.engine import fetch

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

# Leads read in one go: a read of a screen waits no longer than that takes.
_AT_ONCE = 10_000
# Further numbers than this at the end of the columns before they have to be made longer.
_SPARE = 4_096

#: A time that comes after every time of day, as minutes counted from 1.
NO_TIME = 2_047
#: How many of `next` a day is; days are counted as `date.toordinal` does.
DAY_STEP = 2_048

_NUMBERS: Mapping[str, tuple[type[Any], str]] = {
    "score": (np.int16, "score"),
    "up_to": (np.int16, "up_to"),
    "waiting": (np.int8, "waiting = 0"),
    "hot_since": (np.int64, "coalesce(hot_since, 0)"),
    "next": (
        np.int64,
        f"coalesce(CAST(julianday(next_on) - 1721424.5 AS INTEGER) * {DAY_STEP} + CASE"
        f" WHEN next_time IS NULL THEN {NO_TIME} WHEN next_time = '' THEN 0"
        " ELSE 1 + substr(next_time, 1, 2) * 60 + substr(next_time, 4, 2) END, -1)",
    ),
    "value": (np.int64, "coalesce(value, 0)"),
    "stage_since": (np.int64, "stage_since"),
}
_TEXTS: Mapping[str, type[Any]] = {
    "stage": np.int16,
    "source": np.int32,  # a file may have another one for each lead
    "owner": np.int32,
    "currency": np.int16,
    "temperature": np.int8,
    "band": np.int8,
    "lifecycle": np.int16,
}

_PARTS = ", ".join(
    [
        "group_concat(lead_no)",
        *(f"group_concat({sql})" for _, sql in _NUMBERS.values()),
        *(f"json_group_array({name})" for name in _TEXTS),
        "json_group_array(place)",
    ]
)
_LOAD = f"SELECT {_PARTS} FROM (SELECT * FROM standing WHERE lead_no > ? ORDER BY lead_no LIMIT {_AT_ONCE})"  # noqa: S608
_READ = f"SELECT {_PARTS} FROM (SELECT * FROM standing WHERE lead_no IN (SELECT value FROM json_each(?)))"  # noqa: S608
_NEWEST = "SELECT coalesce(max(no), 0) FROM standing_change"
_CHANGED = "SELECT no, lead_no FROM standing_change WHERE no > ? ORDER BY no"


class Stale(Exception):
    """Too much was written to follow: load anew."""


class Resident:
    """The columns. `present`: which numbers are leads; texts as codes of `words`, 0 where there is none.

    `listeners` are told the numbers that were read again.
    """

    def __init__(self) -> None:
        self.present: NDArray[np.bool_] = np.zeros(_SPARE, np.bool_)
        self.numbers: dict[str, NDArray[Any]] = {name: np.zeros(_SPARE, kind) for name, (kind, _) in _NUMBERS.items()}
        self.codes: dict[str, NDArray[Any]] = {name: np.zeros(_SPARE, kind) for name, kind in _TEXTS.items()}
        self.words: dict[str, list[str | None]] = {name: [None] for name in _TEXTS}
        self.places: dict[int, str] = {}
        self.version = 0  # raised whenever anything was written, a playbook among it
        self.listeners: list[Callable[[NDArray[np.int64]], object]] = []
        self._known: dict[str, dict[str | None, int]] = {name: {None: 0} for name in _TEXTS}
        self._seen = 0
        self._data_version = -1

    # ── loading and following ────────────────────────────────────────────────────────────────────────────────────

    def load(self, connection: Connection) -> Iterator[int]:
        """Reads everything, some thousand leads at a time; what is written meanwhile is followed afterwards."""
        ((self._seen,),) = fetch(connection, _NEWEST)
        last = done = 0
        while True:
            (row,) = fetch(connection, _LOAD, last)
            numbers = _whole(row[0])
            if not len(numbers):
                return
            self._put(numbers, row)
            last = int(numbers[-1])
            done += len(numbers)
            yield done

    def follow(self, connection: Connection, data_version: int) -> None:
        """Reads again what was written since; Stale where that cannot be told. Within the caller's snapshot."""
        if data_version == self._data_version:
            return
        changed = fetch(connection, _CHANGED, self._seen)
        if changed:
            if changed[0][0] != self._seen + 1 or any(number is None for _, number in changed):
                raise Stale
            numbers = np.unique(np.array([number for _, number in changed], np.int64))
            self._read_again(connection, numbers)
            self._seen = changed[-1][0]  # not before: a read that failed is made again
        elif fetch(connection, _NEWEST)[0][0] < self._seen:
            raise Stale
        self._data_version = data_version
        self.version += 1

    def _read_again(self, connection: Connection, numbers: NDArray[np.int64]) -> None:
        self._reach(int(numbers[-1]))
        self.present[numbers] = False
        for number in numbers.tolist() if self.places else ():
            self.places.pop(number, None)
        (row,) = fetch(connection, _READ, json.dumps(numbers.tolist()))
        there = _whole(row[0])
        if len(there):
            self._put(there, row)
        for listener in self.listeners:
            listener(numbers)

    def _put(self, numbers: NDArray[np.int64], row: Sequence[Any]) -> None:
        self._reach(int(numbers.max()))
        self.present[numbers] = True
        cells = iter(row[1:])
        for column in self.numbers.values():
            column[numbers] = _whole(next(cells))
        for name, codes in self.codes.items():
            known = self._known[name]
            texts = json.loads(next(cells))
            for text in set(texts).difference(known):
                known[text] = len(known)
                self.words[name].append(text)
            codes[numbers] = [known[text] for text in texts]
        for number, place in zip(numbers.tolist(), json.loads(next(cells)), strict=True):
            if place is not None:
                self.places[number] = place

    def _reach(self, number: int) -> None:
        if number < len(self.present):
            return
        length = number + 1 + max(_SPARE, number // 8)
        self.present = _longer(self.present, length)
        for columns in (self.numbers, self.codes):
            for name, column in columns.items():
                columns[name] = _longer(column, length)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def code(self, name: str, text: str | None) -> int:
        """The code of a text in a column; -1 where nobody has it."""
        return self._known[name].get(text, -1)


def _whole(joined: str | None) -> NDArray[np.int64]:
    return np.fromstring(joined or "", np.int64, sep=",")


def _longer(column: NDArray[Any], length: int) -> NDArray[Any]:
    longer = np.zeros(length, column.dtype)
    longer[: len(column)] = column
    return longer
