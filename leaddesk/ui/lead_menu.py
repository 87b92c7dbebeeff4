"""The menu of a lead: the same verbs, under the same names and keys, on a card and on a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk.ui.commands import COMMAND, Commands, label
from leaddesk.ui.text import menu_words

_VERBS: tuple[tuple[str, ...], ...] = (
    ("lead.open", "lead.edit", "lead.note", "lead.task", "lead.event", "lead.person"),
    ("call.start", "call.log", "call.copy_number"),
    ("lead.move_forward", "lead.move_back", "lead.move_to"),
    ("lead.claim", "lead.release"),
    ("lead.delete",),
)


def lead_menu(
    commands: Commands,
    language: str,
    lead: str,
    parent: QWidget,
    *,
    without: str = "",
    delete: Callable[[], object] | None = None,
) -> QMenu:
    """A menu about a lead; it deletes itself when it closes.

    `without`: a verb that makes no sense there. `delete`: how a room deletes that shows how far it is.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place, group in enumerate(_VERBS):
        if place:
            menu.addSeparator()
        for command in group:
            if command != without:
                own = delete if command == "lead.delete" else None
                menu.addAction(_action(menu, commands, command, language, lead, own))
    return menu


def _action(
    menu: QMenu, commands: Commands, command: str, language: str, lead: str, own: Callable[[], object] | None
) -> QAction:
    action = QAction(menu_words(label(command, language)), menu)
    keys = COMMAND[command].keys
    if keys:  # shown only: the window listens to them already
        action.setShortcut(keys[0])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(commands.possible(command))
    action.triggered.connect(lambda _on: own() if own is not None else commands.trigger(command, lead=lead))
    return action
