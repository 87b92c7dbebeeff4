"""The people who decide: added, changed and taken out where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.records import Lead, Stakeholder
from leaddesk.operations import leads as verbs
from leaddesk.operations.leads import ATTITUDES
from leaddesk.ui import card_words
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.marks import Badge
from leaddesk.ui.leads.section import Row, Section, grow, link_button, small_button
from leaddesk.ui.text import Text, menu_words


class PersonRow(Row):
    """Someone who takes part: Enter changes what is known of them, Delete takes them out."""

    def __init__(self, desk: Desk, person: Stakeholder) -> None:
        language = desk.language
        roles = (words.pick(one.label, language) for one in desk.playbook.roles if one.key == person.role)
        attitude = words.say(language, "kinds", f"attitude.{person.attitude}") if person.attitude else ""
        about = " · ".join(part for part in (person.title, next(roles, ""), attitude, person.note) if part)
        super().__init__(person.id, f"{person.name}, {about}" if about else person.name)
        self.person = person
        name = Text(person.name, wrap=True)
        gone = small_button(
            "close", f"{words.say(language, 'leads', 'person_delete')}: {person.name}", self.removed.emit
        )
        gone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (Badge(card_words.initials(person.name)), name, Text(about, "small", wrap=True), gone):
            self.line.addWidget(widget)
        grow(self.line, name)
        self.removed.connect(lambda: desk.do(verbs.remove_stakeholder, person.id))


class People(Section):
    """Who takes part in the decision, and the form below for one more, or for one who is changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead = ""
        self._changed: str | None = None  # who is changed; None: somebody new
        self.name, self.title, self.remark = QLineEdit(), QLineEdit(), QLineEdit()
        self.role, self.attitude = QComboBox(), QComboBox()
        self.save = QPushButton()
        self.save.clicked.connect(self.add_person)
        for field in (self.name, self.title, self.remark):
            field.returnPressed.connect(self.add_person)
        self._form = QWidget()
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.role, 1, 0)
        grid.addWidget(self.attitude, 1, 1)
        grid.addWidget(self.remark, 2, 0)
        grid.addWidget(self.save, 2, 1)
        self._form.hide()
        self._more = link_button("", self.open_form)
        self.foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.foot.addWidget(self._form)

    def show_lead(self, lead: Lead) -> None:
        """Fill it."""
        language = self._desk.language
        if lead.id != self._lead or (self._changed and self._changed not in {one.id for one in lead.stakeholders}):
            self._leave()
        self._lead = lead.id
        self.clear()
        self.say(words.say(language, "leads", "people"))
        self._more.setText(f"+ {words.say(language, 'leads', 'person_add')}")
        self.save.setText(menu_words(words.say(language, "leads", "person_save")))
        for field, key in (
            (self.name, "person_name"),
            (self.title, "person_title"),
            (self.remark, "person_note"),
            (self.role, "person_role"),
            (self.attitude, "person_attitude"),
        ):
            field.setAccessibleName(words.say(language, "leads", key))
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(words.say(language, "leads", key))
        roles = ((one.key, words.pick(one.label, language)) for one in self._desk.playbook.roles)
        _offer(self.role, words.say(language, "leads", "person_role"), roles)
        attitudes = ((one, words.say(language, "kinds", f"attitude.{one}")) for one in ATTITUDES)
        _offer(self.attitude, words.say(language, "leads", "person_attitude"), attitudes)
        for person in lead.stakeholders:
            row = PersonRow(self._desk, person)
            row.begun.connect(lambda person=person: self.change(person))
            self.add_row(row)
        self.settle()

    def open_form(self) -> None:
        """Put the cursor where a name is typed."""
        self._form.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def change(self, person: Stakeholder) -> None:
        """Fill the form with somebody who is there already."""
        self._changed = person.id
        self.name.setText(person.name)
        self.title.setText(person.title)
        self.remark.setText(person.note)
        self.role.setCurrentIndex(max(0, self.role.findData(person.role)))
        self.attitude.setCurrentIndex(max(0, self.attitude.findData(person.attitude)))
        self.open_form()
        self.name.selectAll()

    def _leave(self) -> None:
        self._changed = None
        for field in (self.name, self.title, self.remark):
            field.clear()
        self.role.setCurrentIndex(0)
        self.attitude.setCurrentIndex(0)
        self._form.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the form before it leaves the sheet."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            row = next((row for row in self.rows if row.key == self._changed), None)
            self._leave()
            if row is not None:
                self.stand_on(row)
            else:
                self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def add_person(self) -> None:
        """Add who was typed, or change who was there."""
        name = self.name.text().strip()
        if not name:
            return
        title, remark = self.title.text().strip(), self.remark.text().strip()
        about = (title, str(self.role.currentData() or ""), str(self.attitude.currentData() or ""), remark)
        changed = self._changed
        row = next((row for row in self.rows if row.key == changed), None)
        if row is not None:
            self.hold(row)
        self._leave()
        if changed is None:
            self._desk.do(verbs.add_stakeholder, self._lead, name, *about)
        else:
            self._desk.do(verbs.change_stakeholder, changed, name, *about)


def _offer(box: QComboBox, nothing: str, choices: Iterable[tuple[str, str]]) -> None:
    """Offer choices anew; the one chosen stays, for a lead is read again while somebody is typed in."""
    chosen = box.currentData()
    box.clear()
    box.addItem(f"{nothing}: —", "")
    for key, text in choices:
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
