"""From the start of the process to the first paint, and to the first cards, against a bare window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Measure, median

ROUNDS = 7
CACHE = Path(__file__).resolve().parent.parent / "build" / "bench" / "compiled"


def measure(path: Path) -> Iterator[Measure]:
    """Painted and usable, each over the bare window, run in turn."""
    bare: list[float] = []
    painted: list[float] = []
    usable: list[float] = []
    for turn in range(ROUNDS + 1):
        times = (_bare(), *_program(path))
        if turn:  # the first round warms the disk's cache
            for kept, taken in zip((bare, painted, usable), times, strict=True):
                kept.append(taken)
    floor = median(bare)
    beside = "bare PySide6 window"
    yield Measure("G1", "process start → window painted", median(painted), floor, beside, 1.7)
    yield Measure("G1", "process start → first cards on the board", median(usable), floor, beside, 5)


def _compiled() -> dict[str, str]:
    """An environment in which modules are compiled once, as where the program is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(CACHE)}


def _bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bench.bare_window"], env=_compiled(), check=True)
    return time.perf_counter() - start


def _program(path: Path) -> tuple[float, float]:
    """Seconds until the first paint and until the first cards, by the clock all processes share."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**_compiled(), "LEADDESK_HOME": home}
        start = time.clock_gettime(time.CLOCK_MONOTONIC)
        command = [sys.executable, "-m", "bench.program_window", str(path)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    painted, usable = (float(line) for line in done.stdout.split())
    return painted - start, usable - start
