"""What is done with many leads of the table at once: change, delete, write to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from leaddesk import words
from leaddesk.db.records import Progress
from leaddesk.errors import Cancelled, LeadDeskError
from leaddesk.operations.bulk import delete_many
from leaddesk.ui import figures
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.job import Job
from leaddesk.ui.kit.panels import ProgressPanel
from leaddesk.ui.leads.bulk_panel import BulkPanel
from leaddesk.ui.leads.export import TableExport
from leaddesk.ui.leads.foot import TableFoot
from leaddesk.ui.leads.table import LeadTable
from leaddesk.ui.leads.written import with_ending

#: Deleting fewer than these is over before a progress bar would be seen.
_WATCHED = 300


class Many(QObject):
    """The verbs for many leads; `progress` shows how far the one is that is under way, and stops it."""

    def __init__(self, desk: Desk, commands: Commands, leads: LeadTable, foot: TableFoot, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._commands, self._table, self._foot, self._over = desk, commands, leads, foot, over
        self.panel: BulkPanel | None = None
        self.export: TableExport | None = None
        self._job: Job | None = None
        self.progress = ProgressPanel()
        self.progress.hide()
        self.progress.stopped.connect(self._stop)

    def _say(self, key: str, **details: object) -> str:
        return words.say(self._desk.language, "bulk", key, **details)

    # ── change ───────────────────────────────────────────────────────────────────────────────────────────────────

    def change(self, nos: Sequence[int]) -> None:
        """Ask what is to change of leads, over whatever room they were chosen in, and change it."""
        if not nos or self.panel is not None:
            return
        self.panel = BulkPanel(self._desk, self._over, nos)
        self.panel.closed.connect(self._panel_closed)
        self.panel.opened.connect(lambda lead: self._commands.trigger("lead.open", lead=lead))
        self.panel.begin()

    def _panel_closed(self, _accepted: bool) -> None:
        self.panel = None

    # ── delete ───────────────────────────────────────────────────────────────────────────────────────────────────

    def delete(self, nos: Sequence[int]) -> None:
        """Delete leads; the toast offers to take it back."""
        if not nos or self._job is not None:
            return
        self._job = self._desk.start(delete_many, nos, failed=self._failed)
        self._job.ended.connect(self._ended)
        if len(nos) > _WATCHED:
            self._watch(self._say("deleting", n=figures.count(len(nos))))
            self._job.progressed.connect(self.progress.show_progress)

    def _failed(self, error: LeadDeskError) -> None:
        if not isinstance(error, Cancelled):
            self._desk.failed.emit(error)

    def _ended(self) -> None:
        self._job = None
        self.progress.hide()

    # ── write to a file ──────────────────────────────────────────────────────────────────────────────────────────

    def ask_export(self, path: Path | None = None) -> None:
        """Write the chosen leads, where several are, else all that are shown, to a file; asks where to."""
        if self.export is not None:
            return
        if path is None:
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            suggested = Path(folder) / f"leads-{self._desk.today().isoformat()}.xlsx"
            kinds = [f"{self._say('xlsx')} (*.xlsx)", "CSV (*.csv)"]
            name, kind = QFileDialog.getSaveFileName(
                self._over, self._say("export_to"), str(suggested), ";;".join(kinds)
            )
            if not name:
                return
            path = with_ending(Path(name), ".csv" if kind == kinds[1] else ".xlsx")
        several = self._table.chosen_count() > 1
        nos = self._table.chosen_nos() if several else self._table.rows.nos[:]
        self.export = TableExport(self._desk, self._table.shown_columns, nos, self)
        self.export.progressed.connect(self._show_export)
        self.export.done.connect(lambda count, sheets: self._exported(self._told_of(path, count, sheets)))
        self.export.stopped.connect(lambda: self._exported(self._say("export_stopped")))
        self.export.failed.connect(self._export_failed)
        self._watch(self._say("exporting", path=path.name))
        self.export.start(path)

    def _told_of(self, path: Path, count: int, sheets: int) -> str:
        told = self._say("exported", n=figures.count(count) if count != 1 else count, path=str(path))
        return f"{told}. {self._say('on_sheets', n=sheets)}" if sheets > 1 else told

    def _show_export(self, progress: Progress) -> None:
        self.progress.show_progress(progress)

    def _exported(self, told: str) -> None:
        self._end_export()
        self._foot.tell(told)

    def _export_failed(self, error: LeadDeskError) -> None:
        self._end_export()
        self._desk.failed.emit(error)

    def _end_export(self) -> None:
        if self.export is not None:
            self.export.deleteLater()
        self.export = None
        self.progress.hide()

    # ── under way ────────────────────────────────────────────────────────────────────────────────────────────────

    def _watch(self, what: str) -> None:
        self.progress.say(what, self._say("stop"))
        self.progress.show_progress(Progress(0, None))
        self.progress.show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self.export is not None:
            self.export.cancel()

    def leave(self) -> None:
        """Leave no half a file behind."""
        if self.export is not None:
            self.export.leave()

    def stop(self) -> bool:
        """Stop what is under way; whether there was something."""
        busy = self._job is not None or self.export is not None
        self._stop()
        return busy
