"""Writes what the table shows to a CSV file, some hundred leads at a time, so that reading for the screen goes on."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leaddesk import words
from leaddesk.db.reading import Reading
from leaddesk.db.reads import board, table
from leaddesk.db.reads.table import CREATED, LAST_CALL, PART
from leaddesk.db.records import Card, Progress
from leaddesk.errors import LeadDeskError
from leaddesk.exchange.export import CsvFile
from leaddesk.qualify.custom import written
from leaddesk.qualify.fields import Field, FieldKind
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, points
from leaddesk.ui import card_words, figures
from leaddesk.ui.desk import Desk
from leaddesk.ui.leads.columns import Column, column_label

_CHUNK = 500


class TableExport(QObject):
    """One export. `progressed(Progress)`, then `done(how many)`, `failed(LeadDeskError)` or `stopped()`."""

    progressed = Signal(object)
    done = Signal(int)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, columns: Sequence[Column], nos: array[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._columns, self._nos = desk, columns, nos
        self._keys = {column.key for column in columns if column.further}
        self._written = 0
        self._cancelled = False
        self._file: CsvFile | None = None

    def start(self, path: Path) -> None:
        """Begin to write; FileTrouble comes through `failed`."""
        heads = [column_label(column, self._desk.playbook, self._desk.language) for column in self._columns]
        staying = [self._desk.path] if self._desk.path is not None else []
        try:
            self._file = CsvFile(path, heads, *staying)
        except LeadDeskError as trouble:
            self.failed.emit(trouble)
            return
        self._go_on(0, 0)

    def cancel(self) -> None:
        """Stop; nothing is left of the file."""
        self._cancelled = True

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
        some = self._nos[start : start + _CHUNK]
        self._desk.read(
            _write,
            file,
            some,
            self._columns,
            self._keys,
            self._desk.now(),
            self._desk.language,
            then=lambda count: self._go_on(start + _CHUNK, written_by_now + count),
            failed=self._fail,
        )

    def _finish(self, file: CsvFile, count: int) -> None:
        self._file = None
        try:
            file.keep()
        except LeadDeskError as trouble:
            self.failed.emit(trouble)
        else:
            self.done.emit(count)

    def _fail(self, error: LeadDeskError) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self.failed.emit(error)


def _write(
    reading: Reading,
    file: CsvFile,
    nos: Sequence[int],
    columns: Sequence[Column],
    keys: set[str],
    as_of: Instant,
    language: str,
) -> int:
    """Writes some leads on the reader thread; returns how many were still there."""
    found = board.cards(reading, nos, as_of)
    more = table.more(reading, [card.no for card in found], keys, as_of)
    playbook = reading.playbook
    file.write([[plain_cell(one, card, more[card.no], playbook, language) for one in columns] for card in found])
    return len(found)


def plain_cell(column: Column, card: Card, more: table.More, playbook: Playbook, language: str) -> str:
    """A cell whole and in a form that can be read again: sums to the cent with currency, days year first."""
    made = _of_card(column.key, card, playbook, language)
    if made is not None:
        return made
    value = more.get(column.key)
    if value is None:
        return ""
    if column.key in (CREATED, LAST_CALL) and isinstance(value, int):
        return figures.local_moment(value).strftime("%Y-%m-%d %H:%M")
    if column.key.startswith(PART) and isinstance(value, int):
        return f"{points(value)}"
    if isinstance(column.field, Field) and column.field.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        return _choice(column.field, value, language)
    return written(value)


def _choice(field: Field, value: FactValue, language: str) -> str:
    if isinstance(value, bool):
        return words.say(language, "kinds", "yes" if value else "no")
    return words.say(language, "kinds", f"{field.key}.{value}")


def _of_card(key: str, card: Card, playbook: Playbook, language: str) -> str | None:
    stage = playbook.stage.get(card.stage)
    step = card.next_step
    when = (step.due_on.isoformat(), step.due_time or "", step.text) if step is not None else ()
    planned = " ".join(part for part in when if part)
    lifecycle = next((words.pick(one.label, language) for one in playbook.lifecycle if one.key == card.lifecycle), "")
    return {
        "name": card.title,
        "company": card.company,
        "source": card.source,
        "owner": card.owner,
        "stage": words.pick(stage.label, language) if stage is not None else card.stage,
        "known": card_words.strip_spoken(playbook, card.strip, language),
        "score": f"{points(card.score)}",
        "up_to": f"{points(card.up_to)}",
        "value": written(card.value) if card.value is not None else "",
        "in_stage": figures.local_moment(card.stage_since).date().isoformat(),
        "next_step": planned,
        "temperature": words.say(language, "temperatures", card.temperature),
        "lifecycle": lifecycle,
    }.get(key)
