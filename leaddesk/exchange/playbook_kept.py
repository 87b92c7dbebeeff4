"""Keeps a draft of a playbook in a small file of its own, one a database, until it is adopted or thrown away."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from leaddesk.errors import FileTrouble
from leaddesk.exchange.targets import write_whole

LOG = logging.getLogger(__name__)

#: The folder within the one for what is not saved.
FOLDER = "scripts"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is kept. `base`: the id of the version it was made from; `number`: that version's."""

    database: str
    origin: str
    base: str
    number: int
    base_text: str
    text: str


class DraftKeeper:
    """Reads and writes the draft of one database.

    `origin`: what names the database wherever its file is moved (the id of its first version of a playbook).
    """

    def __init__(self, folder: Path, database: Path, origin: str) -> None:
        self._database = str(database.resolve())
        self._origin = origin
        place = hashlib.sha256(self._database.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._folder = folder / FOLDER
        self.path = self._folder / f"{origin}.{place}.json"

    def find(self) -> KeptDraft | None:
        """The draft that was kept; also one from where the database lay before it was moved."""
        kept = _read(self.path)
        if kept is not None:
            return kept
        try:
            others = sorted(self._folder.glob(f"{self._origin}.*.json"))
        except OSError:
            return None
        for path in others:
            moved = _read(path)
            if moved is not None and not Path(moved.database).exists():
                return moved
        return None

    def keep(self, base: str, number: int, base_text: str, text: str) -> None:
        """Writes it; the file is there whole or as it was. Raises FileTrouble."""
        kept = KeptDraft(self._database, self._origin, base, number, base_text, text)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            raise FileTrouble("no_folder", path=str(self._folder), why=trouble.strerror or "") from trouble
        write_whole(self.path, json.dumps(asdict(kept), ensure_ascii=False).encode("utf-8", "replace"))

    def drop(self) -> None:
        """There is nothing to keep any more."""
        try:
            self.path.unlink(missing_ok=True)
            for path in self._folder.glob(f"{self._origin}.*.json"):
                moved = _read(path)
                if moved is not None and not Path(moved.database).exists():
                    path.unlink(missing_ok=True)
        except OSError as trouble:
            LOG.warning("could not remove a draft: %s", trouble)


def _read(path: Path) -> KeptDraft | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        texts = [str(found[name]) for name in ("database", "origin", "base", "base_text", "text")]
        return KeptDraft(texts[0], texts[1], texts[2], int(found["number"]), texts[3], texts[4])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as trouble:
        LOG.warning("%s cannot be read: %s", path, trouble)
        return None
