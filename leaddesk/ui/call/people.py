"""Carries out what concerns those who take part: adding somebody, writing about one, whose words an answer is."""

from __future__ import annotations

from PySide6.QtCore import QObject

from leaddesk.ui.call.over import Over
from leaddesk.ui.call.person_form import Person, PersonForm, WhichPerson
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands


class People(QObject):
    """`call.person`, `call.change_person` and `call.speaker`."""

    def __init__(self, session: Session, commands: Commands, over: Over) -> None:
        super().__init__(session)
        self._session, self._over = session, over
        commands.handle("call.person", self.add, when=lambda: session.lead is not None)
        commands.handle("call.change_person", self.change, when=lambda: session.lead is not None)
        commands.handle("call.speaker", self.change_speaker, when=lambda: session.asking)

    def add(self) -> None:
        """Add somebody who takes part in the decision."""
        if self._session.lead is not None:
            self._show(None)

    def change(self, name: str = "") -> None:
        """Write down role, attitude and words of somebody who takes part; with several, ask whose."""
        known = self._session.talk.speakers.people()
        if not known:
            self.add()
            return
        named = [person for person in known if person.name == name]
        if named or len(known) == 1:
            self._show((named or known)[0])
            return
        panel = WhichPerson(self._over.ground(), [person.name for person in known], self._session.desk.language)
        panel.chosen.connect(lambda place: self._show(known[place]))
        self._over.lay(panel, panel.names)

    def _show(self, person: Person | None) -> None:
        session = self._session
        panel = PersonForm(self._over.ground(), session.playbook, session.desk.language, person)
        panel.done.connect(session.talk.speakers.keep)
        self._over.lay(panel, panel.name if person is None else panel.role.choices)

    def change_speaker(self) -> None:
        """Take the next answers as another person's words; with nobody else known, add somebody."""
        if len(self._session.talk.speakers.names()) == 1:
            self.add()
        else:
            self._session.talk.next_speaker()
