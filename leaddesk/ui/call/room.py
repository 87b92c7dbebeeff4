"""The call room: who now, the number, the call, its questions, its end, and the next lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError, Refused
from leaddesk.ui import shield
from leaddesk.ui.asking.fields import NoteField
from leaddesk.ui.call.afterwards import Afterwards
from leaddesk.ui.call.before import BeforePanel
from leaddesk.ui.call.call_bar import CallBar, ClockButton
from leaddesk.ui.call.checklist import Checklist
from leaddesk.ui.call.columns import Columns
from leaddesk.ui.call.compact import CompactWindow
from leaddesk.ui.call.ending import EndingPanel
from leaddesk.ui.call.ending_choice import Ending
from leaddesk.ui.call.jump import Jump
from leaddesk.ui.call.log_call import LogCall
from leaddesk.ui.call.number import Number
from leaddesk.ui.call.objections import Objections
from leaddesk.ui.call.over import Over
from leaddesk.ui.call.people import People
from leaddesk.ui.call.question_panel import QuestionPanel
from leaddesk.ui.call.script_choice import ScriptChoosing
from leaddesk.ui.call.session import Phase, Session
from leaddesk.ui.call.sides import Sides
from leaddesk.ui.call.small_window import SmallWindow
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import EmptyState
from leaddesk.ui.room import Room
from leaddesk.ui.text import menu_words


class CallRoom(Room):
    """Three columns: the person, the question, the verdict."""

    key: ClassVar[str] = "call"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self.session = Session(desk, self)
        self.sides = sides = Sides(self.session, self)
        self.person, self.deciders, self.past = sides.person, sides.deciders, sides.past
        self.score, self.gate, self.remarks, self.end = sides.score, sides.gate, sides.remarks, sides.end
        self.before = BeforePanel(self.session, commands, self)
        self.question = QuestionPanel(self.session, commands, self)
        self.checklist = Checklist(self.session, self)
        self.ending = EndingPanel(self.session, self)
        self.empty = EmptyState("phone")
        self.to_board = self.empty.offer(QPushButton())
        self.bar = CallBar(desk, commands, self.session)
        self.clock = ClockButton(desk, commands, self.session)
        self.small = SmallWindow(self, self.session, commands)
        self.over = Over(self.small.ground)
        self.afterwards = Afterwards(self, desk, commands, self.session, self.over)
        self.objections = Objections(desk, commands, self.session, self.over)
        self.number = Number(self.session, commands, self._tell)
        self.people = People(self.session, commands, self.over)
        self.choosing = ScriptChoosing(self.session, commands, self.over)
        self._shape = "question"
        self._arriving = False
        self._arrange()
        self._listen()
        self._carry_out()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_clock)
        self._tick.start()
        self.retranslate()

    def _arrange(self) -> None:
        self.columns = Columns(
            self.empty,
            self.sides.left,
            (self.before, self.question, self.checklist, self.ending),
            self.sides.right,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.columns)

    def _listen(self) -> None:
        session = self.session
        session.shown.connect(self._show_lead)
        session.updated.connect(self._show_data)
        session.moved.connect(self._show_question)
        session.saving_changed.connect(self._show_saving)
        self.desk.save_state_changed.connect(self._show_saving, Qt.ConnectionType.QueuedConnection)
        self.before.start.connect(session.start)
        self.before.skip.connect(lambda: self._attempt(lambda: session.take_next(skip=True)))
        self.gate.wanted.connect(self._ask)
        self.remarks.wanted.connect(self._ask)
        self.end.ended.connect(self.end_call)
        self.ending.finish.connect(self._finish)
        self.ending.back.connect(session.back_to_call)
        self.checklist.opened.connect(self._open_question)
        self.person.copied.connect(self.number.copy)
        self.person.dialled.connect(self.number.dial)
        self.deciders.adding.connect(self.people.add)
        self.deciders.changing.connect(self.people.change)
        self.small.came_back.connect(self._show_lead)
        self.to_board.clicked.connect(lambda: self.commands.trigger("go.board"))

        for keys, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            # A shortcut, since the fields and the page that scrolls would keep the key.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._step, by))

    def _step(self, by: int) -> None:
        if self.session.phase is Phase.ON_CALL:
            self.session.talk.step(by)

    def _carry_out(self) -> None:
        handle = self.commands.handle
        handle("call.next", self.call_next)
        handle("call.start", self.call_lead)
        handle("call.log", self.log_call)
        handle("call.checklist", self.change_shape, when=lambda: self.session.asking)
        handle("call.compact", self.change_window, when=lambda: self.session.asking)
        handle("call.language", self.session.talk.ask_in_other, when=lambda: self.session.asking)
        handle("call.jump", self.jump, when=lambda: self.session.asking)
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
        if self.session.phase is Phase.BEFORE and not self._arriving and not self._is_hidden():
            self.session.start()
        elif not self._is_hidden():
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
            panel = LogCall(self.over.ground(), self.desk, found)
            self.over.lay(panel, panel.outcome)

    def change_shape(self) -> None:
        """One question large, or all of them on a page; who writes a note goes on writing it."""
        written = self._written()
        self._confirm()
        self._show_shape("question" if self._shape == "checklist" else "checklist")
        self._write_on(written)

    def _show_shape(self, shape: str) -> None:
        self._shape = shape
        self.bar.show_shape(checklist=shape == "checklist")
        self.small.show_shape(checklist=shape == "checklist")
        self._show_lead()

    # ── the small window ─────────────────────────────────────────────────────────────────────────────────────────

    @property
    def compact(self) -> CompactWindow | None:
        """The small window, once it was wanted."""
        return self.small.compact

    @property
    def in_compact(self) -> bool:
        """Whether the call is in the small window, and the big one out of the way."""
        return self.small.up

    def change_window(self) -> None:
        """The call in a small window on top of the meeting; again: in the big one. A note is written on."""
        written = self._written()
        if self.in_compact:
            self.leave_compact()
            self._write_on(written)
        elif self.session.asking:
            self.over.clear()
            self._confirm()
            self.small.come(checklist=self._shape == "checklist")
            self._write_on(written)

    def leave_compact(self) -> None:
        """Back to the big window, at the call."""
        if self.in_compact:
            self.over.clear()
            self.small.go_back()

    def _confirm(self) -> None:
        """Keep several choices that were toggled, in whichever window."""
        self.question.confirm()
        self.checklist.confirm()
        self.small.confirm()

    @property
    def _note(self) -> NoteField:
        """The note, in the window and the shape that show the call."""
        compact = self.compact if self.in_compact else None
        return (compact or self._asking).note_line.field

    def _written(self) -> QTextCursor | None:
        """Where the note is being written; None while keys go elsewhere."""
        return self._note.textCursor() if self._note.hasFocus() else None

    def _write_on(self, written: QTextCursor | None) -> None:
        """Go on where the note was being written: the next digit of a sentence shall not answer a question."""
        if written is not None:
            note, here = self._note, self._note.textCursor()
            here.setPosition(min(written.anchor(), len(note.toPlainText())))
            here.setPosition(min(written.position(), len(note.toPlainText())), here.MoveMode.KeepAnchor)
            note.setTextCursor(here)
            note.setFocus()

    def jump(self) -> None:
        """Find any question by a few letters."""
        lead = self.session.lead
        if lead is None or self.session.phase is not Phase.ON_CALL:
            return
        panel = Jump(self.over.ground(), self.session.playbook, self.session.talk.foreseen(lead), self.desk.language)
        panel.chosen.connect(self._ask)
        self.over.lay(panel, panel.line)

    def end_call(self) -> None:
        """Ask how the call ended; the question it stands at stays where it is."""
        if self.session.phase is Phase.ON_CALL:
            self._confirm()
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
        self.session.talk.go(question)
        self._focus()

    def _open_question(self, question: str) -> None:
        self.session.talk.go(question)
        self._show_shape("question")

    def _tell(self, text: str) -> None:
        """Say something for a moment, in the window that shows the call."""
        if not self.small.tell(text):
            self.bar.tell(text)

    def _attempt(self, do: Callable[[], object]) -> None:
        try:
            do()
        except LeadDeskError as trouble:
            self.desk.failed.emit(trouble)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────

    def _show_lead(self) -> None:
        """Show the lead and phase there are, with the focus where a rep wants it."""
        if self.session.phase is not Phase.ON_CALL:
            self.leave_compact()
        self._show_page()
        self._show_data()
        self._focus()

    def _show_page(self) -> None:
        """The columns with the page of the phase, or why nobody is shown."""
        phase = self.session.phase
        hidden = self._is_hidden()
        self._say_empty(hidden=hidden)
        pages = {} if hidden else {Phase.BEFORE: self.before, Phase.ON_CALL: self._asking, Phase.ENDING: self.ending}
        self.columns.show_page(pages.get(phase))
        self.end.setVisible(phase is Phase.ON_CALL)
        self.columns.let_reach_down(self.remarks, down=phase is not Phase.ON_CALL)

    def _show_data(self) -> None:
        """Show everything of the lead as it stands now; the focus stays."""
        self.bar.show_state()
        self._show_clock()
        if self.session.lead is not None and not self.in_compact:
            self.sides.show_lead()
            self._show_question()

    @property
    def _asking(self) -> QuestionPanel | Checklist:
        """The shape in which questions are asked now."""
        return self.checklist if self._shape == "checklist" else self.question

    def _show_question(self) -> None:
        phase = self.session.phase
        if self.in_compact:
            return
        if phase is Phase.BEFORE:
            self.before.show_all()
        elif phase is Phase.ON_CALL:
            self._asking.show_all()
        elif phase is Phase.ENDING:
            self.ending.show_all()

    def _show_saving(self) -> None:
        if self.session.phase is Phase.ON_CALL and not self.in_compact:
            self._asking.show_answer()

    def _show_clock(self) -> None:
        if self.in_compact:
            self.small.show_clock()
            return
        self.clock.show_clock()
        self.sides.show_pace()

    def _focus(self) -> None:
        """Let keys go where the phase wants them, unless a panel over the room has them."""
        self.small.focus()
        if not self.isVisible():
            return
        panel = self.columns.middle.currentWidget()
        if self.session.phase is Phase.EMPTY or self._is_hidden():
            self.to_board.setFocus()
        elif isinstance(panel, BeforePanel | QuestionPanel | EndingPanel | Checklist):
            panel.focus_question()

    # ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def refresh(self, changes: Changes) -> None:
        """Read the lead again where it changed; with nobody shown, look who is worth a call."""
        session = self.session
        if session.starting:
            return  # a call begins or ends: what follows reads whom it shows
        if "call" in changes.tables and self.is_seen() and session.come_back(changes.leads):
            return
        if session.lead is None:
            if self.is_seen():
                session.take_next()
        elif changes.everything or session.lead.id in changes.leads or "playbook_version" in changes.tables:
            session.reread()

    def retranslate(self) -> None:
        """Say everything again."""
        self.to_board.setText(menu_words(words.say(self.desk.language, "call", "to_board")))
        self.bar.retranslate()
        self.afterwards.show_offer()
        self._show_page()
        self._show_data()

    def _say_empty(self, *, hidden: bool) -> None:
        """Why nobody is shown: nobody is worth a call, or the shield is up."""
        what = "shielded" if hidden else "empty"
        self.empty.say(*(words.say(self.desk.language, "call", f"{what}_{part}") for part in ("title", "text")))

    def _is_hidden(self) -> bool:
        """Whether the lead shown, with whom no call goes on, must not be seen."""
        return self.session.lead is not None and shield.hides(self.session.lead.id)

    def selected_lead(self) -> str | None:
        """The lead on screen."""
        return self.session.lead.id if self.session.lead is not None else None

    def may_close(self) -> bool:
        """A call going on is taken up at the next start; only what is typed is written first."""
        # Half a sum is no answer yet: it is there again at the next start.
        self.question.asked.confirm_toggled()
        self.small.confirm_toggled()
        self.leave_compact()
        self.session.talk.secure()
        return True

    def is_seen(self) -> bool:
        """In the small window the call goes on, too."""
        return super().is_seen() or self.in_compact

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
