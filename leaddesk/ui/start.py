"""What comes first once a database is open: the interrupted call, the welcome, or the room a person left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from leaddesk.db.records import Call
from leaddesk.settings import read_settings
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.rooms import ROOM
from leaddesk.ui.sheets import About, Guide, ShortcutSheet
from leaddesk.ui.window import Window

if TYPE_CHECKING:
    from leaddesk.db.reading import Reading


def found_on_opening(reading: Reading) -> tuple[Call | None, bool]:
    """The call that was going on when the program ended, if any; and whether there is any lead at all."""
    from leaddesk.db.reads.calls import open_call
    from leaddesk.db.reads.overview import any_lead

    return open_call(reading), any_lead(reading)


class Start(QObject):
    """Decides which room comes first, and carries out the commands that belong to no room."""

    def __init__(self, window: Window, desk: Desk, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        commands.handle("help.shortcuts", lambda: self._open(ShortcutSheet(window, desk.language)))
        commands.handle("help.guide", lambda: self._open(Guide(window, desk.language)))
        commands.handle("help.about", lambda: self._open(About(window)))
        desk.opened.connect(self._opened)
        QTimer.singleShot(0, self, self._fetch)

    def _fetch(self) -> None:
        """The code of the room a person left, while the writer's thread opens the database."""
        ROOM.get(read_settings().room, ROOM["board"]).fetch()

    def _open(self, dialog: ShortcutSheet | Guide | About) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _opened(self) -> None:
        call, peopled = self._desk.get(found_on_opening)
        if call is not None and self._window.open_room("call"):
            return
        if not peopled and self._window.open_room("welcome"):
            return
        room = read_settings().room or "board"
        for key in (room, "board", "leads", "settings"):
            if self._window.open_room(key):
                return
