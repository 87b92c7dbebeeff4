"""Notes on a lead and everything that happened, the newest first; what was written can be changed and taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads.history import History, history
from leaddesk.db.records import Lead, TimelineEntry
from leaddesk.operations import leads as verbs
from leaddesk.operations.history import take_back
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import CommandButton
from leaddesk.ui.leads.section import ASIDE, Row, Section, fixed, grow, link_button, small_button
from leaddesk.ui.reason_words import story_line
from leaddesk.ui.text import Text, cut, menu_words

_SHOWN = 12
_MOST = 3_000  # characters of an entry
_WHEN = 92  # pixels of the day or the minute
#: What changes a row after it was added: then this step is the one to take back.
_LATER = {"call": "ended_at", "answer": "withdrawn_at"}
#: That the lead was added: by a step of its own, or together with many others.
_BROUGHT = "created"


def _by_call(lead: Lead) -> dict[str, list[TimelineEntry]]:
    """What was said on each call that has ended, in order of time."""
    said: dict[str, list[TimelineEntry]] = {str(e.details["id"]): [] for e in lead.timeline if e.kind == "call"}
    for entry in reversed(lead.timeline):
        said.get(str(entry.details.get("call") or ""), []).append(entry)
    return said


def step_of(entry: TimelineEntry, known: History) -> int | None:
    """The step that made an entry, where the journal knows it by itself."""
    if entry.kind == "facts":
        step = entry.details.get("step")
        return step if isinstance(step, int) else None
    row = str(entry.details.get("id") or "")
    later = "done_at" if entry.kind == "task" and entry.details.get("done") else _LATER.get(entry.kind)
    return known.step_of.get(f"{row}.{later}") or known.step_of.get(row)


class NoteField(QPlainTextEdit):
    """A note being written; Ctrl+Enter keeps it, Escape emits `left()`."""

    kept = Signal()
    left = Signal()

    def __init__(self, text: str = "", *, leaves: bool = False) -> None:
        super().__init__(text)
        self._leaves = leaves  # else Escape belongs to whatever it stands in

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
        elif event.key() == Qt.Key.Key_Escape and self._leaves:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _keeps(event: QKeyEvent) -> bool:
    entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return entered and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class EntryRow(Row):
    """One line of the story, with a button that takes it back; a note is rewritten in its place, then `over()`."""

    over = Signal()

    def __init__(self, key: str, when: str, text: str) -> None:
        super().__init__(key, f"{when}, {text}")
        self.edit: NoteField | None = None
        self._text = Text(text, wrap=True, selectable=True)
        self._text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.line.addWidget(fixed(when, _WHEN, "small"), 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self._text, 0, Qt.AlignmentFlag.AlignTop)
        grow(self.line, self._text)

    def offer(self, icon: str, name: str, act: Callable[[], object]) -> None:
        """A button at the end of the line, for the mouse; the keyboard has Delete."""
        button = small_button(icon, name, act)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.setFixedSize(20, 20)
        self.line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_when_pointed(button)

    def rewrite(self, text: str, name: str, keep: Callable[[str], object]) -> None:
        """Write the note anew, here."""
        if self.edit is not None:
            return
        edit = self.edit = NoteField(text, leaves=True)
        edit.setAccessibleName(name)
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(72)
        edit.kept.connect(lambda: keep(edit.toPlainText()))
        edit.left.connect(self.put_away)
        self._text.hide()
        self.line.insertWidget(1, edit, 1)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.moveCursor(QTextCursor.MoveOperation.End)

    def put_away(self, _none: None = None) -> None:
        """Put the editor away, if there is one."""
        if self.edit is not None:
            edit, self.edit = self.edit, None
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.removeWidget(edit)
            edit.hide()
            edit.deleteLater()
            self._text.show()
            self.over.emit()


class Story(Section):
    """Notes and everything that happened, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead: Lead | None = None
        self._known = History({}, ())
        self._shown = _SHOWN
        self._late = False  # something changed while a note was rewritten
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
        self._notes.lines.setContentsMargins(ASIDE, 0, ASIDE, 0)
        self._notes.lines.addWidget(self.note)
        self._notes.lines.addWidget(self._save, 0, Qt.AlignmentFlag.AlignRight)

    def show_lead(self, lead: Lead) -> None:
        """Fill it; not while one of its notes is rewritten."""
        language = self._desk.language
        other = self._lead is None or lead.id != self._lead.id
        if other:
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
        if not other and any(isinstance(row, EntryRow) and row.edit is not None for row in self.rows):
            self._late = True
            return
        self._known = self._desk.get(history, lead.id)
        self._show_past()

    # ── what happened ────────────────────────────────────────────────────────────────────────────────────────────

    def _show_past(self) -> None:
        lead, language = self._lead, self._desk.language
        if lead is None:
            return
        self._late = False
        self.clear()
        self.folds.clear()
        said = _by_call(lead)
        past = [entry for entry in lead.timeline if entry.details.get("call") not in said]
        told = {entry.at for entry in self._known.entries if _tells_owner(entry)}
        past = [entry for entry in past if entry.kind != "owner" or entry.at not in told]
        past = sorted((*past, *self._known.entries), key=lambda entry: -entry.at)
        for entry in past[: self._shown]:
            self._add_entry(figures.moment(entry.at, self._desk.now(), language), entry)
            if entry.kind == "call":
                self._add_said(entry, said[str(entry.details["id"])])
        rest = len(past) - self._shown
        if rest > 0:
            self.add(link_button(words.say(language, "leads", "more", n=rest), self._show_more), 1)
        self.settle()

    def _add_entry(self, when: str, entry: TimelineEntry) -> None:
        playbook = entry.playbook or self._desk.playbook
        row = EntryRow(_key(entry), when, self._cut(story_line(playbook, entry, self._desk.language)))
        row.begun.connect(partial(self._change, entry, row))
        row.removed.connect(partial(self._remove, entry, row))
        row.menu_wanted.connect(partial(self._show_menu, entry, row))
        row.over.connect(self._rewritten)
        step = step_of(entry, self._known)
        if step is not None or entry.kind == _BROUGHT:
            row.offer("undo", words.say(self._desk.language, "leads", "take_back"), partial(self._take_back, step))
        self.add_row(row)

    def _cut(self, told: str) -> str:
        """Of a note as long as a book its beginning, and how much more there is: rewriting it shows all."""
        if len(told) <= _MOST:
            return told
        more = words.say(self._desk.language, "leads", "cut", n=figures.count(len(told) - _MOST))
        return f"{cut(told, _MOST)} {more}"

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

    # ── changed and taken back ───────────────────────────────────────────────────────────────────────────────────

    def _verbs(self, entry: TimelineEntry, row: EntryRow) -> list[tuple[str, Callable[[], object]]]:
        """What can be done with an entry: the first by Enter, the last by Delete."""
        key = str(entry.details.get("id") or "")
        found: list[tuple[str, Callable[[], object]]] = []
        if entry.kind == "note":
            found.append(("entry_change", partial(self._change, entry, row)))
            found.append(("entry_delete", partial(self._desk.do, verbs.delete_note, key)))
        elif entry.kind == "event":
            found.append(("event_gone", partial(self._desk.do, verbs.remove_event, key)))
        step = step_of(entry, self._known)
        if (step is not None and entry.kind not in ("note", "event")) or entry.kind == _BROUGHT:
            found.append(("take_back", partial(self._take_back, step)))
        return found

    def _change(self, entry: TimelineEntry, row: EntryRow) -> None:
        """A note is rewritten where it stands."""
        if entry.kind == "note":
            key, name = str(entry.details["id"]), words.say(self._desk.language, "fields", "note")
            row.rewrite(str(entry.details["text"]), name, partial(self._rewrite, key, row))

    def _rewrite(self, note: str, row: EntryRow, text: str) -> None:
        """Keep a note; what is refused stays typed."""
        self._desk.do(verbs.change_note, note, text, then=row.put_away)

    def _rewritten(self) -> None:
        """What changed meanwhile is shown now."""
        if self._late and self._lead is not None:
            self._known = self._desk.get(history, self._lead.id)
            self._show_past()

    def _remove(self, entry: TimelineEntry, row: EntryRow) -> None:
        """Delete: a note goes, an event did not happen, anything else is taken back."""
        offered = self._verbs(entry, row)
        if offered:
            offered[-1][1]()

    def _take_back(self, step: int | None) -> None:
        """Take a step back; None: the import that brought the lead, as far as this lead goes."""
        if self._lead is not None:
            self._desk.do(take_back, step, self._lead.id)

    def _show_menu(self, entry: TimelineEntry, row: EntryRow, where: QPoint) -> None:
        menu = QMenu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, act in self._verbs(entry, row):
            action = QAction(menu_words(words.say(self._desk.language, "leads", word)), menu)
            action.triggered.connect(lambda _on, act=act: act())
            menu.addAction(action)
        if menu.actions():
            menu.popup(where)

    # ── a new note ───────────────────────────────────────────────────────────────────────────────────────────────

    def keep(self) -> None:
        """Write the note."""
        text = self.note.toPlainText().strip()
        if text and self._lead is not None:
            self.note.clear()
            self._desk.do(verbs.add_note, self._lead.id, text)


def _tells_owner(entry: TimelineEntry) -> bool:
    """Whether changed facts tell of the owner already: of many leads at once they do."""
    changes = entry.details.get("changes")
    return isinstance(changes, tuple) and any(change.key == "owner" for change in changes)


def _key(entry: TimelineEntry) -> str:
    return f"{entry.kind}.{entry.details.get('id') or entry.details.get('step') or entry.at}"
