"""Writes changes into one block of a playbook: what did not change keeps its letters, blanks and comments."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from leaddesk.exchange import playbook_values as values
from leaddesk.exchange.playbook_alike import partners
from leaddesk.exchange.playbook_headers import rewritten_by_value
from leaddesk.exchange.playbook_places import Data, Entry, Statement, Value, statements

# Entries longer than this get a row each, where a list is written anew.
_LINE = 100


def rewritten(text: str, old: Data, new: Data, anew: Callable[[], str]) -> str:
    """The text of a block, whose entries are `old`, with the entries `new`.

    `anew`: lays the block out from scratch, where its layout (headers within it, dotted keys) leaves no other way; its
    comments are then gathered above it.
    """
    if old == new:
        return text
    found = list(statements(text))
    if _is_plain(found):
        changed: str | None = _block(text, found, old, new)
    else:
        changed = rewritten_by_value(text, found[0].header[0] if found[0].header else "", old, new)
    return changed if changed is not None and _says(changed, new) else _comments(text) + anew()


def _is_plain(found: Sequence[Statement]) -> bool:
    """One header at most, and before everything else; no dotted keys."""
    late = any(one.header for one in found[1:]) or (bool(found) and len(found[0].header) > 1)
    return not late and all(one.entry is None or len(one.entry.keys) == 1 for one in found)


def _says(text: str, wanted: Data) -> bool:
    """Whether a text holds what it should: a splice that went wrong is never kept."""
    try:
        return entries_of(text) == wanted
    except (tomllib.TOMLDecodeError, IndexError):
        return False


def entries_of(text: str) -> Data:
    """The entries of a block with one header, or with none."""
    data: Data = tomllib.loads(text)
    first = next((one for one in statements(text)), None)
    if first is None or not first.header:
        return data
    inside = data[first.header[0]]
    return cast("Data", inside[0] if isinstance(inside, list) else inside)


def _comments(text: str) -> str:
    kept, place = [], 0
    for one in statements(text):
        kept += [line for line in text[place : one.start].splitlines() if line.strip().startswith("#")]
        place = one.end
        behind = text[one.entry.value.end : one.end] if one.entry else text[one.start : one.end].rpartition("]")[2]
        kept += [behind] if behind.strip().startswith("#") else []
    return "".join(f"{line.strip()}\n" for line in kept)


# ── a block, line by line ────────────────────────────────────────────────────────────────────────────────────────────


def _block(text: str, found: Sequence[Statement], old: Data, new: Data) -> str:
    entries = {one.entry.keys[0]: one for one in found if one.entry is not None}
    top = found[0].end if found and found[0].header else 0
    splices: list[tuple[int, int, str]] = []
    added: dict[int, str] = {}
    for key, one in entries.items():
        value = cast("Entry", one.entry).value
        if key not in new:
            splices.append((one.start, one.end, ""))
        elif new[key] != old[key]:
            splices.append((value.start, value.end, _value(text, value, old[key], new[key])))
    for key, wanted in values.in_order(new):
        if key not in entries:
            place = _after(entries, key, top)
            line = values.entry(key, wanted, rows=len(values.written(wanted)) > _LINE)
            added[place] = (
                added.get(place, "") + ("" if text[:place].endswith("\n") or not place else "\n") + f"{line}\n"
            )
    splices += [(place, place, lines) for place, lines in added.items()]
    return _spliced(text, splices)


def _after(entries: Mapping[str, Statement], key: str, top: int) -> int:
    """Where a new entry is written: after the last of those that come before it."""
    before = [one.end for name, one in entries.items() if values.order_of(name) <= values.order_of(key)]
    return max(before, default=top)


def _spliced(text: str, splices: Sequence[tuple[int, int, str]]) -> str:
    # From the end, so that places before stay right; what is inserted where something ends comes after it.
    for start, end, fresh in sorted(splices, key=lambda one: (one[0], one[1]), reverse=True):
        text = text[:start] + fresh + text[end:]
    return text


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _value(text: str, place: Value, old: object, new: object) -> str:
    own = text[place.start : place.end]
    if old == new and type(old) is type(new):
        return own
    if place.entries is not None and isinstance(old, dict) and isinstance(new, dict):
        return _table(text, place.entries, old, new, own)
    if place.items is not None and isinstance(old, list) and isinstance(new, list) and old:
        return _array(text, place, old, new)
    return values.written(new, rows=isinstance(new, list) and len(values.written(new)) > _LINE)


def _table(text: str, entries: Sequence[Entry], old: Data, new: Data, own: str) -> str:
    if any(len(one.keys) > 1 for one in entries):
        return values.written(new)
    pieces = {
        one.keys[0]: text[one.start : one.value.start] + _value(text, one.value, old[one.keys[0]], new[one.keys[0]])
        for one in entries
        if one.keys[0] in new
    }
    if len(pieces) == len(entries) == len(new):
        start = entries[0].start
        lead = own[: own.index(text[start : entries[0].value.start])] if entries else own
        gaps = [text[one.value.end : after.start] for one, after in pairwise(entries)]
        tail = own[len(lead) + entries[-1].value.end - start :]
        return lead + "".join(a + b for a, b in zip(pieces.values(), [*gaps, ""], strict=True)) + tail
    order = list(pieces)
    for key, _ in values.in_order({key: one for key, one in new.items() if key not in pieces}):
        before = [place for place, name in enumerate(order) if values.order_of(name) <= values.order_of(key)]
        order.insert(before[-1] + 1 if before else 0, key)
    return values.table_of(pieces[key] if key in pieces else values.entry(key, new[key]) for key in order)


def _array(text: str, place: Value, old: list[object], new: list[object]) -> str:
    items = place.items or ()
    was = partners(old, new)
    texts = [
        values.written(one) if before is None else _value(text, items[before], old[before], one)
        for before, one in zip(was, new, strict=True)
    ]
    if was == list(range(len(old))):
        splices = [(item.start - place.start, item.end - place.start, t) for item, t in zip(items, texts, strict=True)]
        return _spliced(text[place.start : place.end], splices)
    inside = text[place.start + 1 : items[0].start]
    if "\n" not in inside:
        return f"[{', '.join(texts)}]"
    rows = _rows(text, place)
    indent = inside[inside.rindex("\n") + 1 :]
    body = ""
    for before, fresh in zip(was, texts, strict=True):
        lead, tail = rows[before] if before is not None else (indent, ",\n")
        body += lead + fresh + tail
    return "[\n" + body + text[_last_line(text, place) : place.end]


def _rows(text: str, place: Value) -> list[tuple[str, str]]:
    """What stands before and behind each item of a list with a row each: comments go where their item goes."""
    items = place.items or ()
    rows: list[tuple[str, str]] = []
    start = text.index("\n", place.start) + 1
    for number, item in enumerate(items):
        follows = items[number + 1].start if number + 1 < len(items) else place.end - 1
        line = text.find("\n", item.end, follows)
        end = line + 1 if line >= 0 else follows
        tail = text[item.end : end].rstrip()
        bare = tail.lstrip()
        rest = bare[1:] if bare.startswith(",") else (f" {bare}" if bare else "")
        rows.append((text[start : item.start] or "  ", f",{rest}\n"))
        start = end
    return rows


def _last_line(text: str, place: Value) -> int:
    """Where the line of the closing bracket begins; the bracket itself where it shares its line."""
    line = text.rindex("\n", place.start, place.end) + 1
    return line if not text[line : place.end - 1].strip() else place.end - 1
