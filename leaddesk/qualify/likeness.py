"""Which facts a playbook looks at: leads of whom nothing else is known are summed up alike where these are alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from leaddesk.qualify.conditions import FACT_ATOMS, atoms
from leaddesk.qualify.playbook import Condition, FactKnown, Playbook

#: What tells leads apart that nobody has asked anything and that have done nothing.
Likeness: TypeAlias = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """Facts whose value counts, and those of which only counts whether there is one."""

    valued: tuple[str, ...]
    known: tuple[str, ...]

    def likeness(self, facts: Mapping[str, Hashable]) -> Likeness:
        """What of a lead's facts the summary of a lead follows from.

        `facts`: those of the watched ones that are known, in any form that tells values apart, texts as they are.
        """
        return (*map(facts.get, self.valued), *map(_presence, map(facts.get, self.known)))


def watched_by(playbook: Playbook) -> Watched:
    """The facts a summary may depend on."""
    asked = [atom for condition in _conditions(playbook) for atom in atoms(condition) if isinstance(atom, FACT_ATOMS)]
    valued = {profile.fact for profile in playbook.profiles}
    valued |= {atom.fact for atom in asked if not isinstance(atom, FactKnown)}
    return Watched(tuple(sorted(valued)), tuple(sorted({atom.fact for atom in asked} - valued)))


def _presence(value: Hashable) -> int:
    """A blank text is there, and yet no knowledge."""
    if value is None:
        return 0
    return 1 if (isinstance(value, str) and not value.strip()) or value == () else 2


def _conditions(playbook: Playbook) -> Iterator[Condition | None]:
    yield playbook.hot
    yield playbook.warm
    for rule in playbook.lifecycle:
        yield rule.when
    for question in playbook.questions:
        yield question.when
