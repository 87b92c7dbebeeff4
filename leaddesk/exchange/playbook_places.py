"""Where everything lies in the text of a playbook, so that an edit rewrites just the letters it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

#: What a TOML text holds. Never changed in place.
Data: TypeAlias = dict[str, object]

_QUOTES = ('"""', "'''", '"', "'")
_BLANK = " \t"


@dataclass(frozen=True, slots=True)
class Value:
    """A value from `start` to `end`. `items`: those of an array; `entries`: those of an inline table; else None."""

    start: int
    end: int
    items: tuple[Value, ...] | None = None
    entries: tuple[Entry, ...] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value. `start`: of the key; `keys`: its parts, more than one where it is dotted."""

    start: int
    keys: tuple[str, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class Statement:
    """A header or an entry with the lines it takes, `start` to `end`. `header`: the parts of its name, else `entry`."""

    start: int
    end: int
    header: tuple[str, ...] = ()
    entry: Entry | None = None


def statements(text: str) -> Iterator[Statement]:
    """The headers and entries of a text that is TOML, in their order. Lines end with a line feed alone."""
    place = 0
    while place < len(text):
        here = _past(text, place, _BLANK)
        if here < len(text) and text[here] == "[":
            close = _close_of_header(text, here)
            end = _line_end(text, close)
            yield Statement(place, end, header=_keys(text[here:close].strip("[] \t")))
        elif here < len(text) and text[here] not in "#\n":
            entry = _entry(text, here)
            end = _line_end(text, entry.value.end)
            yield Statement(place, end, entry=entry)
        else:
            end = _line_end(text, here)
        place = end


def _entry(text: str, start: int) -> Entry:
    equals = start
    while text[equals] != "=":
        equals = _string_end(text, equals) if text[equals] in "\"'" else equals + 1
    return Entry(start, _keys(text[start:equals]), _value(text, _past(text, equals + 1, _BLANK)))


def _value(text: str, start: int) -> Value:
    if text[start] in "\"'":
        return Value(start, _string_end(text, start))
    if text[start] == "[":
        items: list[Value] = []
        place = _past_gap(text, start + 1)
        while text[place] != "]":
            items.append(_value(text, place))
            place = _past_gap(text, _past_comma(text, items[-1].end))
        return Value(start, place + 1, items=tuple(items))
    if text[start] == "{":
        entries: list[Entry] = []
        place = _past_gap(text, start + 1)
        while text[place] != "}":
            entries.append(_entry(text, place))
            place = _past_gap(text, _past_comma(text, entries[-1].value.end))
        return Value(start, place + 1, entries=tuple(entries))
    end = start
    while end < len(text) and text[end] not in ",]}#\n":
        end += 1
    return Value(start, start + len(text[start:end].rstrip()))


def _past(text: str, place: int, letters: str) -> int:
    while place < len(text) and text[place] in letters:
        place += 1
    return place


def _past_gap(text: str, place: int) -> int:
    """Past blanks, lines and comments within an array or a table."""
    while True:
        place = _past(text, place, " \t\n")
        if place >= len(text) or text[place] != "#":
            return place
        place = _line_end(text, place)


def _past_comma(text: str, place: int) -> int:
    here = _past_gap(text, place)
    return here + 1 if text[here] == "," else place


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def _close_of_header(text: str, start: int) -> int:
    place = start
    while place < len(text) and text[place] not in "#\n":
        place = _string_end(text, place) if text[place] in "\"'" else place + 1
    return place


def _string_end(text: str, start: int) -> int:
    quote = next(quote for quote in _QUOTES if text.startswith(quote, start))
    place = start + len(quote)
    while not text.startswith(quote, place):
        place += 2 if text[place] == "\\" and quote[0] == '"' else 1
    place += len(quote)
    # A long string may end with up to two quotes of its own.
    while len(quote) == 3 and place < len(text) and text[place] == quote[0]:
        place += 1
    return place


def _keys(text: str) -> tuple[str, ...]:
    """The parts of a key: plain ones at once, quoted and dotted ones as TOML reads them."""
    plain = text.strip()
    if "." not in plain and '"' not in plain and "'" not in plain:
        return (plain,)
    found: object = tomllib.loads(f"{plain} = 0")
    keys: list[str] = []
    while isinstance(found, dict):
        key, found = next(iter(cast("Data", found).items()))
        keys.append(key)
    return tuple(keys)
