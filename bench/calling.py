"""Calls by keys in the real window: keys per answer, key to painted answer, call end to the next lead's number."""

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

#: A key's answer is painted within the next picture of a screen that shows sixty in a second.
FRAME = 1 / 60
#: What is there within so many seconds is felt as there at once.
AT_ONCE = 0.1
#: Keys for an answered question when the suggestion is followed: one that answers, one that goes on.
KEYS = 2.0
QUEUED = 0.0001


def measure(path: Path, folder: Path) -> Iterator[Measure]:
    """Some calls of a rep who follows the suggestion, on a copy of the database."""
    copy = folder / "called.leaddesk"
    shutil.copyfile(path, copy)
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "LEADDESK_HOME": home}
            command = [sys.executable, "-m", "bench.caller", str(copy)]
            done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()
    told = json.loads(done.stdout.splitlines()[-1])
    answered = told["answered"]
    asked = f"{answered} answers in {told['calls']} calls"
    yield Measure("", f"keys per answer, {asked}", told["keys"] / answered, most=KEYS, unit="keys")
    yield Measure("", "… with two choices where several may be chosen", told["keys_of_two"] / answered, unit="keys")
    floor = p95(told["repaints"])
    painted = p95(told["painted"])
    yield Measure("", "key → painted answer, p95", painted, floor, "question repainted", most_seconds=FRAME)
    next_one = median(told["next_leads"])
    yield Measure("", "call end → next lead's number", next_one, floor, "question repainted", most_seconds=AT_ONCE)
    yield Measure("G9", "an answer put in the queue", median(told["queued"]), most_seconds=QUEUED)
