"""Measures pairs of work in turn, so that a drifting machine moves both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Ratio:
    """What something costs, its floor in the same run, and how much of the floor it may cost.

    `most`: seconds it may take whatever its floor.
    """

    name: str
    ours: float
    floor: float
    goal: float | None
    floor_name: str
    most: float | None = None

    @property
    def ratio(self) -> float:
        """Our time in floors."""
        return self.ours / self.floor

    @property
    def is_met(self) -> bool:
        """Whether it costs no more than it may."""
        return (self.goal is None or self.ratio <= self.goal) and (self.most is None or self.ours <= self.most)

    def line(self) -> str:
        """One line of the report; times in milliseconds."""
        wanted = [f"≤ {self.goal:.3g}"] if self.goal is not None else []
        wanted += [f"≤ {self.most * 1000:g} ms"] if self.most is not None else []
        goal = ", ".join(wanted)
        met = "" if not wanted else ("ok" if self.is_met else "SHORT")
        return (
            f"{self.name:<44} {self.ours * 1000:>10.2f} ms  {self.floor * 1000:>10.2f} ms  "
            f"× {self.ratio:<7.2f} {goal:<14} {met:<6} {self.floor_name}"
        )


def side_by_side(ours: Work, floor: Work, rounds: int, warm: int = 2) -> tuple[list[float], list[float]]:
    """Seconds of each round of both, run in turn after a warm-up."""
    for turn in range(warm):
        ours(turn)
        floor(turn)
    mine, floors = [], []
    for turn in range(rounds):
        mine.append(seconds(ours, turn))
        floors.append(seconds(floor, turn))
    return mine, floors


def seconds(work: Work, turn: int) -> float:
    """How long one round takes."""
    start = time.perf_counter()
    work(turn)
    return time.perf_counter() - start


def median(times: list[float]) -> float:
    """The middle one."""
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """The one that 95 of 100 do not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]
