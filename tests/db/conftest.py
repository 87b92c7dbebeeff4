"""What tests of the database get: a store, and a guard that nothing else opens a live database file."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db.engine import open_paths
from leaddesk.db.store import Reader, Store
from tests.builders import store_in

_trespasses: list[str] = []
_looking = threading.local()


def _watch(what: str, arguments: tuple[object, ...]) -> None:
    """Notes every file that is opened, by anything but the database library, while it is a live database."""
    if what != "open" or getattr(_looking, "busy", False) or not isinstance(arguments[0], str | bytes):
        return
    _looking.busy = True
    try:
        name = arguments[0].decode("utf-8", "replace") if isinstance(arguments[0], bytes) else arguments[0]
        if ".leaddesk" in name:
            path = Path(name).absolute()
            folder = path.resolve().parent
            if any(path.name.startswith(live.name) and folder == live.parent for live in open_paths()):
                _trespasses.append(name)
    finally:
        _looking.busy = False


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _nobody_opens_a_live_database() -> Iterator[None]:
    _trespasses.clear()
    yield
    assert _trespasses == [], "opened a live database file: closing it would drop SQLite's locks"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database of its own."""
    with store_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def reader(store: Store) -> Iterator[Reader]:
    """A reader of that database."""
    with store.reader() as opened:
        yield opened
