"""The head of the compact window: who, for how long, how they stand."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.scripts import group_states
from leaddesk.ui import commands as table
from leaddesk.ui import figures, shield
from leaddesk.ui.call.session import Session
from leaddesk.ui.kit.marks import Icon, LetterStrip, ScoreBar
from leaddesk.ui.kit.panels import row
from leaddesk.ui.text import ElidedText, Text, set_tooltip


class CompactHead(QWidget):
    """Name, company and clock; letters, score and *up to*; the bar."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = ElidedText(kind="name", parent=self)
        self.company = ElidedText(kind="small", parent=self)
        self.clock = Text(kind="small", tone="late", parent=self)
        self.shield = Icon("shield", "accent", 16, self)
        self.strip = LetterStrip(self)
        self.score = Text(kind="name", parent=self)
        self.up_to = Text(kind="small", parent=self)
        self.bar = ScoreBar(self)
        # The name takes what it needs, the company what is left.
        self.name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(row(self.name, self.company, self.clock, spacing=8))
        whole.addLayout(row(self.strip, 1, self.shield, self.score, self.up_to, spacing=6))
        whole.addWidget(self.bar)

    def show_lead(self, lead: Lead) -> None:
        """Show how the lead stands."""
        language, book, found = self._session.desk.language, self._session.playbook, lead.assessment
        company = str(lead.facts.get("company") or "")
        self.shield.setVisible(shield.is_up())
        set_tooltip(self.shield, table.label("view.shield", language))
        self.name.setText(lead.title)
        self.company.setText(company if company != lead.title else "")
        script = self._session.talk.script
        states = group_states(book, found, script)
        known = [(one, states[one.key]) for one in script.groups]
        spoken = (
            f"{words.pick(one.label, language)} {words.say(language, 'standings', state.standing)}"
            for one, state in known
        )
        letters = [(words.pick(one.letter, language), state.standing) for one, state in known]
        self.strip.show_letters(letters, ", ".join(spoken))
        self.score.setText(figures.exact_points(found.score))
        self.up_to.setText(words.say(language, "call", "up_to", up_to=figures.exact_points(found.up_to)))
        self.bar.show_score(found.score, found.up_to)
        self.bar.setAccessibleName(f"{self.score.text()} {self.up_to.text()}")

    def show_clock(self, clock: str) -> None:
        """How long the call has been going on."""
        self.clock.setText(f"● {clock}")
