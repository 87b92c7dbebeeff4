"""What comes next and with whom: the next steps of a lead, and the people who decide."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.records import Lead, Stakeholder
from leaddesk.operations import leads as verbs
from leaddesk.operations.tasks import add_task, delete_task, finish_task
from leaddesk.ui import card_words, figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.kit.marks import Badge
from leaddesk.ui.leads.section import Section, grow, link_button, small_button
from leaddesk.ui.text import Text, menu_words


class Tasks(Section):
    """What is planned; a check finishes it, a line plans the next one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead = ""
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
        """Fill it."""
        desk, language = self._desk, self._desk.language
        if lead.id != self._lead:
            self.text.clear()
        self._lead = lead.id
        self.clear()
        self.say(words.say(language, "leads", "tasks"))
        self.text.setPlaceholderText(words.say(language, "leads", "task_text"))
        self.text.setAccessibleName(words.say(language, "leads", "task_text"))
        self.day.setAccessibleName(words.say(language, "gate_panel", "other_day"))
        self.button.setText(menu_words(words.say(language, "leads", "task_add")))
        for task in lead.tasks:
            done = QCheckBox()
            done.setAccessibleName(f"{words.say(language, 'leads', 'task_done')}: {task.text}")
            done.clicked.connect(lambda _on, key=task.id: desk.do(finish_task, key))
            text = Text(task.text, wrap=True)
            when = Text(figures.near_day(task.due_on, desk.today(), language), "small")
            if task.due_on < desk.today():
                days = figures.days((desk.today() - task.due_on).days, language)
                when.setText(f"▲ {words.say(language, 'cards', 'overdue', days=days)}")
                when.set_tone("late")
            elif task.due_time:
                when.setText(f"{when.text()} {task.due_time}")
            gone = words.say(language, "leads", "task_delete")
            delete = small_button("close", gone, partial(desk.do, delete_task, task.id))
            grow(self.add(done, text, when, delete, level=True), text)

    def plan(self) -> None:
        """Plan what was typed."""
        text = self.text.text().strip()
        if text and self._lead:
            self.text.clear()
            self._desk.do(add_task, self._lead, text, self.day.day)


class People(Section):
    """Who takes part in the decision."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead = ""
        self.name, self.title = QLineEdit(), QLineEdit()
        self.role = QComboBox()
        self.name.returnPressed.connect(self.add_person)
        self.title.returnPressed.connect(self.add_person)
        self._form = QWidget()
        line = QHBoxLayout(self._form)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.name, 2)
        line.addWidget(self.title, 2)
        line.addWidget(self.role, 1)
        self._form.hide()
        self._more = link_button("", self.open_form)
        self.foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.foot.addWidget(self._form)

    def show_lead(self, lead: Lead) -> None:
        """Fill it."""
        language = self._desk.language
        if lead.id != self._lead:
            self._leave()
        self._lead = lead.id
        self.clear()
        self.say(words.say(language, "leads", "people"))
        self._more.setText(f"+ {words.say(language, 'leads', 'person_add')}")
        for field, key in ((self.name, "person_name"), (self.title, "person_title"), (self.role, "person_role")):
            field.setAccessibleName(words.say(language, "leads", key))
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(words.say(language, "leads", key))
        self._offer_roles()
        for person in lead.stakeholders:
            self._add(person, language)

    def _offer_roles(self) -> None:
        """The roles of the playbook; the one chosen stays, for a lead is read again while somebody is typed in."""
        chosen = self.role.currentData()
        self.role.clear()
        self.role.addItem("—", "")
        for choice in self._desk.playbook.roles:
            self.role.addItem(words.pick(choice.label, self._desk.language), choice.key)
        self.role.setCurrentIndex(max(0, self.role.findData(chosen)))

    def _add(self, person: Stakeholder, language: str) -> None:
        role = next(
            (words.pick(one.label, language) for one in self._desk.playbook.roles if one.key == person.role), ""
        )
        attitude = words.say(language, "kinds", f"attitude.{person.attitude}") if person.attitude else ""
        name = Text(person.name, wrap=True, selectable=True)
        about = Text(" · ".join(part for part in (person.title, role, attitude) if part), "small", wrap=True)
        gone = f"{words.say(language, 'leads', 'person_delete')}: {person.name}"
        remove = small_button("close", gone, lambda: self._desk.do(verbs.remove_stakeholder, person.id))
        line = self.add(Badge(card_words.initials(person.name)), name, about, remove, level=True)
        grow(line, name)

    def open_form(self) -> None:
        """Put the cursor where a name is typed."""
        self._form.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave(self) -> None:
        self.name.clear()
        self.title.clear()
        self.role.setCurrentIndex(0)
        self._form.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the form before it leaves the sheet."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self._more.setFocus(Qt.FocusReason.OtherFocusReason)
            self._leave()
        else:
            super().keyPressEvent(event)

    def add_person(self) -> None:
        """Add who was typed."""
        name = self.name.text().strip()
        if name:
            role, title = str(self.role.currentData() or ""), self.title.text().strip()
            self._leave()
            self._desk.do(verbs.add_stakeholder, self._lead, name, title=title, role=role)
