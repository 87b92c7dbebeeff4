"""Makes the menu bar, with its keys, from the list of commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from leaddesk.ui import commands as table
from leaddesk.ui import theme
from leaddesk.ui.commands import COMMANDS, MENUS, Command, Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.text import menu_words

_ROLES = {
    "file.quit": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


class Actions(QObject):
    """One QAction a command. Keys work in the whole window; menus grey out what cannot be used now.

    `undo_words` says what Undo and Redo would take back, as (undo, redo).
    """

    def __init__(
        self, window: QMainWindow, desk: Desk, commands: Commands, undo_words: Callable[[], tuple[str, str]]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._commands = commands
        self._undo_words = undo_words
        self._menus: dict[str, QMenu] = {}
        self.action: dict[str, QAction] = {}
        for command in COMMANDS:
            if not command.own_keys:
                self.action[command.id] = self._made(command)
        self._fill_menus()
        self.retranslate()

    def _made(self, command: Command) -> QAction:
        action = QAction(self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        action.triggered.connect(lambda _checked=False, name=command.id: self._trigger(name))
        self._window.addAction(action)
        return action

    def _trigger(self, command: str) -> None:
        if self._desk.is_open or not table.COMMAND[command].room:
            self._commands.trigger(command)

    def _fill_menus(self) -> None:
        bar = self._window.menuBar()
        for menu in MENUS:
            made = self._menus[menu] = bar.addMenu("")
            made.aboutToShow.connect(lambda which=menu: self._grey_out(which))
            made.aboutToHide.connect(self._wake)
            group = 0
            for command in COMMANDS:
                if command.menu != menu or command.own_keys:
                    continue
                if command.group != group:
                    made.addSeparator()
                    group = command.group
                made.addAction(self.action[command.id])

    def retranslate(self) -> None:
        """Say everything in the language of the desk."""
        language = self._desk.language
        for menu, made in self._menus.items():
            made.setTitle(menu_words(table.menu_label(menu, language)))
        for command, action in self.action.items():
            action.setText(menu_words(table.label(command, language)))
        self.name_undo()

    def tint(self) -> None:
        """Draw the icons in the colours of the theme, those of menus that were opened; others wait for that."""
        for command, action in self.action.items():
            name = table.COMMAND[command].icon
            if name and not action.icon().isNull():
                action.setIcon(theme.icon(name, size=16))

    def name_undo(self) -> None:
        """Say what Undo and Redo would take back."""
        for command, words in zip(("edit.undo", "edit.redo"), self._undo_words(), strict=True):
            plain = table.label(command, self._desk.language)
            self.action[command].setText(menu_words(f"{plain}: {words}" if words else plain))

    def _grey_out(self, menu: str) -> None:
        for command, action in self.action.items():
            known = table.COMMAND[command]
            if known.menu == menu:
                if action.icon().isNull() and known.icon:
                    action.setIcon(theme.icon(known.icon, size=16))
                usable = self._desk.is_open or not known.room
                action.setEnabled(usable and self._commands.possible(command))

    def _wake(self) -> None:
        # A greyed action would swallow its keys; whether it can be used is asked again when it is triggered.
        for action in self.action.values():
            action.setEnabled(True)
