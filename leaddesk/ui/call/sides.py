"""What stands beside the question: the person on the left, the verdict on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from leaddesk.ui import figures
from leaddesk.ui.call import telling
from leaddesk.ui.call.person import DecidersPanel, PastPanel, PersonPanel
from leaddesk.ui.call.remarks_panel import RemarksPanel
from leaddesk.ui.call.session import Session
from leaddesk.ui.call.verdict import EndPanel, GatePanel, ScorePanel


class Sides:
    """The panels of both outer columns."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self.person = PersonPanel(parent)
        self.deciders = DecidersPanel(parent)
        self.past = PastPanel(parent)
        self.score = ScorePanel(parent)
        self.gate = GatePanel(parent)
        self.remarks = RemarksPanel(parent)
        self.end = EndPanel(parent)

    @property
    def left(self) -> tuple[QWidget, ...]:
        """From the top down."""
        return self.person, self.deciders, self.past

    @property
    def right(self) -> tuple[QWidget, ...]:
        """From the top down."""
        return self.score, self.gate, self.remarks, self.end

    def show_lead(self) -> None:
        """Show the lead of the session as it stands now."""
        session, lead = self._session, self._session.lead
        if lead is None:
            return
        language, book = session.desk.language, session.playbook
        now, today = session.desk.now(), session.desk.today()
        self.person.show_lead(book, lead, now, language)
        self.deciders.show_lead(book, lead, language)
        self.past.show_lead(book, lead, now, today, language)
        self.score.show_lead(book, lead, session.talk.script, language)
        self.gate.show_lead(book, lead, language)
        self.remarks.show_lead(book, lead, today, language)
        step = lead.tasks[0] if lead.tasks else None
        planned = f"{step.text}, {figures.weekday_date(step.due_on, language, today)}" if step is not None else ""
        self.end.show_lead(book, lead, planned, language)

    def show_pace(self) -> None:
        """What is left of the planned length against what the gate still needs; nothing outside a call."""
        session, lead = self._session, self._session.lead
        if lead is None or not session.on_call:
            self.gate.show_pace("", "")
            return
        gate, seconds, language = lead.assessment.gate, session.seconds(), session.desk.language
        self.gate.show_pace(*telling.pacing(session.playbook, session.talk.script, gate, seconds, language))
