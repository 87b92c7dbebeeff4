"""What could not be saved, kept as small files in a folder of its own until the database takes it again."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from leaddesk.qualify.state import Said
from leaddesk.qualify.terms import Instant, Money, Standing

LOG = logging.getLogger(__name__)

_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class Kept:
    """One note (`note`) or answer (`said`, `by`) of a call that is not in the database yet.

    `id`: names its file, and is the id an answer gets, so that it is never given twice. `at`: when it was entered.
    """

    id: str
    call: str
    question: str
    at: Instant
    note: str | None = None
    said: Said | None = None
    by: str = ""

    @property
    def place(self) -> tuple[str, str, bool]:
        """Whose text it is: a newer one for the same place takes its room."""
        return self.call, self.question, self.said is not None


class Spool:
    """The folder. A disk that refuses is logged: what is kept here is kept in memory too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, str, bool], Kept] = {}
        for kept in _read_all(folder):
            former = self._kept.get(kept.place)
            if former is None or former.id < kept.id:
                self._kept[kept.place] = kept

    def keep(self, kept: Kept) -> bool:
        """Keep this in place of what was kept for the same call and question; whether it is on disk now."""
        former = self._kept.get(kept.place)
        if former == kept:
            return True
        self._kept[kept.place] = kept
        try:
            _write(self._folder / f"{kept.id}{_SUFFIX}", _as_json(kept))
        except OSError as trouble:
            LOG.warning("could not keep what is not saved: %s", trouble)
            return False
        if former is not None and former.id != kept.id:
            self._remove(former.id)
        return True

    def drop(self, kept_id: str) -> None:
        """The database has it now."""
        for place, kept in list(self._kept.items()):
            if kept.id == kept_id:
                del self._kept[place]
                self._remove(kept_id)

    def all(self, call: str | None = None) -> tuple[Kept, ...]:
        """What is kept, of one call or of all, in the order it was entered."""
        found = [kept for kept in self._kept.values() if call is None or kept.call == call]
        return tuple(sorted(found, key=lambda kept: kept.id))

    def at(self, place: tuple[str, str, bool]) -> Kept | None:
        """What is kept of a place."""
        return self._kept.get(place)

    def _remove(self, kept_id: str) -> None:
        try:
            (self._folder / f"{kept_id}{_SUFFIX}").unlink(missing_ok=True)
        except OSError as trouble:
            LOG.warning("could not remove what is saved by now: %s", trouble)


def _write(path: Path, text: str) -> None:
    """The file is there whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _read_all(folder: Path) -> list[Kept]:
    try:
        paths = sorted(folder.glob(f"*{_SUFFIX}"))
    except OSError:
        return []
    found = []
    for path in paths:
        try:
            found.append(_from_json(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as trouble:
            LOG.warning("%s cannot be read: %s", path, trouble)
    return found


def _as_json(kept: Kept) -> str:
    said = kept.said
    told = None
    if said is not None:
        told = {
            "keys": list(said.keys),
            "money": [said.money.minor, said.money.currency] if said.money is not None else None,
            "number": said.number,
            "day": said.day.isoformat() if said.day is not None else None,
            "text": said.text,
            "heard": str(said.heard) if said.heard is not None else None,
        }
    values = {"id": kept.id, "call": kept.call, "question": kept.question, "at": kept.at, "note": kept.note}
    return json.dumps({**values, "said": told, "by": kept.by}, ensure_ascii=False)


def _from_json(values: Mapping[str, object]) -> Kept:
    told = values["said"]
    note, at = values["note"], values["at"]
    if not isinstance(at, int) or not (note is None or isinstance(note, str)):
        raise TypeError("note")
    return Kept(
        str(values["id"]),
        str(values["call"]),
        str(values["question"]),
        at,
        note,
        _said(told) if isinstance(told, dict) else None,
        str(values["by"]),
    )


def _said(told: Mapping[str, object]) -> Said:
    keys, money, number = told["keys"], told["money"], told["number"]
    if not isinstance(keys, list) or not (number is None or isinstance(number, int | float)):
        raise TypeError("said")
    return Said(
        keys=tuple(str(key) for key in keys),
        money=Money(int(money[0]), str(money[1])) if isinstance(money, list) else None,
        number=number,
        day=date.fromisoformat(str(told["day"])) if told["day"] is not None else None,
        text=str(told["text"]) if told["text"] is not None else None,
        heard=Standing(str(told["heard"])) if told["heard"] is not None else None,
    )
