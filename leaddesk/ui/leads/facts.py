"""Everything else that is known of a lead: facts, fields of the team, tags."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from leaddesk import words
from leaddesk.db.records import Lead
from leaddesk.operations import leads as verbs
from leaddesk.qualify.fields import FIELDS, FieldKind, Home
from leaddesk.ui.answer_words import fact_words
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.flow import Flow
from leaddesk.ui.leads.section import Section, fixed, grow
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.theme import look

#: Fields that stand elsewhere on the sheet.
_ELSEWHERE = frozenset(
    {"name", "given_name", "family_name", "title", "company", "city", "stage", "website", "do_not_call", "do_not_email"}
)


class Facts(Section):
    """Everything else that is known, the team's own fields and tags too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lead = ""
        self.tag = QLineEdit()
        self.tag.setFixedWidth(150)
        self.tag.returnPressed.connect(self.add_tag)
        self._tags = QWidget()
        self._flow = Flow()
        self._tags.setLayout(self._flow)
        self.foot.addWidget(self._tags)

    def show_lead(self, lead: Lead) -> None:
        """Fill it."""
        language = self._desk.language
        if lead.id != self._lead:
            self.tag.clear()
        self._lead = lead.id
        self.clear()
        self.say(words.say(language, "leads", "facts"))
        for field in FIELDS:
            value = lead.facts.get(field.key)
            wanted = field.home in (Home.LEAD, Home.ACCOUNT) and field.key not in _ELSEWHERE
            if wanted and value not in (None, "", ()):
                told = str(value)
                if field.kind is FieldKind.CHOICE:
                    told = words.say(language, "kinds", f"{field.key}.{value}")
                elif value is not None:
                    told = fact_words(value, language)
                self._line(words.say(language, "fields", field.key), told)
        for flag in ("do_not_call", "do_not_email"):
            if lead.facts.get(flag):
                self.add(Text(words.say(language, "leads", flag), tone="late"))
        for name, value in lead.custom.items():
            self._line(name, value)
        self._show_tags(lead, language)

    def _line(self, name: str, value: str) -> None:
        text = Text(value, wrap=True, selectable=True)
        grow(self.add(fixed(name, 130, "small"), text), text)

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
            chip.clicked.connect(lambda _on, tag=tag: self._desk.do(verbs.remove_tag, self._lead, tag))
            self._flow.addWidget(chip)
        self.tag.setPlaceholderText(words.say(language, "leads", "tag_add"))
        self.tag.setAccessibleName(words.say(language, "leads", "tag_add"))
        self._flow.addWidget(self.tag)
        self.tag.show()

    def add_tag(self) -> None:
        """Put the typed tag on the lead."""
        tag = self.tag.text().strip()
        if tag:
            self.tag.clear()
            self._desk.do(verbs.add_tag, self._lead, tag)
