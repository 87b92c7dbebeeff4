"""Writes what the table shows to a file, some hundred leads at a time, so that reading for the screen goes on."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leaddesk.db.reading import Reading
from leaddesk.db.records import Progress
from leaddesk.errors import Cancelled, LeadDeskError
from leaddesk.exchange.workbook import XlsxFile
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.columns import Column
from leaddesk.ui.leads.written import CHUNK, TableFile, table_file, write_leads


class TableExport(QObject):
    """One export. `progressed(Progress)`, then `done(leads, sheets)`, `failed(LeadDeskError)` or `stopped()`."""

    progressed = Signal(object)
    done = Signal(int, int)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, columns: Sequence[Column], nos: array[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._columns, self._nos = desk, columns, nos
        self._written = 0
        self._cancelled = False
        self._file: TableFile | None = None

    def start(self, path: Path) -> None:
        """Begin to write; FileTrouble comes through `failed`."""
        staying = [self._desk.path] if self._desk.path is not None else []
        try:
            self._file = table_file(path, self._columns, self._desk.playbook, self._desk.language, *staying)
        except LeadDeskError as trouble:
            self.failed.emit(trouble)
            return
        self._go_on(0, 0)

    def cancel(self) -> None:
        """Stop; nothing is left of the file."""
        self._cancelled = True
        if self._file is not None:
            self._file.stop()

    def leave(self) -> None:
        """The window ends, or its database goes: stop at once, since no answer comes any more."""
        self.cancel()
        self._go_on(0, 0)

    def _go_on(self, start: int, written_by_now: int) -> None:
        file = self._file
        if file is None:
            return
        if self._cancelled:
            file.close()
            self._file = None
            self.stopped.emit()
            return
        self.progressed.emit(Progress(start, len(self._nos), "leads"))
        if start >= len(self._nos):
            self._finish(file, written_by_now)
            return
        some = self._nos[start : start + CHUNK]
        self._desk.read(
            write_leads,
            file,
            some,
            self._columns,
            self._desk.now(),
            self._desk.language,
            then=lambda count: self._go_on(start + CHUNK, written_by_now + count),
            failed=self._fail,
        )

    def _finish(self, file: TableFile, count: int) -> None:
        """Give the file its name; before that a workbook is packed, which takes a while."""

        def kept(_none: None) -> None:
            self._file = None
            self.done.emit(count, file.sheets if isinstance(file, XlsxFile) else 1)

        self._desk.read(_keep, file, then=kept, failed=self._fail)

    def _fail(self, error: LeadDeskError) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)


def _keep(reading: Reading, file: TableFile) -> None:
    del reading
    file.keep()
