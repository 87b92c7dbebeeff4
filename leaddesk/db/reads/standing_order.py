"""Orders, counts and sums from columns in memory: what `ordering` asks SQL for, in some milliseconds at a million."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, select

from leaddesk.db.reader import Reader
from leaddesk.db.reading import Reading
from leaddesk.db.reads.filters import Filters, Sort, conditions
from leaddesk.db.records import ColumnTotal
from leaddesk.db.resident import DAY_STEP, Resident
from leaddesk.db.schema import standing
from leaddesk.db.search_window import Window
from leaddesk.qualify.places import place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What the columns answer; whatever else a filter asks for is a set of numbers from SQL.
_KEPT = ("source", "owner", "stage", "temperature", "lifecycle")
# Orders kept beside the columns: those of the board and the table, and one that was left a moment ago.
_ORDERS = 3
# With more changes than this an order is made anew instead of mended.
_MENDED = 5_000

# Scores lie within these, in tenths; so many fit beside an instant in one number.
_MOST = 3_000
_SCORES = 4_096
_LAST_PLACE = 2**62
_LARGEST = 2**50


class Orders:
    """Answers from the columns of a reader; it lives beside them, on the reader's thread."""

    def __init__(self, resident: Resident) -> None:
        self.window: Window | None = None  # for searches, once its texts are loaded too
        self._resident = resident
        self._sorted: OrderedDict[tuple[Sort, str], _Sorted] = OrderedDict()
        self._met: tuple[Filters, int, NDArray[np.bool_]] | None = None
        resident.listeners.append(self._mend)

    def follow(self, connection: Connection, data_version: int) -> None:
        """Bring the columns up to date; Stale where they have to be loaded anew."""
        self._resident.follow(connection, data_version)

    def numbers(self, reading: Reading, filters: Filters, sort: Sort, today: str) -> array[int] | None:
        """Numbers of the leads that meet the filters, in order; None where the columns know no such order."""
        met = self._meeting(reading, filters)
        if sort is Sort.OWN:
            return self._own(met)
        order = self._order(reading, sort, today)
        return None if order is None else _as_array(order[met[order]])

    def found(
        self, reading: Reading, filters: Filters, sort: Sort, today: str
    ) -> tuple[dict[str, array[int]], dict[str, ColumnTotal]] | None:
        """By stage, the numbers in order, and the heads; as `numbers` where there is no such order."""
        order = self._order(reading, sort, today) if sort is not Sort.OWN else None
        met = self._meeting(reading, filters)
        if order is None and sort is not Sort.OWN:
            return None
        whole = np.array(self._own(met)) if order is None else order[met[order]]
        stages = self._resident.codes["stage"][whole]
        words = self._resident.words["stage"]
        orders = {str(words[code]): _as_array(whole[stages == code]) for code in np.unique(stages).tolist()}
        return orders, self.totals(reading, filters)

    def totals(self, reading: Reading, filters: Filters) -> dict[str, ColumnTotal]:
        """Count and value per currency of every stage leads that meet the filters stand in."""
        heads = self.heads(reading, filters, "stage")
        return {stage: ColumnTotal(stage, count, values) for stage, (count, values) in heads.items() if stage}

    def heads(self, reading: Reading, filters: Filters, name: str) -> dict[str, tuple[int, dict[str, int]]]:
        """Count and value per currency by the texts of a column, "" being those without one."""
        resident = self._resident
        met = np.flatnonzero(self._meeting(reading, filters))
        texts, currencies = resident.words[name], resident.words["currency"]
        width = len(currencies)
        place = resident.codes[name][met].astype(np.int64) * width + resident.codes["currency"][met]
        counts = np.bincount(place, minlength=len(texts) * width)
        sums = np.bincount(place, weights=resident.numbers["value"][met], minlength=len(texts) * width)
        heads: dict[str, tuple[int, dict[str, int]]] = {}
        for code, text in enumerate(texts):
            here = slice(code * width, (code + 1) * width)
            if counts[here].any():
                values = {
                    str(currency): int(total)
                    for currency, count, total in zip(currencies, counts[here], sums[here], strict=True)
                    if currency is not None and count
                }
                heads[text or ""] = (int(counts[here].sum()), values)
        return heads

    def parted(self, nos: array[int], name: str) -> dict[str, array[int]]:
        """Numbers by the texts of a column, each in the order given; leads that are gone are left out."""
        resident = self._resident
        numbers = np.array(nos, np.int64)
        numbers = numbers[numbers < len(resident.present)]
        numbers = numbers[resident.present[numbers]]
        codes, texts = resident.codes[name][numbers], resident.words[name]
        return {texts[code] or "": _as_array(numbers[codes == code]) for code in np.unique(codes).tolist()}

    # ── who meets the filters ────────────────────────────────────────────────────────────────────────────────────

    def _meeting(self, reading: Reading, filters: Filters) -> NDArray[np.bool_]:
        resident = self._resident
        met = self._rest(reading, filters)
        for name in _KEPT:
            wanted = getattr(filters, name)
            if wanted is not None:
                met = met & (resident.codes[name] == resident.code(name, wanted or None))
        return met

    def _rest(self, reading: Reading, filters: Filters) -> NDArray[np.bool_]:
        """What only SQL can tell; kept for the other columns of the board, which ask for the same."""
        rest = replace(filters, source=None, owner=None, stage=None, temperature=None, lifecycle=None)
        if not rest.search.strip() and rest.where is None:
            return self._resident.present
        if self._met is not None and self._met[:2] == (rest, self._resident.version):
            return self._met[2]
        met = self._resident.present
        for condition in conditions(rest):
            some = np.zeros(len(met), np.bool_)
            some[_numbers(reading, condition)] = True
            met = met & some
        self._met = (rest, self._resident.version, met)
        return met

    # ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _order(self, reading: Reading, sort: Sort, today: str) -> NDArray[np.int32] | None:
        if sort not in _KEYS:
            return None
        made = _Key(sort, _day(today), reading)
        key = (sort, today if sort is Sort.URGENCY else " ".join(made.stages) if sort is Sort.STAGE else "")
        kept = self._sorted.get(key)
        if kept is None:
            kept = self._sorted[key] = _Sorted(self._resident, made)
            while len(self._sorted) > _ORDERS:
                self._sorted.popitem(last=False)
        self._sorted.move_to_end(key)
        return kept.order

    def _own(self, met: NDArray[np.bool_]) -> array[int]:
        """Few leads are placed by hand: they are put between the others, who stand by number."""
        placed = sorted((place, number) for number, place in self._resident.places.items() if met[number])
        unplaced = met.copy()
        unplaced[list(self._resident.places)] = False
        others = _as_array(np.flatnonzero(unplaced))
        found, taken = array("q"), 0
        for place, number in placed:
            ahead = bisect_left(others, place, lo=taken, key=place_of)
            found.extend(others[taken:ahead])
            found.append(number)
            taken = ahead
        found.extend(others[taken:])
        return found

    def _mend(self, numbers: NDArray[np.int64]) -> None:
        for key, kept in list(self._sorted.items()):
            if len(numbers) > _MENDED or kept.words != _words(self._resident):
                del self._sorted[key]
            else:
                kept.mend(numbers)


