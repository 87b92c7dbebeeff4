"""Everything else that is known of a lead, changed where it stands: facts, fields of the team's own, tags."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.records import Lead
from leaddesk.operations import leads as verbs
from leaddesk.operations.leads import set_facts
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELDS, Field, FieldKind
from leaddesk.ui.desk import Desk
from leaddesk.ui.field_words import custom_words, field_name, value_words
from leaddesk.ui.fields.edit import FieldEdit
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.leads.cell_edit import fact_of
from leaddesk.ui.leads.section import Row, Section, fixed, grow, link_button
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look

#: Fields that stand elsewhere on the sheet, and are seen here only among all.
_ELSEWHERE = frozenset(
    {"name", "given_name", "family_name", "title", "company", "city", "website", "do_not_call", "do_not_email"}
    | {field.key for field in FIELDS if field.home.value == "contact_point"}
)
#: What is changed otherwise: by moving, writing, and below.
_NEVER = frozenset({"stage", "note", "tags"})
_NAME = 130


class FactRow(Row):
    """A field and its value; begun, an editor takes the value's place. `over()` once it is put away."""

    over = Signal()

    def __init__(self, desk: Desk, lead: Lead, field: Field | CustomField) -> None:
        super().__init__("", "")
        self._desk, self._lead, self.field = desk, lead, field
        self.edit: FieldEdit | None = None
        self._name = fixed("", _NAME, "small")
        self._value = Text(wrap=True, selectable=False)
        self._unfit = Text(kind="small", tone="late")
        self.line.addWidget(self._name, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self._value, 1, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self._unfit, 0, Qt.AlignmentFlag.AlignTop)
        grow(self.line, self._value)
        self.begun.connect(self.begin)
        self.removed.connect(self.empty_it)

    def show_fact(self, lead: Lead, field: Field | CustomField) -> None:
        """A fact of a lead, in the place of another."""
        self._put_away()
        self._lead, self.field = lead, field
        language = self._desk.language
        name, (told, fits) = field_name(field, language), self._told()
        self._name.setText(name)
        self._value.setText(told or "—")
        look(self._value, "kind", "" if told else "faint")
        kind = words.say(language, "field_kinds", str(field.kind))
        unfit = "" if fits else words.say(language, "leads", "unfit", kind=kind)
        self._unfit.setText(unfit)
        self._unfit.setVisible(not fits)
        self.setAccessibleName(f"{name}: {told}, {unfit}" if unfit else f"{name}: {told}")

    def _told(self) -> tuple[str, bool]:
        value, language = fact_of(self._lead, self.field), self._desk.language
        if value is None or value == "":
            return "", True
        if isinstance(self.field, CustomField):
            told = custom_words(self.field, str(value), language)
            return told.text, told.fits
        return value_words(self.field, value, language), True

    def begin(self) -> None:
        """Change it here."""
        if self.edit is not None:
            return
        self.edit = FieldEdit(self._desk, self.field, fact_of(self._lead, self.field))
        self._value.hide()
        self.line.insertWidget(1, self.edit, 1)
        self.edit.kept.connect(lambda: self.edit.write(self._lead.id) if self.edit is not None else None)
        self.edit.left.connect(self.leave)
        self.edit.done.connect(self.leave)
        self.edit.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.select_all()

    def leave(self) -> None:
        """Put the editor away; the keyboard stays on the line."""
        if self.edit is None:
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._put_away()
        self.over.emit()

    def _put_away(self) -> None:
        if self.edit is None:
            return
        edit, self.edit = self.edit, None
        self.line.removeWidget(edit)
        edit.hide()
        edit.deleteLater()
        self._value.show()

    def empty_it(self) -> None:
        """Take the value away."""
        if not self._told()[0]:
            return
        if isinstance(self.field, CustomField):
            self._desk.do(set_facts, self._lead.id, {}, {self.field.name: ""})
        else:
            self._desk.do(set_facts, self._lead.id, {self.field.key: None})


