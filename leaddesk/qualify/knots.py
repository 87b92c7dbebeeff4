"""Knots: questions and facts tied together by branching, with every answer that makes a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from leaddesk.qualify.branching import Subject
from leaddesk.qualify.conditions import atoms
from leaddesk.qualify.fit import FactWorth, keys_of_fact, rule_for
from leaddesk.qualify.plan import Asked, Plan, rules_of, worths
from leaddesk.qualify.playbook import AnswerIs, Profile, QuestionStands
from leaddesk.qualify.supposed import supposed_facts, supposed_said
from leaddesk.qualify.terms import Standing, Tenths

#: Points per part, in the order of the playbook's parts.
Vector: TypeAlias = tuple[Tenths, ...]


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


@dataclass(frozen=True, slots=True)
class Free:
    """A question or fact no branch depends on: its known bit, its part and its best points."""

    known: int
    part: int
    best: Tenths


def tie(plan: Plan) -> tuple[tuple[Free, ...], tuple[Knot, ...]]:
    """What no branch depends on, and the knots."""
    groups = _tied(plan)
    free: list[Free] = []
    knots: list[Knot] = []
    for questions, facts in groups:
        nodes = [_question_node(plan, asked) for asked in questions if asked.profile is None]
        nodes += [_heard_node(plan, asked) for asked in questions if asked.profile is not None]
        nodes += [_fact_node(plan, profile, place) for place, profile in facts]
        nodes = [node for node in nodes if node.moves]
        if all(node.leaf for node in nodes) and all(asked.question.when is None for asked in questions):
            free += [Free(node.known, node.moves[0].part, node.moves[0].points) for node in nodes]
        else:
            knots.append(_knot(plan, nodes, questions, facts))
    return tuple(free), tuple(knots)


def _knot(plan: Plan, nodes: Sequence[Node], questions: Sequence[Asked], facts: Sequence[tuple[int, Profile]]) -> Knot:
    bits = 0
    for asked in questions:
        bits |= mask_of(plan.branching.questions.get(asked.question.key))
        for atom in atoms(asked.question.when):
            bits |= plan.branching.bit_of.get(id(atom), 0)
        bits |= mask_of(plan.branching.facts.get(asked.question.sets or ""))
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


def mask_of(subject: Subject | None) -> int:
    """The bits of a subject; none where no branch looks at it."""
    return subject.mask if subject else 0


def ways_to_answer(plan: Plan, asked: Asked) -> Iterator[tuple[str, Move]]:
    """Every answer to a question that sets no profiled fact, with the keys it amounts to."""
    question = asked.question
    own = plan.branching.questions.get(question.key)
    fact = plan.branching.facts.get(question.sets or "")
    for standing, points, keys, value in supposed_said(question, fact):
        cleared = mask_of(own)
        bits = own.question_bits(standing, keys) if own else 0
        if fact is not None and value is not None:
            cleared |= fact.mask
            bits |= fact.fact_bits(value)
        yield ",".join(keys), Move(cleared, bits, 1 << asked.place, asked.part, points)


def ways_to_know(plan: Plan, profile: Profile) -> Iterator[tuple[str, Move]]:
    """Every value of a profiled fact that makes a difference, with the key of the rule that holds for it."""
    part = plan.part_place[profile.part]
    own = plan.branching.facts.get(profile.fact)
    setters = [asked for asked in plan.setters if asked.question.sets == profile.fact]
    watched = [
        (asked, subject)
        for asked in setters
        if (subject := plan.branching.questions.get(asked.question.key)) is not None
    ]
    told = 1 << len(plan.asked) + plan.playbook.profiles.index(profile)
    cleared = mask_of(own)
    for asked in setters:
        told |= 1 << asked.place
        cleared |= mask_of(plan.branching.questions.get(asked.question.key))
    for value in supposed_facts(plan.playbook, profile, own):
        rule = rule_for(profile, value)
        bits = own.fact_bits(value) if own else 0
        for asked, subject in watched:
            bits |= subject.question_bits(rule.standing, keys_of_fact(asked.question, FactWorth(profile, rule, value)))
        yield rule.key, Move(cleared, bits, told, part, rule.points)


def _question_node(plan: Plan, asked: Asked) -> Node:
    question, bit = asked.question, 1 << asked.place
    own = plan.branching.questions.get(question.key)
    if own is None and (question.sets or "") not in plan.branching.facts:
        best = max(*worths(question, None), 0)
        return Node(bit, asked.place, (Move(0, 0, bit, asked.part, best),), leaf=True)
    moves = _best_of(move for _, move in ways_to_answer(plan, asked))
    return Node(bit, asked.place, (*moves, *_evasions(own, asked)), leaf=False)


def _best_of(moves: Iterable[Move]) -> tuple[Move, ...]:
    """Of moves that differ in points alone the one that brings most."""
    best: dict[tuple[int, int], Move] = {}
    for move in moves:
        known = best.get((move.cleared, move.set))
        if known is None or known.points < move.points:
            best[move.cleared, move.set] = move
    return tuple(best.values())


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
    setters = [asked for asked in plan.setters if asked.question.sets == profile.fact]
    watched = any(asked.question.key in plan.branching.questions for asked in setters)
    if not watched and profile.fact not in plan.branching.facts:
        best = max(0, *(rule.points for rule in rules_of(profile)))
        told = sum(1 << asked.place for asked in setters) | 1 << place
        return Node(1 << place, -1, (Move(0, 0, told, plan.part_place[profile.part], best),), leaf=True)
    return Node(1 << place, -1, _best_of(move for _, move in ways_to_know(plan, profile)), leaf=False)
