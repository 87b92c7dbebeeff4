"""*Up to*: the most that answers to open questions could still bring, branches opening included.

Questions that no branch depends on simply bring their best answer. The others fall into *knots*: questions and facts
tied together by `when`. A knot is walked through from where it stands, each open visible question answered in every
way that makes a difference, and the points gained are kept as vectors, one number a part, of which only those are
kept that no other beats everywhere. What a knot may bring depends on its bits alone, so it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from leaddesk.qualify.branching import Branching
from leaddesk.qualify.knots import Free, Knot, Move, Node, Vector, tie
from leaddesk.qualify.plan import Plan
from leaddesk.qualify.terms import Tenths

_MOST_REMEMBERED = 20_000
# Beyond so many places a knot is not walked: then everything open in it counts with its best, which is never too low.
_MOST_PLACES = 5_000


@dataclass(frozen=True)
class Outlook:
    """What a playbook's open questions may bring, by what is known."""

    branching: Branching
    zero: Vector
    free: tuple[Free, ...]
    knots: tuple[Knot, ...]
    reach: dict[tuple[int, int], tuple[Vector, ...]] = field(default_factory=dict)

    def vectors(self, bits: int, known: int) -> tuple[Vector, ...]:
        """The most that may still be gained, part by part, none of them beaten by another."""
        found = self.reach.get((bits, known))
        if found is None:
            found = self._worked_out(bits, known)
            if len(self.reach) > _MOST_REMEMBERED:
                self.reach.clear()
            self.reach[bits, known] = found
        return found

    def _worked_out(self, bits: int, known: int) -> tuple[Vector, ...]:
        fixed = list(self.zero)
        for one in self.free:
            if not known & one.known:
                fixed[one.part] += one.best
        vectors: tuple[Vector, ...] = (tuple(fixed),)
        for knot in self.knots:
            gained = self.of_knot(knot, bits, known)
            vectors = unbeaten(_sum(one, other) for one in vectors for other in gained)
        return vectors

    def of_knot(self, knot: Knot, bits: int, known: int) -> tuple[Vector, ...]:
        """What one knot may still bring."""
        key = (bits & knot.bits, known & knot.known)
        found = knot.reach.get(key)
        if found is None:
            found = walk(self, knot, *key)
            if len(knot.reach) > _MOST_REMEMBERED:
                knot.reach.clear()
            knot.reach[key] = found
        return found


def outlook_of(plan: Plan) -> Outlook:
    """The outlook of a plan, made at the first call and kept with it."""
    kept = vars(plan).get("_outlook")
    if isinstance(kept, Outlook):
        return kept
    free, knots = tie(plan)
    outlook = Outlook(plan.branching, (0,) * len(plan.limits), free, knots)
    vars(plan)["_outlook"] = outlook
    return outlook


def highest(vectors: Iterable[Vector], sums: Sequence[Tenths], limits: Sequence[Tenths]) -> Tenths:
    """The highest score: gains on top of what each part has, every part held between zero and its limit."""
    best = 0
    for vector in vectors:
        total = 0
        for base, gain, limit in zip(sums, vector, limits, strict=True):
            reached = base + gain
            if reached > 0:
                total += min(reached, limit)
        best = max(best, total)
    return best


def unbeaten(vectors: Iterable[Vector]) -> tuple[Vector, ...]:
    """The vectors that no other one reaches or passes in every part."""
    kept: list[Vector] = []
    for vector in sorted(set(vectors), reverse=True):
        if not any(all(ours >= theirs for ours, theirs in zip(one, vector, strict=True)) for one in kept):
            kept.append(vector)
    return tuple(kept)


def walk(outlook: Outlook, knot: Knot, bits: int, known: int) -> tuple[Vector, ...]:
    """Everything a knot may bring from where it stands."""
    met = places(outlook, knot, bits, known)
    if met is None:
        return (_everything(outlook, knot, known),)
    return unbeaten(vector for vectors in met.values() for vector in vectors)


def places(outlook: Outlook, knot: Knot, bits: int, known: int) -> dict[tuple[int, int], list[Vector]] | None:
    """Every place (atoms met, what is known) answers can lead to, with what may be gained on the way; None: too many.

    What nothing depends on is answered as soon as it is visible.
    """
    met: dict[tuple[int, int], list[Vector]] = {}
    waiting = [_with_leaves(outlook, knot, bits, known, outlook.zero)]
    count = 0
    while waiting:
        bits, known, vector = waiting.pop()
        here = met.setdefault((bits, known), [])
        if any(all(ours >= theirs for ours, theirs in zip(one, vector, strict=True)) for one in here):
            continue
        here.append(vector)
        count += 1
        if count > _MOST_PLACES:
            return None
        for move in moves_from(outlook, knot, bits, known):
            after = bits & ~move.cleared | move.set
            if after != bits or move.known:
                gained = _plus(vector, move.part, move.points)
                waiting.append(_with_leaves(outlook, knot, after, known | move.known, gained))
    return met


def moves_from(outlook: Outlook, knot: Knot, bits: int, known: int) -> Iterator[Move]:
    """The answers that can be given at a place and may lead elsewhere."""
    visible = outlook.branching.visible(bits)
    for node in knot.nodes:
        if not node.leaf and is_open(node, visible, known):
            yield from node.moves


def is_open(node: Node, visible: int, known: int) -> bool:
    """Whether a node can be answered."""
    return not node.known & known and (node.shown < 0 or bool(visible >> node.shown & 1))


def _with_leaves(outlook: Outlook, knot: Knot, bits: int, known: int, vector: Vector) -> tuple[int, int, Vector]:
    """Answers everything visible that nothing depends on; that never bars a way."""
    visible = outlook.branching.visible(bits)
    for node in knot.nodes:
        if node.leaf and is_open(node, visible, known):
            move = node.moves[0]
            known |= move.known
            vector = _plus(vector, move.part, move.points)
    return bits, known, vector


def _everything(outlook: Outlook, knot: Knot, known: int) -> Vector:
    gained = list(outlook.zero)
    for node in knot.nodes:
        move = max(node.moves, key=lambda one: one.points)
        if not node.known & known:
            gained[move.part] += max(move.points, 0)
    return tuple(gained)


def _sum(one: Vector, other: Vector) -> Vector:
    return tuple(ours + theirs for ours, theirs in zip(one, other, strict=True))


def _plus(vector: Vector, part: int, points: Tenths) -> Vector:
    return (*vector[:part], vector[part] + points, *vector[part + 1 :]) if points else vector
