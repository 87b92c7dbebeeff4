"""A database of demo leads to measure on, made once and kept under build/."""

from __future__ import annotations

import time
from pathlib import Path

from leaddesk.db.days import this_instant
from leaddesk.db.store import Store
from leaddesk.operations.samples import add_samples


def demo_database(leads: int, folder: Path) -> Path:
    """The path of a database with so many demo leads; made when missing, which takes a while for many.

    Its standings are those of now, as in a window that was open for a while.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"demo-{leads}.leaddesk"
    if not path.exists():
        _make(path, leads)
    with Store.open(path) as store:
        now = this_instant()
        while store.freshen(now=now):
            pass
    return path


def _make(path: Path, leads: int) -> None:
    unfinished = path.with_suffix(".unfinished")
    for left in path.parent.glob(f"{unfinished.name}*"):
        left.unlink()
    start = time.perf_counter()
    with Store.open(unfinished) as store:
        for _ in store.job(add_samples, leads, 1, now=this_instant()):
            pass
    unfinished.rename(path)
    print(f"{leads:,} demo leads made in {time.perf_counter() - start:.1f} s", flush=True)
