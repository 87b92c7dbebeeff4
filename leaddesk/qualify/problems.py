"""What is wrong with a playbook: every problem with its path, told all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leaddesk.errors import LeadDeskError


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `path`: where, like `questions[3].answers[1].points`, counted from 0.

    `code` names a sentence under `[playbook_problems]`; `details` fills it. A code that ends in `_hint` has `hint`,
    the word that was probably meant.
    """

    path: str
    code: str
    details: Mapping[str, object] = field(default_factory=dict)


class BrokenPlaybook(LeadDeskError):
    """A playbook cannot be used. `problems` are all that is wrong with it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("broken_playbook", n=len(self.problems))
