"""Where LeadDesk keeps its files on this machine; the only module that asks appdirs."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

from leaddesk.errors import FileTrouble

# A folder given here replaces all of them: for tests, portable use on a stick, several profiles.
HOME_VARIABLE = "LEADDESK_HOME"


def data_folder() -> Path:
    """The folder of databases, backups and logs; made when missing."""
    return _made(appdirs.user_data_dir("LeadDesk", appauthor=False), "data")


def config_folder() -> Path:
    """The folder of this person's settings; made when missing."""
    return _made(appdirs.user_config_dir("LeadDesk", appauthor=False), "config")


def default_database() -> Path:
    """The database that opens when none is named."""
    return data_folder() / "leads.leaddesk"


def backups_folder() -> Path:
    """Where automatic backups go."""
    return _make(data_folder() / "backups")


def log_folder() -> Path:
    """Where logs go: beside the data, since appdirs would put them into the cache."""
    return _make(data_folder() / "logs")


def spool_folder() -> Path:
    """Where what could not be saved waits, away from the databases; not made before something is written there."""
    home = os.environ.get(HOME_VARIABLE)
    return (Path(home) / "state" if home else Path(appdirs.user_state_dir("LeadDesk", appauthor=False))) / "unsaved"


def typed_folder() -> Path:
    """Where what is typed as an answer waits until it is entered; not made before something is written there."""
    return spool_folder().with_name("typed")


def settings_file() -> Path:
    """This person's settings."""
    return config_folder() / "settings.json"


def _made(usual: str, part: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return _make(Path(home) / part if home else Path(usual))


def _make(folder: Path) -> Path:
    """FileTrouble `no_folder` where it cannot be made: a full or read-only disk, a file of that name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise FileTrouble("no_folder", path=str(folder), why=trouble.strerror or "") from trouble
    return folder