class Facts(Section):
    """Everything else that is known, the team's own fields and tags too. `fields_wanted()`: to define fields."""

    fields_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead: Lead | None = None
        self._all = False
        self._late = False  # the lead changed while one of its facts was typed
        self.tag = QLineEdit()
        self.tag.setFixedWidth(150)
        self.tag.returnPressed.connect(self.add_tag)
        self._tags = QWidget()
        self._flow = Flow()
        self._tags.setLayout(self._flow)
        self.more = link_button("", self.show_all)
        self.fields = link_button("", self.fields_wanted.emit)
        links = QHBoxLayout()
        links.setSpacing(16)
        links.addWidget(self.more)
        links.addWidget(self.fields)
        links.addStretch(1)
        self.foot.addLayout(links)
        self.foot.addWidget(self._tags)
        self._flags = {flag: Text(tone="late") for flag in ("do_not_call", "do_not_email")}
        for told in self._flags.values():
            self.add(told)

    def show_lead(self, lead: Lead) -> None:
        """Fill it; not while a fact of this lead is typed."""
        language = self._desk.language
        other = self._lead is None or lead.id != self._lead.id
        if other:
            self.tag.clear()
        self._lead = lead
        self._show_tags(lead, language)
        if not other and any(isinstance(row, FactRow) and row.edit is not None for row in self.rows):
            self._late = True
            return
        self._late = False
        self.say(words.say(language, "leads", "facts"))
        self.more.setText(words.say(language, "leads", "facts_known" if self._all else "facts_all"))
        self.fields.setText(menu_words(words.say(language, "commands", "fields.edit")))
        for flag, told in self._flags.items():
            told.setText(words.say(language, "leads", flag))
            told.setVisible(bool(lead.facts.get(flag)))
        fields: list[Field | CustomField] = [*self._facts(lead), *self._own(lead)]
        if not fields:
            self.blank()
            return
        rows = self.fill([field_name(field, language) for field in fields], lambda: self._row(lead, fields[0]))
        for row, field in zip(rows, fields, strict=True):
            row.show_fact(lead, field)

    def blank(self) -> None:
        """Show no facts, until it is filled again."""
        for told in self._flags.values():
            told.hide()
        self.rows = []
        for row in self._pool:
            row.hide()

    def _row(self, lead: Lead, field: Field | CustomField) -> FactRow:
        row = FactRow(self._desk, lead, field)
        row.over.connect(self._over)
        return row

    def _facts(self, lead: Lead) -> list[Field]:
        if self._all:
            return [field for field in FIELDS if field.key not in _NEVER]
        wanted = (field for field in FIELDS if field.key not in _NEVER | _ELSEWHERE)
        return [field for field in wanted if lead.facts.get(field.key) not in (None, "", ())]

    def _own(self, lead: Lead) -> list[CustomField]:
        """The fields that are defined, then what lies under other names."""
        fields = list(self._desk.get(custom_fields))
        names = {field.name for field in fields}
        return fields + [CustomField("", name, FieldKind.TEXT) for name in lead.custom if name not in names]

    def _over(self) -> None:
        if self._late and self._lead is not None:
            self.show_lead(self._lead)

    def show_all(self) -> None:
        """Show empty fields too, or only what is known."""
        self._all = not self._all
        if self._lead is not None:
            self.show_lead(self._lead)

    def row(self, key: str) -> FactRow:
        """The line of a field."""
        name = field_name(next(field for field in FIELDS if field.key == key), self._desk.language)
        return next(row for row in self.rows if isinstance(row, FactRow) and row.key == name)

    def _show_tags(self, lead: Lead, language: str) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.tag:
                widget.hide()
                widget.deleteLater()
        for tag in lead.tags:
            chip = QPushButton(menu_words(f"{tag}  ×"))
            look(chip, "kind", "chip")
            chip.setAccessibleName(words.say(language, "leads", "tag_remove", tag=tag))
            chip.clicked.connect(lambda _on, tag=tag: self._desk.do(verbs.remove_tag, lead.id, tag))
            self._flow.addWidget(chip)
        self.tag.setPlaceholderText(words.say(language, "leads", "tag_add"))
        self.tag.setAccessibleName(words.say(language, "leads", "tag_add"))
        self._flow.addWidget(self.tag)
        self.tag.show()

    def add_tag(self) -> None:
        """Put the typed tag on the lead."""
        tag = self.tag.text().strip()
        if tag and self._lead is not None:
            self.tag.clear()
            self._desk.do(verbs.add_tag, self._lead.id, tag)
