"""Leads written to a file: the columns of the table, as CSV or as a workbook."""

from __future__ import annotations

from argparse import Namespace
from array import array
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk import words
from leaddesk.commandline.arguments import WrongUse
from leaddesk.commandline.output import Json, Report
from leaddesk.commandline.session import Session, follow, language_of, opened
from leaddesk.errors import NotFound

if TYPE_CHECKING:
    from leaddesk.db.records import Progress
    from leaddesk.ui.leads.columns import Column
    from leaddesk.ui.leads.written import TableFile

#: Every column there is.
_ALL = "all"


def export(arguments: Namespace) -> Report:
    """Writes leads that meet the filters to a file, in the order asked for; whole or not at all."""
    from leaddesk.commandline.views import filters_of
    from leaddesk.db.reads.filters import Sort
    from leaddesk.db.reads.leads import list_order
    from leaddesk.exchange.workbook import XlsxFile
    from leaddesk.ui.leads.written import ENDINGS, table_file

    path: Path = arguments.file
    if path.suffix.casefold() not in ENDINGS:
        raise WrongUse(words.say(language_of(arguments.lang), "cli", "export_ending", endings=", ".join(ENDINGS)))
    with opened(arguments) as session:
        filters = filters_of(session, arguments)
        columns = _columns(session, arguments)
        nos = list_order(session.reader, filters, Sort(arguments.sort), session.now)
        if arguments.limit is not None:
            nos = nos[: arguments.limit]
        file = table_file(path, columns, session.playbook, session.language, *_staying(session.store.path))
        leads = follow(_written(session, file, columns, nos))
        sheets = file.sheets if isinstance(file, XlsxFile) else 1
    keys: list[Json] = [column.key for column in columns]
    line = session.say("exported", n=leads, path=path) + (session.say("on_sheets", n=sheets) if sheets > 1 else "")
    return Report({"file": str(path), "leads": leads, "columns": keys}, [line])


def _written(
    session: Session, file: TableFile, columns: Sequence[Column], nos: array[int]
) -> Generator[Progress, None, tuple[int, None]]:
    """A job: some hundred leads at a time; left early, nothing stays of the file."""
    from leaddesk.db.records import Progress
    from leaddesk.ui.leads.written import CHUNK, write_leads

    try:
        leads = 0
        for start in range(0, len(nos), CHUNK):
            yield Progress(start, len(nos))
            some = nos[start : start + CHUNK]
            leads += write_leads(session.reader, file, some, columns, session.now, session.language)
        yield Progress(len(nos), len(nos))
        file.keep()
        return leads, None
    finally:
        file.close()


def _columns(session: Session, arguments: Namespace) -> tuple[Column, ...]:
    """The columns that are named, else those of the view, else the usual ones. NotFound `no_column` (name, choices)."""
    from leaddesk.db.reads.custom_fields import custom_fields, undefined_names
    from leaddesk.db.reads.views import find_view
    from leaddesk.qualify.custom import CustomField
    from leaddesk.ui.leads.columns import Look, chosen, columns_of, look_from

    undefined = [CustomField("", name) for name in undefined_names(session.reader)]
    known = columns_of(session.playbook, [*custom_fields(session.reader), *undefined])
    typed: str | None = arguments.columns
    if typed is None:
        kept = find_view(session.reader, arguments.view).look.get("table") if arguments.view is not None else None
        return chosen(look_from(kept) if isinstance(kept, dict) else Look(), known)[1:]
    if typed == _ALL:
        return tuple(known.values())
    keys = list(dict.fromkeys(part.strip() for part in typed.split(",") if part.strip()))
    for key in keys:
        if key not in known:
            raise NotFound("no_column", name=key, choices=", ".join(known))
    return chosen(Look(tuple(keys)), known)[1:]


def _staying(database: Path) -> list[Path]:
    return [database.with_name(database.name + tail) for tail in ("", "-wal", "-shm", "-journal")]
