"""Which rooms there are: where their class lies, so that a room is imported when it is first wanted."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.room import Room


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """A room: `module` holds a class `name(desk, commands)`. `go`: the command on the rail; empty: not on the rail."""

    key: str
    module: str
    name: str
    icon: str
    go: str = ""

    @property
    def exists(self) -> bool:
        """Whether its module is there."""
        return find_spec(self.module) is not None

    def fetch(self) -> None:
        """Read its code, so that the room itself is there the sooner."""
        import_module(self.module)

    def make(self, desk: Desk, commands: Commands) -> Room:
        """The room itself."""
        made = getattr(import_module(self.module), self.name)(desk, commands)
        if not isinstance(made, Room):
            raise TypeError(self.name)
        return made


ROOMS: tuple[RoomEntry, ...] = (
    RoomEntry("board", "leaddesk.ui.board.room", "BoardRoom", "board", "go.board"),
    RoomEntry("leads", "leaddesk.ui.leads.room", "LeadsRoom", "leads", "go.leads"),
    RoomEntry("call", "leaddesk.ui.call.room", "CallRoom", "phone", "go.call"),
    RoomEntry("scripts", "leaddesk.ui.scripts.room", "ScriptsRoom", "pencil", "go.scripts"),
    RoomEntry("import", "leaddesk.ui.importing.room", "ImportRoom", "import"),
    RoomEntry("settings", "leaddesk.ui.settings.room", "SettingsRoom", "settings", "settings"),
    RoomEntry("welcome", "leaddesk.ui.welcome.room", "WelcomeRoom", "person"),
)

ROOM: dict[str, RoomEntry] = {entry.key: entry for entry in ROOMS}
