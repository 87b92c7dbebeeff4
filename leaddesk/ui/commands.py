"""Every command as data, without Qt: menus, palette, shortcut sheet and the README's table are made from this list.

Words are `[commands]` of `resources/words`: `file.open = "Open database…"`; menus are `menu.file` there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from leaddesk import words

LOG = logging.getLogger(__name__)

MENUS = ("file", "edit", "lead", "call", "go", "view", "help")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can ask for.

    `keys`: shortcuts as Qt writes them. `menu`: one of MENUS, empty: palette and shortcut sheet only. `room`: which
    room carries it out, made when it is not there yet; `shows`: that room comes to the front first. `lead`: it is about
    a lead, the selected one unless named. `while_in`: only there it can be used. `group`: a line parts groups in menus.
    `own_keys`: the room listens to the keys itself; they are only shown, in the sheet and the README.
    """

    id: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    menu: str = ""
    group: int = 0
    room: str = ""
    shows: bool = False
    lead: bool = False
    while_in: tuple[str, ...] = ()
    own_keys: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("lead.new", "plus", ("Ctrl+N",), "file", 0, room="leads"),
    Command("file.import", "import", ("Ctrl+I",), "file", 0, room="import", shows=True),
    Command("leads.export", "export", ("Ctrl+Shift+X",), "file", 0, room="leads", shows=True),
    Command("file.new_database", "database", ("Ctrl+Shift+N",), "file", 1),
    Command("file.open", "folder", ("Ctrl+O",), "file", 1),
    Command("file.backup", "shield", (), "file", 2),
    Command("file.restore", "restore", (), "file", 2),
    Command("file.show_folder", "folder", (), "file", 2),
    Command("samples.remove", "trash", (), "file", 3),
    Command("settings", "settings", ("Ctrl+,",), "file", 4, room="settings", shows=True),
    Command("file.quit", "close", ("Ctrl+Q",), "file", 5),
    Command("edit.undo", "undo", ("Ctrl+Z",), "edit", 0),
    Command("edit.redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "edit", 0),
    Command("lead.find", "search", ("Ctrl+F",), "edit", 1, room="leads", shows=True),
    Command("palette", "search", ("Ctrl+K",), "edit", 1),
    Command("filter.add", "filter", ("Ctrl+Shift+F",), "edit", 2, while_in=("board", "leads")),
    Command("filter.chips", "filter", ("Ctrl+Shift+B",), "edit", 2, while_in=("board", "leads")),
    Command("filter.views", "list", ("Ctrl+Shift+V",), "edit", 2, while_in=("board", "leads")),
    Command("filter.save", "", (), "edit", 2, while_in=("board", "leads")),
    Command("filter.clear", "close", ("Ctrl+Shift+A",), "edit", 2, while_in=("board", "leads")),
    Command("fields.edit", "list", ("Ctrl+Shift+U",), "edit", 2, room="leads"),
    Command("lead.open", "person", ("Ctrl+Return",), "lead", 0, room="leads", shows=True, lead=True),
    Command("lead.edit", "pencil", ("Ctrl+E",), "lead", 0, room="leads", lead=True),
    Command("lead.note", "note", ("Ctrl+Shift+M",), "lead", 0, room="leads", lead=True),
    Command("lead.task", "clock", ("Ctrl+T",), "lead", 0, room="leads", lead=True),
    Command("lead.event", "flame", ("Ctrl+Shift+O",), "lead", 0, room="leads", lead=True),
    Command("lead.person", "people", ("Ctrl+Shift+I",), "lead", 0, room="leads", shows=True, lead=True),
    Command("lead.change_many", "pencil", ("Shift+F2",), "lead", 0, room="leads", while_in=("board", "leads")),
    Command("lead.move_forward", "arrow-right", ("Ctrl+Right",), "lead", 1, room="board", lead=True),
    Command("lead.move_back", "arrow-left", ("Ctrl+Left",), "lead", 1, room="board", lead=True),
    Command("lead.move_to", "board", ("Ctrl+M",), "lead", 1, room="board", lead=True),
    Command("lead.claim", "person", ("Ctrl+Shift+K",), "lead", 1, room="board", lead=True),
    Command("lead.release", "people", (), "lead", 1, room="board", lead=True),
    Command("lead.delete", "trash", ("Ctrl+Del",), "lead", 2, room="leads", lead=True),
    # On a card of the board or a row of the table one letter is enough.
    Command("card.open", "", ("Return",), "lead", 3, own_keys=True),
    Command("card.move_to", "", ("M",), "lead", 3, own_keys=True),
    Command("card.move_forward", "", (".", "Alt+Right"), "lead", 3, own_keys=True),
    Command("card.move_back", "", (",", "Alt+Left"), "lead", 3, own_keys=True),
    Command("card.place", "", ("Alt+Up", "Alt+Down"), "lead", 3, own_keys=True),
    Command("card.peek", "", ("Space",), "lead", 3, own_keys=True),
    Command("card.select", "", ("Ctrl+Space", "Shift+Up", "Shift+Down"), "lead", 3, own_keys=True),
    Command("card.select_all", "", ("Ctrl+A",), "lead", 3, own_keys=True),
    Command("card.let_go", "", ("Esc",), "lead", 3, own_keys=True),
    Command("card.call", "", ("C",), "lead", 3, own_keys=True),
    Command("card.edit", "", ("E",), "lead", 3, own_keys=True),
    Command("card.delete", "", ("Del",), "lead", 3, own_keys=True),
    Command("card.next", "", ("N",), "lead", 3, own_keys=True),
    Command("card.find", "", ("/",), "lead", 3, own_keys=True),
    Command("card.fold", "", ("W",), "lead", 3, own_keys=True),
    Command("card.density", "", ("D",), "lead", 3, own_keys=True),
    Command("card.group", "", ("G",), "lead", 3, own_keys=True),
    Command("card.fold_lane", "", ("Ctrl+G",), "lead", 3, own_keys=True),
    Command("row.edit", "", ("F2",), "lead", 4, own_keys=True),
    Command("row.choose", "", ("Space",), "lead", 4, own_keys=True),
    Command("row.all", "", ("Ctrl+A",), "lead", 4, own_keys=True),
    Command("row.sort", "", ("Alt+Up", "Alt+Down"), "lead", 4, own_keys=True),
    Command("row.move_column", "", ("Alt+Left", "Alt+Right"), "lead", 4, own_keys=True),
    Command("row.widen", "", ("Alt+Shift+Left", "Alt+Shift+Right"), "lead", 4, own_keys=True),
    Command("call.next", "phone", ("F9",), "call", 0, room="call", shows=True),
    Command("call.start", "phone", ("Ctrl+F9",), "call", 0, room="call", shows=True, lead=True),
    Command("call.log", "note", ("Shift+F9",), "call", 0, room="call", lead=True),
    Command("call.copy_number", "copy", ("Ctrl+Shift+C",), "call", 1, room="call", lead=True),
    Command("call.dial", "phone", ("Ctrl+Shift+D",), "call", 1, room="call", lead=True),
    Command("call.checklist", "list", ("F6",), "call", 1, room="call", while_in=("call",)),
    Command("call.script", "script", ("Ctrl+Shift+S",), "call", 1, room="call", while_in=("call",)),
    Command("call.compact", "window", ("F7",), "call", 1, room="call", while_in=("call",)),
    Command("call.language", "language", ("F8",), "call", 1, room="call", while_in=("call",)),
    Command("call.jump", "search", ("Ctrl+J",), "call", 1, room="call", while_in=("call",)),
    Command("call.objection", "shield", ("F5",), "call", 1, room="call", while_in=("call",)),
    # While something is offered under the note these keys take it; else they lead to the rooms, as everywhere.
    Command("call.offer", "", ("Ctrl+1", "Ctrl+2", "Ctrl+3"), "call", 1, own_keys=True),
    Command("call.person", "person", ("Ctrl+P",), "call", 1, room="call", while_in=("call",)),
    Command("call.change_person", "pencil", ("Ctrl+Shift+E",), "call", 1, room="call", while_in=("call",)),
    Command("call.speaker", "people", ("Ctrl+Shift+P",), "call", 1, room="call", while_in=("call",)),
    Command("call.recap", "note", ("Ctrl+Shift+R",), "call", 2, room="call"),
    Command("call.end", "phone-down", ("F10",), "call", 2, room="call", shows=True),
    Command("go.board", "board", ("Ctrl+1",), "go", 0, room="board", shows=True),
    Command("go.leads", "leads", ("Ctrl+2",), "go", 0, room="leads", shows=True),
    Command("go.call", "phone", ("Ctrl+3",), "go", 0, room="call", shows=True),
    Command("go.scripts", "pencil", ("Ctrl+4",), "go", 0, room="scripts", shows=True),
    Command("scripts.adopt", "check", ("Ctrl+Shift+Return",), "go", 1, room="scripts", while_in=("scripts",)),
    Command("scripts.try", "phone", ("Ctrl+Shift+F9",), "go", 1, room="scripts", while_in=("scripts",)),
    # In the outline of a script.
    Command("scripts.add", "", ("Ins",), "go", 2, own_keys=True),
    Command("scripts.copy", "", ("Ctrl+D",), "go", 2, own_keys=True),
    Command("scripts.move_up", "", ("Alt+Up",), "go", 2, own_keys=True),
    Command("scripts.move_down", "", ("Alt+Down",), "go", 2, own_keys=True),
    Command("scripts.take_out", "", ("Del",), "go", 2, own_keys=True),
    Command("scripts.remove", "", ("Shift+Del",), "go", 2, own_keys=True),
    Command("view.theme", "moon", ("Ctrl+Shift+L",), "view", 0),
    Command("view.language", "language", ("Ctrl+Shift+G",), "view", 0),
    Command("table.columns", "list", ("Ctrl+Shift+T",), "view", 1, room="leads", shows=True),
    Command("view.shield", "shield", ("F12",), "view", 1),
    Command("view.full_screen", "window", ("F11",), "view", 1),
    Command("help.guide", "help", ("F1",), "help", 0),
    Command("help.shortcuts", "keyboard", ("Ctrl+/",), "help", 0),
    Command("help.about", "info", (), "help", 1),
)

