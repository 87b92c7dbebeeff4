"""Imports leads from a table: a plan that can be looked at and changed, then one step that can be undone."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from leaddesk.db.engine import is_open, open_paths
from leaddesk.db.reading import Reading
from leaddesk.db.records import Progress
from leaddesk.db.refresh import uncollected
from leaddesk.db.store import Step
from leaddesk.errors import FileTrouble, NotFound
from leaddesk.exchange.aliases import is_known
from leaddesk.exchange.days import find_order
from leaddesk.exchange.incoming import Incoming, incoming
from leaddesk.exchange.mapping import CUSTOM, SKIP, holds_several, match_columns
from leaddesk.exchange.rejects import Rejects
from leaddesk.exchange.tables import BadRow, Layout, find_layout, rows
from leaddesk.exchange.values import Style, column_style, fold
from leaddesk.operations.arriving import Arrivals
from leaddesk.operations.verb import operation
from leaddesk.qualify.fields import FIELD, FieldKind
from leaddesk.qualify.playbook import Playbook

#: Rows looked at to match columns, and the most that are looked at to find how a column writes its values.
_SAMPLE = 200
SURVEYED = 200_000
_DISTINCT = 20_000
#: Reasons are kept for so many rows; the file of rejected rows has them all.
_REASONS = 10_000

_STYLED = frozenset({FieldKind.DATE, FieldKind.MONEY, FieldKind.NUMBER})


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a file will be imported. `fields` and `styles`: one for each column of `layout.columns`.

    A field is a field key, `custom` (kept under the column's name) or `skip`. `date_order`: of the columns of days, for
    the person to see and change; `date_proven`: whether the file proves it. `first_rows`: cells as decoded.
    `rows`: how many there are, `bad_rows` of them cannot be read and `blank_rows` say nothing; None where there are too
    many to have been counted. `currency`: of sums that name none.
    """

    layout: Layout
    fields: tuple[str, ...]
    styles: tuple[Style, ...]
    date_order: str
    date_proven: bool
    currency: str
    first_rows: tuple[tuple[str, ...], ...]
    rows: int | None
    bad_rows: int = 0
    blank_rows: int = 0

    @property
    def columns(self) -> dict[str, str]:
        """Fields by column."""
        return dict(zip(self.layout.columns, self.fields, strict=True))


@dataclass(slots=True)
class ImportReport:
    """What an import did, in rows. `rejections`: (line, reason) of rows that could not be read, the first of them.

    `unread`: by column, how many cells were not what their field asks for and were kept as custom values.
    """

    read: int = 0
    added: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    rejections: list[tuple[int, str]] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)


def plan_import(
    reading: Reading,
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_line: int | None = None,
    fields: Mapping[str, str] | None = None,
    date_order: str | None = None,
    currency: str | None = None,
) -> ImportPlan:
    """How a file would be imported; what a person chose is kept, the rest is found. Nothing is written.

    `header_line`: its line from 1, 0 for none. `fields`: by column, a field key, `custom` or `skip`.
    Raises FileTrouble (not_found, is_folder, unreadable, empty, binary, header_alone, too_large, unknown_encoding) and
    NotFound (`column`, `field`).
    """
    if is_open(path):  # looking into the database itself would drop the locks it is held by
        raise FileTrouble("binary", path=str(path))
    layout = find_layout(path, encoding=encoding, delimiter=delimiter, header_line=header_line, is_known=is_known)
    sample = _sample(layout)
    stages = _stages(reading.playbook)
    chosen = _choose(layout, match_columns(layout.columns, sample, stages), fields or {})
    survey = _survey(layout, chosen)
    found, proven = _order(chosen, survey.texts, sample)
    currency = currency or _currency(layout)
    styles = tuple(
        column_style(key, name, survey.texts[at], order=date_order or found, currency=currency, stages=stages)
        for at, (name, key) in enumerate(zip(layout.columns, chosen, strict=True))
    )
    return ImportPlan(
        layout=layout,
        fields=chosen,
        styles=styles,
        date_order=date_order or found,
        date_proven=date_order is not None or proven,
        currency=currency,
        first_rows=tuple(tuple(cells) for cells in sample[:50]),
        rows=survey.rows,
        bad_rows=survey.bad_rows,
        blank_rows=survey.blank_rows,
    )


@operation
def import_leads(
    step: Step, plan: ImportPlan, rejects: Rejects | None = None
) -> Generator[Progress, None, ImportReport]:
    """Adds the leads of a file, or brings those up to date whose external id is known; a job that ends in ImportReport.

    Empty rows are skipped; rows that cannot be read are reported, and written to `rejects`, which the caller keeps once
    the step is done. A cell that is not what its field asks for becomes a custom value. An update empties nothing,
    moves no card and never lifts a do-not-call.
    """
    report = ImportReport(columns=plan.columns)
    arrivals = Arrivals(step)
    rows = incoming(plan.layout, plan.fields, plan.styles)
    line, more = 0, True
    while more:
        with uncollected():
            some = list(islice(rows, step.at_once))
            arrivals.settle(_taken(report, some, rejects))
        more = len(some) > 0
        line = some[-1].line if more else line
        yield Progress(line, max(plan.layout.lines, line))
    report.added, report.updated = arrivals.added, arrivals.updated
    if rejects is not None:
        rejects.finish()
    step.name_it(file=plan.layout.path.name, n=report.added + report.updated)
    return report


