"""After a call: its recap is offered in the top bar until the next call, and opens with one key."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from leaddesk import words
from leaddesk.db.reads.calls import last_call
from leaddesk.db.reads.spoken import spoken_call, spoken_calls
from leaddesk.errors import NotFound
from leaddesk.ui import shield
from leaddesk.ui.call.over import Over
from leaddesk.ui.call.recap import RecapPanel
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.commands import COMMAND, Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import CommandButton, row

# Letters of a name in the top bar, which has other buttons too.
_LONGEST = 24


class Afterwards(QObject):
    """Carries out `call.recap`. `offer` is a button for the lead whose call has just ended, in `place`."""

    def __init__(self, room: QWidget, desk: Desk, commands: Commands, session: Session, over: Over) -> None:
        super().__init__(room)
        self._room, self._desk, self._commands, self._session = room, desk, commands, session
        self._over = over
        self._ended: tuple[str, str] | None = None  # id and title of the lead of the last call
        # The top bar shows whatever it is given: the button hides within a place of its own.
        self.place = QWidget(room)
        self.place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.offer = CommandButton(keys=COMMAND["call.recap"].keys[0], parent=self.place)
        self.place.setLayout(row(self.offer))
        self.offer.clicked.connect(lambda _on: self.recap())
        self.offer.hide()
        commands.handle("call.recap", self.recap)
        session.finished.connect(self._finished)
        session.shown.connect(self.show_offer)

    def recap(self, lead: str | None = None) -> None:
        """What we heard on the last call with a lead: the one named, else offered, else selected."""
        offered = self._ended[0] if self._ended is not None and self.offer.isVisible() else None
        meant = lead or offered or self._commands.selected_lead()
        if meant is not None:
            self._open(meant)
        else:
            self._commands.missing(COMMAND["call.recap"])

    def _open(self, lead: str) -> None:
        try:
            call = self._desk.get(spoken_call, lead)
        except NotFound as missing:
            self._desk.failed.emit(missing)
            return
        panel = RecapPanel(self._room, self._desk, call)
        self._over.lay(panel, panel.text)

    def _finished(self, title: str) -> None:
        """A call has ended, or nobody was reached; the lead is still the one it was with."""
        lead = self._session.lead
        self._ended = (lead.id, title) if lead is not None and self._reached(lead.id) else None
        self.show_offer()

    def _reached(self, lead_id: str) -> bool:
        spoken = self._desk.get(spoken_calls, lead_id)
        return bool(spoken) and self._desk.get(last_call, lead_id) == spoken[0]

    def show_offer(self) -> None:
        """Offer the recap while no call goes on."""
        self.offer.setVisible(self._ended is not None and self._session.phase in (Phase.BEFORE, Phase.EMPTY))
        if self._ended is not None:
            title = shield.name(self._ended[1])
            shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
            self.offer.say(words.say(self._desk.language, "recap", "offer", lead=shown))
