"""The call room: who now, the number, the call, its questions, its end, and the next lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk import words
from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError, Refused
from leaddesk.ui import figures
from leaddesk.ui.call import telling
from leaddesk.ui.call.afterwards import Afterwards
from leaddesk.ui.call.before import BeforePanel
from leaddesk.ui.call.call_bar import CallBar, ClockButton
from leaddesk.ui.call.checklist import Checklist
from leaddesk.ui.call.ending import EndingPanel
from leaddesk.ui.call.ending_choice import Ending
from leaddesk.ui.call.jump import Jump
from leaddesk.ui.call.log_call import LogCall
from leaddesk.ui.call.objections import Objections
from leaddesk.ui.call.person import DecidersPanel, PastPanel, PersonPanel, numbers, plain_number
from leaddesk.ui.call.person_form import Person, PersonForm, WhichPerson
from leaddesk.ui.call.question_panel import QuestionPanel
from leaddesk.ui.call.remarks_panel import RemarksPanel
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.call.verdict import EndPanel, GatePanel, ScorePanel
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import EmptyState
from leaddesk.ui.room import Room
from leaddesk.ui.text import menu_words, open_link

#: Below this width the outer columns are narrower, so that the question keeps its room.
_ENOUGH = (1080, 1300)
_LEFT, _RIGHT = (200, 250, 290), (220, 270, 320)


class CallRoom(Room):
    """Three columns: the person, the question, the verdict."""

    key: ClassVar[str] = "call"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self.session = Session(desk, self)
        self.person = PersonPanel(self)
        self.deciders = DecidersPanel(self)
        self.past = PastPanel(self)
        self.before = BeforePanel(self.session, self)
        self.question = QuestionPanel(self.session, self)
        self.checklist = Checklist(self.session, self)
        self.ending = EndingPanel(self.session, self)
        self.score = ScorePanel(self)
        self.gate = GatePanel(self)
        self.remarks = RemarksPanel(self)
        self.end = EndPanel(self)
        self.empty = EmptyState("phone")
        self.to_board = self.empty.offer(QPushButton())
        self.bar = CallBar(desk, commands, self.session)
        self.clock = ClockButton(desk, commands, self.session)
        self.afterwards = Afterwards(self, desk, commands, self.session, self._lay_over)
        self.objections = Objections(self, desk, commands, self.session, self._lay_over)
        self._shape = "question"
        self._arriving = False
        self._over: Overlay | None = None
        self._arrange()
        self._listen()
        self._carry_out()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()
        self.retranslate()

    def _arrange(self) -> None:
        self._left = _scrolling(self.person, self.deciders, self.past)
        self._middle = QStackedWidget(self)
        for panel in (self.before, self.question, self.checklist, self.ending):
            self._middle.addWidget(panel)
        self._right = _scrolling(self.score, self.gate, self.remarks, self.end)
        columns = QWidget(self)
        line = QHBoxLayout(columns)
        line.setContentsMargins(16, 14, 16, 16)
        line.setSpacing(14)
        line.addWidget(self._left)
        line.addWidget(self._middle, 1)
        line.addWidget(self._right)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _listen(self) -> None:
        session = self.session
        session.shown.connect(self._show_lead)
        session.updated.connect(self._show_data)
        session.moved.connect(self._show_question)
        session.saving_changed.connect(self._show_saving)
        self.desk.save_state_changed.connect(self._show_saving)
        self.before.start.connect(session.start)
        self.before.skip.connect(lambda: self._attempt(lambda: session.take_next(skip=True)))
        self.gate.wanted.connect(self._ask)
        self.remarks.wanted.connect(self._ask)
        self.end.ended.connect(self.end_call)
        self.ending.finish.connect(self._finish)
        self.ending.back.connect(session.back_to_call)
        self.checklist.opened.connect(self._open_question)
        self.person.copied.connect(self.copy_number)
        self.person.dialled.connect(self.dial)
        self.deciders.adding.connect(self.add_person)
        self.deciders.changing.connect(self.change_person)
        self.to_board.clicked.connect(lambda: self.commands.trigger("go.board"))

        for keys, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            # A shortcut, since the fields and the page that scrolls would keep the key.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step, by))

    def _step(self, by: int) -> None:
        if self.session.phase is Phase.ON_CALL:
            self.session.step(by)

    def _carry_out(self) -> None:
        handle = self.commands.handle
        handle("call.next", self.call_next)
        handle("call.start", self.call_lead)
        handle("call.log", self.log_call)
        handle("call.copy_number", self.copy_number)
        handle("call.dial", self.dial)
        handle("call.checklist", self.change_shape, when=lambda: self.session.phase is Phase.ON_CALL)
        handle("call.language", self.session.ask_in_other, when=lambda: self.session.phase is Phase.ON_CALL)
        handle("call.jump", self.jump, when=lambda: self.session.phase is Phase.ON_CALL)
        handle("call.person", self.add_person, when=lambda: self.session.lead is not None)
        handle("call.change_person", self.change_person, when=lambda: self.session.lead is not None)
        handle("call.speaker", self.change_speaker, when=lambda: self.session.phase is Phase.ON_CALL)
        handle("call.end", self.end_call, when=lambda: self.session.on_call)

    # ── what a person asks for ───────────────────────────────────────────────────────────────────────────────────

    def activate(self, **arguments: object) -> None:
        """Show the call that goes on, else the lead shown before, else who is worth a call."""
        del arguments
        if self.session.lead is None or not self.session.on_call:
            if self.session.resume():
                self._focus()
                return
            if self.session.lead is None:
                self.session.take_next()
        self._focus()

    def call_next(self) -> None:
        """Who is worth a call now; pressed again before a call, it starts."""
        if self.session.phase is Phase.BEFORE and not self._arriving:
            self.session.start()
        else:
            self._attempt(self.session.take_next)

    def call_lead(self, lead: str, question: str | None = None) -> None:
        """Show this lead before its call, to begin with a question; asked again, start it. On its call: ask that."""
        session = self.session
        shown = session.lead is not None and session.lead.id == lead
        if shown and session.phase is Phase.BEFORE and not self._arriving:
            session.start()
        else:
            self._attempt(lambda: session.take(lead, question))
        if session.on_call and question is not None and session.lead is not None and session.lead.id == lead:
            self._ask(question)
        if session.on_call and session.lead is not None and session.lead.id != lead:
            self.desk.refused.emit(Refused("call_open", lead=session.lead.title))

    def log_call(self, lead: str) -> None:
        """Log a call that was made on another phone."""
        found = self.session.read(lead)
        if found is not None:
            panel = LogCall(self, self.desk, found)
            self._lay_over(panel, panel.outcome)

    def copy_number(self, lead: str | None = None) -> None:
        """Put the number on the clipboard."""
        number = self._number(lead)
        if number:
            QApplication.clipboard().setText(number)
            self.bar.tell(words.say(self.desk.language, "call", "copied", number=number))

    def dial(self, lead: str | None = None) -> None:
        """Hand the number to the telephone program, unless the lead asked not to be called."""
        found = self.session.lead if lead is None else self.session.read(lead)
        number = self._number(lead)
        if found is not None and not found.do_not_call and number:
            open_link(f"tel:{plain_number(number)}")

    def _number(self, lead: str | None) -> str:
        found = self.session.lead if lead is None else self.session.read(lead)
        known = numbers(found) if found is not None else ()
        return known[0] if known else ""

    def change_shape(self) -> None:
        """One question large, or all of them on a page."""
        self.question.confirm()
        self._shape = "question" if self._shape == "checklist" else "checklist"
        self.bar.show_shape(checklist=self._shape == "checklist")
        self._show_lead()

    def jump(self) -> None:
        """Find any question by a few letters."""
        lead = self.session.lead
        if lead is None or self.session.phase is not Phase.ON_CALL:
            return
        panel = Jump(self, self.session.playbook, lead.assessment, self.desk.language)
        panel.chosen.connect(self._ask)
        self._lay_over(panel, panel.line)

    def add_person(self) -> None:
        """Add somebody who takes part in the decision."""
        if self.session.lead is not None:
            self._show_person(None)

    def change_person(self, name: str = "") -> None:
        """Write down role, attitude and words of somebody who takes part; with several, ask whose."""
        known = self.session.people()
        if not known:
            self.add_person()
            return
        named = [person for person in known if person.name == name]
        if named or len(known) == 1:
            self._show_person((named or known)[0])
            return
        panel = WhichPerson(self, [person.name for person in known], self.desk.language)
        panel.chosen.connect(lambda place: self._show_person(known[place]))
        self._lay_over(panel, panel.names)

    def _show_person(self, person: Person | None) -> None:
        panel = PersonForm(self, self.session.playbook, self.desk.language, person)
        panel.done.connect(self.session.keep_person)
        self._lay_over(panel, panel.name if person is None else panel.role.choices)

    def change_speaker(self) -> None:
        """Take the next answers as another person's words; with nobody else known, add somebody."""
        if len(self.session.speakers()) == 1:
            self.add_person()
        else:
            self.session.next_speaker()

    def _lay_over(self, panel: Overlay, focus: QWidget) -> None:
        """One panel over the room at a time."""
        if self._over is not None and shiboken6.isValid(self._over):
            self._over.reject()
        self._over = panel
        panel.open(focus)

    def end_call(self) -> None:
        """Ask how the call ended; the question it stands at stays where it is."""
        if self.session.phase is Phase.ON_CALL:
            self.question.confirm()
            self.session.begin_ending()
        elif self.session.phase is Phase.ENDING:
            self.ending.done()

    def _finish(self, ending: object) -> None:
        if isinstance(ending, Ending):
            self.session.end(ending)

    def _ask(self, question: str) -> None:
        """Ask a question, from wherever: the gate, the jump."""
        if self.session.phase is Phase.ENDING:
            self.session.back_to_call()
        self.session.go(question)
        self._focus()

    def _open_question(self, question: str) -> None:
        self._shape = "question"
        self.bar.show_shape(checklist=False)
        self.session.go(question)
        self._show_lead()

    def _attempt(self, do: Callable[[], object]) -> None:
        try:
            do()
        except LeadDeskError as trouble:
            self.desk.failed.emit(trouble)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def _show_lead(self) -> None:
        """Show the lead and phase there are, with the focus where a rep wants it."""
        session = self.session
        self._pages.setCurrentIndex(0 if session.phase is Phase.EMPTY else 1)
        panel = {Phase.BEFORE: self.before, Phase.ON_CALL: self._asking, Phase.ENDING: self.ending}.get(session.phase)
        if panel is not None:
            self._middle.setCurrentWidget(panel)
        self.end.setVisible(session.phase is Phase.ON_CALL)
        # The last panel there is reaches down to the foot.
        column = self.remarks.parentWidget()
        right = column.layout() if column is not None else None
        if isinstance(right, QVBoxLayout):
            right.setStretchFactor(self.remarks, 0 if session.phase is Phase.ON_CALL else 1)
        self._show_data()
        self._focus()

    def _show_data(self) -> None:
        """Show everything of the lead as it stands now; the focus stays."""
        session, language = self.session, self.desk.language
        lead, book = session.lead, session.playbook
        self.bar.show_state()
        self._show_clock()
        if lead is None:
            return
        now, today = self.desk.now(), self.desk.today()
        self.person.show_lead(book, lead, now, language)
        self.deciders.show_lead(book, lead, language)
        self.past.show_lead(book, lead, now, today, language)
        self.score.show_lead(book, lead, language)
        self.gate.show_lead(book, lead, language)
        self.remarks.show_lead(book, lead, today, language)
        step = lead.tasks[0] if lead.tasks else None
        planned = f"{step.text}, {figures.weekday_date(step.due_on, language, today)}" if step is not None else ""
        self.end.show_lead(book, lead, planned, language)
        self._show_question()

    @property
    def _asking(self) -> QuestionPanel | Checklist:
        """The shape in which questions are asked now."""
        return self.checklist if self._shape == "checklist" else self.question

    def _show_question(self) -> None:
        phase = self.session.phase
        if phase is Phase.BEFORE:
            self.before.show_all()
        elif phase is Phase.ON_CALL:
            self._asking.show_all()
        elif phase is Phase.ENDING:
            self.ending.show_all()

    def _show_saving(self) -> None:
        if self.session.phase is Phase.ON_CALL:
            self._asking.show_answer()

    def _show_clock(self) -> None:
        self.clock.show_clock()
        session = self.session
        if session.lead is not None and session.on_call:
            gate = session.lead.assessment.gate
            self.gate.show_pace(*telling.pacing(session.playbook, gate, session.seconds(), self.desk.language))
        else:
            self.gate.show_pace("", "")

    def _focus(self) -> None:
        """Let keys go where the phase wants them, unless a panel over the room has them."""
        if not self.isVisible():
            return
        panel = self._middle.currentWidget()
        if self.session.phase is Phase.EMPTY:
            self.to_board.setFocus()
        elif isinstance(panel, BeforePanel | QuestionPanel | EndingPanel | Checklist):
            panel.focus_question()

    # ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self, changes: Changes) -> None:
        """Read the lead again where it changed; with nobody shown, look who is worth a call."""
        session = self.session
        if session.lead is None:
            if self.isVisible():
                session.take_next()
        elif changes.everything or session.lead.id in changes.leads or "playbook_version" in changes.tables:
            session.reread()

    def retranslate(self) -> None:
        """Say everything again."""
        language = self.desk.language
        self.empty.say(words.say(language, "call", "empty_title"), words.say(language, "call", "empty_text"))
        self.to_board.setText(menu_words(words.say(language, "call", "to_board")))
        self.bar.retranslate()
        self.afterwards.show_offer()
        if self.session.lead is not None:
            self._show_data()

    def selected_lead(self) -> str | None:
        """The lead on screen."""
        return self.session.lead.id if self.session.lead is not None else None

    def may_close(self) -> bool:
        """A call going on is taken up at the next start; only what is typed is written first."""
        self.question.confirm()
        self.session.notes.secure()
        self.session.answers.secure()
        return True

    def top_widgets(self) -> list[QWidget]:
        """The other shape, and the next lead."""
        return [self.afterwards.place, self.bar]

    def kept_widgets(self) -> list[QWidget]:
        """The clock leads back to the call from every room."""
        return [self.clock]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the end of a call back to it."""
        if event.key() == Qt.Key.Key_Escape and self.session.phase is Phase.ENDING:
            self.session.back_to_call()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The key that brings the room to the front shows who is next; only pressed again it calls."""
        super().showEvent(event)
        self._arriving = True
        QTimer.singleShot(0, self, self._arrived)

    def _arrived(self) -> None:
        self._arriving = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the question what the outer columns can spare."""
        super().resizeEvent(event)
        size = sum(self.width() >= enough for enough in _ENOUGH)
        self._left.setFixedWidth(_LEFT[size])
        self._right.setFixedWidth(_RIGHT[size])


def _scrolling(*panels: QWidget) -> QScrollArea:
    """Panels beneath each other, the last one down to the foot, scrolled where there is no room."""
    inner = QWidget()
    stack = QVBoxLayout(inner)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(12)
    for panel in panels:
        stack.addWidget(panel, 1 if panel is panels[-1] else 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
