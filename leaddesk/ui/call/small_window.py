"""The way between the big window and the small one: one of them shows the call, the other is out of the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.ui.call.compact import CompactWindow
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands


class SmallWindow(QObject):
    """Makes the compact window when it is first wanted. `came_back()`: the big window shows the call again."""

    came_back = Signal()

    def __init__(self, room: QWidget, session: Session, commands: Commands) -> None:
        super().__init__(room)
        self._room, self._session, self._commands = room, session, commands
        self.compact: CompactWindow | None = None

    @property
    def up(self) -> bool:
        """Whether the call is in the small window."""
        return self.compact is not None and self.compact.isVisible()

    def ground(self) -> QWidget:
        """What panels are laid over: the window that shows the call."""
        return self.compact if self.compact is not None and self.up else self._room

    def come(self, *, checklist: bool) -> None:
        """Show the call in the small window."""
        if self.compact is None:
            self.compact = CompactWindow(self._session, self._commands)
            self.compact.left.connect(self.go_back)
            self._room.destroyed.connect(self.compact.deleteLater)
        self.compact.show_shape(checklist=checklist)
        self.compact.appear()
        # Hidden, not minimised: some desktops let no program bring a minimised window back.
        self._room.window().hide()

    def go_back(self) -> None:
        """Show the call in the big window."""
        if self.compact is not None and self.up:
            self.compact.disappear()
            window = self._room.window()
            window.show()
            window.raise_()
            window.activateWindow()
            self._commands.trigger("go.call")
            self.came_back.emit()

    def show_shape(self, *, checklist: bool) -> None:
        """One question or all of them, if it is up."""
        if self.compact is not None and self.up:
            self.compact.show_shape(checklist=checklist)

    def show_clock(self) -> None:
        """How long the call has been going on, if it is up."""
        if self.compact is not None and self.up:
            self.compact.show_clock()

    def tell(self, text: str) -> bool:
        """Say something for a moment, if it is up; whether it was."""
        if self.compact is None or not self.up:
            return False
        self.compact.toast.show_message(text)
        return True

    def focus(self) -> None:
        """Let keys go to its question, if it is up."""
        if self.compact is not None and self.up:
            self.compact.focus_question()

    def confirm(self) -> None:
        """Keep what is toggled or typed as an answer in it."""
        if self.compact is not None:
            self.compact.confirm()

    def confirm_toggled(self) -> None:
        """Keep only what is toggled: the program ends, and what is half typed is half typed."""
        if self.compact is not None:
            self.compact.asked.confirm_toggled()
