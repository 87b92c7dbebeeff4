"""A chip that opens a menu of choices, one of which holds: `name: choice ▾`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from leaddesk.ui.text import menu_words
from leaddesk.ui.theme import look


class MenuChip(QPushButton):
    """A chip that opens a menu of choices, one of which holds: `name: choice ▾`."""

    chosen = Signal(object)

    def __init__(self, choices: Callable[[], Sequence[tuple[object, str]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.value: object = None
        look(self, "kind", "chip")

    def say(self, name: str, choice: str, *, on: bool) -> None:
        """Show what holds now; `on`: it is not the usual."""
        text = f"{name}: {choice}" if name else choice
        self.setText(menu_words(f"{text} ▾"))
        self.setAccessibleName(text)
        look(self, "on", on)

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for value, text in self._choices():
            action = QAction(menu_words(text), self._menu)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _on, value=value: self._take(value))
            group.addAction(action)
            self._menu.addAction(action)

    def _take(self, value: object) -> None:
        self.value = value
        self.chosen.emit(value)
