"""On which line of a draft's file something lies that a problem names by its path."""

from __future__ import annotations

import re

from leaddesk.exchange.playbook_draft import Block, Draft
from leaddesk.exchange.playbook_places import Value, statements

_PART = re.compile(r"[^.\[\]]+")


def line_of(draft: Draft, path: str) -> int:
    """The line, counted from 0, of `stages[2].gate[0].when`; of what it lies in where it is not there itself."""
    parts = _PART.findall(path)
    if not parts:
        return 0
    name, *rest = parts
    before, number = 0, -1
    found = 0
    for block in draft.blocks:
        if block.name == name or (block.name == "" and name in block.data):
            number += 1
            wanted = rest if block.name else parts
            if block.listed and wanted and wanted[0].isdigit():
                if int(wanted[0]) == number:
                    return before + _line_in(block, wanted[1:])
            else:
                return before + _line_in(block, wanted)
            found = before
        before += block.text.count("\n")
    return found


def _line_in(block: Block, parts: list[str]) -> int:
    """The line within a block; its header where the entry is not there."""
    place = next((one.start for one in statements(block.text)), 0)
    if parts:
        for one in statements(block.text):
            if one.entry is not None and one.entry.keys[0] == parts[0]:
                place = _place_in(one.entry.value, parts[1:])
                break
    return block.text.count("\n", 0, place)


def _place_in(value: Value, parts: list[str]) -> int:
    if not parts:
        return value.start
    if value.items is not None and parts[0].isdigit() and int(parts[0]) < len(value.items):
        return _place_in(value.items[int(parts[0])], parts[1:])
    for one in value.entries or ():
        if one.keys[0] == parts[0]:
            return _place_in(one.value, parts[1:])
    return value.start
