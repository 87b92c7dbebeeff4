"""A database to try verbs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.trial import Trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """A new database with the default playbook."""
    made = Trial(tmp_path)
    yield made
    made.store.close()
