"""Playbooks into the draft and out of it: files by dialogs, older versions from the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from leaddesk.db.reads.playbooks import Version, versions
from leaddesk.errors import LeadDeskError
from leaddesk.exchange.playbook_draft import Draft
from leaddesk.exchange.playbook_files import write_file
from leaddesk.ui.desk import Desk
from leaddesk.ui.scripts.checking import from_file, from_text
from leaddesk.ui.scripts.condition_words import says
from leaddesk.ui.scripts.sitting import Sitting
from leaddesk.ui.scripts.version_panel import VersionPanel

_SUFFIX = ".toml"


class Carrying:
    """`tell(LeadDeskError)`: what went wrong; `say(str)`: what was done."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        sitting: Sitting,
        tell: Callable[[LeadDeskError], object],
        say: Callable[[str], object],
    ) -> None:
        self._over, self._desk, self._sitting, self._tell, self._say = over, desk, sitting, tell, say
        self._folder = Path.home()
        self.panel: VersionPanel | None = None

    @property
    def _kinds(self) -> str:
        language = self._desk.language
        return f"{says(language, 'playbook_files')} (*{_SUFFIX});;{says(language, 'all_files')} (*)"

    def ask_import(self) -> None:
        """Ask for a file and make it the draft."""
        title = says(self._desk.language, "menu_import")
        name, _ = QFileDialog.getOpenFileName(self._over, title, str(self._folder), self._kinds)
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Make a file the draft; one with problems too, which are then shown. What is no playbook is refused."""
        self._folder = path.parent

        def arrived(draft: Draft) -> None:
            self._sitting.edit("import", draft, "", file=path.name)
            self._say(says(self._desk.language, "imported", file=path.name))

        self._desk.read(from_file, path, then=arrived, failed=self._tell, slot="scripts.import")

    def ask_export(self) -> None:
        """Ask where to, and write the draft there."""
        stem = str(self._sitting.draft.data.get("key") or "playbook")
        title = says(self._desk.language, "menu_export")
        suggested = str(self._folder / f"{stem}-{self._sitting.number}{_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._over, title, suggested, self._kinds)
        if name:
            self.export_file(Path(name) if Path(name).suffix else Path(name + _SUFFIX))

    def export_file(self, path: Path) -> None:
        """Write the draft to a file; never over the database."""
        self._folder = path.parent
        database = self._desk.path
        staying = [Path(f"{database}{end}") for end in ("", "-wal", "-shm")] if database is not None else []
        try:
            write_file(path, self._sitting.draft.text, *staying, over_any=True)  # the dialog asked
        except LeadDeskError as error:
            self._tell(error)
            return
        self._say(says(self._desk.language, "exported", file=path.name))

    def ask_version(self) -> None:
        """Show the versions so far."""
        self._desk.read(versions, then=self._show_versions, slot="scripts.versions")

    def _show_versions(self, found: tuple[Version, ...]) -> None:
        self.panel = VersionPanel(self._over, found, self._desk.language, self._desk.now(), self.take_up)
        self.panel.begin()

    def take_up(self, version: Version) -> None:
        """Make an older version the draft."""

        def arrived(draft: Draft) -> None:
            self._sitting.edit("version", draft, "", number=version.number)

        self._desk.read(from_text, version.toml, then=arrived, failed=self._tell, slot="scripts.import")
