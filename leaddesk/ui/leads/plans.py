"""What comes next: the planned steps of a lead, done by a check, reworded or moved to another day where they stand."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.records import Lead, NextStep
from leaddesk.operations.tasks import add_task, change_task, delete_task, finish_task
from leaddesk.ui import figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.leads.section import Row, Section, grow, small_button
from leaddesk.ui.text import Text, menu_words


class TaskRow(Row):
    """A planned step: Space or its check finishes it, Enter rewords it or moves it, Delete takes it out.

    `over()` once its editor is put away.
    """

    over = Signal()

    def __init__(self, desk: Desk, task: NextStep) -> None:
        language, today = desk.language, desk.today()
        when = figures.near_day(task.due_on, today, language)
        late = task.due_on < today
        if late:
            days = figures.days((today - task.due_on).days, language)
            when = f"▲ {words.say(language, 'cards', 'overdue', days=days)}"
        elif task.due_time:
            when = f"{when} {task.due_time}"
        super().__init__(task.id, f"{task.text}, {when}")
        self._desk, self._task = desk, task
        self.text: QLineEdit | None = None
        self.day: DayField | None = None
        self.check = QCheckBox()
        self.check.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the line has a key for it
        self.check.setAccessibleName(f"{words.say(language, 'leads', 'task_done')}: {task.text}")
        self.check.clicked.connect(lambda _on: desk.do(finish_task, task.id))
        self._told = Text(task.text, wrap=True)
        self._when = Text(when, "small", tone="late" if late else "")
        delete = small_button("close", words.say(language, "leads", "task_delete"), self.removed.emit)
        delete.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self.check, self._told, self._when, delete):
            self.line.addWidget(widget)
        grow(self.line, self._told)
        self.begun.connect(self.begin)
        self.removed.connect(lambda: desk.do(delete_task, task.id))

    def begin(self) -> None:
        """Reword it, or move it to another day, here."""
        if self.text is not None:
            return
        self.text, self.day = QLineEdit(self._task.text), DayField(self._task.due_on)
        self.day.setFixedWidth(122)
        self.text.setAccessibleName(words.say(self._desk.language, "leads", "task_change"))
        self.day.setAccessibleName(words.say(self._desk.language, "gate_panel", "other_day"))
        self.text.returnPressed.connect(self.keep)
        self.day.kept.connect(lambda _day: self.keep())
        self._told.hide()
        self._when.hide()
        self.line.insertWidget(1, self.text, 1)
        self.line.insertWidget(2, self.day)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.selectAll()

    def keep(self) -> None:
        """Write it; what is refused stays typed."""
        if self.text is not None and self.day is not None:
            self._desk.do(change_task, self._task.id, self.text.text(), self.day.day, then=self.put_away)

    def put_away(self, _none: None = None) -> None:
        """Put the editor away."""
        if self.text is None or self.day is None:
            return
        fields, self.text, self.day = (self.text, self.day), None, None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        for field in fields:
            self.line.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._told.show()
        self._when.show()
        self.over.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space finishes it; Escape leaves the editor before it leaves the sheet."""
        if event.key() == Qt.Key.Key_Escape and self.text is not None:
            self.put_away()
        elif event.key() == Qt.Key.Key_Space and self.hasFocus():
            self._desk.do(finish_task, self._task.id)
        else:
            super().keyPressEvent(event)


class Tasks(Section):
    """What is planned; a check finishes it, a line plans the next one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead: Lead | None = None
        self.text = QLineEdit()
        self.day = DayField(desk.today() + timedelta(days=1))
        self.day.setFixedWidth(122)
        self.day.kept.connect(self.plan)
        self.text.returnPressed.connect(self.plan)
        self.button = QPushButton()
        self.button.clicked.connect(self.plan)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.text, 1)
        line.addWidget(self.day)
        line.addWidget(self.button)
        self.foot.addLayout(line)

    def show_lead(self, lead: Lead) -> None:
        """Fill it; not while one of its steps is reworded."""
        language = self._desk.language
        other = self._lead is None or lead.id != self._lead.id
        if other:
            self.text.clear()
        self._lead = lead
        if not other and any(isinstance(row, TaskRow) and row.text is not None for row in self.rows):
            return
        self.clear()
        self.say(words.say(language, "leads", "tasks"))
        self.text.setPlaceholderText(words.say(language, "leads", "task_text"))
        self.text.setAccessibleName(words.say(language, "leads", "task_text"))
        self.day.setAccessibleName(words.say(language, "gate_panel", "other_day"))
        self.button.setText(menu_words(words.say(language, "leads", "task_add")))
        for task in lead.tasks:
            row = TaskRow(self._desk, task)
            row.over.connect(self._over)
            self.add_row(row)
        self.settle()

    def _over(self) -> None:
        if self._lead is not None:
            self.show_lead(self._lead)

    def plan(self) -> None:
        """Plan what was typed."""
        text = self.text.text().strip()
        if text and self._lead is not None:
            self.text.clear()
            self._desk.do(add_task, self._lead.id, text, self.day.day)
