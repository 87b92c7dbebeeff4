"""The same at 10,000 leads and at many: a page, a keystroke and a save must hardly grow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from bench import reading, searching, writing
from bench.timing import Measure, Work, median, side_by_side
from leaddesk.db.reads.standing_order import warm
from leaddesk.db.store import Reader, Store

FEW = 10_000

Opened = TypeVar("Opened")


def measure(few: Path, many: Path, folder: Path) -> Iterator[Measure]:
    """Four lines: `few` is a database of 10,000 leads, `many` the one that is measured."""
    yield _grown("a page", few, many, _warmed, reading.pages, 96)
    yield _grown("a keystroke", few, many, _warmed, searching.keystrokes, 4 * len(searching.TYPED))
    yield _grown("a save", few, many, lambda path: _copied(path, folder), writing.answers, 80)
    yield _grown("a drop", few, many, lambda path: _copied(path, folder), writing.drops, 60)


def _grown(
    name: str,
    few: Path,
    many: Path,
    opened: Callable[[Path], AbstractContextManager[Opened]],
    work: Callable[[Opened], Work],
    rounds: int,
) -> Measure:
    with opened(few) as small, opened(many) as large:
        here, there = side_by_side(work(large), work(small), rounds, warm=10)
    return Measure("G12", f"{name}, grown", median(here), median(there), f"the same at {FEW:,}", 1.5)


@contextmanager
def _warmed(path: Path) -> Iterator[Reader]:
    with Reader(path) as reader:
        for _ in warm(reader):
            pass
        yield reader


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
