"""What a caller typed and what its screen said of it, line by line in a file, so that a kill leaves it whole."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

#: What a value is of: note, answer, draft, stands, ended; the call; the question (empty where it is of the call).
Place: TypeAlias = tuple[str, str, str]

#: What has been typed for longer than this must be there after a kill, in seconds.
OLD_ENOUGH: Final = 1.0
#: Where the call stands between a key that moves and the question it leads to.
ON_THE_WAY: Final = "?"
#: Of a longer standstill (another program had the processor) only so much counts as time the caller lived through.
_LONGEST_STEP: Final = 0.05
_BEAT_EVERY: Final = 0.02


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing typed. `lived`: seconds of the caller's own life; `value`: what stands at the place once it is in.

    `passing`: the next one may follow so closely that only that one is saved, as where several are chosen.
    """

    number: int
    lived: float
    place: Place
    value: str
    passing: bool = False


class Ledger:
    """Writes it: each line reaches the system in one call, before the key it tells of reaches the program."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.number = 0
        self._saved = 0
        self._lived = 0.0
        self._looked = time.monotonic()
        self._beaten = 0.0

    def live(self) -> None:
        """Time passes; told now and then, so that a kill finds the age of everything."""
        now = time.monotonic()
        self._lived += min(now - self._looked, _LONGEST_STEP)
        self._looked = now
        if self._lived - self._beaten >= _BEAT_EVERY:
            self._beaten = self._lived
            self._tell(beat=self._lived)

    def enter(self, place: Place, value: str, *, passing: bool = False) -> None:
        """A key is about to be pressed after which the place holds this."""
        self.live()
        self.number += 1
        self._tell(number=self.number, lived=self._lived, place=place, value=value, passing=passing)

    def saved(self) -> None:
        """The screen says that everything is saved."""
        if self._saved != self.number:
            self._saved = self.number
            self._tell(saved=self.number)

    def wrong(self, what: str) -> None:
        """The screen shows something else than what was typed."""
        self._tell(wrong=what)

    def note(self, **facts: object) -> None:
        """Anything else worth knowing afterwards."""
        self._tell(fact=facts)

    def _tell(self, **line: object) -> None:
        os.write(self._file, (json.dumps(line, ensure_ascii=False) + "\n").encode())


@dataclass
class Account:
    """What a ledger tells after the kill. `saved`: the number of the last entry shown as saved."""

    entries: list[Entry] = field(default_factory=list)
    saved: int = 0
    lived: float = 0.0
    wrong: list[str] = field(default_factory=list)
    facts: list[dict[str, object]] = field(default_factory=list)

    def by_place(self) -> dict[Place, list[Entry]]:
        """The entries of each place, in order."""
        found: dict[Place, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.place].append(entry)
        return dict(found)

    def needed(self, entries: Iterable[Entry]) -> int:
        """How many of these must be there: the last one shown as saved or old enough, and all before it."""
        must = [
            place
            for place, entry in enumerate(entries, start=1)
            if entry.number <= self.saved or self.lived - entry.lived >= OLD_ENOUGH
        ]
        return max(must, default=0)


def read_ledger(path: Path) -> Account:
    """What the file tells; a line cut short by the kill was not told."""
    account = Account()
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
        if not text.endswith("\n"):
            continue
        line = json.loads(text)
        if "number" in line:
            kind, call, question = line["place"]
            place = kind, call, question
            account.entries.append(Entry(line["number"], line["lived"], place, line["value"], line["passing"]))
        account.saved = line.get("saved", account.saved)
        account.lived = max(account.lived, line.get("beat", 0.0), line.get("lived", 0.0))
        account.wrong += [line["wrong"]] if "wrong" in line else []
        account.facts += [line["fact"]] if "fact" in line else []
    return account
