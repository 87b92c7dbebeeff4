"""Whether the branches of a script are sound: no circle, and no better answer that leads to less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leaddesk.qualify.conditions import atoms
from leaddesk.qualify.knots import Knot, Move, Node, ways_to_answer, ways_to_know
from leaddesk.qualify.plan import Plan, plan_of
from leaddesk.qualify.playbook import AnswerIs, Playbook, QuestionStands
from leaddesk.qualify.potential import Outlook, highest, is_open, outlook_of, places
from leaddesk.qualify.problems import Problem
from leaddesk.qualify.terms import Tenths, points


def circle_problems(playbook: Playbook) -> Iterator[Problem]:
    """Questions whose `when` leads back to themselves, told once for each circle."""
    after: Mapping[str, tuple[str, ...]] = {
        question.key: tuple(
            atom.question for atom in atoms(question.when) if isinstance(atom, (AnswerIs, QuestionStands))
        )
        for question in playbook.questions
    }
    told: set[str] = set()
    for place, question in enumerate(playbook.questions):
        circle = _circle(question.key, after)
        if circle and not told & set(circle):
            told.update(circle)
            yield Problem(f"questions[{place}].when", "when_circle", {"questions": " → ".join((*circle, circle[0]))})


def _circle(start: str, after: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a question back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    passed: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following in after.get(way[-1], ()):
            if following == start:
                return way
            if following not in passed:
                passed.add(following)
                ways.append((*way, following))
    return ()


def less_for_better_problems(playbook: Playbook) -> Iterator[Problem]:
    """Questions and facts of which a better answer leads to a lower highest score than a worse one."""
    plan = plan_of(playbook)
    outlook = outlook_of(plan)
    for knot in outlook.knots:
        found: dict[str, Problem] = {}
        comparison = _Comparison(plan, outlook, knot)
        for bits, known in comparison.places():
            for path, ways in comparison.open_at(bits, known):
                if path not in found and (problem := comparison.worse_for_better(path, ways, bits, known)):
                    found[path] = problem
        yield from found.values()


class _Comparison:
    """Compares what the answers of one knot lead to: with all else unasked, and with all else at its best."""

    def __init__(self, plan: Plan, outlook: Outlook, knot: Knot) -> None:
        self.plan, self.outlook, self.knot = plan, outlook, knot
        self.limits = plan.limits
        # What everything outside this knot brings at best.
        self.others = outlook.vectors(plan.branching.blank, knot.known)
        self.ways: dict[int, tuple[str, tuple[tuple[str, Move], ...]]] = {}
        for node in knot.nodes:
            ways = self._ways(node)
            if ways is not None:
                self.ways[node.known] = ways

    def places(self) -> set[tuple[int, int]]:
        """Every place of the knot, with what nothing depends on left unanswered: that is what an answer may hide."""
        leaves = sum(node.known for node in self.knot.nodes if node.leaf)
        met = places(self.outlook, self.knot, self.plan.branching.blank & self.knot.bits, 0) or {}
        return {(bits, known & ~leaves) for bits, known in met}

    def open_at(self, bits: int, known: int) -> Iterator[tuple[str, tuple[tuple[str, Move], ...]]]:
        """What can be answered at a place: its path and its answers."""
        visible = self.outlook.branching.visible(bits)
        for node in self.knot.nodes:
            if node.known in self.ways and is_open(node, visible, known):
                yield self.ways[node.known]

    def worse_for_better(self, path: str, ways: tuple[tuple[str, Move], ...], bits: int, known: int) -> Problem | None:
        """The first pair of answers of which the better one leads to less."""
        ends = [(key, move.points, self._ends(move, bits, known)) for key, move in ways]
        for better, more, high in ends:
            for worse, fewer, low in ends:
                loss = max((theirs - ours for ours, theirs in zip(high, low, strict=True)), default=0)
                if more > fewer and loss > 0:
                    return Problem(path, "less_for_better", {"better": better, "worse": worse, "points": points(loss)})
        return None

    def _ends(self, move: Move, bits: int, known: int) -> tuple[Tenths, Tenths]:
        after = bits & ~move.cleared | move.set
        gained = self.outlook.of_knot(self.knot, after, known | move.known)
        own = [move.points if place == move.part else 0 for place in range(len(self.limits))]
        alone = highest(gained, own, self.limits)
        among = max(highest(gained, _sums(own, others), self.limits) for others in self.others)
        return alone, among

    def _ways(self, node: Node) -> tuple[str, tuple[tuple[str, Move], ...]] | None:
        for place, profile in enumerate(self.plan.playbook.profiles):
            if node.known == 1 << len(self.plan.asked) + place:
                return f"profile[{place}].rules", tuple(ways_to_know(self.plan, profile))
        asked = next(one for one in self.plan.asked if node.known == 1 << one.place)
        if node.leaf or asked.profile is not None:
            return None
        return f"questions[{asked.place}].answers", tuple(ways_to_answer(self.plan, asked))


def _sums(one: Sequence[Tenths], other: Sequence[Tenths]) -> list[Tenths]:
    return [ours + theirs for ours, theirs in zip(one, other, strict=True)]
