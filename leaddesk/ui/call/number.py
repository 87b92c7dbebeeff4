"""The number to call: copied, or handed to the telephone program, with one key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.errors import Refused
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.ui.call.session import Session
from leaddesk.ui.commands import Commands
from leaddesk.ui.text import open_link


def numbers(lead: Lead) -> tuple[str, ...]:
    """The lead's phone numbers, the direct one first."""
    return tuple(point.value for point in lead.contact_points if FIELD[point.kind].kind is FieldKind.PHONE)


def plain_number(number: str) -> str:
    """A number as a telephone takes it: +48585550142."""
    return "".join(mark for mark in number if mark.isdigit() or mark in "+*#,;")


class Number(QObject):
    """Carries out `call.copy_number` and `call.dial`; `tell` says for a moment what was copied."""

    def __init__(self, session: Session, commands: Commands, tell: Callable[[str], object]) -> None:
        super().__init__(session)
        self._session, self._tell = session, tell
        commands.handle("call.copy_number", self.copy)
        commands.handle("call.dial", self.dial)

    def copy(self, lead: str | None = None) -> None:
        """Put the number on the clipboard: that of the lead shown, or of another."""
        number = self._number(lead)
        if number:
            QApplication.clipboard().setText(number)
            self._tell(words.say(self._session.desk.language, "call", "copied", number=number))

    def dial(self, lead: str | None = None) -> None:
        """Hand the number to the telephone program; say why not where the lead asked not to be called."""
        found, number = self._lead(lead), self._number(lead)
        if found is not None and found.do_not_call:
            self._session.desk.refused.emit(Refused("do_not_call", lead=found.title, lead_id=found.id))
        elif number:
            open_link(f"tel:{plain_number(number)}")

    def _lead(self, lead: str | None) -> Lead | None:
        return self._session.lead if lead is None else self._session.read(lead)

    def _number(self, lead: str | None) -> str:
        found = self._lead(lead)
        known = numbers(found) if found is not None else ()
        return known[0] if known else ""
