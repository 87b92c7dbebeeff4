"""Real files that lie beside a checkout, in ../shared/data; tests that want them skip where they are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """The path of a shared file; skips the test, saying so, where the folder is missing."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the shared file {name} is not beside this checkout")
    return path
