"""The second page of an import: how the file is read, what its columns become, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from leaddesk.db.records import Progress
from leaddesk.exchange.mapping import CUSTOM, SKIP
from leaddesk.operations.importing import SURVEYED, ImportPlan
from leaddesk.qualify.fields import FIELD, FieldKind, Home
from leaddesk.ui.importing import choices
from leaddesk.ui.importing.columns import ColumnTable
from leaddesk.ui.importing.first_rows import FirstRows
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.panels import CommandButton, Panel, ProgressPanel
from leaddesk.ui.text import ElidedText, Text, menu_words

_KEYS = "Ctrl+Return"
_SETTINGS = ("encoding", "delimiter", "header", "date_order", "currency")
_WIDTHS = {"encoding": 290, "header": 140, "date_order": 200}
#: Below this an encoding is called a guess.
_SURE = 0.7
_NAMING = frozenset({"name", "given_name", "family_name", "company", "external_id"})


class PlanPage(QWidget):
    """Shows a plan. `changed(setting, value)`: a person chose otherwise; `mapped(column, field)` likewise."""

    changed = Signal(str, str)
    mapped = Signal(str, str)
    other_file = Signal()
    accepted = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._plan: ImportPlan | None = None
        self._chosen: frozenset[str] = frozenset()
        self._file = ElidedText(kind="title")
        self._count = Text(kind="mute")
        self._other = QPushButton()
        self._other.clicked.connect(self.other_file)
        self.settings = {name: Choice() for name in _SETTINGS}
        self._labels = {name: Text(kind="small") for name in _SETTINGS}
        self._hints = {name: Text(kind="small") for name in _SETTINGS}
        self._fields_of = {name: QWidget() for name in _SETTINGS}
        self.columns = ColumnTable()
        self.columns.mapped.connect(self.mapped)
        self._rows_title = Text(kind="section")
        self.first_rows = FirstRows()
        self.summary = Text(kind="mute", wrap=True)
        self.button = CommandButton(keys=_KEYS, kind="primary")
        self.button.clicked.connect(self.accepted)
        for button in (self.button, self._other):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        self.progress = ProgressPanel()
        self.progress.stopped.connect(self.stopped)
        self.progress.hide()
        self._lay_out()

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._file, 1)
        top.addWidget(self._count)
        top.addWidget(self._other)
        line = QHBoxLayout()
        line.setSpacing(14)
        for name in _SETTINGS:
            line.addWidget(self._setting(name), _WIDTHS.get(name, 170))
        line.addStretch(1)
        reading = Panel(margin=12)
        reading.inside.addLayout(line)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(_framed(self.columns))
        halves.addWidget(_framed(self.first_rows, self._rows_title))
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setSizes([420, 240])
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(reading)
        whole.addWidget(halves, 1)
        whole.addWidget(self._foot)
        whole.addWidget(self.progress)

    def _setting(self, name: str) -> QWidget:
        field, label, hint = self.settings[name], self._labels[name], self._hints[name]
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(6)
        field.picked.connect(self._picker(name))
        label.setBuddy(field)
        box = self._fields_of[name]
        box.setMaximumWidth(_WIDTHS.get(name, 170))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (label, field, hint):
            column.addWidget(widget)
        return box

    def _picker(self, name: str) -> Callable[[str], None]:
        return lambda value: self.changed.emit(name, value)

    # ── words and values ─────────────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, language: str) -> None:
        """Say it in a language."""
        self._language = language
        self._other.setText(menu_words(choices.say(language, "choose_other")))
        self._rows_title.setText(choices.say(language, "first_rows"))
        self.first_rows.setAccessibleName(choices.say(language, "first_rows"))
        for name in _SETTINGS:
            self._labels[name].setText(choices.say(language, name))
            self.settings[name].setAccessibleName(choices.say(language, name))
        if self._plan is not None:
            self.show_plan(self._plan, self._chosen)

    def show_plan(self, plan: ImportPlan, chosen: frozenset[str]) -> None:
        """Show a plan. `chosen`: settings that are the person's own choice."""
        self._plan, self._chosen = plan, chosen
        language, layout = self._language, plan.layout
        self._file.setText(layout.path.name)
        self._count.setText(_rows_words(plan, language))
        encoding = choices.plain_encoding(layout.encoding)
        self.settings["encoding"].offer(choices.encodings(language, encoding), encoding)
        delimiter = layout.dialect.delimiter
        self.settings["delimiter"].offer(choices.delimiters(language, delimiter), delimiter)
        self.settings["header"].offer(choices.header_lines(language, layout.header_line), str(layout.header_line))
        self.settings["date_order"].offer(choices.date_orders(language), plan.date_order)
        self.settings["currency"].offer(choices.currencies(plan.currency), plan.currency)
        self._fields_of["date_order"].setVisible(_has(plan, FieldKind.DATE))
        self._fields_of["currency"].setVisible(_has(plan, FieldKind.MONEY))
        self._hint("encoding", sure=layout.confidence >= _SURE)
        self._hint("date_order", sure=plan.date_proven)
        self.columns.show_plan(plan, language)
        self.first_rows.show_plan(plan)
        self._sum_up(plan)

    def changeEvent(self, event: QEvent) -> None:
        """Draw words of the table anew in the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._plan is not None:
            self.columns.show_plan(self._plan, self._language)

    def _hint(self, name: str, *, sure: bool) -> None:
        hint = self._hints[name]
        key = "chosen" if name in self._chosen else "proven" if sure else "guessed"
        hint.setText(choices.say(self._language, key))
        hint.set_tone("" if sure or name in self._chosen else "soon")

    def _sum_up(self, plan: ImportPlan) -> None:
        custom, left = plan.fields.count(CUSTOM), plan.fields.count(SKIP)
        known = len(plan.fields) - custom - left
        named = any(_names(field) for field in plan.fields)
        key = "nameless" if not named else "mapped" if custom or left else "mapped_all"
        words = choices.say(self._language, key, known=known, all=len(plan.fields), custom=custom)
        self.summary.setText(words)
        self.summary.set_tone("" if named else "late")
        self.button.setEnabled(named)
        count = plan.rows - plan.bad_rows - plan.blank_rows if plan.rows else 0
        self.button.say(
            choices.say(self._language, "import_n", n=choices.counted(count))
            if count
            else choices.say(self._language, "import")
        )

    # ── while it runs ────────────────────────────────────────────────────────────────────────────────────────────

    def show_running(self, file: str) -> None:
        """The import is under way: nothing can be changed, only stopped."""
        self.progress.say(choices.say(self._language, "importing", file=file), choices.say(self._language, "stop"))
        self.progress.show_progress(Progress(0))
        self._enable(running=True)

    def show_progress(self, progress: Progress) -> None:
        """How far it is."""
        if progress.what == "scores":
            self.progress.say(choices.say(self._language, "scoring"), choices.say(self._language, "stop"))
        self.progress.show_progress(progress)

    def show_idle(self) -> None:
        """It is no longer under way."""
        self._enable(running=False)

    def _enable(self, *, running: bool) -> None:
        self.progress.setVisible(running)
        self._foot.setVisible(not running)
        self.columns.setEnabled(not running)
        self._other.setEnabled(not running)
        for box in self._fields_of.values():
            box.setEnabled(not running)


def _framed(table: QWidget, title: QWidget | None = None) -> Panel:
    panel = Panel(margin=1)
    if title is not None:
        title.setContentsMargins(12, 8, 12, 2)
        panel.inside.addWidget(title)
    panel.inside.addWidget(table)
    return panel


def _rows_words(plan: ImportPlan, language: str) -> str:
    if plan.rows is None:
        return choices.say(language, "many_rows", n=f"{SURVEYED:,}")
    words = choices.say(language, "rows", n=choices.counted(plan.rows))
    if not plan.bad_rows:
        return words
    return f"{words} · {choices.say(language, 'bad_rows', n=choices.counted(plan.bad_rows))}"


def _has(plan: ImportPlan, kind: FieldKind) -> bool:
    return any(FIELD[field].kind is kind for field in plan.fields if field in FIELD)


def _names(field: str) -> bool:
    return field in _NAMING or (field in FIELD and FIELD[field].home is Home.CONTACT_POINT)
