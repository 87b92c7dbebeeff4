"""`python3 dev.py bench [--leads N] [--json FILE]`: what things cost, as ratios to their floors, in one run."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import calling, drawing, growth, living, reading, searching, start, writing
from bench.database import demo_database, file_size
from bench.timing import Measure, report

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"


def main() -> None:
    """Measure everything, print a line each, and say at the end which goals are met; it fails on nothing."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000, help="how many invented leads (default 1,000,000)")
    parser.add_argument("--json", type=Path, help="write the goals to this file")
    parser.add_argument("--only", default="", help="parts to measure, joined by commas, such as reading,searching")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    few, path = demo_database(growth.FEW, FOLDER), demo_database(arguments.leads, FOLDER)
    print(f"{arguments.leads:,} leads; medians unless p95 is named; ours, its floor, ratio, goal", flush=True)
    measures = []
    for measure in _measures(few, path, [name for name in arguments.only.split(",") if name]):
        print(measure.line(), flush=True)
        measures.append(measure)
    told = report(arguments.leads, measures)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _measures(few: Path, path: Path, only: list[str]) -> Iterator[Measure]:
    parts: dict[str, Callable[[], Iterator[Measure]]] = {
        "start": lambda: start.measure(path),
        "reading": lambda: reading.measure(path),
        "searching": lambda: searching.measure(path),
        "importing": lambda: writing.importing(FOLDER),
        "saving": lambda: writing.saving(path, FOLDER),
        "living": lambda: living.measure(few, path, FOLDER),
        "drawing": lambda: drawing.measure(path),
        "growth": lambda: growth.measure(few, path, FOLDER),
        "calling": lambda: calling.measure(path, FOLDER),
        "size": lambda: file_size(path),
    }
    for name, measured in parts.items():
        if not only or name in only:
            yield from measured()


if __name__ == "__main__":
    main()
