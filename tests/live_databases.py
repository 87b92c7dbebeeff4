"""Watches, in every test, that nothing but the database library opens a live database file.

Closing such a file drops the locks SQLite holds on it, and the next commit that was told of may be lost.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

trespasses: list[str] = []
_looking = threading.local()


def _watch(what: str, arguments: tuple[object, ...]) -> None:
    engine = sys.modules.get("leaddesk.db.engine")
    if what != "open" or engine is None or getattr(_looking, "busy", False):
        return
    name = arguments[0].decode("utf-8", "replace") if isinstance(arguments[0], bytes) else arguments[0]
    if not isinstance(name, str) or ".leaddesk" not in name:
        return
    _looking.busy = True
    try:
        path = Path(name).absolute()
        folder = path.resolve().parent
        if any(path.name.startswith(live.name) and folder == live.parent for live in engine.open_paths()):
            trespasses.append(name)
    finally:
        _looking.busy = False


def watch() -> None:
    """Begins to watch; there is no end to it."""
    sys.addaudithook(_watch)
