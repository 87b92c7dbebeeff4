"""How the board is looked at: how much a card shows, and what parts the board into swimlanes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget, QWidgetAction

from leaddesk import words
from leaddesk.db.reads.swimlanes import Grouping
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui.board.card_art import Density
from leaddesk.ui.board.looks import T, known
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look


class LookChip(QPushButton):
    """A chip with a menu. Emits `changed()` when `density` or `grouping` differ; both are remembered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kept = dict(part.partition("=")[::2] for part in read_settings().board.split(",") if part)
        self.density = known(Density, kept.get("density"), Density.ROOMY)
        self.grouping = known(Grouping, kept.get("lanes"), Grouping.NONE)
        self._language = words.FALLBACK
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        look(self, "kind", "chip")

    def say(self, language: str) -> None:
        """Show what holds now."""
        self._language = language
        lanes = words.say(language, "board", f"lanes_{self.grouping}")
        cards = words.say(language, "board", f"density_{self.density}")
        shown = words.say(language, "board", "look") if self.grouping is Grouping.NONE else lanes
        self.setText(menu_words(f"{shown} ▾"))
        self.setAccessibleName(f"{words.say(language, 'board', 'look')}: {cards}, {lanes}")
        look(self, "on", self.grouping is not Grouping.NONE)

    def next_density(self) -> None:
        """The next one, and after the last the first again."""
        self._take(density=_after(Density, self.density))

    def next_grouping(self) -> None:
        """The next one, and after the last the first again."""
        self._take(grouping=_after(Grouping, self.grouping))

    def _take(self, density: Density | None = None, grouping: Grouping | None = None) -> None:
        self.wear(density or self.density, grouping or self.grouping)
        self.changed.emit()

    def wear(self, density: Density, grouping: Grouping) -> None:
        """Hold these from now on, as a saved view wants it; nothing is emitted."""
        self.density, self.grouping = density, grouping
        change_settings(board=f"density={density},lanes={grouping}")
        self.say(self._language)

    def _fill(self) -> None:
        self._menu.clear()
        self._title("density")
        self._offer([(one, "density") for one in Density], self.density)
        self._menu.addSeparator()
        self._title("lanes")
        self._offer([(one, "lanes") for one in Grouping], self.grouping)

    def _title(self, key: str) -> None:
        """Words over a part of the menu; a section of Qt's own loses them under a style sheet."""
        said = Text(words.say(self._language, "board", key), "section")
        said.setContentsMargins(10, 4, 22, 2)
        title = QWidgetAction(self._menu)
        title.setDefaultWidget(said)
        title.setEnabled(False)
        self._menu.addAction(title)

    def _offer(self, choices: list[tuple[Density, str]] | list[tuple[Grouping, str]], holds: str) -> None:
        group = QActionGroup(self._menu)
        for choice, name in choices:
            action = QAction(menu_words(words.say(self._language, "board", f"{name}_{choice}")), self._menu)
            action.setCheckable(True)
            action.setChecked(choice == holds)
            if isinstance(choice, Density):
                action.triggered.connect(lambda _on, density=choice: self._take(density=density))
            else:
                action.triggered.connect(lambda _on, grouping=choice: self._take(grouping=grouping))
            group.addAction(action)
            self._menu.addAction(action)


def _after(kinds: type[T], here: T) -> T:
    every = list(kinds)
    return every[(every.index(here) + 1) % len(every)]
