"""Reads values out of a playbook's tables, noting what is wrong instead of stopping at it."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from leaddesk.qualify.phrases import check_phrase
from leaddesk.qualify.playbook import Hears, Texts
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.terms import Tenths, minor_digits

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST = 1_000_000_000_000_000

T = TypeVar("T")


class Section:
    """One table of the file with its path; what is read from it is ticked off, the rest is reported as unknown."""

    def __init__(self, values: Mapping[str, object], path: str, problems: list[Problem], languages: frozenset[str]):
        self.values = values
        self.path = path
        self.problems = problems
        self.languages = languages
        self._read: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the table holds a key."""
        return key in self.values

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def pass_over(self, *keys: str) -> None:
        """Ticks keys off unread, where something else about them was reported."""
        self._read.update(keys)

    def wrong(self, key: str, code: str, **details: object) -> None:
        """Notes a problem at a key; the empty key is the table itself."""
        self.problems.append(Problem(self.at(key) if key else self.path, code, details))

    def not_offered(self, key: str, code: str, value: str, offered: Iterable[str]) -> None:
        """Notes a word that does not exist, with the one that was probably meant."""
        note_unknown(self.problems, self.at(key), code, value, offered)

    def value(self, key: str, kind: type[T], default: T, *, required: bool = False) -> T:
        """The value of a key if it is of this kind, else the default."""
        self._read.add(key)
        if key not in self.values:
            if required:
                self.wrong(key, "missing")
            return default
        found = self.values[key]
        if isinstance(found, kind) and not (isinstance(found, bool) and kind is not bool):
            return found
        self.wrong(key, "wrong_kind", wanted=_NAMES[kind], found=_named(found))
        return default

    def text(self, key: str, *, required: bool = False) -> str:
        """A text; empty where it is missing."""
        found = self.value(key, str, "", required=required)
        if required and key in self.values and isinstance(self.values[key], str) and not found.strip():
            self.wrong(key, "empty")
        return found.strip()

    def key(self, name: str = "key") -> str:
        """A key: Latin letters, digits, - and _, so that it can be typed and joined by commas."""
        found = self.text(name, required=True)
        if found and not _KEY.fullmatch(found):
            self.wrong(name, "bad_key", value=found)
        return found

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return self.value(key, bool, default)

    def number(self, key: str, *, required: bool = False) -> float | None:
        """A number that is finite; None where it is missing."""
        self._read.add(key)
        found = self.values.get(key)
        if found is None:
            if required:
                self.wrong(key, "missing")
            return None
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            self.wrong(key, "wrong_kind", wanted="number", found=_named(found))
            return None
        if not math.isfinite(found) or abs(found) > _MOST:
            self.wrong(key, "out_of_range", value=found, least=-_MOST, most=_MOST)
            return None
        return found

    def whole(self, key: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number in [least, most]; None where it is missing."""
        found = self.number(key, required=required)
        if found is None:
            return None
        if found != int(found):
            self.wrong(key, "not_whole", value=found)
            return None
        if not least <= found <= most:
            self.wrong(key, "out_of_range", value=int(found), least=least, most=most)
            return None
        return int(found)

    def tenths(self, key: str, *, least: float = -100, most: float = 100, required: bool = False) -> Tenths | None:
        """Points, as tenths; None where they are missing."""
        found = self.number(key, required=required)
        if found is None:
            return None
        if not least <= found <= most:
            self.wrong(key, "out_of_range", value=found, least=least, most=most)
            return None
        tenths = round(found * 10)
        if not math.isclose(tenths, found * 10, abs_tol=1e-6):
            self.wrong(key, "not_tenths", value=found)
        return tenths

    def texts(self, key: str, *, required: bool = True) -> Texts:
        """A wording in every language of the playbook."""
        found = self.value(key, dict, {}, required=required)
        texts: dict[str, str] = {}
        for language, text in found.items():
            if isinstance(text, str) and text.strip():
                texts[str(language)] = text.strip()
            else:
                self.wrong(f"{key}.{language}", "empty")
        for language in sorted(self.languages - texts.keys() - found.keys()):
            if found:
                self.wrong(f"{key}.{language}", "language_missing", language=language)
        return texts

    def lists(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """Texts in every language of the playbook, one or several each."""
        found: dict[str, tuple[str, ...]] = {}
        given = self.value(key, dict, {}, required=True)
        for language, listed in given.items():
            texts = listed if isinstance(listed, list) else [listed]
            if texts and all(isinstance(one, str) and one.strip() for one in texts):
                found[str(language)] = tuple(str(one).strip() for one in texts)
            else:
                self.wrong(f"{key}.{language}", "wrong_kind", wanted="texts", found=_named(listed))
        for language in sorted(self.languages - given.keys()):
            if given:
                self.wrong(f"{key}.{language}", "language_missing", language=language)
        return found

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """One text or a list of texts."""
        self._read.add(key)
        found = self.values.get(key)
        listed = [found] if isinstance(found, str) else found
        if listed is None and not required:
            return ()
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) and one for one in listed):
            self.wrong(key, "wrong_kind" if found is not None else "missing", wanted="texts", found=_named(found))
            return ()
        return tuple(str(one) for one in listed)

    def hears(self, key: str = "hears") -> Hears:
        """Phrases per language, each checked; empty where they are missing."""
        heard: dict[str, tuple[str, ...]] = {}
        for language, found in self.value(key, dict, {}).items():
            listed = found if isinstance(found, list) else [found]
            phrases: list[str] = []
            for place, one in enumerate(listed):
                path = f"{key}.{language}[{place}]"
                if not isinstance(one, str):
                    self.wrong(path, "wrong_kind", wanted="text", found=_named(one))
                    continue
                try:
                    check_phrase(one)
                except ValueError:
                    self.wrong(path, "bad_phrase", value=one)
                else:
                    phrases.append(one)
            heard[str(language)] = tuple(phrases)
        return heard

    def sums(self, key: str) -> Mapping[str, int] | None:
        """Sums per currency, in minor units; None where they are missing."""
        if key not in self.values:
            return None
        sums: dict[str, int] = {}
        for currency, amount in self.value(key, dict, {}).items():
            place = f"{key}.{currency}"
            if not _CURRENCY.fullmatch(str(currency)):
                self.wrong(place, "bad_currency", value=currency)
            elif isinstance(amount, bool) or not isinstance(amount, (int, float)) or not 0 <= amount <= _MOST:
                self.wrong(place, "bad_sum", value=amount)
            else:
                sums[str(currency)] = round(amount * 10 ** minor_digits(str(currency)))
        return sums

    def one_of(self, key: str, offered: Iterable[str], default: str, *, required: bool = False) -> str:
        """One of a fixed set of words."""
        found = self.text(key, required=required)
        known = list(offered)
        if not found:
            return default
        if found in known:
            return found
        self.not_offered(key, "not_offered", found, known)
        return default

    def section(self, key: str, *, required: bool = False) -> Section:
        """A table within this one; empty where it is missing."""
        return Section(self.value(key, dict, {}, required=required), self.at(key), self.problems, self.languages)

    def sections(self, key: str, *, required: bool = False) -> Iterator[Section]:
        """A list of tables within this one."""
        found = self.value(key, list, [], required=required)
        if required and key in self.values and not found:
            self.wrong(key, "empty_list")
        for place, one in enumerate(found):
            path = f"{self.at(key)}[{place}]"
            if isinstance(one, dict):
                yield Section(one, path, self.problems, self.languages)
            else:
                self.problems.append(Problem(path, "wrong_kind", {"wanted": "table", "found": _named(one)}))

    def done(self) -> None:
        """Reports keys that nothing has read."""
        for key in self.values:
            if key not in self._read:
                self.not_offered(key, "unknown_key", key, self._read)


def note_unknown(problems: list[Problem], path: str, code: str, value: str, offered: Iterable[str]) -> None:
    """Notes a word that does not exist; where a similar one does, under `code_hint` with it."""
    known = sorted(one for one in offered if one)
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    details: dict[str, object] = {"value": value, "offered": ", ".join(known)}
    if near:
        details["hint"] = near[0]
    problems.append(Problem(path, f"{code}_hint" if near else code, details))


_NAMES: Mapping[type, str] = {str: "text", bool: "yes_no", dict: "table", list: "list"}


def _named(found: object) -> str:
    """What a value is, in one word of `[playbook_kinds]`."""
    if isinstance(found, bool):
        return "yes_no"
    if isinstance(found, (int, float)):
        return "number"
    return next((name for kind, name in _NAMES.items() if isinstance(found, kind)), "other")
