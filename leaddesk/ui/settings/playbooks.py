"""Which playbook is in force, and another in its place: a shipped one or one from a file, with all its errors told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QScrollArea, QWidget

from leaddesk import words
from leaddesk.errors import FileTrouble, LeadDeskError
from leaddesk.resources import text_of
from leaddesk.ui import commands as table
from leaddesk.ui.desk import Desk
from leaddesk.ui.kit.panels import Panel
from leaddesk.ui.text import Text, menu_words
from leaddesk.ui.wording import sentence

SHIPPED = ("default", "simple")

_LAID_OUT = 50  # milliseconds until the page has its new height


class PlaybookPanel(Panel):
    """The playbook in force, buttons for others, and what is wrong with one that was refused.

    `scripts_wanted()`: it is to be changed rather than replaced.
    """

    scripts_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent, spacing=10)
        self._desk = desk
        self._number = 0
        self.name = Text(kind="name")
        self.about = Text(kind="small", wrap=True)
        self.hint = Text(kind="small", wrap=True)
        self.shipped = {key: QPushButton() for key in SHIPPED}
        self.from_file = QPushButton()
        self.scripts = QPushButton()
        self.scripts.clicked.connect(self.scripts_wanted)
        self.trouble = Text(tone="late", wrap=True)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setTabChangesFocus(True)
        self.problems.setMinimumHeight(160)
        for key, button in self.shipped.items():
            button.setObjectName(f"playbook.{key}")
            button.clicked.connect(lambda _checked=False, name=key: self.adopt(text_of("playbooks", f"{name}.toml")))
        self.from_file.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (*self.shipped.values(), self.from_file, self.scripts):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self.name, self.about, self.hint):
            self.inside.addWidget(widget)
        self.inside.addLayout(row)
        self.inside.addWidget(self.trouble)
        self.inside.addWidget(self.problems)
        self._show_trouble("", [])

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        self.set_title(self.tr("Playbook"))
        self.hint.setText(
            self.tr("Questions, points, stages and gates. Another one can be adopted at any time, and undone.")
        )
        self.shipped["default"].setText(menu_words(self.tr("Adopt BANT + Fit")))
        self.shipped["simple"].setText(menu_words(self.tr("Adopt the simple one")))
        self.from_file.setText(menu_words(self.tr("Adopt one from a file…")))
        self.scripts.setText(menu_words(table.label("go.scripts", self._desk.language)))
        self.problems.setAccessibleName(self.tr("What is wrong with the playbook"))
        self.show_playbook(self._number)

    def show_playbook(self, number: int) -> None:
        """Show what is in force; `number`: how many were adopted so far."""
        self._number = number
        if not self._desk.is_open:
            return
        playbook = self._desk.playbook
        self.name.setText(words.pick(playbook.name, self._desk.language))
        self.about.setText(
            self.tr("Version {number} · {questions} questions · {stages} stages · calls of {minutes} minutes").format(
                number=number,
                questions=len(playbook.questions),
                stages=len(playbook.stages),
                minutes=playbook.call_minutes,
            )
        )

    def adopt(self, toml: str) -> None:
        """Put a playbook in force; one with errors changes nothing, and all of them are shown."""
        from leaddesk.operations.playbooks import adopt_playbook

        self._show_trouble("", [])
        self._desk.do(adopt_playbook, toml, failed=self._could_not)

    def adopt_file(self, path: Path) -> None:
        """The same from a file."""
        from leaddesk.exchange.playbook_files import read_file

        try:
            toml = read_file(path)
        except FileTrouble as trouble:
            self._could_not(trouble)
        else:
            self.adopt(toml)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Adopt a playbook"), "", self.tr("Playbooks (*.toml);;All files (*)")
        )
        if name:
            self.adopt_file(Path(name))

    def _could_not(self, error: LeadDeskError) -> None:
        from leaddesk.qualify.problems import BrokenPlaybook

        language = self._desk.language
        lines = []
        if isinstance(error, BrokenPlaybook):
            for problem in error.problems:
                said = words.say(language, "playbook_problems", problem.code, **problem.details)
                lines.append(f"{problem.path}: {said}" if problem.path else said)
        self._show_trouble(sentence(error, language), lines)

    def _show_trouble(self, text: str, lines: list[str]) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.problems.setPlainText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        if text:
            QTimer.singleShot(_LAID_OUT, self, self._show_foot)

    def _show_foot(self) -> None:
        """Scroll to what is wrong."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if isinstance(page, QScrollArea):
            bar = page.verticalScrollBar()
            bar.setValue(bar.maximum())
