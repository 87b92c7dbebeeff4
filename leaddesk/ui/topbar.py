"""The bar at the top: search, whether everything is saved, and the two things a rep does most."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from leaddesk.ui import commands as table
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk, SaveState
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.shielding import ShieldChip
from leaddesk.ui.text import Text


class TopBar(QFrame):
    """Search field, saving, buttons; a room may bring its own buttons."""

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("kind", "bar")
        self.setFixedHeight(52)
        self.search = CommandButton(keys="Ctrl+K", kind="search")
        self.search.setFixedWidth(400)
        self.search.spread()
        self.search.clicked.connect(lambda: commands.trigger("palette"))
        self.state = Text(kind="small")
        self.new = CommandButton(keys="Ctrl+N")
        self.new.clicked.connect(lambda: self._if_open(commands, "lead.new"))
        self.call = CommandButton(kind="primary", icon="phone", keys="F9")
        self.call.clicked.connect(lambda: self._if_open(commands, "call.next"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self.search)
        self._row.addStretch(1)
        self.shield = ShieldChip(commands)
        self._row.addWidget(self.shield)
        self._row.addWidget(self.state)
        self._row.addWidget(self.new)
        self._row.addWidget(self.call)
        self._guests: list[QWidget] = []
        self._kept: list[QWidget] = []
        # In its turn: whoever saves does not wait for words to be laid out, and often it is saved by then.
        desk.save_state_changed.connect(self.show_state, Qt.ConnectionType.QueuedConnection)
        self.retranslate()

    def _if_open(self, commands: Commands, command: str) -> None:
        if self._desk.is_open:
            commands.trigger(command)

    def host(self, widgets: list[QWidget]) -> None:
        """Show a room's own widgets in place of our buttons; none: ours."""
        for guest in self._guests:
            if guest not in widgets:
                self._row.removeWidget(guest)
                guest.hide()
        for widget in widgets:
            if widget not in self._guests:
                self._row.insertWidget(self._row.count() - len(self._kept), widget)
            widget.show()
        self._guests = list(widgets)
        self.new.setVisible(not widgets)
        self.call.setVisible(not widgets)
        self.state.setVisible(not widgets)

    def keep(self, widgets: list[QWidget]) -> None:
        """Show a room's widgets at the far right whichever room is in front; they say themselves when to be seen."""
        for widget in widgets:
            self._row.addWidget(widget)
        self._kept += widgets

    def forget(self) -> None:
        """Let go what rooms brought: they are going."""
        self.host([])
        for widget in self._kept:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._kept = []

    def show_state(self) -> None:
        """Say whether everything is on disk."""
        state = self._desk.save_state
        self.state.set_tone("late" if state is SaveState.NOT_SAVED else "")
        if state is SaveState.SAVING:
            self.state.setText(self.tr("Saving…"))
        elif state is SaveState.NOT_SAVED:
            self.state.setText(self.tr("Not saved"))
        elif self._desk.saved_at is not None:
            from leaddesk.ui import figures

            time = figures.local_moment(self._desk.saved_at).strftime("%H:%M")
            self.state.setText(self.tr("Saved {time}").format(time=time))
        else:
            self.state.setText("")

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        self.search.say(self.tr("Search leads, companies, notes, actions…"))
        self.new.say(table.label("lead.new", self._desk.language).rstrip("…"))
        self.call.say(table.label("call.next", self._desk.language))
        self.show_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