def write_rejected(reading: Reading, plan: ImportPlan, target: Path) -> Path | None:
    """Writes the rows an import by this plan rejects, with line and reason, after the fact; None: there are none.

    Raises FileTrouble: cannot_write, exists (the file itself, an open database), and as plan_import where it is gone.
    """
    del reading  # asked on a reader, since a large file takes its time
    with Rejects(target, plan.layout.columns, plan.layout.path, *open_paths()) as rejects:
        for row in incoming(plan.layout, plan.fields, plan.styles):
            reason = _reason(row)
            if reason:
                rejects.write(row.line, reason, row.text if isinstance(row, BadRow) else row.cells)
        return rejects.keep()


def _reason(row: Incoming | BadRow) -> str:
    """Why a row cannot come in; nothing where it can."""
    if isinstance(row, BadRow):
        return row.reason
    return "" if row.is_named or row.is_blank else "no_name"


def _taken(report: ImportReport, rows: Iterable[Incoming | BadRow], rejects: Rejects | None) -> list[Incoming]:
    """Those that can come in; the others are reported."""
    taken: list[Incoming] = []
    for row in rows:
        report.read += 1
        reason = _reason(row)
        if reason:
            report.rejected += 1
            if len(report.rejections) < _REASONS:
                report.rejections.append((row.line, reason))
            if rejects is not None:
                rejects.write(row.line, reason, row.text if isinstance(row, BadRow) else row.cells)
        elif isinstance(row, Incoming):
            for column in row.unread:
                report.unread[column] = report.unread.get(column, 0) + 1
            if row.is_blank:
                report.skipped += 1
            else:
                taken.append(row)
    return taken


# ── planning ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stages(playbook: Playbook) -> dict[str, str]:
    """Stages by their folded keys and labels."""
    names = {fold(text): stage.key for stage in playbook.stages for text in stage.label.values()}
    return names | {fold(stage.key): stage.key for stage in playbook.stages}


def _choose(layout: Layout, matched: tuple[str, ...], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The fields found, with those a person chose; a field that holds one value leaves the column it was found in."""
    fields = list(matched)
    places = {name.casefold(): at for at, name in enumerate(layout.columns)}
    wanted: dict[int, str] = {}
    for column, key in chosen.items():
        at = places.get(column.strip().casefold())
        if at is None:
            raise NotFound("column", name=column, choices=", ".join(layout.columns))
        if key not in FIELD and key not in {CUSTOM, SKIP}:
            raise NotFound("field", name=key)
        wanted[at] = key
    for at, key in wanted.items():
        for other, found in enumerate(fields):
            if found == key and other not in wanted and not holds_several(key):
                fields[other] = CUSTOM
        fields[at] = key
    return tuple(fields)


def _sample(layout: Layout) -> list[list[str]]:
    """The cells of the first rows that can be read. Raises FileTrouble: header_alone, too_large."""
    sample: list[list[str]] = []
    bad: list[BadRow] = []
    for row in islice(rows(layout), _SAMPLE):
        if isinstance(row, BadRow):
            bad.append(row)
        elif any(cell.strip() for cell in row.cells):
            sample.append(row.cells)
    if not sample and bad and bad[0].reason == "too_long":
        raise FileTrouble("too_large", path=str(layout.path), line=bad[0].line)
    if not sample and not bad:
        raise FileTrouble("header_alone", path=str(layout.path))
    return sample


@dataclass(slots=True)
class _Survey:
    """The different texts of every column whose style matters, and how many rows of which kind there are."""

    texts: list[dict[str, None]]
    rows: int | None = 0
    bad_rows: int = 0
    blank_rows: int = 0


def _survey(layout: Layout, fields: tuple[str, ...]) -> _Survey:
    found = _Survey([{} for _ in fields])
    styled = [at for at, key in enumerate(fields) if key in FIELD and FIELD[key].kind in _STYLED]
    for count, row in enumerate(rows(layout), start=1):
        if count > SURVEYED:
            found.rows = None
            break
        found.rows = count
        if isinstance(row, BadRow):
            found.bad_rows += 1
            continue
        found.blank_rows += not any(row.cells)
        for at in styled:
            if len(found.texts[at]) < _DISTINCT:
                found.texts[at][row.cells[at]] = None
    return found


def _order(fields: tuple[str, ...], texts: list[dict[str, None]], sample: list[list[str]]) -> tuple[str, bool]:
    """The order of day and month: proven by a column of days, else by any other column, else likely."""
    days = [
        find_order(texts[at]) for at, key in enumerate(fields) if key in FIELD and FIELD[key].kind is FieldKind.DATE
    ]
    sure = next((order for order, proven in days if proven and order != "ymd"), None)
    if sure is not None:
        return sure, True
    beside = [find_order([cells[at] for cells in sample]) for at, key in enumerate(fields) if key == CUSTOM]
    sure = next((order for order, proven in beside if proven and order != "ymd"), None)
    if sure is not None and any(not proven for _, proven in days):
        return sure, True
    return days[0] if days else ("ymd", True)


def _currency(layout: Layout) -> str:
    """What sums without a currency are most likely in: yuan under Chinese headers."""
    names = "".join(layout.columns)
    return "CNY" if any("\u4e00" <= letter <= "\u9fff" for letter in names) else "USD"
