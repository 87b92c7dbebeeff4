"""Whose words the answers are: the lead's own person, or somebody else who takes part in the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaddesk.operations import leads as lead_verbs
from leaddesk.ui.call.person_form import Person, person_of

if TYPE_CHECKING:
    from leaddesk.ui.call.session import Session


class Speakers:
    """Everybody of the lead shown who can be quoted. `now`: who is taken to speak, empty for the lead's own person."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.now = ""

    def name_of(self, speaker: str) -> str:
        """What a speaker is called."""
        lead = self._session.lead
        return speaker or (lead.title if lead is not None else "")

    def names(self) -> tuple[str, ...]:
        """Whose words an answer may be: the lead's own person (empty), then everybody who takes part."""
        lead = self._session.lead
        if lead is None:
            return ("",)
        own = str(lead.facts.get("name") or "")
        others = dict.fromkeys(person.name for person in lead.stakeholders if person.name != own)
        return ("", *others)

    def take_next(self) -> None:
        """Take the next answers as another person's words."""
        known = self.names()
        here = known.index(self.now) if self.now in known else 0
        self.now = known[(here + 1) % len(known)]

    def look_again(self) -> None:
        """Somebody may be gone: then the lead's own person speaks."""
        if self.now not in self.names():
            self.now = ""

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be written about: the lead's own person too, who may not be among the deciders yet."""
        lead = self._session.lead
        if lead is None:
            return ()
        known = tuple(person_of(each) for each in lead.stakeholders)
        own = str(lead.facts.get("name") or "")
        if not own or own in {each.name for each in known}:
            return known
        return (Person(own, str(lead.facts.get("title") or "")), *known)

    def keep(self, person: Person) -> None:
        """Somebody takes part in the decision, or something else is known of one who does."""
        lead = self._session.lead
        if lead is None:
            return
        about = (person.name, person.title, person.role, person.attitude, person.note)
        if person.id:
            self._session.desk.do(lead_verbs.change_stakeholder, person.id, *about)
        else:
            self._session.desk.do(lead_verbs.add_stakeholder, lead.id, *about)
