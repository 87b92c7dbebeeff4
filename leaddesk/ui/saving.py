"""What the window knows of its writes: whether all is on disk, and what came back from one."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leaddesk.db.records import Changes, StepName
    from leaddesk.qualify.playbook import Playbook


class SaveState(enum.Enum):
    """Whether everything a person did is on disk."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "not_saved"


@dataclass(frozen=True, slots=True)
class Done:
    """What comes back from the writer: the result, what changed, and what undo and redo would take back now."""

    result: object
    changes: Changes | None
    undoable: StepName | None
    redoable: StepName | None
    playbook: Playbook
