"""The window with many leads on its board: is it late, what does it weigh, is what a person does saved meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Measure, median, p95

#: What two pictures of a screen have between them, and a little more than one at thirty a second.
FRAME, TWO_FRAMES = 0.016, 0.033
MEGABYTES = 700


def measure(few: Path, many: Path, folder: Path) -> Iterator[Measure]:
    """Runs the program on copies and reads what it found."""
    small, large = (_found(path, folder) for path in (few, many))
    late = "the window's thread is late"
    for while_, limit in (("warm-up", FRAME), ("import", FRAME), ("rescoring", FRAME)):
        times = large[while_]
        yield Measure("", f"{late} during {while_}, p99", times[int(len(times) * 0.99)], 0)
        yield Measure("G10", f"{late} during {while_}, most", times[-1], most_seconds=limit)
    idle = large["idle"]
    yield Measure("", f"{late} while nothing is done, most", idle[-1])
    yield Measure("G11", "an answer saved while an import runs, p95", p95(large["saved"]), most_seconds=0.1)
    yield Measure("", "an answer saved while an import runs", median(large["saved"]))
    yield Measure("G9", "an answer put in the queue", median(large["queued"]), most_seconds=0.0001)
    yield Measure("G7", "a weight changed, seen", median(large["seen"]), most_seconds=TWO_FRAMES)
    yield Measure("G8", "a changed card", median(large["card"]), median(small["card"]), "the same at 10,000", 1.2)
    yield Measure("memory", "memory with all leads on the board", large["memory"][0], most=MEGABYTES, unit="MB")


def _found(path: Path, folder: Path) -> dict[str, list[float]]:
    copy = folder / "lived.leaddesk"
    shutil.copyfile(path, copy)
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "LEADDESK_HOME": home}
            command = [sys.executable, "-m", "bench.lived", str(copy)]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
        return found
    finally:
        for left in folder.glob("lived*"):
            left.unlink()
