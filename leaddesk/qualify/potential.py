"""*Up to*: the most that answers to open questions could still bring, branches opening included.

Questions that no branch depends on simply bring their best answer. The others fall into *knots*: questions and facts
tied together by `when`. A knot is walked through from where it stands, each open visible question answered in every
way that makes a difference, and the points gained are kept as vectors, one number a part, of which only those are
kept that no other beats everywhere. What a knot may bring depends on its bits alone, so it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from leaddesk.qualify.branching import Branching, Subject
from leaddesk.qualify.conditions import atoms
from leaddesk.qualify.fit import FactWorth, keys_of_fact, rule_for
from leaddesk.qualify.plan import Asked, Plan, rules_of, worths
from leaddesk.qualify.playbook import AnswerIs, Profile, QuestionStands
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.supposed import supposed_facts, supposed_said
from leaddesk.qualify.terms import Standing, Tenths

#: Points per part, in the order of the playbook's parts.
Vector: TypeAlias = tuple[Tenths, ...]

_MOST_REMEMBERED = 20_000
# Beyond so many places a knot is not walked: then everything open in it counts with its best, which is never too low.
_MOST_PLACES = 20_000


@dataclass(frozen=True, slots=True)
class Move:
    """One way to answer: bits cleared and set, what becomes known, and the points it brings to a part."""

    cleared: int
    set: int
    known: int
    part: int
    points: Tenths


@dataclass(frozen=True, slots=True)
class Node:
    """An open question or fact of a knot. `shown`: the question whose visibility it needs (-1: none)."""

    known: int
    shown: int
    moves: tuple[Move, ...]
    #: Nothing depends on it: it is answered with its best as soon as it can be.
    leaf: bool


@dataclass(frozen=True)
class Knot:
    """Questions and facts tied together by branching."""

    nodes: tuple[Node, ...]
    bits: int
    known: int
    reach: dict[tuple[int, int], tuple[Vector, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outlook:
    """What a playbook's open questions may bring, by what is known."""

    branching: Branching
    zero: Vector
    #: Known bit, part and best points of what no branch depends on.
    free: tuple[tuple[int, int, Tenths], ...]
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
        for bit, part, best in self.free:
            if not known & bit:
                fixed[part] += best
        vectors: tuple[Vector, ...] = (tuple(fixed),)
        for knot in self.knots:
            gained = self._of_knot(knot, bits, known & knot.known)
            vectors = unbeaten(_sum(one, other) for one in vectors for other in gained)
        return vectors

    def _of_knot(self, knot: Knot, bits: int, known: int) -> tuple[Vector, ...]:
        key = (bits & knot.bits, known)
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
    outlook = _made(plan)
    vars(plan)["_outlook"] = outlook
    return outlook


def highest(vectors: Iterable[Vector], sums: Sequence[Tenths], limits: Sequence[Tenths]) -> Tenths:
    """The highest score: gains on top of what each part has, every part held between zero and its limit."""
    return max(
        sum(min(max(base + gain, 0), limit) for base, gain, limit in zip(sums, vector, limits, strict=True))
        for vector in vectors
    )


def unbeaten(vectors: Iterable[Vector]) -> tuple[Vector, ...]:
    """The vectors that no other one reaches or passes in every part."""
    kept: list[Vector] = []
    for vector in sorted(set(vectors), reverse=True):
        if not any(all(ours >= theirs for ours, theirs in zip(one, vector, strict=True)) for one in kept):
            kept.append(vector)
    return tuple(kept)


def walk(outlook: Outlook, knot: Knot, bits: int, known: int) -> tuple[Vector, ...]:
    """Everything a knot may bring from where it stands."""
    met: dict[tuple[int, int], list[Vector]] = {}
    known_first = known
    waiting = [_with_leaves(outlook, knot, bits, known, outlook.zero)]
    places = 0
    while waiting:
        bits, known, vector = waiting.pop()
        here = met.setdefault((bits & knot.bits, known), [])
        if any(all(ours >= theirs for ours, theirs in zip(one, vector, strict=True)) for one in here):
            continue
        here.append(vector)
        places += 1
        if places > _MOST_PLACES:
            return (_everything(outlook, knot, known_first),)
        visible = outlook.branching.visible(bits)
        for node in knot.nodes:
            if node.leaf or node.known & known or (node.shown >= 0 and not visible >> node.shown & 1):
                continue
            for move in node.moves:
                after = bits & ~move.cleared | move.set
                if after == bits and not move.known:
                    continue
                gained = _plus(vector, move.part, move.points)
                waiting.append(_with_leaves(outlook, knot, after, known | move.known, gained))
    return unbeaten(vector for vectors in met.values() for vector in vectors)


def _with_leaves(outlook: Outlook, knot: Knot, bits: int, known: int, vector: Vector) -> tuple[int, int, Vector]:
    """Answers everything visible that nothing depends on; that never bars a way."""
    visible = outlook.branching.visible(bits)
    for node in knot.nodes:
        if node.leaf and not node.known & known and (node.shown < 0 or visible >> node.shown & 1):
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


# ── preparing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _made(plan: Plan) -> Outlook:
    zero = (0,) * len(plan.limits)
    groups = _tied(plan)
    free: list[tuple[int, int, Tenths]] = []
    knots: list[Knot] = []
    for questions, facts in groups:
        nodes = [_question_node(plan, asked) for asked in questions if asked.profile is None]
        nodes += [_heard_node(plan, asked) for asked in questions if asked.profile is not None]
        nodes += [_fact_node(plan, profile, place) for place, profile in facts]
        nodes = [node for node in nodes if node.moves]
        if all(node.leaf for node in nodes) and all(asked.question.when is None for asked in questions):
            free += [(node.known, node.moves[0].part, node.moves[0].points) for node in nodes]
        else:
            knots.append(_knot(plan, nodes, questions, facts))
    return Outlook(plan.branching, zero, tuple(free), tuple(knots))


