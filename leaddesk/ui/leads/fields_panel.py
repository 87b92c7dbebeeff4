"""Defines the fields of a team's own: names, kinds, choices and order; what does not fit is told before it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from leaddesk import words
from leaddesk.db.reads.custom_fields import custom_fields, undefined_names, uses
from leaddesk.db.records import Changes
from leaddesk.errors import LeadDeskError
from leaddesk.operations.fields import add_field, change_field, place_field, remove_field
from leaddesk.qualify.custom import KINDS, CustomField
from leaddesk.qualify.fields import FieldKind
from leaddesk.ui import figures, wording
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.overlay import Overlay
from leaddesk.ui.kit.panels import CommandButton, SectionHeader
from leaddesk.ui.leads.section import link_button
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_TALL = 200


class FieldsPanel(Overlay):
    """The fields that are defined and, below, the one that is changed or added. Everything is one step with undo."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over, 560)
        self._desk, self._language = desk, desk.language
        self._fields: tuple[CustomField, ...] = ()
        self._uses: Mapping[str, int] | None = None  # by name; None: not counted yet
        self._begun: CustomField | None = None  # the one whose name and kind stand below; None: a new one
        self.setAccessibleName(self._say("title"))
        self.inside.addWidget(Text(self._say("title"), "title"))
        self.inside.addWidget(Text(self._say("text"), "mute", wrap=True))
        self.list = QListWidget()
        look(self.list, "kind", "checks")
        self.list.setAccessibleName(self._say("title"))
        self.list.setFixedHeight(_TALL)
        self.list.installEventFilter(self)
        self.list.currentRowChanged.connect(self._chosen)
        self.inside.addWidget(self.list)
        self._found = QHBoxLayout()
        self._found.setSpacing(12)
        self.inside.addLayout(self._found)
        self._lay_out_form()
        self.trouble = Text(tone="late", wrap=True)
        self.trouble.hide()
        self.anyway = link_button(self._say("anyway"), lambda: self.keep(anyway=True))
        self.anyway.hide()
        self.inside.addWidget(self.trouble)
        self.inside.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignLeft)
        self._make_buttons()
        desk.changed.connect(self._changed)
        self.show_fields()

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "own_fields", key, **details)

    def _lay_out_form(self) -> None:
        self.heading = SectionHeader()
        self.name, self.kind, self.choices = QLineEdit(), Choice(), QLineEdit()
        self.kind.offer([(str(kind), words.say(self._language, "field_kinds", str(kind))) for kind in KINDS])
        self.kind.picked.connect(lambda _key: self._show_choices())
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, (field, key) in enumerate(((self.name, "name"), (self.kind, "kind"))):
            field.setAccessibleName(self._say(key))
            field.installEventFilter(self)
            grid.addWidget(Text(self._say(key), "small"), 0, place)
            grid.addWidget(field, 1, place)
        self.choices.setAccessibleName(self._say("choices"))
        self.choices.setPlaceholderText(self._say("choices_example"))
        self.choices.installEventFilter(self)
        self._choices_name = Text(self._say("choices"), "small")
        grid.addWidget(self._choices_name, 2, 0, 1, 2)
        grid.addWidget(self.choices, 3, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.inside.addWidget(self.heading)
        self.inside.addLayout(grid)

    def _make_buttons(self) -> None:
        self.new = link_button(f"+ {self._say('new')}", self.begin_new)
        self.gone = link_button(self._say("remove"), self.remove)
        leave = CommandButton(self._say("close"), "Esc", "quiet")
        leave.clicked.connect(self.reject)
        self.save = CommandButton(self._say("save"), "Enter", "primary")
        self.save.clicked.connect(lambda _on: self.keep())
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.new)
        line.addWidget(self.gone)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(self.save)
        self.inside.addLayout(line)

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────────

    def show_fields(self) -> None:
        """Read what is defined, how much it is used, and what lies under other names."""
        self._fields = self._desk.get(custom_fields)
        self._desk.read(uses, then=self._take_uses, slot="leads.fields")
        begun = self._begun.id if self._begun is not None else ""
        self.list.blockSignals(True)
        self.list.clear()
        for field in self._fields:
            self.list.addItem(QListWidgetItem(self._line(field)))
        self.list.blockSignals(False)
        places = [field.id for field in self._fields]
        if begun in places:
            self.list.setCurrentRow(places.index(begun))
            self._chosen(places.index(begun))
        else:
            self.begin_new(focus=False)
        self._offer_found(self._desk.get(undefined_names))
        self.list.setVisible(bool(self._fields))
        self.fit()

    def _line(self, field: CustomField) -> str:
        parts = [field.name, words.say(self._language, "field_kinds", str(field.kind))]
        if self._uses is not None:
            parts.append(self._say("used", n=figures.count(self._uses.get(field.name, 0))))
        return "  ·  ".join(parts)

    def _take_uses(self, found: Mapping[str, int]) -> None:
        """How many leads have a value is counted beside the window: with many leads it takes a moment."""
        self._uses = found
        for place, field in enumerate(self._fields):
            item = self.list.item(place)
            if item is not None:
                item.setText(self._line(field))

    def _offer_found(self, names: Sequence[str]) -> None:
        """Names that came with an import and have no field yet."""
        while self._found.count():
            item = self._found.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not names:
            return
        self._found.addWidget(Text(self._say("found"), "small"))
        for name in names[:4]:
            self._found.addWidget(link_button(name, partial(self._take_found, name)))
        self._found.addStretch(1)

    def _take_found(self, name: str) -> None:
        self.begin_new()
        self.name.setText(name)

    def _chosen(self, place: int) -> None:
        if not 0 <= place < len(self._fields):
            return
        self._begun = field = self._fields[place]
        self._fill(field.name, field.kind, field.choices)
        self.heading.setText(self._say("change", name=field.name))
        self.gone.setEnabled(True)

    def begin(self) -> None:
        """Show it, the keyboard on the fields, or where the first is named."""
        self.open(self.list if self._fields else self.name)
        if self._fields:
            self.list.setCurrentRow(0)

    def begin_new(self, *, focus: bool = True) -> None:
        """An empty form for another field."""
        self._begun = None
        self.list.setCurrentRow(-1)
        self._fill("", FieldKind.TEXT, ())
        self.heading.setText(self._say("new"))
        self.gone.setEnabled(False)
        if focus:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, name: str, kind: FieldKind, choices: Sequence[str]) -> None:
        self.name.setText(name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(str(kind))))
        self.choices.setText(", ".join(choices))
        self._show_choices()
        self._blame("")

    def _show_choices(self) -> None:
        wanted = self.kind.key == FieldKind.CHOICE
        self.choices.setVisible(wanted)
        self._choices_name.setVisible(wanted)
        self.fit()

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def keep(self, *, anyway: bool = False) -> None:
        """Add the field, or change the one that is begun; `anyway`: although values do not fit."""
        choices = [part.strip() for part in re.split(r"[,;，；、\n]", self.choices.text()) if part.strip()]
        if self._begun is None:
            self._desk.do(
                add_field,
                self.name.text(),
                self.kind.key,
                choices,
                then=self._added,
                refused=self._refused,
                failed=self._refused,
            )
            return
        self._desk.do(
            change_field,
            self._begun.id,
            self.name.text(),
            self.kind.key,
            choices if self.kind.key == FieldKind.CHOICE else (),
            anyway=anyway,
            then=self._kept,
            refused=self._refused,
            failed=self._refused,
        )

    def _added(self, field_id: str) -> None:
        self._begun = next((field for field in self._fields if field.id == field_id), None)
        self.show_fields()
        self.begin_new()

    def _kept(self, _none: None) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Remove the chosen field with its values; undo brings it back."""
        if self._begun is not None:
            self._desk.do(remove_field, self._begun.id, refused=self._refused, failed=self._refused)

    def place(self, towards: int) -> None:
        """The chosen field goes up or down."""
        if self._begun is not None:
            here = self._fields.index(self._begun)
            self._desk.do(place_field, self._begun.id, here + towards, refused=self._refused, failed=self._refused)

    def _changed(self, changes: Changes) -> None:
        if changes.everything or changes.tables & {"custom_field", "custom_value"}:
            self.show_fields()

    def _refused(self, error: LeadDeskError) -> None:
        self._blame(wording.sentence(error, self._language, self._desk.playbook))
        self.anyway.setVisible(error.code == "values_unfit")
        self.fit()

    def _blame(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.anyway.hide()
        self.name.setAccessibleDescription(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list, and Enter in the fields below it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            key = event.key()
            if watched is self.list and alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.place(1 if key == Qt.Key.Key_Down else -1)
                return True
            if watched is self.list and key == Qt.Key.Key_Delete:
                self.remove()
                return True
            if watched is self.list and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.name.setFocus(Qt.FocusReason.OtherFocusReason)
                self.name.selectAll()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.keep()
                return True
        return super().eventFilter(watched, event)
