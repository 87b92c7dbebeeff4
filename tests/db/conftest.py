"""What tests of the database get: a store and a reader of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.db.store import Reader, Store
from tests.builders import store_in


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
