"""Changes many leads in one dialog: stage, tags and any field they can share; then how far it is, and who stayed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from leaddesk import words
from leaddesk.db.reads.custom_fields import custom_fields
from leaddesk.errors import Cancelled, LeadDeskError
from leaddesk.operations.bulk import SHARED_FIELDS, Changed, Edit, change_leads
from leaddesk.qualify.custom import CustomField
from leaddesk.qualify.fields import FIELD, Field
from leaddesk.qualify.playbook import Stage
from leaddesk.qualify.state import GateCheck
from leaddesk.ui import figures, wording
from leaddesk.ui.currencies import remember_currency
from leaddesk.ui.desk import Desk
from leaddesk.ui.field_words import field_name
from leaddesk.ui.fields.edit import FieldEdit
from leaddesk.ui.gate.ask import DayField
from leaddesk.ui.job import Job
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.overlay import MANY, Overlay
from leaddesk.ui.kit.panels import CommandButton, ProgressPanel
from leaddesk.ui.leads.section import small_button
from leaddesk.ui.text import Text
from leaddesk.ui.theme import look

_LEAD = Qt.ItemDataRole.UserRole
_TALL = 260
_PARTED = re.compile(r"[,;，；、]")


class FieldLine(QWidget):
    """A field that many leads get: its name, the value, and a button that leaves it as it is after all."""

    gone = Signal()

    def __init__(self, desk: Desk, field: Field | CustomField) -> None:
        super().__init__()
        self.edit = FieldEdit(desk, field, None)
        self.edit.leave_keys()
        name = field_name(field, desk.language)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(Text(f"{name} · {words.say(desk.language, 'bulk', 'empty_takes_away')}", "small"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.edit, 1)
        leave = f"{words.say(desk.language, 'bulk', 'leave_out')}: {name}"
        line.addWidget(small_button("close", leave, self.gone.emit), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(line)


class BulkPanel(Overlay):
    """Over the window; Enter changes the leads, Escape leaves or stops. `opened(lead id)`: to see one that stayed."""

    opened = Signal(str)

    def __init__(self, desk: Desk, over: QWidget, numbers: Sequence[int]) -> None:
        super().__init__(over, 560)
        self.about = MANY
        self._desk, self._language, self._numbers = desk, desk.language, numbers
        self._fields: dict[str, Field | CustomField] = {key: FIELD[key] for key in SHARED_FIELDS}
        self._fields |= {f"custom.{field.name}": field for field in desk.get(custom_fields)}
        self.lines: dict[str, FieldLine] = {}
        self.job: Job | None = None
        shown = figures.count(len(numbers)) if len(numbers) > 1 else 1
        self._title = Text(self._say("title", n=shown), "title", wrap=True)
        self.setAccessibleName(self._title.text())
        self.inside.addWidget(self._title)
        self._form = QWidget()
        self._lay_out_form()
        self.inside.addWidget(self._form)
        self.trouble = Text(tone="late", wrap=True)
        self.trouble.hide()
        self.inside.addWidget(self.trouble)
        self.progress = ProgressPanel()
        self.progress.stopped.connect(self.stop)
        self.progress.hide()
        self.inside.addWidget(self.progress)
        self.stayed = QListWidget()
        look(self.stayed, "kind", "checks")
        self.stayed.setWordWrap(True)
        self.stayed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stayed.setFixedHeight(_TALL)
        self.stayed.itemActivated.connect(lambda item: self._open(str(item.data(_LEAD))))
        self.stayed.hide()
        self.inside.addWidget(self.stayed)
        self._make_buttons()

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._language, "bulk", key, **details)

    # ── the form ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out_form(self) -> None:
        stages = self._desk.playbook.stages
        self.stage, self.reason = Choice(), Choice()
        named = ((stage.key, words.pick(stage.label, self._language)) for stage in stages)
        self.stage.offer([("", self._say("leave_as_is")), *named])
        self.stage.picked.connect(lambda _key: self._show_stage())
        self.until = DayField(self._desk.today() + timedelta(days=30))
        self.tags_on, self.tags_off = QLineEdit(), QLineEdit()
        self.more = Choice()
        self.more.picked.connect(self.add_field)
        self._offer_fields()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for place, (field, key) in enumerate(
            ((self.stage, "stage"), (self.more, "field"), (self.tags_on, "tags_on"), (self.tags_off, "tags_off"))
        ):
            field.setAccessibleName(self._say(key))
            grid.addWidget(Text(self._say(key), "small"), place // 2 * 2, place % 2)
            grid.addWidget(field, place // 2 * 2 + 1, place % 2)
        for tags in (self.tags_on, self.tags_off):
            tags.setPlaceholderText(self._say("tags_example"))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._asked = QHBoxLayout()
        self._asked.setSpacing(12)
        self.reason.setAccessibleName(self._say("reason"))
        self.until.setAccessibleName(self._say("until"))
        self._asked.addWidget(self.reason, 1)
        self._asked.addWidget(self.until)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addLayout(self._asked)
        column.addLayout(self._lines)
        self._show_stage()

    def _offer_fields(self) -> None:
        left = [
            (key, field_name(field, self._language)) for key, field in self._fields.items() if key not in self.lines
        ]
        left.sort(key=lambda one: (one[0] != "owner", not one[0].startswith("custom."), one[1].casefold()))
        self.more.offer([("", self._say("choose_field")), *left], "")

    def add_field(self, key: str) -> FieldLine | None:
        """A line for a field that is to change."""
        if key not in self._fields or key in self.lines:
            return None
        line = self.lines[key] = FieldLine(self._desk, self._fields[key])
        line.gone.connect(partial(self._leave_out, key))
        line.edit.grown.connect(self.fit)
        self._lines.addWidget(line)
        line.show()
        self._offer_fields()
        line.edit.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()
        return line

    def _leave_out(self, key: str) -> None:
        line = self.lines.pop(key)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._offer_fields()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _stage(self) -> Stage | None:
        return self._desk.playbook.stage.get(self.stage.key)

    def _show_stage(self) -> None:
        stage = self._stage()
        wants_reason = stage is not None and stage.needs_reason is not None
        if stage is not None and stage.needs_reason is not None:
            reasons = self._desk.playbook.reasons.get(stage.needs_reason, ())
            named = ((one.key, words.pick(one.label, self._language)) for one in reasons)
            self.reason.offer([("", self._say("reason")), *named])
        self.reason.setVisible(wants_reason)
        self.until.setVisible(stage is not None and stage.needs_date)
        self.fit()

    def _make_buttons(self) -> None:
        self.cancel = CommandButton(self._say("cancel"), "Esc", "quiet")
        self.cancel.clicked.connect(self.reject)
        count = figures.count(len(self._numbers)) if len(self._numbers) > 1 else 1
        self.change = CommandButton(self._say("change", n=count), "Enter", "primary")
        self.change.clicked.connect(self.start)
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.change)
        self.inside.addLayout(line)

    def begin(self) -> None:
        """Show it, the keyboard on the stage."""
        self.open(self.stage)

    # ── the job ──────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Change the leads; what cannot be read is said beside its field."""
        if self.job is not None or not self.stayed.isHidden():
            return
        wrong = [line for line in self.lines.values() if not line.edit.check()]
        if wrong:
            wrong[0].edit.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._blame("")
        edit = self._edit()
        for value in edit.facts.values():
            remember_currency(value)
        self.job = self._desk.start(
            change_leads, self._numbers, edit, then=self._told_back, refused=self._refused, failed=self._refused
        )
        self.job.progressed.connect(self.progress.show_progress)
        self.progress.say(self._title.text(), self._say("stop"))
        self._form.setEnabled(False)
        self.change.setEnabled(False)
        self.progress.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _edit(self) -> Edit:
        stage = self._stage()
        facts = {key: line.edit.value() for key, line in self.lines.items() if not key.startswith("custom.")}
        custom = {
            line.edit.field.name: str(line.edit.value() or "")
            for line in self.lines.values()
            if isinstance(line.edit.field, CustomField)
        }
        return Edit(
            facts,
            custom,
            _tags(self.tags_on.text()),
            _tags(self.tags_off.text()),
            stage.key if stage is not None else None,
            self.reason.key or None if stage is not None and stage.needs_reason is not None else None,
            self.until.day if stage is not None and stage.needs_date else None,
        )

    def stop(self) -> None:
        """Stop the job: nothing is changed then."""
        if self.job is not None:
            self.job.cancel()

    def _told_back(self, result: Changed) -> None:
        self.job = None
        if not result.stayed:
            self.leave(accepted=True)
            return
        told = self._say("stayed", n=result.stayed, moved=figures.count(result.leads - result.stayed))
        self._title.setText(told)
        self.stayed.setAccessibleName(told)
        for held in result.held:
            item = QListWidgetItem(f"{held.title}\n{self._wanted(held.check)}")
            item.setData(_LEAD, held.lead_id)
            self.stayed.addItem(item)
        if result.stayed > len(result.held):
            self.stayed.addItem(self._say("and_more", n=figures.count(result.stayed - len(result.held))))
        for widget in (self._form, self.progress, self.change):
            widget.hide()
        self.stayed.show()
        self.cancel.say(self._say("close"))
        self.stayed.setCurrentRow(0)
        self.stayed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _wanted(self, check: GateCheck) -> str:
        """What a gate still wants, in words."""
        stages = self._desk.playbook.stage
        wanted = [
            words.pick(one.label, self._language)
            for need in check.unmet
            for one in stages[need.stage].gate
            if one.code == need.code
        ]
        return " · ".join(wanted)

    def _refused(self, error: LeadDeskError) -> None:
        self.job = None
        self.progress.hide()
        self._form.setEnabled(True)
        self.change.setEnabled(True)
        if isinstance(error, Cancelled):
            self._blame(self._say("stopped"))
        else:
            self._blame(wording.sentence(error, self._language, self._desk.playbook))
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _blame(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.fit()

    def _open(self, lead_id: str) -> None:
        if lead_id and lead_id != "None":
            self.leave(accepted=True)
            self.opened.emit(lead_id)

    def reject(self) -> None:
        """Leave; while it is under way, stop it first."""
        if self.job is not None:
            self.stop()
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the leads, or opens one that stayed."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and self.stayed.hasFocus() and self.stayed.currentItem() is not None:
            self._open(str(self.stayed.currentItem().data(_LEAD)))
        elif entered:
            self.start()
            event.accept()
        else:
            super().keyPressEvent(event)


def _tags(text: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in _PARTED.split(text) if tag.strip())
