"""What can be done with the database file: another, a new one, a backup, back from a backup, its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from leaddesk.errors import DatabaseTrouble, LeadDeskError
from leaddesk.paths import backups_folder, data_folder
from leaddesk.settings import change_settings
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.instance import Doorbell, Place, raise_other
from leaddesk.ui.kit.dialog import Answer, ask
from leaddesk.ui.window import Window
from leaddesk.ui.wording import sentence

SUFFIX = ".leaddesk"
#: After so many milliseconds of opening a person is told what goes on.
_SLOW = 1500


class Databases(QObject):
    """Opens, makes, keeps and brings back databases; asks which file, and asks again when one cannot be opened."""

    def __init__(self, window: Window, desk: Desk, commands: Commands, bell: Doorbell, place: Place) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bell = bell
        self._place = place
        self._wanted: Path | None = None
        commands.handle("file.new_database", self.ask_new)
        commands.handle("file.open", self.ask_open)
        commands.handle("file.backup", self.ask_backup, when=lambda: desk.is_open)
        commands.handle("file.restore", self.ask_restore)
        commands.handle("file.show_folder", self.show_folder, when=lambda: desk.path is not None)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW)
        self._slow.timeout.connect(self._tell_slow)
        desk.opened.connect(self._opened)
        desk.opened.connect(self._slow.stop)
        desk.open_failed.connect(self._slow.stop)
        desk.open_failed.connect(self._could_not_open)

    # ── without asking ───────────────────────────────────────────────────────────────────────────────────────────

    def open(self, path: Path, *, create: bool = False) -> None:
        """Open a database in place of the present one. One that another window has open is raised there instead."""
        if not self._window.may_leave():
            return
        self._wanted = path
        if not self._place.take(path) and raise_other(path):
            return
        self._window.forget_rooms()
        self._open(path, create=create)

    def back_up(self, target: Path) -> None:
        """Write a copy while all else goes on, and say so."""
        database = self._desk.path
        if database is None:
            return

        def copy(stop: Callable[[], bool]) -> None:
            from leaddesk.db.snapshot import copy_database

            copy_database(database, target, stop)

        self._desk.copying.start(copy, lambda _: self._kept(target), self._window.tell_trouble)

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the database; the present one is kept beside it."""
        path = self._desk.path or self._wanted
        if path is None or not self._window.may_leave():
            return

        def put_back() -> None:
            from leaddesk.db.backup import restore

            restore(path, backup)

        self._window.forget_rooms()
        self._open(path, create=False, before=put_back)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────

    def ask_open(self) -> None:
        """Ask for a database and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a database"), str(self._folder()), self._kinds()
        )
        if name:
            self.open(Path(name))

    def ask_new(self) -> None:
        """Ask for a name and make a database."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("New database"), str(self._folder() / f"leads{SUFFIX}"), self._kinds()
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name + SUFFIX)
        if path.exists():
            self._window.tell_trouble(DatabaseTrouble("exists", path=path))
            return
        self.open(path, create=True)

    def ask_backup(self) -> None:
        """Ask where to, and back up."""
        stem = self._desk.path.stem if self._desk.path else "leads"
        suggested = backups_folder() / f"{stem}-{self._desk.today().isoformat()}-by-hand{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Back up to"), str(suggested), self._kinds())
        if name:
            self.back_up(Path(name))

    def ask_restore(self) -> None:
        """Ask which backup, and bring it back."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Restore a backup"), str(backups_folder()), self._kinds()
        )
        if name:
            self.restore(Path(name))

    def show_folder(self) -> None:
        """Open the folder of the database in the system's file manager."""
        if self._desk.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.path.parent)))

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self, path: Path, *, create: bool, before: Callable[[], object] | None = None) -> None:
        self._slow.start()
        self._desk.open(path, create=create, before=before)

    def _tell_slow(self) -> None:
        """A large file of an earlier version takes a while, and an empty window says nothing."""
        path = self._wanted or self._desk.path
        self._window.say_waiting(
            self.tr("Opening {file}…").format(file=path.name if path is not None else ""),
            self.tr("A large database of an earlier version is backed up and then brought to today's form, once."),
        )

    def _opened(self) -> None:
        path = self._desk.path
        if path is not None:
            change_settings(database=str(path))
            self._bell.listen(path)
            self._window.setWindowTitle(f"{path.stem} – LeadDesk")

    def _could_not_open(self, error: LeadDeskError) -> None:
        ask(
            self._window,
            self.tr("This database cannot be opened"),
            sentence(error, self._desk.language),
            Answer("quit", self.tr("Quit")),
            Answer("restore", self.tr("Restore a backup…")),
            Answer("open", self.tr("Open another…")),
            Answer("again", self.tr("Try again"), "primary"),
            then=self.choose_after_trouble,
        )

    def choose_after_trouble(self, answer: str) -> None:
        """Do what a person chose when a database could not be opened: again, open, restore, quit; empty: nothing."""
        if answer == "again" and self._wanted is not None:
            self._open(self._wanted, create=False)
        elif answer == "open":
            self.ask_open()
        elif answer == "restore":
            self.ask_restore()
        elif answer == "quit":
            self._window.close()

    def start_with(self, path: Path, *, create: bool) -> None:
        """The first database of this run."""
        self._place.take(path)
        self._wanted = path
        self._open(path, create=create)

    def _kept(self, target: Path) -> None:
        self._window.toast.show_message(self.tr("Backed up to {file}").format(file=target.name))

    def _folder(self) -> Path:
        return self._desk.path.parent if self._desk.path is not None else data_folder()

    def _kinds(self) -> str:
        return self.tr("LeadDesk databases (*.leaddesk);;All files (*)")
