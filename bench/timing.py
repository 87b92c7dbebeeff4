"""Measures pairs of work in turn, so that a drifting machine moves both, and says how far from its goal each is."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Work = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Measure:
    """What something costs beside its floor, and what it may cost.

    `goal`: G1 to G12, or empty for what no goal names. `most_ratio`: of the floor. `most_seconds`: whatever the floor.
    Both must hold, or one of them where `either`. `most`: of a number that is neither, in `unit`.
    """

    goal: str
    name: str
    ours: float
    floor: float = 0.0
    floor_name: str = ""
    most_ratio: float | None = None
    most_seconds: float | None = None
    either: bool = False
    most: float | None = None
    unit: str = ""

    @property
    def shares(self) -> list[tuple[float, float, str]]:
        """Value, target and unit of each limit it has."""
        found = []
        if self.most_ratio is not None:
            found.append((self.ours / self.floor, self.most_ratio, "ratio"))
        if self.most_seconds is not None:
            found.append((self.ours * 1000, self.most_seconds * 1000, "ms"))
        if self.most is not None:
            found.append((self.ours, self.most, self.unit))
        return found

    @property
    def share(self) -> tuple[float, float, str]:
        """The limit that counts: the one furthest from being kept, or the nearest where either serves."""
        return (min if self.either else max)(self.shares, key=lambda one: one[0] / one[1])

    @property
    def is_met(self) -> bool:
        """Whether it costs no more than it may."""
        return not self.shares or self.share[0] <= self.share[1]

    def line(self) -> str:
        """One line of the report; times in milliseconds."""
        cost = f"{self.ours:>10.2f} {self.unit}" if self.unit else f"{self.ours * 1000:>10.2f} ms"
        floor = f"{self.floor * 1000:>10.2f} ms  × {self.ours / self.floor:<7.3g}" if self.floor else " " * 24
        joined = " or " if self.either else ", "
        wanted = joined.join(f"≤ {target:.3g} {unit}".replace(" ratio", "") for _, target, unit in self.shares)
        met = ("ok" if self.is_met else "SHORT") if self.shares else ""
        return f"{self.goal:<4} {self.name:<52} {cost:<16} {floor} {wanted:<20} {met:<6} {self.floor_name}".rstrip()


def report(leads: int, measures: Iterable[Measure]) -> dict[str, object]:
    """Goals by name: of what is measured for one, the part furthest from being met; all of them under `parts`."""
    goals: dict[str, dict[str, object]] = {}
    by_goal: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.goal and measure.shares:
            by_goal.setdefault(measure.goal, []).append(measure)
    for goal in sorted(by_goal, key=lambda name: int(name[1:]) if name[1:].isdigit() else 99):
        parts = by_goal[goal]
        value, target, unit = max((part.share for part in parts), key=lambda share: share[0] / share[1])
        goals[goal] = {
            "value": round(value, 4),
            "target": round(target, 4),
            "met": all(part.is_met for part in parts),
            "unit": unit,
            "parts": {
                part.name: {
                    "value": round(part.share[0], 4),
                    "target": round(part.share[1], 4),
                    "unit": part.share[2],
                    "met": part.is_met,
                }
                for part in parts
            },
        }
    return {"leads": leads, "goals": goals}


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
