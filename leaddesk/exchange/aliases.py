"""The names that columns go by in the files of other programs, from `resources/import/aliases.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from leaddesk.exchange.values import fold
from leaddesk.resources import text_of


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field a header may mean. `rank`: how far down its list the name stands; the lowest is the surest."""

    field: str
    rank: int


def meanings(header: str) -> tuple[Meaning, ...]:
    """The fields a header may mean, the surest first; none for a name nobody knows."""
    return _meanings(fold(re.sub(r"__c$", "", header.strip())))


def is_known(header: str) -> bool:
    """Whether a column of leads is known by this name."""
    return bool(header.strip()) and bool(meanings(header))


@lru_cache(maxsize=1024)
def _meanings(folded: str) -> tuple[Meaning, ...]:
    table = _table()
    return table.get(folded) or table.get(re.sub(r"\d+", "#", folded)) or ()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[Meaning, ...]]:
    names: dict[str, list[Meaning]] = {}
    for field, aliases in tomllib.loads(text_of("import", "aliases.toml")).items():
        own = fold(field)
        for rank, alias in enumerate([*aliases, field] if own not in map(fold, aliases) else aliases):
            meaning = Meaning(field, rank)
            names.setdefault("#".join(fold(part) for part in alias.split("#")), []).append(meaning)
    return {name: tuple(sorted(found, key=lambda meaning: meaning.rank)) for name, found in names.items()}
