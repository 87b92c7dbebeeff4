"""The rail at the left: one button a room, Settings at the foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from leaddesk.ui import commands as table
from leaddesk.ui import theme
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.marks import native_keys
from leaddesk.ui.rooms import ROOMS, RoomEntry
from leaddesk.ui.text import menu_words, set_tooltip


class Rail(QFrame):
    """Buttons of the rooms that exist."""

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = commands
        self.setProperty("kind", "rail")
        self.setFixedWidth(64)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, tuple[RoomEntry, QToolButton]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 12, 6, 12)
        column.setSpacing(6)
        for entry in ROOMS:
            if entry.go and entry.exists:
                if entry.key == "settings":
                    column.addStretch(1)
                column.addWidget(self._made(entry), 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()
        self.tint()

    def _made(self, entry: RoomEntry) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "rail")
        button.setObjectName(entry.go)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.clicked.connect(lambda _checked=False, command=entry.go: self._go(command))
        self._group.addButton(button)
        self._buttons[entry.key] = (entry, button)
        return button

    def _go(self, command: str) -> None:
        for _entry, button in self._buttons.values():
            button.setChecked(button.property("here") is True)
        if self._desk.is_open:
            self._commands.trigger(command)

    def show_room(self, room: str) -> None:
        """Mark where we are."""
        for key, (_entry, button) in self._buttons.items():
            button.setProperty("here", key == room)
            button.setChecked(key == room)

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        for entry, button in self._buttons.values():
            words = table.label(entry.go, self._desk.language)
            keys = table.COMMAND[entry.go].keys
            button.setText(menu_words(words))
            button.setAccessibleName(words)
            set_tooltip(button, f"{words}  {native_keys(keys[0])}" if keys else words)

    def tint(self) -> None:
        """Draw the icons in the colours of the theme."""
        for entry, button in self._buttons.values():
            button.setIcon(theme.icon(entry.icon, "mute", "accent"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.tint()
