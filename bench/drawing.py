"""Scrolling the longest column of the board, frame by frame, in the real window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Measure, p95

#: A frame that is later than this is seen as a jerk where two are drawn in the time of one.
FRAME = 0.008


def measure(path: Path) -> Iterator[Measure]:
    """A notch of the wheel a frame, and a page a frame, against painting an empty view."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "LEADDESK_HOME": home}
        command = [sys.executable, "-m", "bench.scrolling", str(path)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    notches, leaps, bare = ([float(one) for one in line.split()] for line in done.stdout.splitlines())
    floor = p95(bare)
    yield Measure("G8", "scrolling a column by the wheel, a frame, p95", p95(notches), floor, "empty view", None, FRAME)
    yield Measure("", "scrolling a column by pages, a frame, p95", p95(leaps), floor, "empty view")