COMMAND: Mapping[str, Command] = {command.id: command for command in COMMANDS}

Handler = Callable[..., object]


def label(command: str, language: str) -> str:
    """The words of a command."""
    return words.say(language, "commands", command)


def menu_label(menu: str, language: str) -> str:
    """The words of a menu."""
    return words.say(language, "commands", f"menu.{menu}")


def shortcut_table(language: str) -> list[tuple[str, str, str]]:
    """(menu, command, keys) of every command that has keys, in menu order: what the README and the sheet show."""
    return [
        (menu_label(command.menu, language), label(command.id, language), " / ".join(command.keys))
        for command in sorted(COMMANDS, key=lambda one: MENUS.index(one.menu) if one.menu else len(MENUS))
        if command.keys and command.menu
    ]


class Commands:
    """Who carries out what. A room says `handle("call.start", self.start)`; anybody says `trigger("call.start")`."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._allowed: dict[str, Callable[[], bool]] = {}
        self.open_room: Callable[[str, bool], bool] = lambda _room, _show: True
        self.selected_lead: Callable[[], str | None] = lambda: None
        self.chosen_leads: Callable[[], Sequence[int]] = tuple
        self.current_room: Callable[[], str] = lambda: ""
        self.missing: Callable[[Command], object] = lambda _command: None

    def handle(self, command: str, handler: Handler, when: Callable[[], bool] | None = None) -> None:
        """Carry out a command with `handler`; `when` says whether it can be used now."""
        if command not in COMMAND:
            raise KeyError(command)
        self._handlers[command] = handler
        if when is not None:
            self._allowed[command] = when

    def forget_rooms(self) -> None:
        """Forget who carries out what rooms carry out: they are made anew for another database."""
        for command in COMMANDS:
            if command.room:
                self._handlers.pop(command.id, None)
                self._allowed.pop(command.id, None)

    def handled(self, command: str) -> bool:
        """Whether somebody carries it out already (a room that is not made yet may still come to do it)."""
        return command in self._handlers

    def possible(self, command: str) -> bool:
        """Whether it can be used now: for menus, palette and keys."""
        known = COMMAND[command]
        if known.while_in and self.current_room() not in known.while_in:
            return False
        if known.lead and self.selected_lead() is None:
            return False
        allowed = self._allowed.get(command)
        return allowed() if allowed is not None else True

    def trigger(self, command: str, **arguments: object) -> None:
        """Do it. A command about a lead takes the selected one when none is named (`lead=<id>`).

        `missing` is called where no lead is selected. Unknown commands raise KeyError.
        """
        known = COMMAND[command]
        if known.lead and arguments.get("lead") is None:
            arguments["lead"] = self.selected_lead()
            if arguments["lead"] is None:
                self.missing(known)
                return
        if known.room and not self.open_room(known.room, known.shows):
            return
        handler = self._handlers.get(command)
        if handler is not None:
            handler(**arguments)
        elif not known.id.startswith("go."):
            LOG.debug("nobody carries out %s", command)
