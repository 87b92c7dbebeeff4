"""The branches of a script as bits: what every `when` looks at, so that visibility and reach can be remembered.

An *atom* is one thing a `when` asks about a question or a fact. All atoms of a playbook together are one integer, a bit
each; what is known (questions and profiled facts) is another. The two decide which questions are visible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaddesk.qualify.conditions import (
    FACT_ATOMS,
    FactAtom,
    QuestionAtom,
    atoms,
    fact_meets,
    question_meets,
)
from leaddesk.qualify.playbook import (
    All,
    AnswerIs,
    AnyOf,
    Condition,
    Not,
    Playbook,
    QuestionStands,
)
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Standing


@dataclass(frozen=True, slots=True)
class Subject:
    """A question or a fact that some `when` looks at: its atoms with their bits, and all of those bits."""

    question_atoms: tuple[tuple[int, QuestionAtom], ...] = ()
    fact_atoms: tuple[tuple[int, FactAtom], ...] = ()
    mask: int = 0

    def question_bits(self, standing: Standing, keys: tuple[str, ...]) -> int:
        """The bits of the atoms that a question standing so meets."""
        bits = 0
        for bit, atom in self.question_atoms:
            if question_meets(atom, standing, keys):
                bits |= bit
        return bits

    def fact_bits(self, value: FactValue | None) -> int:
        """The bits of the atoms that a fact meets."""
        bits = 0
        for bit, atom in self.fact_atoms:
            if fact_meets(atom, value):
                bits |= bit
        return bits


@dataclass(frozen=True)
class Branching:
    """The atoms of a playbook by what they look at, and the bits met while nothing is known.

    Bits of `known`: bit i for question i of the script, bit len(questions) + j for profiled fact j.
    """

    playbook: Playbook
    questions: Mapping[str, Subject]
    facts: Mapping[str, Subject]
    bit_of: Mapping[int, int]
    blank: int
    #: Which questions are visible, by atoms; filled as states are met.
    seen: dict[int, int] = field(default_factory=dict)

    def visible(self, bits: int) -> int:
        """The visible questions (bit i for question i) while these atoms are met."""
        found = self.seen.get(bits)
        if found is None:
            found = 0
            for place, question in enumerate(self.playbook.questions):
                if question.when is None or self._met(question.when, bits):
                    found |= 1 << place
            if len(self.seen) > _MOST_REMEMBERED:
                self.seen.clear()
            self.seen[bits] = found
        return found

    def _met(self, condition: Condition, bits: int) -> bool:
        match condition:
            case All():
                return all(self._met(one, bits) for one in condition.of)
            case AnyOf():
                return any(self._met(one, bits) for one in condition.of)
            case Not():
                return not self._met(condition.of, bits)
            case _:
                return bool(bits & self.bit_of.get(id(condition), 0))


_MOST_REMEMBERED = 20_000


def branching_of(playbook: Playbook) -> Branching:
    """Collects the atoms of every `when`. Conditions a `when` may not use count as never met."""
    about_question: dict[str, list[tuple[int, QuestionAtom]]] = {}
    about_fact: dict[str, list[tuple[int, FactAtom]]] = {}
    bit_of: dict[int, int] = {}
    for question in playbook.questions:
        for atom in atoms(question.when):
            bit = 1 << len(bit_of)
            if isinstance(atom, (AnswerIs, QuestionStands)):
                about_question.setdefault(atom.question, []).append((bit, atom))
            elif isinstance(atom, FACT_ATOMS):
                about_fact.setdefault(atom.fact, []).append((bit, atom))
            else:
                continue
            bit_of[id(atom)] = bit
    questions = {
        key: Subject(question_atoms=tuple(found), mask=sum(bit for bit, _ in found))
        for key, found in about_question.items()
    }
    facts = {
        key: Subject(fact_atoms=tuple(found), mask=sum(bit for bit, _ in found)) for key, found in about_fact.items()
    }
    blank = 0
    for subject in questions.values():
        blank |= subject.question_bits(Standing.NOT_ASKED, ())
    return Branching(playbook, questions, facts, bit_of, blank)