def warm(reader: Reader) -> Iterator[int]:
    """Loads the columns for a reader, a piece at a time, each within a snapshot of its own; then it has `orders`."""
    resident = Resident()
    yield from resident.load(reader.connection)
    orders = reader.orders = Orders(resident)
    window = Window(resident)
    yield from window.load(reader.connection)
    orders.window = window
    yield from window.learn(reader.connection)


class _Key:
    """What an order sorts by, as one whole number a lead; leads with the same stand by their number."""

    def __init__(self, sort: Sort, today: int, reading: Reading) -> None:
        self.sort = sort
        self.today = today
        self.stages = [stage.key for stage in reading.playbook.stages]

    def of(self, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The keys of some leads."""
        made: NDArray[np.int64] = _KEYS[self.sort](self, resident, numbers)
        return made


class _Sorted:
    """All leads in one order, mended where some change."""

    def __init__(self, resident: Resident, key: _Key) -> None:
        self._resident, self._key = resident, key
        self.words = _words(resident)  # with another word those after it have other ranks
        there = np.flatnonzero(resident.present)
        self._keys = np.zeros(len(resident.present), np.int64)
        self._keys[there] = key.of(resident, there)
        self.order: NDArray[np.int32] = there[np.argsort(self._keys[there], kind="stable")].astype(np.int32)

    def mend(self, numbers: NDArray[np.int64]) -> None:
        """Take these leads out and put those that are still there where they belong now."""
        resident = self._resident
        if len(self._keys) < len(resident.present):
            longer = np.zeros(len(resident.present), np.int64)
            longer[: len(self._keys)] = self._keys
            self._keys = longer
        changed = np.zeros(len(resident.present), np.bool_)
        changed[numbers] = True
        kept = self.order[~changed[self.order]]
        come = numbers[resident.present[numbers]]
        self._keys[come] = self._key.of(resident, come)
        come = come[np.lexsort((come, self._keys[come]))]
        sorted_keys = self._keys[kept]
        first = np.searchsorted(sorted_keys, self._keys[come], "left")
        last = np.searchsorted(sorted_keys, self._keys[come], "right")
        places = [
            int(start) + int(np.searchsorted(kept[start:end], number))
            for start, end, number in zip(first, last, come, strict=True)
        ]
        self.order = np.insert(kept, places, come.astype(np.int32))


def _words(resident: Resident) -> int:
    return sum(map(len, resident.words.values()))


def _numbers(reading: Reading, condition: ColumnElement[bool]) -> NDArray[np.int64]:
    """Numbers of leads that meet a condition on `standing`."""
    rows = reading.connection.execute(select(standing.c.lead_no).where(condition)).scalars()
    return np.fromiter((number for some in rows.partitions(2_000) for number in some), np.int64)


def _as_array(numbers: NDArray[Any]) -> array[int]:
    made = array("q")
    made.frombytes(numbers.astype(np.int64).tobytes())
    return made


def _day(today: str) -> int:
    return date.fromisoformat(today).toordinal()


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _falling(scores: NDArray[np.int16]) -> NDArray[np.int64]:
    return _MOST - scores.astype(np.int64)


def _urgency(key: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Who waits for a first call, overdue and due today, none planned, future; in each the earliest, then by score."""
    planned = resident.numbers["next"][numbers].astype(np.int64)
    waits = resident.numbers["waiting"][numbers] == 1
    tomorrow = (key.today + 1) * DAY_STEP
    group = np.select([waits, planned < 0, planned < tomorrow], [0, 2, 1], 3).astype(np.int64)
    when: NDArray[np.int64] = np.where(waits, resident.numbers["hot_since"][numbers], np.maximum(planned, 0))
    return (group << 58) + when * _SCORES + _falling(resident.numbers["score"][numbers])


def _score(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return _falling(resident.numbers["score"][numbers])


def _up_to(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return _falling(resident.numbers["up_to"][numbers])


def _value(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums of two currencies are not compared."""
    currencies = resident.codes["currency"][numbers]
    ranks: NDArray[np.int64] = _ranks(resident.words["currency"])[currencies]
    value = np.clip(resident.numbers["value"][numbers], -_LARGEST, _LARGEST)
    return (ranks << 52) + np.where(currencies == 0, 0, _LARGEST - value)


def _stage(key: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    places = {stage: place for place, stage in enumerate(key.stages)}
    ranks = np.array([places.get(str(word), len(places)) for word in resident.words["stage"]], np.int64)
    places_of: NDArray[np.int64] = ranks[resident.codes["stage"][numbers]]
    return places_of * _SCORES + _falling(resident.numbers["score"][numbers])


def _source(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    ranks = _ranks(resident.words["source"], fold=True)
    found: NDArray[np.int64] = ranks[resident.codes["source"][numbers]]
    return found


def _owner(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    ranks = _ranks(resident.words["owner"], fold=True)
    found: NDArray[np.int64] = ranks[resident.codes["owner"][numbers]]
    return found


def _next_step(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    planned = resident.numbers["next"][numbers].astype(np.int64)
    return np.where(planned < 0, _LAST_PLACE, planned)


def _stage_since(_: _Key, resident: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return resident.numbers["stage_since"][numbers].astype(np.int64)


def _newest(_: _Key, __: Resident, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return -numbers


def _ranks(words: Sequence[str | None], *, fold: bool = False) -> NDArray[np.int64]:
    """The place of each word among all, nothing last; `fold`: as SQLite's lower() has them."""
    shown = [None if word is None else _lower(word) if fold else word for word in words]
    places = {word: place for place, word in enumerate(sorted({word for word in shown if word is not None}))}
    return np.array([len(places) if word is None else places[word] for word in shown], np.int64)


def _lower(word: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in word)


_KEYS = {
    Sort.URGENCY: _urgency,
    Sort.SCORE: _score,
    Sort.UP_TO: _up_to,
    Sort.VALUE: _value,
    Sort.STAGE: _stage,
    Sort.SOURCE: _source,
    Sort.OWNER: _owner,
    Sort.NEXT_STEP: _next_step,
    Sort.STAGE_SINCE: _stage_since,
    Sort.NEWEST: _newest,
}
