"""What every room is: a page of the window that re-reads what changed while it is seen, and later when it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk

if TYPE_CHECKING:
    from leaddesk.db.records import Changes
    from leaddesk.ui.filter_bar import FilterBar


class Room(QWidget):
    """A page of the window. A room knows the desk and the commands, never another room.

    Made when it is first wanted, after the database was opened. Subclasses set `key` and write `refresh`,
    `retranslate` and, where they take arguments, `activate`; they call `commands.handle(…)` for what they carry out.
    """

    key: ClassVar[str] = ""
    #: `undo_words` says something else now.
    undo_changed = Signal()
    #: It is covered whole while the shield is up: every line tells of other customers.
    tells_others: ClassVar[bool] = False

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.commands = commands
        self._missed: Changes | None = None
        desk.changed.connect(self._take)

    def activate(self, **arguments: object) -> None:
        """The room comes to the front, perhaps to show something; put the focus where a person would look."""

    def refresh(self, changes: Changes) -> None:
        """Re-read what changed (`changes.everything`: all). Called only while the room is seen, or when it is next."""

    def retranslate(self) -> None:
        """Say everything again in `self.desk.language`."""

    def selected_lead(self) -> str | None:
        """The lead that commands are about, if one is selected here."""
        return None

    def chosen_leads(self) -> Sequence[int]:
        """The numbers of the leads that are chosen here to do something with all of them; else of the selected one."""
        return ()

    def filter_bar(self) -> FilterBar | None:
        """The row that narrows what is shown here, where there is one."""
        return None

    def may_close(self) -> bool:
        """Whether the window, or its database, may close. What is only typed is written now, what runs is stopped."""
        return True

    def top_widgets(self) -> list[QWidget]:
        """Widgets for the right of the top bar while this room is in front, in place of New lead and Call next."""
        return []

    def undo(self) -> bool:
        """Take back what was done in this room alone; False: there is no such thing, the last step is taken back."""
        return False

    def redo(self) -> bool:
        """Do it again; False as for `undo`."""
        return False

    def undo_words(self) -> tuple[str, str] | None:
        """What `undo` and `redo` are about, empty where there is nothing; None: this room has no undo of its own."""
        return None

    def kept_widgets(self) -> list[QWidget]:
        """Widgets for the far right of the top bar that stay while other rooms are in front; asked once."""
        return []

    def is_seen(self) -> bool:
        """Whether anybody looks at it, so that it re-reads what changed at once."""
        return self.isVisible()

    def _take(self, changes: Changes) -> None:
        if self.is_seen():
            self.refresh(changes)
        else:
            self._missed = merged(self._missed, changes)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._missed is not None:
            missed, self._missed = self._missed, None
            self.refresh(missed)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def merged(first: Changes | None, second: Changes) -> Changes:
    """Both changes as one."""
    if first is None:
        return second
    from leaddesk.db.records import Changes

    return Changes(
        step=second.step,
        name=second.name,
        details=second.details,
        leads=first.leads | second.leads,
        tables=first.tables | second.tables,
        everything=first.everything or second.everything,
    )
