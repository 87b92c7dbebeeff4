"""Finds the words for a code in the person's language, so that window and command line say the same thing.

The tables are `resources/words/<language>.toml`: sections of `key = "sentence with {placeholders}"`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter

from leaddesk.resources import text_of

LANGUAGES = ("en", "zh_CN")
FALLBACK = "en"


@lru_cache(maxsize=8)
def table(language: str) -> Mapping[str, Mapping[str, str]]:
    """All sentences of a language by section and key."""
    return tomllib.loads(text_of("words", f"{language}.toml"))


@lru_cache(maxsize=128)
def section_of(language: str, section: str) -> Mapping[str, str]:
    """The sentences of one section: a window that opens needs few of them, and reading all takes ten times as long."""
    _before, mark, rest = _text(language).partition(f"\n[{section}]\n")
    return tomllib.loads(f"\n{rest}".partition("\n[")[0]) if mark else {}


@lru_cache(maxsize=8)
def _text(language: str) -> str:
    return "\n" + text_of("words", f"{language}.toml")


def say(language: str, section: str, key: str, /, **details: object) -> str:
    """The sentence of `section.key`, with its placeholders filled; the key itself where nobody wrote one yet.

    A count `n` picks `key.one` over `key` where the table has it. A detail that is itself a wording per language (a
    stage's label) is said in the language.
    """
    sentences = section_of(language, section)
    pattern = sentences.get(f"{key}.one") if details.get("n") == 1 else None
    pattern = pattern or sentences.get(key) or section_of(FALLBACK, section).get(key)
    if pattern is None:
        return key
    said = {name: pick(detail, language) if isinstance(detail, Mapping) else detail for name, detail in details.items()}
    return Formatter().vformat(pattern, (), _Blank(said))


def pick(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in English, else in whatever language there is."""
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()), "")


class _Blank(dict[str, object]):
    """Details in which a missing placeholder reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""
