"""What was done to a draft, step by step with a name each, so that it can be taken back and done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaddesk.exchange.playbook_draft import Draft

_MOST = 500


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: its name (a key of `[draft_steps]`) with what fills its words, and the draft before and after it.

    `merge`: edits of the same place that follow each other at once are one. `adopted`: it put the draft in force.
    """

    name: str
    before: Draft
    after: Draft
    details: Mapping[str, object] = field(default_factory=dict)
    merge: str = ""
    adopted: bool = False


class History:
    """The edits of one draft."""

    def __init__(self) -> None:
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._sealed = True

    @property
    def undoable(self) -> Edit | None:
        """What would be taken back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Edit | None:
        """What would be done again."""
        return self._undone[-1] if self._undone else None

    def add(self, edit: Edit) -> None:
        """An edit was made."""
        self._undone.clear()
        last = self.undoable
        if last is not None and edit.merge and edit.merge == last.merge and not self._sealed:
            self._done[-1] = Edit(last.name, last.before, edit.after, last.details, last.merge)
        else:
            self._done.append(edit)
            del self._done[:-_MOST]
        self._sealed = False

    def seal(self) -> None:
        """What comes next is an edit of its own."""
        self._sealed = True

    def undo(self) -> Edit | None:
        """Take one back."""
        return self._passed(self._done, self._undone)

    def redo(self) -> Edit | None:
        """Do one again."""
        return self._passed(self._undone, self._done)

    def clear(self) -> None:
        """Forget all."""
        self._done.clear()
        self._undone.clear()

    def _passed(self, giving: list[Edit], taking: list[Edit]) -> Edit | None:
        self.seal()
        if not giving:
            return None
        taking.append(giving.pop())
        return taking[-1]
