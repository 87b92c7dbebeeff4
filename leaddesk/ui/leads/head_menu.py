"""The menu of a column's head: sort, move, hide, choose columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from leaddesk import words
from leaddesk.ui.leads.table import LeadTable
from leaddesk.ui.text import menu_words


def head_menu(table: LeadTable, key: str, language: str, choose: Callable[[], object]) -> QMenu:
    """A menu about a column; it deletes itself when it closes."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def offer(word: str, act: Callable[[], object], *, possible: bool = True) -> None:
        action = QAction(menu_words(words.say(language, "columns", word)), menu)
        action.setEnabled(possible)
        action.triggered.connect(lambda _on: act())
        menu.addAction(action)

    keys = [column.key for column in table.shown_columns]
    place = keys.index(key)
    column = table.shown_columns[place]

    def moved(there: int) -> None:
        others = keys[:place] + keys[place + 1 :]
        table.show_columns((*others[:there], key, *others[there:]))

    sortable = bool(column.sort)
    offer("sort_up", lambda: table.sort_by(column, backwards=column.falling), possible=sortable)
    offer("sort_down", lambda: table.sort_by(column, backwards=not column.falling), possible=sortable)
    offer("by_urgency", table.sort_by_urgency)
    menu.addSeparator()
    offer("to_left", lambda: moved(place - 1), possible=place > 0)
    offer("to_right", lambda: moved(place + 1), possible=place < len(keys) - 1)
    offer("fit", lambda: table.fit_column(key))
    offer("hide", lambda: table.show_columns(tuple(one for one in keys if one != key)), possible=len(keys) > 1)
    menu.addSeparator()
    offer("choose", choose)
    return menu
