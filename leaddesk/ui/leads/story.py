"""Notes on a lead and everything that happened, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.records import Lead, TimelineEntry
from leaddesk.operations import leads as verbs
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.leads.section import Section, fixed, grow, link_button
from leaddesk.ui.reason_words import story_line
from leaddesk.ui.text import Text

_SHOWN = 12
_WHEN = 92  # pixels of the day or the minute


def _by_call(lead: Lead) -> dict[str, list[TimelineEntry]]:
    """What was said on each call that has ended, in order of time."""
    said: dict[str, list[TimelineEntry]] = {str(e.details["id"]): [] for e in lead.timeline if e.kind == "call"}
    for entry in reversed(lead.timeline):
        said.get(str(entry.details.get("call") or ""), []).append(entry)
    return said


class NoteField(QPlainTextEdit):
    """A note being written; Ctrl+Enter keeps it."""

    kept = Signal()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter belongs to the note while it is written, not to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _keeps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps the note; Tab leaves the field."""
        if _keeps(event):
            self.kept.emit()
        else:
            super().keyPressEvent(event)


def _keeps(event: QKeyEvent) -> bool:
    entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return entered and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class Story(Section):
    """Notes and everything that happened, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead: Lead | None = None
        self._shown = _SHOWN
        self._unfolded: set[str] = set()  # calls whose answers are shown
        self.folds: dict[str, QPushButton] = {}  # the buttons that show or hide them, by call
        self._drafts: dict[str, str] = {}  # notes begun on other leads
        self.note = NoteField()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(58)
        self.note.kept.connect(self.keep)
        self._save = CommandButton(keys="Ctrl+Return")
        self._save.clicked.connect(self.keep)
        self._save.hide()
        self.note.textChanged.connect(lambda: self._save.setVisible(bool(self.note.toPlainText().strip())))
        self._notes = Section()
        column = self.layout()
        if isinstance(column, QHBoxLayout | type(self.lines)):
            column.insertWidget(0, self._notes)
            column.insertSpacing(1, 10)
        self._notes.lines.addWidget(self.note)
        self._notes.lines.addWidget(self._save, 0, Qt.AlignmentFlag.AlignRight)

    def show_lead(self, lead: Lead) -> None:
        """Fill it."""
        language = self._desk.language
        if self._lead is None or lead.id != self._lead.id:
            if self._lead is not None:
                self._drafts[self._lead.id] = self.note.toPlainText()
            self.note.setPlainText(self._drafts.pop(lead.id, ""))
            self.note.moveCursor(QTextCursor.MoveOperation.End)
            self._shown = _SHOWN
        self._lead = lead
        self._notes.say(words.say(language, "leads", "note_add"))
        self.note.setAccessibleName(words.say(language, "leads", "note_add"))
        self._save.say(words.say(language, "leads", "note_save"))
        self.say(words.say(language, "leads", "timeline"))
        self._show_past()

    def _show_past(self) -> None:
        lead, language = self._lead, self._desk.language
        if lead is None:
            return
        self.clear()
        self.folds.clear()
        said = _by_call(lead)
        past = [entry for entry in lead.timeline if entry.details.get("call") not in said]
        for entry in past[: self._shown]:
            self._add_entry(figures.moment(entry.at, self._desk.now(), language), entry)
            if entry.kind == "call":
                self._add_said(entry, said[str(entry.details["id"])])
        rest = len(past) - self._shown
        if rest > 0:
            self.add(link_button(words.say(language, "leads", "more", n=rest), self._show_more), 1)

    def _add_entry(self, when: str, entry: TimelineEntry) -> None:
        text = Text(story_line(self._desk.playbook, entry, self._desk.language), wrap=True, selectable=True)
        grow(self.add(fixed(when, _WHEN, "small"), text), text)

    def _add_said(self, call: TimelineEntry, said: Sequence[TimelineEntry]) -> None:
        """What was said on a call: how much, and once unfolded all of it at its minute."""
        if not said:
            return
        key, began = str(call.details["id"]), call.details["started_at"]
        unfolded = key in self._unfolded
        words_key = "call_fold" if unfolded else "call_unfold"
        button = link_button(words.say(self._desk.language, "leads", words_key, n=len(said)), lambda: self._fold(key))
        self.folds[key] = button
        self.add(fixed("", _WHEN), button, 1)
        for entry in said if unfolded else ():
            self._add_entry(figures.minutes_into(entry.at - began if isinstance(began, int) else 0), entry)

    def _fold(self, call: str) -> None:
        """Show what was said on a call, or no more; the keyboard stays where it was."""
        self._unfolded ^= {call}
        self._show_past()
        if call in self.folds:
            self.folds[call].setFocus()

    def _show_more(self) -> None:
        self._shown = 10_000
        self._show_past()

    def keep(self) -> None:
        """Write the note."""
        text = self.note.toPlainText().strip()
        if text and self._lead is not None:
            self.note.clear()
            self._desk.do(verbs.add_note, self._lead.id, text)
