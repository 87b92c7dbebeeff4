"""The same at 10,000 leads and at many: a page, a keystroke and a save must hardly grow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from bench import reading, writing
from bench.timing import Ratio, Work, median, side_by_side
from leaddesk.db.store import Reader, Store

FEW = 10_000

Opened = TypeVar("Opened")


def measure(few: Path, many: Path, folder: Path) -> Iterator[Ratio]:
    """Three lines: `few` is a database of 10,000 leads, `many` the one that is measured."""
    yield _grown("a page", few, many, Reader, reading.pages, 64)
    yield _grown("a keystroke", few, many, Reader, reading.keystrokes, 8 * len(reading.TYPED))
    yield _grown("a save", few, many, lambda path: _copied(path, folder), writing.answers, 80)


def _grown(
    name: str,
    few: Path,
    many: Path,
    opened: Callable[[Path], AbstractContextManager[Opened]],
    work: Callable[[Opened], Work],
    rounds: int,
) -> Ratio:
    with opened(few) as small, opened(many) as large:
        here, there = side_by_side(work(large), work(small), rounds, warm=10)
    return Ratio(f"{name}, grown", median(here), median(there), 1.5, f"the same at {FEW:,}")


@contextmanager
def _copied(path: Path, folder: Path) -> Iterator[Store]:
    copy = folder / f"grown-{path.stem}.leaddesk"
    shutil.copyfile(path, copy)
    try:
        with Store.open(copy) as store:
            yield store
    finally:
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()
