"""Chips of the gate: small round buttons in as many lines as they need, pressed by digits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.text import menu_words
from leaddesk.ui.theme import look


class Chip(QPushButton):
    """A small round button that a digit may press. `act` is what it does."""

    def __init__(self, text: str, act: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = text
        self.digit = 0
        self._act = act
        look(self, "kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.choose)
        self.number(0)

    def number(self, digit: int) -> None:
        """The digit that presses it; 0: none."""
        self.digit = digit
        self.setText(menu_words(f"{digit}   {self.words}" if digit else self.words))
        self.setAccessibleName(self.words)

    def choose(self) -> None:
        """Do it."""
        self._act()


class ChipFlow(Flow):
    """Chips side by side, among them fields to type in. `chips`: in their order."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self.chips: list[Chip] = []

    def add_chip(self, text: str, act: Callable[[], object]) -> Chip:
        """One more, the owner's."""
        chip = Chip(text, act, self._owner)
        self.chips.append(chip)
        self.addWidget(chip)
        return chip
