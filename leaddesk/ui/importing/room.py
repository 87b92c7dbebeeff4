"""The import room: choose a file, see what becomes of it, bring it in, read the report."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from leaddesk.errors import LeadDeskError
from leaddesk.operations.importing import ImportPlan, ImportReport, import_leads, plan_import, write_rejected
from leaddesk.qualify.fields import FIELD
from leaddesk.ui.commands import Commands
from leaddesk.ui.desk import Desk
from leaddesk.ui.importing import choices
from leaddesk.ui.importing.choose_page import ChoosePage
from leaddesk.ui.importing.plan_page import PlanPage
from leaddesk.ui.importing.report_page import ReportPage
from leaddesk.ui.job import Job
from leaddesk.ui.room import Room
from leaddesk.ui.wording import sentence

#: Settings after which the columns are other ones, so that fields chosen for them mean nothing any more.
_ANOTHER_TABLE = frozenset({"encoding", "delimiter", "header"})


class ImportRoom(Room):
    """Three pages, one after the other."""

    key: ClassVar[str] = "import"
    tells_others: ClassVar[bool] = True

    def __init__(self, desk: Desk, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(desk, commands, parent)
        self._path: Path | None = None
        self._settings: dict[str, str] = {}
        self._fields: dict[str, str] = {}
        self._plan: ImportPlan | None = None
        self._job: Job | None = None
        self._before = 0  # the last step before the import
        self._reading = self._wanted = False  # a plan is on its way; an import waits for it
        self._folder = Path.home()
        self.choose = ChoosePage()
        self.planning = PlanPage()
        self.report = ReportPage()
        self.pages = QStackedWidget()
        for page in (self.choose, self.planning, self.report):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self._wire()
        self.choose.tell("")
        self.retranslate()

    def _wire(self) -> None:
        self.commands.handle("file.import", self.open)
        self.choose.wanted.connect(self.ask_file)
        self.planning.other_file.connect(self.ask_file)
        self.planning.changed.connect(self._change)
        self.planning.mapped.connect(self._map)
        self.planning.accepted.connect(self.start)
        self.planning.stopped.connect(self.stop)
        self.report.leads_wanted.connect(lambda: self.commands.trigger("go.leads"))
        self.report.save_wanted.connect(self.ask_save)
        self.report.undo_wanted.connect(lambda: self.commands.trigger("edit.undo"))
        self.report.again_wanted.connect(self.ask_file)
        self.desk.undo_changed.connect(self._follow_undo)

    # ── what a room is ───────────────────────────────────────────────────────────────────────────────────────────

    def activate(self, **arguments: object) -> None:
        """Come to the front, the focus on what is next."""
        del arguments
        self._focus()

    def retranslate(self) -> None:
        """Say it in the language of the desk."""
        for page in (self.choose, self.planning, self.report):
            page.retranslate(self.desk.language)

    def may_close(self) -> bool:
        """An import under way is stopped: nothing of it stays."""
        self.stop()
        return True

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter opens a lead elsewhere; here it is the room's own key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_go(event):
            event.accept()
            return True
        return super().event(event)

    def _is_go(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and self._on(self.planning)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter imports; Escape goes back, or stops."""
        if self._is_go(event):
            self.start()
        elif event.key() == Qt.Key.Key_Escape and self._job is not None:
            self.stop()
        elif event.key() == Qt.Key.Key_Escape and not self._on(self.choose):
            self._show(self.choose)
        else:
            super().keyPressEvent(event)

    def _on(self, page: QWidget) -> bool:
        return self.pages.currentWidget() is page

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._focus()

    def _focus(self) -> None:
        if self._on(self.planning) and self._plan is not None:
            self.planning.columns.choice_of(self._plan.layout.columns[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._on(self.report):
            self.report.leads.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.choose.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── which file ───────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, path: Path | None = None) -> None:
        """Import a file; without one, go on with what is here, or begin anew after a report."""
        if self._job is not None:
            return
        if path is not None:
            self.open_file(path)
        elif self._on(self.report):
            self._show(self.choose)

    def ask_file(self) -> None:
        """Let a person choose a file."""
        language = self.desk.language
        kinds = f"{choices.say(language, 'files')} (*.csv *.tsv *.txt *.tab);;{choices.say(language, 'all_files')} (*)"
        title = choices.say(language, "title")
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder), kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Look into a file and show what would become of it."""
        self._path, self._folder = path, path.parent
        self._settings, self._fields, self._plan = {}, {}, None
        self.choose.tell("")
        self.report.tell_saved("")
        self._read()

    # ── how it is read ───────────────────────────────────────────────────────────────────────────────────────────

    def _change(self, setting: str, value: str) -> None:
        self._settings[setting] = value
        if setting in _ANOTHER_TABLE:
            self._fields = {}
        self._read()

    def _map(self, column: str, field: str) -> None:
        if field in FIELD:
            for other in [name for name, found in self._fields.items() if found == field]:
                del self._fields[other]
        self._fields[column] = field
        self._read()

    def _read(self) -> None:
        chosen = self._settings
        self._reading = True
        header = chosen.get("header")
        self.desk.read(
            plan_import,
            self._path,
            encoding=chosen.get("encoding"),
            delimiter=chosen.get("delimiter"),
            header_line=int(header) if header is not None else None,
            fields=dict(self._fields),
            date_order=chosen.get("date_order"),
            currency=chosen.get("currency"),
            then=self._planned,
            failed=self._unreadable,
            slot="import.plan",
        )

    def _planned(self, plan: ImportPlan) -> None:
        first = self._plan is None
        self._plan, self._reading = plan, False
        self.planning.show_plan(plan, frozenset(self._settings))
        if first:
            self._show(self.planning)
        elif self._wanted:
            self.start()

    def _unreadable(self, error: LeadDeskError) -> None:
        self._reading = self._wanted = False
        words = sentence(error, self.desk.language)
        if self._plan is not None and (self._settings or self._fields):
            # The choice made last cannot be: back to what the file says itself.
            self._settings, self._fields = {}, {}
            self.desk.failed.emit(error)
            self._read()
        else:
            self._plan = None
            self.choose.tell(words)
            self._show(self.choose)

    # ── bringing it in ───────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Import by the plan on display; a choice made just now is waited for."""
        self._wanted = self._reading and self._plan is not None
        if self._reading:
            return
        if self._plan is None or self._job is not None or not self.planning.button.isEnabled():
            return
        self._before = self._last_step()
        self.planning.show_running(self._plan.layout.path.name)
        self._job = self.desk.start(import_leads, self._plan, then=self._imported, failed=self._failed)
        self._job.progressed.connect(self.planning.show_progress)
        self._job.ended.connect(self._ended)
        self.planning.progress.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Stop the import; nothing of it stays."""
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.planning.show_idle()

    def _imported(self, report: ImportReport) -> None:
        file = self._plan.layout.path.name if self._plan is not None else ""
        self.report.show_report(report, file)
        self._follow_undo()
        self._show(self.report)

    def _failed(self, error: LeadDeskError) -> None:
        self.desk.failed.emit(error)
        self._focus()

    # ── afterwards ───────────────────────────────────────────────────────────────────────────────────────────────

    def _follow_undo(self) -> None:
        last, taken_back = self.desk.undoable, self.desk.redoable
        # An import that changed nothing left no step: undo would take back the one before it.
        ours = last is not None and last.name == import_leads.name and last.no > self._before
        self.report.undo.setEnabled(ours)
        if self._on(self.report) and taken_back is not None and taken_back.name == import_leads.name:
            self._show(self.planning if self._plan is not None else self.choose)

    def _last_step(self) -> int:
        last = self.desk.undoable
        return last.no if last is not None else 0

    def ask_save(self) -> None:
        """Ask where the rejected rows should go."""
        if self._plan is None:
            return
        path = self._plan.layout.path
        suggested = path.with_name(f"{path.stem}-rejected.csv")
        name, _ = QFileDialog.getSaveFileName(
            self, choices.say(self.desk.language, "save_rejected"), str(suggested), "CSV (*.csv)"
        )
        if name:
            self.save_rejected(Path(name))

    def save_rejected(self, target: Path) -> None:
        """Write the rejected rows, with line and reason."""
        self.desk.read(write_rejected, self._plan, target, then=self._saved, slot="import.rejected")

    def _saved(self, target: Path | None) -> None:
        if target is not None:
            self.report.tell_saved(choices.say(self.desk.language, "saved_rejected", file=target))
