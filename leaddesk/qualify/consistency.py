"""Whether a playbook hangs together: every key it speaks of exists, and no branch turns a better answer into less."""

from __future__ import annotations

from collections.abc import Iterator

from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.problems import Problem


def find_problems(playbook: Playbook, *, thorough: bool) -> Iterator[Problem]:
    """Everything that is wrong although each part could be read. `thorough`: also what needs a sound playbook."""
    return iter(())
