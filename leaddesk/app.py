"""Builds the window's parts and wires them: the one place that knows them all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from leaddesk import __version__
from leaddesk.paths import default_database
from leaddesk.resources import resource
from leaddesk.settings import Settings, change_settings, chosen_database, read_settings
from leaddesk.ui import theme
from leaddesk.ui.commands import Commands
from leaddesk.ui.cycles import Cycles
from leaddesk.ui.desk import Desk
from leaddesk.ui.imports import spare_reading
from leaddesk.ui.instance import Doorbell, Place, raise_other
from leaddesk.ui.language import Speaker
from leaddesk.ui.window import Window

if TYPE_CHECKING:
    from leaddesk.qualify.terms import Instant
    from leaddesk.ui.databases import Databases


@dataclass
class Program:
    """The parts of one running LeadDesk, wired."""

    application: QApplication
    desk: Desk
    commands: Commands
    window: Window
    speaker: Speaker
    bell: Doorbell
    place: Place
    theme_choice: str
    cycles: Cycles
    databases: Databases | None = None

    def open(self, path: Path, *, create: bool = True) -> None:
        """Open the first database, with everything that only matters then."""
        if self.databases is None:
            self.databases = _complete(self)
        self.databases.start_with(path, create=create)

    def show_theme(self, choice: str = "") -> None:
        """Put a theme on display and remember it; without a choice, swap light and dark."""
        self.theme_choice = choice or ("light" if theme.current().dark else "dark")
        change_settings(theme=self.theme_choice)
        theme.apply(self.application, self.theme_choice)

    def speak(self, language: str = "") -> None:
        """Switch the language and remember it; without one, swap English and Chinese."""
        language = language or ("en" if self.desk.language == "zh_CN" else "zh_CN")
        change_settings(language=language)
        self.speaker.speak(language)

    def end(self) -> None:
        """Write what is waiting and let the database go."""
        self.bell.close()
        self.desk.close()
        self.place.leave()
        self.speaker.be_silent()
        self.cycles.end()


def build(
    application: QApplication,
    settings: Settings,
    *,
    language: str = "",
    theme_choice: str = "",
    place: Place | None = None,
    clock: Callable[[], Instant] | None = None,
) -> Program:
    """The window and what it needs to be seen; `program.open(path)` brings the rest. `clock`: not the real one."""
    spare_reading()
    choice = theme_choice or settings.theme
    application.setFont(theme.base_font())
    theme.apply(application, choice)
    desk = Desk(language or settings.spoken, settings.person, clock)
    speaker = Speaker(application, desk)
    speaker.speak(desk.language)
    commands = Commands()
    window = Window(desk, commands)
    bell, cycles = Doorbell(window), Cycles(window)
    program = Program(application, desk, commands, window, speaker, bell, place or Place(), choice, cycles)
    desk.opened.connect(cycles.settle)
    desk.warmed.connect(cycles.settle)
    commands.handle("view.theme", program.show_theme)
    commands.handle("view.language", program.speak)
    _follow_system(program)
    return program


def _complete(program: Program) -> Databases:
    from leaddesk.ui.chores import Chores
    from leaddesk.ui.databases import Databases
    from leaddesk.ui.importing.dropping import FileDrop
    from leaddesk.ui.samples import Samples
    from leaddesk.ui.start import Start
    from leaddesk.ui.take_up import TakeUp

    desk, commands, window = program.desk, program.commands, program.window
    databases = Databases(window, desk, commands, program.bell, program.place)
    Chores(desk)
    TakeUp(desk)
    Start(window, desk, commands)
    Samples(desk, commands)
    FileDrop(window, commands)
    program.bell.rung.connect(window.raise_up)
    return databases


def _follow_system(program: Program) -> None:
    hints = QGuiApplication.styleHints()
    if hints is not None:
        hints.colorSchemeChanged.connect(
            lambda _: theme.apply(program.application, "system") if program.theme_choice == "system" else None
        )


def run(database: Path | None = None, language: str | None = None, theme_choice: str | None = None) -> int:
    """Open the window and stay until it is closed; the exit code. A second LeadDesk on a database raises the first."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("LeadDesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("leaddesk")
    settings = read_settings()
    path = database or chosen_database(settings) or default_database()
    place = Place()
    if not place.take(path) and raise_other(path):
        return 0
    program = build(application, settings, language=language or "", theme_choice=theme_choice or "", place=place)
    # Importing the database takes longer than painting the window, so the window is there first.
    program.window.painted.connect(lambda: QTimer.singleShot(0, program.window, lambda: _go_on(program, path)))
    program.window.show()
    code = application.exec()
    program.end()
    return code


def _go_on(program: Program, path: Path) -> None:
    from leaddesk.ui.crash import CrashWatch, keep_log

    keep_log()
    CrashWatch(program.window.tell_crash, program.window).watch()
    program.application.setWindowIcon(QIcon(str(resource("icons", "leaddesk.svg"))))
    program.open(path)
