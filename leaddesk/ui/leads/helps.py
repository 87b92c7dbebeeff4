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


class Helps(Section):
    """The best few, hidden where nothing is open. Emits `asked(question)`."""

    asked = Signal(str)

    def show_lead(self, desk: Desk, lead: Lead) -> None:
        """Fill it."""
        self.clear()
        language, playbook = desk.language, desk.playbook
        best = [] if lead.do_not_call else helps(playbook, lead.assessment)[:_MOST]
        self.setVisible(bool(best))
        self.say(words.say(language, "leads", "helps"))
        for one in best:
            question = playbook.question[one.question]
            title, points = words.pick(question.title, language), figures.signed_points(one.worth)
            points = shield.figure(points)
            row = Row(one.question, f"{title}, {points}")
            text = Text(title, wrap=True)
            row.line.addWidget(fixed(points, 38, "name", right=True), 0, Qt.AlignmentFlag.AlignTop)
            row.line.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
            grow(row.line, text)
            set_tooltip(row, words.pick(question.wording, language))
            row.begun.connect(lambda key=one.question: self.asked.emit(key))
            self.add_row(row)
        self.settle()
