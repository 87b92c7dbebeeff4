"""The call room by a rep's verbs: answer, note, move on, end; and what is on screen and in the database."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.db.reads.leads import find_lead
from leaddesk.db.reads.leads import lead as read_lead
from leaddesk.db.records import Lead
from leaddesk.db.store import Store
from leaddesk.operations.leads import add_lead
from leaddesk.qualify.terms import Instant
from leaddesk.ui.call.room import CallRoom
from leaddesk.ui.call.session import Phase
from tests.drivers import WindowDriver

ANNA = {
    "name": "Anna Kowalska",
    "company": "Baltic Freight",
    "title": "Head of Operations",
    "industry": "Logistics",
    "size": "240",
    "city": "Gdańsk",
    "phone": "+48 58 555 01 42",
    "external_id": "anna",
}


class Caller:
    """Somebody who calls leads in a real window on a real database."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver

    # ── hands ────────────────────────────────────────────────────────────────────────────────────────────────────

    def press(self, *keys: str) -> None:
        """Press keys; then everything that follows from them is on disk."""
        for key in keys:
            self.driver.press(key)
            self.driver.wait_saved()

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        self.driver.type(text)

    def call_next(self) -> None:
        """Take the lead worth a call, and start."""
        self.press("F9")
        self.driver.wait_for(lambda: self.phase is Phase.BEFORE)
        self.press("Enter")
        self.driver.wait_for(lambda: self.phase is Phase.ON_CALL)

    def ask(self, question: str) -> None:
        """Go to a question by the finder."""
        self.press("Ctrl+J")
        self.type(self.room.session.playbook.question[question].title[self.driver.language])
        self.press("Enter")
        assert self.question == question

    def compose(self, text: str) -> None:
        """An input method shows a half-composed word."""
        QCoreApplication.sendEvent(self.focus, QInputMethodEvent(text, []))

    def wait_noted(self) -> None:
        """Wait until the note is on disk."""
        self.driver.wait_for(lambda: not self.room.session.busy and not self.room.session.unsaved)

    # ── eyes ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def room(self) -> CallRoom:
        """The room."""
        found = self.driver.window.room_widget("call")
        assert isinstance(found, CallRoom)
        return found

    @property
    def phase(self) -> Phase:
        """Where the loop stands."""
        return self.room.session.phase

    @property
    def question(self) -> str | None:
        """The question asked."""
        return self.room.session.question_key

    @property
    def score(self) -> float:
        """The score on screen."""
        return float(self.room.score.figure.text())

    @property
    def chosen(self) -> frozenset[int]:
        """The digits painted as chosen."""
        return self.room.question.choices.chosen

    @property
    def footer(self) -> str:
        """Where keys go."""
        return self.room.question.footer.target.text()

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def lead(self, name: str = "anna") -> Lead:
        """A lead as the database has it."""
        lead_id = self.driver.ask(find_lead, name)
        return self.driver.ask(read_lead, lead_id, self.driver.desk.now())

    def standing(self, question: str) -> str:
        """How a question stands in the database."""
        return str(self.lead().assessment.questions[question].standing)


def database_with(path: Path, now: Instant, *leads: dict[str, str]) -> Path:
    """A database with these leads, added a minute apart."""
    with Store.open(path) as store:
        for number, facts in enumerate(leads):
            store.run(add_lead, facts, now=now - (len(leads) - number) * 60_000)
    return path
