"""Writes values as TOML in the layout playbooks have: tables within a line, long lists a row each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

# In this order keys are written; those that are not named here come before lists of tables.
_ORDER = (
    "key format criterion part kind required knock_out expires_days sets asks limit internal minutes title name label"
    " about letter recap wording short hint standing points at_least within_days unlisted sums hears when answers"
    " groups questions"
).split()
_PLACE = {key: place for place, key in enumerate(_ORDER)}
_UNNAMED = _PLACE["hears"]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def order_of(key: str) -> int:
    """The place of a key among its neighbours, where it is written anew."""
    return _PLACE.get(key, _UNNAMED)


def written(value: object, *, rows: bool = False) -> str:
    """A value as TOML on one line; with `rows`, a list of tables takes a line for each."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        return table_of(entry(key, one) for key, one in in_order(value))
    if isinstance(value, list | tuple):
        if rows and value and all(isinstance(one, Mapping) for one in value):
            return "[\n" + "".join(f"  {written(one)},\n" for one in value) + "]"
        return f"[{', '.join(written(one) for one in value)}]"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return repr(value)


def entry(key: str, value: object, *, rows: bool = False) -> str:
    """`key = value`."""
    return f"{key if _BARE.fullmatch(key) else _text(key)} = {written(value, rows=rows)}"


def table_of(entries: Iterable[str]) -> str:
    """An inline table of entries that are written already."""
    inside = ", ".join(entries)
    return f"{{ {inside} }}" if inside else "{}"


def in_order(table: Mapping[str, object]) -> list[tuple[str, object]]:
    """A table's entries in the order they are written."""
    return sorted(table.items(), key=lambda one: order_of(one[0]))


def block(name: str, table: Mapping[str, object], *, listed: bool) -> str:
    """A table with its header and a line for each entry."""
    header = f"[[{name}]]\n" if listed else f"[{name}]\n"
    return header + "".join(f"{entry(key, one, rows=True)}\n" for key, one in in_order(table))


def whole(data: Mapping[str, object]) -> str:
    """A whole playbook, laid out anew."""
    head = [entry(key, one) for key, one in data.items() if not _has_header(one)]
    blocks = ["".join(f"{line}\n" for line in head)] if head else []
    for key, one in data.items():
        if isinstance(one, Mapping) and _has_header(one):
            blocks.append(block(key, one, listed=False))
        elif isinstance(one, list) and _has_header(one):
            blocks += [block(key, table, listed=True) for table in one]
    return "\n".join(blocks)


def _has_header(value: object) -> bool:
    """Texts per language stay in the head; other tables, and lists of tables, get a header."""
    if isinstance(value, Mapping):
        return not value or not all(isinstance(one, str) for one in value.values())
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _text(text: str) -> str:
    return f'"{"".join(map(_letter, text))}"'


def _letter(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":  # half a letter cannot be written
        return "\ufffd"
    plain = letter.isprintable() or letter > "\x9f"
    return _ESCAPED.get(letter) or (letter if plain else f"\\u{ord(letter):04x}")
