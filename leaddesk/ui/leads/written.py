"""Leads as the rows of a file: the columns of the table, whole, in a form that can be read again; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from leaddesk import words
from leaddesk.db.reading import Reading
from leaddesk.db.reads import board, table
from leaddesk.db.reads.table import CREATED, LAST_CALL, PART
from leaddesk.db.records import Card
from leaddesk.exchange.cells import Cell
from leaddesk.exchange.export import CsvFile
from leaddesk.exchange.workbook import XlsxFile
from leaddesk.qualify.custom import CustomField, read_custom
from leaddesk.qualify.fields import Field, FieldKind
from leaddesk.qualify.playbook import Playbook
from leaddesk.qualify.state import FactValue
from leaddesk.qualify.terms import Instant, Tenths, points
from leaddesk.ui import card_words, figures
from leaddesk.ui.leads.columns import Column, column_label

#: Leads read and written in one go.
CHUNK = 500
#: Files leads can be written to, by how their names end.
ENDINGS = (".csv", ".xlsx")

TableFile: TypeAlias = CsvFile | XlsxFile


def table_file(path: Path, columns: Sequence[Column], playbook: Playbook, language: str, *staying: Path) -> TableFile:
    """A file for these columns, by how its name ends; FileTrouble: cannot_write, exists."""
    heads = [column_label(column, playbook, language) for column in columns]
    if path.suffix.casefold() == ".xlsx":
        return XlsxFile(path, heads, words.say(language, "bulk", "sheet"), *staying)
    return CsvFile(path, heads, *staying)


def with_ending(path: Path, chosen: str) -> Path:
    """A name as it was typed where it says what the file is to be, else with the ending that was chosen."""
    return path if path.suffix.casefold() in ENDINGS else path.with_name(path.name + chosen)


def write_leads(
    reading: Reading, file: TableFile, nos: Sequence[int], columns: Sequence[Column], as_of: Instant, language: str
) -> int:
    """Writes some leads; returns how many were still there."""
    found = board.cards(reading, nos, as_of)
    keys = {column.key for column in columns if column.further}
    more = table.more(reading, [card.no for card in found], keys, as_of)
    playbook = reading.playbook
    file.write([[cell_of(one, card, more[card.no], playbook, language) for one in columns] for card in found])
    return len(found)


def cell_of(column: Column, card: Card, more: table.More, playbook: Playbook, language: str) -> Cell:
    """What stands in a cell: numbers, sums, days and instants as such, words in the language; None where nothing."""
    if column.key in _FIGURES:
        return _figure(column.key, card)
    made = _of_card(column.key, card, playbook, language)
    if made is not None:
        return made
    value = more.get(column.key)
    if value is None:
        return None
    if column.key in (CREATED, LAST_CALL) and isinstance(value, int):
        return figures.local_moment(value).replace(tzinfo=None)
    if column.key.startswith(PART) and isinstance(value, int):
        return _plain(value)
    if isinstance(column.field, CustomField):
        return _own(column.field, value)
    if isinstance(column.field, Field) and column.field.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
        return _choice(column.field, value, language)
    return ", ".join(value) if isinstance(value, tuple) else value


def _own(field: CustomField, value: FactValue) -> Cell:
    """A value of a field of the team's own; as it is kept where it does not fit the field."""
    if not isinstance(value, str) or field.kind in (FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.TEXT):
        return value if not isinstance(value, tuple) else ", ".join(value)
    try:
        read = read_custom(field, value)
    except ValueError:
        return value
    return value if isinstance(read, tuple) else read


def _choice(field: Field, value: FactValue, language: str) -> str:
    if isinstance(value, bool):
        return words.say(language, "kinds", "yes" if value else "no")
    return words.say(language, "kinds", f"{field.key}.{value}")


def _plain(tenths: Tenths) -> int | float:
    return points(tenths)


_FIGURES = frozenset({"score", "up_to", "value", "in_stage"})


def _figure(key: str, card: Card) -> Cell:
    match key:
        case "score":
            return _plain(card.score)
        case "up_to":
            return _plain(card.up_to)
        case "value":
            return card.value
        case _:
            return figures.local_moment(card.stage_since).date()


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
        "next_step": planned,
        "temperature": words.say(language, "temperatures", card.temperature),
        "lifecycle": lifecycle,
    }.get(key)
