"""The tables of a playbook's text, whatever somebody wrote into it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from leaddesk.qualify.problems import BrokenPlaybook, Problem

#: No condition anybody could follow lies deeper; reading one is a call within a call at each level.
DEEPEST = 64


def tables_of(text: str) -> Mapping[str, Any]:
    """The tables of a TOML text, to be read only. Raises BrokenPlaybook: `not_toml` (why) or `too_deep` (most)."""
    data = _from_blocks(text)
    return _whole(text) if data is None else data


def _whole(text: str) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as trouble:  # TOMLDecodeError is one; so is a number of thousands of digits
        raise BrokenPlaybook([Problem("", "not_toml", {"why": str(trouble)})]) from None
    if _is_too_deep(data):
        raise _too_deep()
    return data


def _is_too_deep(data: object) -> bool:
    level: list[object] = [data]
    for _ in range(DEEPEST):
        level = [within for one in level for within in _within(one)]
        if not level:
            return False
    return True


def _within(value: object) -> list[object]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _too_deep() -> BrokenPlaybook:
    return BrokenPlaybook([Problem("", "too_deep", {"most": DEEPEST})])


# ── a block at a time ────────────────────────────────────────────────────────────────────────────────────────────────

# Whoever changes one weight leaves some hundred tables as they are: each is parsed once.
_HEADER = re.compile(r"^\[", re.MULTILINE)
_NAME = re.compile(r"(\[\[?)([A-Za-z0-9_-]+)(\.[^\]\n]+)?\]\]?[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")


def _from_blocks(text: str) -> Mapping[str, Any] | None:
    """The tables, put together from blocks that were mostly read before; None: the text must be read as a whole."""
    data: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for name, block in _blocks(text):
        found = _parsed(block)
        if found is None or (name and found.keys() != {name}):
            return None
        for key, value in found.items():
            if name and block.startswith("[["):
                if key not in data:
                    data[key] = lists[key] = []
                elif key not in lists:
                    return None
                lists[key] += value
            elif key in data:
                return None
            else:
                data[key] = value
    return data


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The head, whose name is empty, and each table with those within it.

    A line that looks like a header may lie within a longer string or list. Then what is before it is no TOML by itself.
    """
    start, name = 0, ""
    for found in _HEADER.finditer(text):
        header = _NAME.match(text, found.start())
        if header is not None and header[3] and header[2] == name:
            continue  # of the table before it
        yield name, text[start : found.start()]
        start, name = found.start(), header[2] if header is not None and not header[3] else " "
    yield name, text[start:]


@lru_cache(maxsize=1024)
def _parsed(block: str) -> Mapping[str, Any] | None:
    """What a block holds; None where it cannot be read by itself."""
    try:
        data = tomllib.loads(block)
    except (RecursionError, ValueError):
        return None
    return None if _is_too_deep(data) else data
