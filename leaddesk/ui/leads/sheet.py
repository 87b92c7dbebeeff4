"""The sheet of one lead, beside the table: what is known, why it counts, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads import leads
from leaddesk.db.records import Lead
from leaddesk.errors import NotFound
from leaddesk.ui import shield
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import EmptyState, Panel, row
from leaddesk.ui.leads.facts import Facts
from leaddesk.ui.leads.helps import Helps
from leaddesk.ui.leads.people import People
from leaddesk.ui.leads.plans import Tasks
from leaddesk.ui.leads.reach import Reach
from leaddesk.ui.leads.section import ASIDE, Section
from leaddesk.ui.leads.story import Story
from leaddesk.ui.leads.verdict import Head, NextStage, Why


class LeadSheet(Panel):
    """Emits `wanted(command)` for Call, Edit …, `asked(question)`, `moved(stage)`, `copied(value)`, `left()`."""

    wanted = Signal(str)
    asked = Signal(str)
    moved = Signal(str)
    copied = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=0)
        self._desk = desk
        self.lead: Lead | None = None
        self.head = Head(desk)
        self.why, self.next_stage, self.helps, self.reach = Why(), NextStage(), Helps(), Reach()
        self.tasks, self.people, self.facts, self.story = Tasks(desk), People(desk), Facts(desk), Story(desk)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16 - ASIDE, 16, 16 - ASIDE, 16)
        column.setSpacing(16)
        worked_on = (self.tasks, self.people, self.story, self.facts)
        for part in (self.head, self.why, self.next_stage, self.helps, self.reach, *worked_on):
            if isinstance(part, Section):
                column.addWidget(part)
            else:
                line = row(part)
                line.setContentsMargins(ASIDE, 0, ASIDE, 0)
                column.addLayout(line)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._nothing = EmptyState("person")
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._scroll)
        self.inside.addWidget(pages, 1)
        self._below = (self.facts, self.story)
        self._owed: Lead | None = None  # whose lower parts are still to be shown
        self._is_named = False  # their fields have no names before the first lead
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self.finish)
        self.head.call.clicked.connect(lambda: self.wanted.emit("call.start"))
        self.head.edit.clicked.connect(lambda: self.wanted.emit("lead.edit"))
        self.next_stage.asked.connect(self.asked)
        self.helps.asked.connect(self.asked)
        for part in (self.helps, *worked_on):
            part.stood_on.connect(lambda stood: self._scroll.ensureWidgetVisible(stood, 0, 40))
        self.next_stage.moved.connect(self.moved)
        self.reach.copied.connect(self.copied)
        self.retranslate()

    def show_lead(self, lead_id: str | None) -> None:
        """Read a lead and show it; None, or one that is gone: none."""
        try:
            lead = self._desk.get(leads.lead, lead_id, self._desk.now()) if lead_id is not None else None
        except NotFound:
            lead = None
        other = lead is None or self.lead is None or lead.id != self.lead.id
        self.lead = lead
        hidden = lead is not None and shield.hides(lead.id)
        self._say_nothing(hidden=hidden)
        self._pages.setCurrentWidget(self._nothing if lead is None or hidden else self._scroll)
        if lead is None or hidden:
            return
        self._scroll.setAccessibleName(lead.title)
        self.head.show_lead(lead)
        self.why.show_lead(self._desk, lead)
        self.next_stage.show_lead(self._desk, lead)
        self.helps.show_lead(self._desk, lead)
        self.reach.show_lead(self._desk, lead)
        self.tasks.show_lead(lead)
        self.people.show_lead(lead)
        self._owed = lead
        if not (other and self._is_named) or any(part.isAncestorOf(self.focusWidget() or self) for part in self._below):
            self.finish()
            return
        for part in self._below:
            part.blank()  # nothing of another lead stays, not for a frame
        self._scroll.verticalScrollBar().setValue(0)
        self._rest.start()

    def finish(self) -> None:
        """Show what lies further down too: it comes after the top was painted, so that a lead is seen at once."""
        self._rest.stop()
        lead, self._owed = self._owed, None
        if lead is not None and self.lead is lead:
            self._is_named = True
            for part in self._below:
                part.show_lead(lead)

    def write_note(self) -> None:
        """Put the cursor into the note."""
        self._go_to(self.story.note)

    def plan_task(self) -> None:
        """Put the cursor into the next step."""
        self._go_to(self.tasks.text)

    def add_person(self) -> None:
        """Put the cursor where somebody who decides is named."""
        self.people.open_form()
        self._go_to(self.people.name)

    def _go_to(self, field: QWidget) -> None:
        self.finish()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(field, 0, 60)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the sheet from any of its fields; a note begun stays begun."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the desk's language."""
        self._say_nothing(hidden=False)
        if self.lead is not None:
            self.show_lead(self.lead.id)

    def _say_nothing(self, *, hidden: bool) -> None:
        """Why there is no sheet: nobody is chosen, or the shield is up."""
        what = "shielded" if hidden else "nothing_chosen"
        self._nothing.say(*(words.say(self._desk.language, "leads", f"{what}_{part}") for part in ("title", "text")))
