"""Settings: language, theme, your name, the database, sample leads, the playbook in force."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from leaddesk.db.records import Changes
from leaddesk.settings import change_settings, read_settings
from leaddesk.ui import commands as table
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.room import Room
from leaddesk.ui.settings.money import MoneyPanel
from leaddesk.ui.settings.playbooks import PlaybookPanel
from leaddesk.ui.text import ElidedText, Text, menu_words

LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))
FILES = ("file.open", "file.new_database", "file.backup", "file.restore", "file.show_folder")


class SettingsRoom(Room):
    """Everything holds at once; there is nothing to save."""

    key: ClassVar[str] = "settings"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self._title = Text(kind="title")
        self.language = Choice()
        self.language.picked.connect(lambda key: commands.trigger("view.language", language=key))
        self.theme = Choice()
        self.theme.picked.connect(lambda key: commands.trigger("view.theme", choice=key))
        self.person = QLineEdit(desk.person)
        self.person.setMaxLength(80)
        self.person.editingFinished.connect(self._name)
        self._labels = {name: Text(kind="mute") for name in ("language", "theme", "person")}
        self._person_hint = Text(kind="small", wrap=True)
        self.looks = Panel(spacing=10)
        self.database = Panel(spacing=10)
        self.path = ElidedText(kind="name")
        self.counted = Text(kind="small")
        self.files = {command: QPushButton() for command in FILES}
        self.samples_text = Text(kind="small", wrap=True)
        self.samples = QPushButton()
        self.money = MoneyPanel(desk)
        self.playbook = PlaybookPanel(desk)
        self.playbook.scripts_wanted.connect(lambda: commands.trigger("go.scripts"))
        self._lay_out()
        self.retranslate()
        self._show_database()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (("language", self.language), ("theme", self.theme), ("person", self.person)):
            self._labels[name].setBuddy(field)
            self._labels[name].setMinimumHeight(32)
            form.addRow(self._labels[name], field)
        self.looks.inside.addLayout(form)
        self.looks.inside.addWidget(self._person_hint)
        self.database.inside.addWidget(self.path)
        self.database.inside.addWidget(self.counted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for command, button in self.files.items():
            button.setObjectName(command)
            button.clicked.connect(lambda _checked=False, name=command: self.commands.trigger(name))
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.database.inside.addLayout(buttons)
        samples = QHBoxLayout()
        samples.addWidget(self.samples_text, 1)
        samples.addWidget(self.samples)
        self.samples.clicked.connect(lambda: self.commands.trigger("samples.remove"))
        self.database.inside.addLayout(samples)
        page = QWidget()
        page.setMaximumWidth(820)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._title, self.looks, self.money, self.database, self.playbook):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 16, 0)
        whole.addWidget(area)

    def activate(self, **arguments: object) -> None:
        """The first field has the focus."""
        del arguments
        self._show_database()
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Count again."""
        del changes
        self._show_database()

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        self._title.setText(table.label("settings", self.desk.language))
        self.looks.set_title(self.tr("You"))
        self.database.set_title(self.tr("Database"))
        self._labels["language"].setText(self.tr("Language"))
        self._labels["theme"].setText(self.tr("Theme"))
        self._labels["person"].setText(self.tr("Your name"))
        self._person_hint.setText(self.tr("Written beside moves, sign-offs and reasons. It stays on this computer."))
        for name, field in (("language", self.language), ("theme", self.theme), ("person", self.person)):
            field.setAccessibleName(self._labels[name].text())
        self.language.offer(LANGUAGES, self.desk.language)
        self.theme.offer(
            (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            read_settings().theme,
        )
        for command, button in self.files.items():
            button.setText(menu_words(table.label(command, self.desk.language)))
        self.samples.setText(menu_words(table.label("samples.remove", self.desk.language)))
        self.money.retranslate()
        self.playbook.retranslate()
        self._show_database()

    def _show_database(self) -> None:
        if not self.desk.is_open:
            return
        from leaddesk.db.reads.overview import overview

        found = self.desk.get(overview)
        self.path.setText(str(self.desk.path))
        self.counted.setText(self.tr("%n lead(s) in it", "", found.leads))
        self.samples_text.setText(self.tr("%n sample lead(s) among them", "", found.samples))
        for widget in (self.samples, self.samples_text):
            widget.setVisible(found.samples > 0)
        self.playbook.show_playbook(found.number)

    def _name(self) -> None:
        self.desk.person = self.person.text().strip()
        change_settings(person=self.desk.person)
