"""`python3 dev.py bench [--leads N]`: what things cost, as ratios to their floors, in one run."""

from __future__ import annotations

import argparse
import os
from itertools import chain
from pathlib import Path

from bench import drawing, growth, reading, start, writing
from bench.database import demo_database

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"


def main() -> None:
    """Measure everything and print a line each."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000, help="how many demo leads (default 100,000)")
    leads = parser.parse_args().leads
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    few, path = demo_database(growth.FEW, FOLDER), demo_database(leads, FOLDER)
    print(f"{leads:,} leads; medians unless p95 is named; ours, its floor, ratio, goal", flush=True)
    parts = (
        reading.measure(path),
        writing.measure(path, FOLDER),
        growth.measure(few, path, FOLDER),
        drawing.measure(path),
        start.measure(path),
    )
    for ratio in chain.from_iterable(parts):
        print(ratio.line(), flush=True)


if __name__ == "__main__":
    main()