def _knot(plan: Plan, nodes: Sequence[Node], questions: Sequence[Asked], facts: Sequence[tuple[int, Profile]]) -> Knot:
    bits = 0
    for asked in questions:
        bits |= _mask(plan.branching.questions.get(asked.question.key))
        for atom in atoms(asked.question.when):
            bits |= plan.branching.bit_of.get(id(atom), 0)
        bits |= _mask(plan.branching.facts.get(asked.question.sets or ""))
    known = sum(1 << asked.place for asked in questions) + sum(1 << place for place, _ in facts)
    return Knot(tuple(nodes), bits, known)


def _tied(plan: Plan) -> list[tuple[list[Asked], list[tuple[int, Profile]]]]:
    """Questions and profiled facts in groups that no branch or fact connects with each other."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        leader.setdefault(name, name)
        while leader[name] != name:
            name = leader[name]
        return name

    for asked in plan.asked:
        name = f"question {asked.question.key}"
        for atom in atoms(asked.question.when):
            if isinstance(atom, (AnswerIs, QuestionStands)):
                leader[find(f"question {atom.question}")] = find(name)
            elif fact := getattr(atom, "fact", None):
                leader[find(f"fact {fact}")] = find(name)
        if asked.question.sets and (asked.profile or asked.question.sets in plan.branching.facts):
            leader[find(f"fact {asked.question.sets}")] = find(name)
    groups: dict[str, tuple[list[Asked], list[tuple[int, Profile]]]] = {}
    for asked in plan.asked:
        groups.setdefault(find(f"question {asked.question.key}"), ([], []))[0].append(asked)
    for place, profile in enumerate(plan.playbook.profiles, start=len(plan.asked)):
        groups.setdefault(find(f"fact {profile.fact}"), ([], []))[1].append((place, profile))
    return list(groups.values())


def _mask(subject: Subject | None) -> int:
    return subject.mask if subject else 0


def _question_node(plan: Plan, asked: Asked) -> Node:
    question, bit = asked.question, 1 << asked.place
    own = plan.branching.questions.get(question.key)
    fact = plan.branching.facts.get(question.sets or "")
    if own is None and fact is None:
        best = max(*worths(question, None), 0)
        return Node(bit, asked.place, (Move(0, 0, bit, asked.part, best),), leaf=True)
    best_of: dict[tuple[int, int], Tenths] = {}
    for standing, points, keys, value in supposed_said(question, fact):
        bits = own.question_bits(standing, keys) if own else 0
        cleared = _mask(own)
        if fact is not None and value is not None:
            cleared |= fact.mask
            bits |= fact.fact_bits(value)
        best_of[cleared, bits] = max(best_of.get((cleared, bits), points), points)
    moves = [Move(cleared, bits, bit, asked.part, points) for (cleared, bits), points in best_of.items()]
    return Node(bit, asked.place, (*moves, *_evasions(own, asked)), leaf=False)


def _heard_node(plan: Plan, asked: Asked) -> Node:
    """A question on a profiled fact: the fact brings the points, but an evasion may open a branch."""
    own = plan.branching.questions.get(asked.question.key)
    return Node(1 << asked.place, asked.place, tuple(_evasions(own, asked)), leaf=False)


def _evasions(own: Subject | None, asked: Asked) -> Iterator[Move]:
    if own is None:
        return
    for standing in (Standing.EVADED, Standing.UNKNOWN):
        yield Move(own.mask, own.question_bits(standing, ()), 0, asked.part, 0)


def _fact_node(plan: Plan, profile: Profile, place: int) -> Node:
    part = plan.part_place[profile.part]
    own = plan.branching.facts.get(profile.fact)
    setters = [asked for asked in plan.setters if asked.question.sets == profile.fact]
    told = 1 << place
    for asked in setters:
        told |= 1 << asked.place
    subjects = [(asked, plan.branching.questions.get(asked.question.key)) for asked in setters]
    watched = [(asked, subject) for asked, subject in subjects if subject is not None]
    if own is None and not watched:
        best = max(0, *(rule.points for rule in rules_of(profile)))
        return Node(1 << place, -1, (Move(0, 0, told, part, best),), leaf=True)
    cleared = _mask(own)
    for _, subject in watched:
        cleared |= subject.mask
    best_of: dict[int, Tenths] = {}
    for value in supposed_facts(plan.playbook, profile, own):
        points, bits = _fact_move(profile, value, own, watched)
        best_of[bits] = max(best_of.get(bits, points), points)
    moves = tuple(Move(cleared, bits, told, part, points) for bits, points in best_of.items())
    return Node(1 << place, -1, moves, leaf=False)


def _fact_move(
    profile: Profile, value: FactValue, own: Subject | None, watched: Sequence[tuple[Asked, Subject]]
) -> tuple[Tenths, int]:
    rule = rule_for(profile, value)
    bits = own.fact_bits(value) if own else 0
    for asked, subject in watched:
        keys = keys_of_fact(asked.question, FactWorth(profile, rule, value))
        bits |= subject.question_bits(rule.standing, keys)
    return rule.points, bits
