"""The tables of a playbook's text, whatever somebody wrote into it."""

from __future__ import annotations

import tomllib
from typing import Any

from leaddesk.qualify.problems import BrokenPlaybook, Problem

#: No condition anybody could follow lies deeper; reading one is a call within a call at each level.
DEEPEST = 64


def tables_of(text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises BrokenPlaybook: `not_toml` (why) or `too_deep` (most)."""
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as trouble:  # TOMLDecodeError is one; so is a number of thousands of digits
        raise BrokenPlaybook([Problem("", "not_toml", {"why": str(trouble)})]) from None
    level: list[object] = [data]
    for _ in range(DEEPEST):
        level = [within for one in level for within in _within(one)]
        if not level:
            return data
    raise _too_deep()


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
