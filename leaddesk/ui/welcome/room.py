"""The first thing a person sees: look around with samples, bring leads, start empty, or open what there is already."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.db.records import Changes, Progress
from leaddesk.settings import read_settings
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.job import Job
from leaddesk.ui.kit.choice import Choice
from leaddesk.ui.kit.options import OptionRow
from leaddesk.ui.kit.panels import Panel, ProgressPanel
from leaddesk.ui.room import Room
from leaddesk.ui.text import Text

SAMPLES = 120
SEED = 1
LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))


class WelcomeRoom(Room):
    """Four choices by digit, and the language and theme to read them in."""

    key: ClassVar[str] = "welcome"

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self._job: Job | None = None
        self._title = Text(kind="title")
        self._text = Text(kind="mute", wrap=True)
        self.choices = {digit: OptionRow(digit) for digit in "1234"}
        self.language = Choice()
        self.language.picked.connect(lambda key: commands.trigger("view.language", language=key))
        self.theme = Choice()
        self.theme.picked.connect(lambda key: commands.trigger("view.theme", choice=key))
        self.progress = ProgressPanel()
        self.progress.stopped.connect(self._stop)
        self.progress.hide()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        panel = Panel(margin=26)
        panel.setFixedWidth(440)
        panel.inside.addWidget(self._title)
        panel.inside.addWidget(self._text)
        panel.inside.addSpacing(12)
        for digit, option in self.choices.items():
            option.chosen.connect(self.choose)
            option.setObjectName(f"welcome.{digit}")
            panel.inside.addWidget(option)
        panel.inside.addWidget(self.progress)
        panel.inside.addSpacing(8)
        looks = QHBoxLayout()
        looks.setSpacing(8)
        looks.addWidget(self.language, 1)
        looks.addWidget(self.theme, 1)
        panel.inside.addLayout(looks)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(panel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.choices["1"].set_on(True)

    def activate(self, **arguments: object) -> None:
        """The first choice has the focus, so that Enter takes it."""
        del arguments
        self.choices["1"].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        self._title.setText(self.tr("Your leads, on this computer"))
        self._text.setText(self.tr("No account, no network. Everything stays in one file that you own."))
        self.choices["1"].say(
            self.tr("Look around with sample leads"),
            self.tr("%n invented leads, removed with one click", "", SAMPLES),
        )
        self.choices["2"].say(self.tr("Bring my leads"), self.tr("from a CSV file, whatever its columns are called"))
        self.choices["3"].say(self.tr("Start empty"), self.tr("add the first lead by hand"))
        self.choices["4"].say(self.tr("Open a database"), self.tr("one you have already, or a backup"))
        self.language.offer(LANGUAGES, self.desk.language)
        self.language.setAccessibleName(self.tr("Language"))
        self.theme.offer(
            (("system", self.tr("Theme: as the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            read_settings().theme,
        )
        self.theme.setAccessibleName(self.tr("Theme"))
        self.progress.say(self.tr("Inventing sample leads…"), self.tr("Stop"))

    def refresh(self, changes: Changes) -> None:
        """Somebody added leads elsewhere: nothing to welcome any more, but nobody is pushed away either."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows walk."""
        rows = list(self.choices.values())
        here = next((place for place, row in enumerate(rows) if row.hasFocus()), -1)
        if event.text() in self.choices and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.choose(event.text())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and here >= 0:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            rows[(here + step) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def choose(self, digit: str) -> None:
        """Do what the digit stands for; nothing while samples are being made."""
        if self._job is not None:
            return
        for key, row in self.choices.items():
            row.set_on(key == digit)
        if digit == "1":
            self._add_samples()
        elif digit == "2":
            self.commands.trigger("file.import")
        elif digit == "3":
            self.commands.trigger("go.board")
        else:
            self.commands.trigger("file.open")

    def _add_samples(self) -> None:
        from leaddesk.operations.samples import add_samples

        self.progress.show_progress(Progress(0, SAMPLES))
        self.progress.show()
        self._job = self.desk.start(add_samples, SAMPLES, SEED, then=self._added)
        self._job.progressed.connect(self.progress.show_progress)
        self._job.ended.connect(self._ended)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.progress.hide()

    def _added(self, _result: object) -> None:
        self.commands.trigger("go.board")
