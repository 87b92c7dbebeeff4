"""Raises and lowers the shield in every window, and shows that it is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from leaddesk.ui import shield
from leaddesk.ui.commands import COMMAND, Commands
from leaddesk.ui.kit.panels import CommandButton, EmptyState
from leaddesk.ui.theme import look

if TYPE_CHECKING:
    from leaddesk.ui.window import Window


class ShieldChip(CommandButton):
    """Says that the shield is up; a click lowers it."""

    def __init__(self, commands: Commands) -> None:
        super().__init__(keys=COMMAND["view.shield"].keys[0], icon="shield")
        look(self, "kind", "chip")
        look(self, "on", True)
        self.clicked.connect(lambda: commands.trigger("view.shield"))
        self.retranslate()

    def retranslate(self) -> None:
        """Say it, while it is so."""
        self.say(self.tr("Shield on"))
        self.setVisible(shield.is_up())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the shield and the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Shielding(QObject):
    """Carries out `view.shield`. A room that tells of others in every line is covered whole: `Room.tells_others`."""

    def __init__(self, window: Window, commands: Commands) -> None:
        super().__init__(window)
        self._window = window
        self._cover = EmptyState("shield", parent=window)
        window.stack.addWidget(self._cover)
        commands.handle("view.shield", self.turn)
        window.room_changed.connect(self._show_cover)

    def turn(self) -> None:
        """Raise it, or lower it."""
        shield.put(up=not shield.is_up())
        self._window.put_aside()
        # Every widget says itself anew when the language changes: what must not be seen is left out then.
        for widget in QApplication.topLevelWidgets():
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        self._show_cover()

    def _show_cover(self) -> None:
        self._cover.say(self.tr("Hidden while the shield is on"), self.tr("F12 shows it again."))
        room = self._window.room_widget(self._window.room)
        if room is not None:
            self._window.stack.setCurrentWidget(self._cover if shield.is_up() and room.tells_others else room)
