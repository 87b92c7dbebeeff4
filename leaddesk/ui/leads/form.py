"""The form of a lead, new or known: main fields first, all others within reach, saved as one step."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from leaddesk import words
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.db.records import Lead
from leaddesk.errors import LeadDeskError
from leaddesk.operations.leads import add_lead, set_facts
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, Field
from leaddesk.qualify.state import FactValue
from leaddesk.ui import wording
from leaddesk.ui.currencies import remember_currency
from leaddesk.ui.desk import Desk
from leaddesk.ui.field_words import field_name
from leaddesk.ui.fields.edit import FieldEdit
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, SectionHeader
from leaddesk.ui.leads.cell_edit import fact_of
from leaddesk.ui.leads.section import link_button
from leaddesk.ui.text import Text

#: What most leads need, in the order it is heard.
_MAIN = ("name", "company", "title", "phone", "email", "mobile", "wechat", "source", "value", "owner")
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("person", ("given_name", "family_name", "department", "language", "time_zone")),
    ("company", ("registration_number", "industry", "size", "revenue", "technology", "website")),
    ("reach", ("other_phone", "other_email", "linkedin", "handle")),
    ("place", ("country", "region", "city", "postcode", "address")),
    ("sale", ("campaign", "origin", "existing_customer", "expected_on", "first_contact_on")),
    ("more", ("do_not_call", "do_not_email", "external_id", "tags")),
)


class FieldLine(FieldEdit):
    """One field of the form: its name, where it is typed, and what is wrong with it."""

    def __init__(self, desk: Desk, field: Field | CustomField, value: FactValue | None) -> None:
        super().__init__(desk, field, value)
        self.leave_keys()
        if isinstance(self.edit, QLineEdit):
            self.edit.editingFinished.connect(self.check)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, Text(field_name(field, desk.language), "small"))


class LeadForm(Overlay):
    """Over the window. Emits `kept(lead id)` once it is saved; Ctrl+Enter and Enter save, Escape leaves."""

    kept = Signal(str)

    def __init__(self, desk: Desk, over: QWidget, lead: Lead | None = None) -> None:
        super().__init__(over, 680)
        self._desk, self._lead, self._language = desk, lead, desk.language
        self.about = lead.id if lead is not None else ""
        self._lines: dict[str, FieldLine] = {}
        self._own: dict[str, FieldLine] = {}  # by name
        self._custom: list[tuple[QLineEdit, QLineEdit]] = []
        title = self._say("edit_title", lead=lead.title) if lead is not None else self._say("new_title")
        self.setAccessibleName(title)
        self.inside.addWidget(Text(title, "title", wrap=True))
        self._hint = Text(self._say("form_text"), "mute", wrap=True)
        self.inside.addWidget(self._hint)
        self._hint.setVisible(lead is None)
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 4, 0, 4)
        self._page.setSpacing(10)
        self._page.addLayout(self._grid(_MAIN))
        self.note = QPlainTextEdit()
        self._add_note()
        self._rest = self._all_fields()
        self._page.addWidget(self._rest)
        self._page.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        self.inside.addWidget(self._scroll, 1)
        self._trouble = Text(tone="late", wrap=True)
        self._trouble.hide()
        self.inside.addWidget(self._trouble)
        self._make_buttons()
        self._size()

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "leads", key, **details)

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _grid(self, keys: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, key in enumerate(keys):
            line = self._line(FIELD[key], self._known(key))
            self._lines[key] = line
            grid.addWidget(line, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _line(self, field: Field | CustomField, value: FactValue | None) -> FieldLine:
        line = FieldLine(self._desk, field, value)
        line.grown.connect(lambda: QTimer.singleShot(0, self, self._size))
        return line

    def _known(self, key: str) -> FactValue | None:
        if self._lead is None:
            return self._desk.person if key == "owner" and self._desk.person else None
        return fact_of(self._lead, FIELD[key])

    def _own_fields(self) -> QGridLayout:
        """The fields that are defined, then what the lead has under other names."""
        known = self._lead.custom if self._lead is not None else {}
        fields = list(self._desk.get(custom_fields))
        fields += [CustomField("", name) for name in known if name not in {field.name for field in fields}]
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, field in enumerate(fields):
            line = self._own[field.name] = self._line(field, known.get(field.name))
            grid.addWidget(line, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _add_note(self) -> None:
        name = words.say(self._language, "fields", "note")
        self.note.setAccessibleName(name)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(60)
        if self._lead is None:
            self._page.addWidget(Text(name, "small"))
            self._page.addWidget(self.note)
        else:
            self.note.hide()

    def _all_fields(self) -> QWidget:
        rest = QWidget()
        column = QVBoxLayout(rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for group, keys in _GROUPS:
            column.addWidget(SectionHeader(self._say(f"form_group_{group}")))
            column.addLayout(self._grid(keys))
        column.addWidget(SectionHeader(self._say("form_custom")))
        self._custom_lines = QVBoxLayout()
        self._custom_lines.setSpacing(6)
        column.addLayout(self._custom_lines)
        column.insertLayout(column.count() - 1, self._own_fields())
        more = link_button(f"+ {self._say('form_custom_add')}", self._add_custom)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        rest.hide()
        return rest

    def _add_custom(self) -> None:
        """A value under a name nobody defined a field for."""
        fields = (QLineEdit(), QLineEdit())
        line = QHBoxLayout()
        line.setSpacing(14)
        for field, key in zip(fields, ("form_custom_name", "form_custom_value"), strict=True):
            field.setPlaceholderText(self._say(key))
            field.setAccessibleName(self._say(key))
            line.addWidget(field, 1)
        self._custom.append(fields)
        self._custom_lines.addLayout(line)
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_buttons(self) -> None:
        self.more = link_button(self._say("form_more"), self.show_all)
        self._cancel = CommandButton(self._say("form_cancel"), "Esc", "quiet")
        self._cancel.clicked.connect(self.reject)
        self.save = CommandButton(self._say("form_save"), "Enter", "primary")
        self.save.clicked.connect(self.keep)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.save)
        self.inside.addLayout(buttons)

    def _size(self) -> None:
        """As high as its fields, as far as the window allows; the rest scrolls."""
        page = self._scroll.widget()
        wanted = page.sizeHint().height() if page is not None else 0
        self._scroll.setMinimumHeight(min(wanted + 4, max(240, self.window().height() - 260)))
        self.fit()

    def show_all(self) -> None:
        """Show all fields, or only the main ones."""
        self._rest.setVisible(self._rest.isHidden())
        self.more.setText(self._say("form_more" if self._rest.isHidden() else "form_less"))
        self._size()

    # ── filling in and saving ────────────────────────────────────────────────────────────────────────────────────

    def line(self, key: str) -> FieldLine:
        """The line of a field."""
        return self._lines[key]

    def fill(self, key: str, text: str) -> None:
        """Type something into a field of one line."""
        self._lines[key].fill(text)

    def begin(self, field: str = "name") -> None:
        """Show it with the cursor in a field."""
        self.open(self._lines[field].edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves from any field of one line, Ctrl+Enter from the note too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            event.accept()
        else:
            super().keyPressEvent(event)

    def keep(self) -> None:
        """Save as one step; what is wrong is said beside its field."""
        wrong = [line for line in (*self._lines.values(), *self._own.values()) if not line.check()]
        if wrong:
            self._point_at(wrong[0])
            return
        facts, custom = self._facts(), self._customs()
        remember_currency(facts.get("value"))
        self.save.setEnabled(False)
        if self._lead is None:
            self._desk.do(add_lead, facts, custom, then=self._saved, refused=self._refused, failed=self._refused)
        elif not facts and not custom:
            self.leave(accepted=True)
        else:
            self._desk.do(
                set_facts,
                self._lead.id,
                facts,
                custom,
                then=lambda _none: self._saved(self._lead.id if self._lead is not None else ""),
                refused=self._refused,
                failed=self._refused,
            )

    def _facts(self) -> dict[str, FactValue | None]:
        if self._lead is not None:
            return {key: line.value() for key, line in self._lines.items() if line.changed}
        facts: dict[str, FactValue | None] = {key: line.value() for key, line in self._lines.items() if line.text}
        if self.note.toPlainText().strip():
            facts["note"] = self.note.toPlainText().strip()
        return facts

    def _customs(self) -> dict[str, str]:
        custom = {name: str(line.value() or "") for name, line in self._own.items() if line.changed}
        added = {name.text().strip(): value.text() for name, value in self._custom}
        return custom | {name: value for name, value in added.items() if name}

    def _saved(self, lead_id: str) -> None:
        self.kept.emit(lead_id)
        self.leave(accepted=True)

    def _refused(self, error: LeadDeskError) -> None:
        self.save.setEnabled(True)
        sentence = wording.sentence(error, self._language, self._desk.playbook)
        named = str(error.details.get("field", ""))
        field = self._lines.get(named) or self._own.get(named)
        if error.code == "external_id_taken":
            field = self._lines["external_id"]
        if field is not None:
            field.blame(sentence)
            self._point_at(field)
            return
        self._trouble.setText(sentence)
        self._trouble.show()
        self._lines["name"].edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _point_at(self, line: FieldLine) -> None:
        main = isinstance(line.field, Field) and line.field.key in _MAIN
        if not main and self._rest.isHidden():
            self.show_all()
        line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(line, 0, 40)
