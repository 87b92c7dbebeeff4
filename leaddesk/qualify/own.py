"""Which fields of a team's own a playbook asks for, as `custom.NAME` among the facts."""

from __future__ import annotations

from collections.abc import Iterator

from leaddesk.qualify.conditions import FACT_ATOMS, atoms
from leaddesk.qualify.custom import own_name
from leaddesk.qualify.playbook import Condition, Playbook
from leaddesk.qualify.references import conditions_of


def own_facts(playbook: Playbook) -> frozenset[str]:
    """Their names, found at the first call and kept with the playbook."""
    kept = vars(playbook).get("_own_facts")
    if isinstance(kept, frozenset):
        return kept
    found = frozenset(name for fact in _facts(playbook) if (name := own_name(fact)))
    # Kept the way cached_property keeps its values, so that it lives and dies with the playbook.
    vars(playbook)["_own_facts"] = found
    return found


def _facts(playbook: Playbook) -> Iterator[str]:
    yield from (profile.fact for profile in playbook.profiles)
    for condition in _conditions(playbook):
        for atom in atoms(condition):
            if isinstance(atom, FACT_ATOMS):
                yield atom.fact


def _conditions(playbook: Playbook) -> Iterator[Condition | None]:
    yield from (condition for _, condition in conditions_of(playbook))
    yield from (question.when for question in playbook.questions)
