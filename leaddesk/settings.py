"""This person's settings on this machine: language, theme, name, the database last open, the window's place."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from leaddesk.errors import FileTrouble
from leaddesk.paths import settings_file

LOG = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
SPOKEN = ("", "en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything remembered between two starts; an empty text means: not chosen.

    `language`: en or zh_CN, empty follows the system. `theme`: one of THEMES. `person`: who works here, written beside
    moves and sign-offs. `geometry`: the window's place, as Qt wrote it (base64). `asked_in`: the language questions are
    asked in, empty follows the window's. `folds`: the board's columns folded or unfolded by hand, as the board wrote
    them; `board`: how its cards and swimlanes look, likewise; `columns`: how the table of leads is wanted, as it wrote
    it; `sheet`: the width of the sheet beside it.
    `currency`: the usual one; `last_currency`: the one typed last; `rates`: what one unit of others is in it, as JSON.
    `filters`: by room, what board and table were narrowed to when last left, as `ui/filtering/kept.py` wrote it.
    `compact`: where the compact window of a call was left, as "x,y"; `on_top_told`: whether a person was told that the
    desktop may not keep it on top.
    """

    language: str = ""
    theme: str = "system"
    person: str = ""
    database: str = ""
    room: str = ""
    geometry: str = ""
    folds: str = ""
    board: str = ""
    asked_in: str = ""
    columns: str = ""
    sheet: str = ""
    filters: str = ""
    currency: str = ""
    last_currency: str = ""
    rates: str = ""
    compact: str = ""
    on_top_told: str = ""

    @property
    def spoken(self) -> str:
        """The language to speak: the chosen one, else the system's."""
        return self.language or system_language()


def read_settings() -> Settings:
    """The settings as kept; the usual ones where there are none or they cannot be read."""
    kept = _kept()
    if kept is None:
        LOG.warning("settings could not be read, the usual ones are taken")
        return Settings()
    known = {field.name for field in fields(Settings)}
    settings = Settings(**{key: value for key, value in kept.items() if key in known and _is_text(value)})
    return replace(
        settings,
        theme=settings.theme if settings.theme in THEMES else "system",
        language=settings.language if settings.language in SPOKEN else "",
        asked_in=settings.asked_in if settings.asked_in in SPOKEN else "",
    )


def are_settings_readable() -> bool:
    """Whether the settings are as they were kept, or there are none yet."""
    return _kept() is not None


def _kept() -> dict[str, Any] | None:
    """What lies in the file; nothing yet where there is none, None where it cannot be read."""
    try:
        path = settings_file()
        if not path.exists():
            return {}
        if not path.is_file():  # a pipe would be waited for
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileTrouble:  # not even a folder for them, so nobody kept any
        return {}
    except (OSError, ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def _is_text(value: object) -> bool:
    """Whether it can be written down again: JSON can also hold halves of characters."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def write_settings(settings: Settings) -> None:
    """Keep the settings; the old file stays whole until the new one is complete. Raises OSError, FileTrouble."""
    path = settings_file()
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)


def change_settings(**values: str) -> Settings:
    """Change some settings and keep them; a disk that refuses is logged, and the choice holds for this run."""
    settings = replace(read_settings(), **values)
    try:
        write_settings(settings)
    except (OSError, FileTrouble) as trouble:
        LOG.warning("settings could not be kept: %s", trouble)
    return settings


def system_language() -> str:
    """zh_CN where the system speaks Chinese, else en."""
    spoken = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    if not spoken:
        import locale

        spoken = locale.getlocale()[0] or ""
    return "zh_CN" if spoken.lower().startswith(("zh", "chinese")) else "en"


def chosen_database(settings: Settings) -> Path | None:
    """The database last open, when it is still there."""
    path = Path(settings.database) if settings.database else None
    return path if path is not None and path.is_file() else None
