"""Changes blocks whose tables have headers of their own, or dotted keys, value by value with tomlkit."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence
from typing import TypeAlias, cast

from leaddesk.exchange.playbook_places import Data

Table: TypeAlias = MutableMapping[str, object]


def rewritten_by_value(text: str, name: str, old: Data, new: Data) -> str | None:
    """The text of a block named `name` with what differs set anew; None where tomlkit cannot."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        found = cast("object", document[name])
        own = found[0] if isinstance(found, MutableSequence) else found
        _set(cast("Table", own), old, new)
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, ValueError, TypeError, IndexError):
        return None


def _set(table: Table, old: Data, new: Data) -> None:
    for key in old.keys() - new.keys():
        del table[key]
    for key, one in new.items():
        before = old.get(key)
        if key not in old:
            table[key] = one
        elif isinstance(before, dict) and isinstance(one, dict):
            _set(cast("Table", table[key]), before, one)
        elif isinstance(before, list) and isinstance(one, list) and _are_tables(before, one):
            for place, each in zip(
                cast("MutableSequence[Table]", table[key]), zip(before, one, strict=True), strict=True
            ):
                _set(place, *each)
        elif before != one:
            table[key] = one


def _are_tables(before: list[object], after: list[object]) -> bool:
    return len(before) == len(after) and all(isinstance(one, dict) for one in (*before, *after))
