"""What would help most: the open questions that could still bring the most points, each ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import Assessment
from leaddesk.qualify.terms import Tenths
from leaddesk.ui import figures, shield
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.section import Row, Section, fixed, grow
from leaddesk.ui.text import Text, set_tooltip

_MOST = 3


@dataclass(frozen=True, slots=True)
class Help:
    """A question, and the most points its answer could still bring to the score."""

    question: str
    worth: Tenths


def helps(playbook: Playbook, assessment: Assessment) -> list[Help]:
    """The open questions by what they could bring, the most first; a part that is full takes no more."""
    criterion = {one.key: one.part for one in playbook.criteria}
    found = []
    for key, state in assessment.questions.items():
        part = assessment.parts.get(criterion.get(state.criterion, ""))
        room = part.limit - part.points if part is not None else 0
        worth = min(state.stake - max(0, state.points), room)
        if state.visible and state.open and worth > 0:
            found.append(Help(key, worth))
    return sorted(found, key=lambda one: -one.worth)


class HelpRow(Row):
    """A question and what it could bring."""

    def __init__(self) -> None:
        super().__init__("", "")
        self._points, self._title = fixed("", 38, "name", right=True), Text(wrap=True)
        self.line.addWidget(self._points, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        grow(self.line, self._title)

    def tell(self, points: str, title: str, wording: str) -> None:
        """Say it."""
        self.setAccessibleName(f"{title}, {points}")
        self._points.setText(points)
        self._title.setText(title)
        set_tooltip(self, wording)


class Helps(Section):
    """The best few, hidden where nothing is open. Emits `asked(question)`."""

    asked = Signal(str)

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it."""
        language, playbook = desk.language, desk.playbook
        best = [] if lead.do_not_call else helps(playbook, lead.assessment)[:_MOST]
        self.setVisible(bool(best))
        self.say(words.say(language, "leads", "helps"))
        for row, one in zip(self.fill([one.question for one in best], self._row), best, strict=True):
            question = playbook.question[one.question]
            points = shield.figure(figures.signed_points(one.worth))
            row.tell(points, words.pick(question.title, language), words.pick(question.wording, language))

    def _row(self) -> HelpRow:
        row = HelpRow()
        row.begun.connect(lambda: self.asked.emit(row.key))
        return row
